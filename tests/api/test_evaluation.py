"""Evaluation end to end: small real data sets whose truth is known, real files, a real library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kl226_dedup.api.evaluation import evaluate
from kl226_dedup.api.library import Library
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.dataset import Case, Split
from kl226_dedup.domain.errors import DatasetError, LibraryNotFound
from kl226_dedup.domain.evaluation import EvaluationReport, Mistake, MistakeGroup
from kl226_dedup.domain.language import Language
from kl226_dedup.domain.report import VerdictLabel
from kl226_dedup.report.evaluation import render_evaluation

DATA = Path(__file__).resolve().parents[1] / "report" / "data"
DIRECTIVE = (DATA / "chi_thi_22_2008_ttg.txt").read_text(encoding="utf-8")
LONG_AN = (DATA / "chi_thi_19_2008_long_an.txt").read_text(encoding="utf-8")

LETTERHEAD = "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\n-------\nSố: /CT-UBND\nLong An, ngày tháng năm 2008\nCHỈ THỊ\n"
OWN = (
    "Về nuôi ong lấy mật ở vùng Đồng Tháp Mười\n"
    "1. Trạm khuyến nông huyện Tân Hưng mở mười hai lớp dạy nghề nuôi ong, xong trước ngày 30 tháng 11 năm 2008.\n"
    "2. Chi cục Thú y lập sổ theo dõi bệnh của từng đàn ong, gửi sổ cho Trạm khuyến nông trước ngày 15 hằng tháng.\n"
)


def copied_lines() -> list[str]:
    """Return four long paragraphs of the directive."""
    return [line for line in DIRECTIVE.splitlines() if len(line) > 300][3:7]


def passages(draft: str) -> list[dict[str, Any]]:
    return [
        {
            "draft": {"start": draft.index(line), "end": draft.index(line) + len(line), "text": line},
            "source": {
                "document": "issued/22.txt",
                "start": DIRECTIVE.index(line),
                "end": DIRECTIVE.index(line) + len(line),
                "text": line,
            },
            "kind": "verbatim",
            "status": "copied",
        }
        for line in copied_lines()
    ]


def case(id_: str, **fields: Any) -> dict[str, Any]:
    return {"id": id_, "draft": f"drafts/{id_}.txt", "split": "dev", "kind": "k", "sources": [], **fields}


def write(folder: Path, cases: Sequence[dict[str, Any]], drafts: dict[str, str]) -> Path:
    for name, text in {
        "issued/22.txt": DIRECTIVE,
        **{f"drafts/{id_}.txt": t for id_, t in drafts.items()},
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    head = {"schema": "kl226.dataset/1", "name": "nhỏ", "library": ["issued"], "cases": "cases.jsonl"}
    (folder / "dataset.json").write_text(json.dumps(head), encoding="utf-8")
    (folder / "cases.jsonl").write_text("".join(json.dumps(one) + "\n" for one in cases), encoding="utf-8")
    return folder


SOURCE = {"document": "issued/22.txt", "number": "22/2008/CT-TTg", "label": "derived", "relation": "higher"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A draft that copies four paragraphs, and one of its own."""
    copy = LETTERHEAD + "\n".join(copied_lines()) + "\n"
    cases = [
        case("copy", kind="copied", verdict="stop", sources=[SOURCE], passages=passages(copy)),
        case("own", kind="original", split="test", verdict="pass", passages=[]),
    ]
    return write(tmp_path, cases, {"copy": copy, "own": LETTERHEAD + OWN})


def of(report: EvaluationReport, group: MistakeGroup) -> list[str]:
    return [mistake.case_id for mistake in report.mistakes if mistake.group is group]


def test_a_copied_draft_and_one_of_its_own_are_told_apart(small: Path) -> None:
    report = evaluate(small)
    assert report.library.documents == 1
    assert [one.found_verdict for one in report.cases] == [VerdictLabel.STOP, VerdictLabel.PASS]
    scores = report.overall
    assert scores.verdicts.accuracy is not None
    assert scores.verdicts.accuracy.value == 1.0
    assert scores.retrieval.first is not None
    assert (scores.retrieval.first.value, scores.retrieval.first.count) == (1.0, 1)
    assert scores.false_accusations is not None
    assert (scores.false_accusations.value, scores.false_accusations.count) == (0.0, 1)
    assert scores.micro.recall is not None
    assert scores.micro.recall.value > 0.98
    assert scores.micro.precision is not None
    assert scores.micro.precision.value > 0.95
    assert [name for name, _ in report.by_kind] == ["copied", "original"]
    assert [name for name, _ in report.by_split] == ["dev", "test"]


def test_a_split_is_measured_alone(small: Path) -> None:
    assert [one.case_id for one in evaluate(small, split=Split.TEST).cases] == ["own"]


def test_the_same_data_gives_the_same_bytes(small: Path) -> None:
    assert evaluate(small).to_json() == evaluate(small).to_json()


def test_every_case_is_shown_to_the_caller_that_watches(small: Path) -> None:
    seen: list[str] = []

    def watch(cases: Sequence[Case]) -> Iterable[Case]:
        for one in cases:
            seen.append(one.id)
            yield one

    evaluate(small, watch=watch)
    assert seen == ["copy", "own"]


def test_a_truth_that_the_report_contradicts_is_listed_with_its_text(tmp_path: Path) -> None:
    copy = LETTERHEAD + "\n".join(copied_lines()) + "\n"
    marked = passages(copy)
    for passage in marked:
        passage["status"] = "quoted"
    cases = [
        case("quoted", verdict="pass", sources=[SOURCE], passages=marked),
        case("unlisted", verdict="pass", passages=[]),
        case("missing", verdict="stop", sources=[SOURCE], passages=[]),
    ]
    report = evaluate(write(tmp_path, cases, {"quoted": copy, "unlisted": copy, "missing": LETTERHEAD + OWN}))
    assert of(report, MistakeGroup.WRONG_VERDICT) == ["missing", "quoted", "unlisted"]
    assert set(of(report, MistakeGroup.FALSE_PASSAGE)) == {"quoted", "unlisted"}
    assert of(report, MistakeGroup.WRONG_SOURCE) == ["missing", "unlisted"]
    assert report.overall.quoted_as_copied is not None
    assert report.overall.quoted_as_copied.value > 0.98
    assert report.overall.false_accusations is not None
    assert report.overall.false_accusations.value == 1.0
    false = next(one for one in report.mistakes if one.group is MistakeGroup.FALSE_PASSAGE)
    assert false.draft_text[:40] in " ".join(DIRECTIVE.split())


def test_a_passage_that_is_not_found_is_a_miss_with_what_stands_there(tmp_path: Path) -> None:
    draft = LETTERHEAD + OWN
    own, line = OWN.splitlines()[1], copied_lines()[0]
    passage = {
        "draft": {"start": draft.index(own), "end": draft.index(own) + len(own), "text": own},
        "source": {
            "document": "issued/22.txt",
            "start": DIRECTIVE.index(line),
            "end": DIRECTIVE.index(line) + len(line),
            "text": line,
        },
        "kind": "paraphrase",
        "status": "copied",
    }
    report = evaluate(write(tmp_path, [case("p", sources=[SOURCE], passages=[passage])], {"p": draft}))
    (miss,) = (one for one in report.mistakes if one.group is MistakeGroup.MISSED_PASSAGE)
    assert (miss.weight, miss.found, miss.draft_text) == (len(own), "-", own)
    assert report.overall.micro.plagdet is not None
    assert report.overall.micro.plagdet.value == 0.0


def test_a_draft_that_the_library_holds_is_left_out_of_it(tmp_path: Path) -> None:
    same = write(tmp_path, [case("self", verdict="pass", passages=[])], {"self": DIRECTIVE})
    (result,) = evaluate(same).cases
    assert result.sources == ()
    assert result.found_verdict is VerdictLabel.PASS


def test_a_passage_that_a_newer_parser_puts_elsewhere_is_found_by_its_words(small: Path) -> None:
    (small / "issued" / "22.txt").write_text("\n\n" + DIRECTIVE.replace("\n", "\n\n"), encoding="utf-8")
    rows = [json.loads(line) for line in (small / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    for passage in rows[0]["passages"]:
        passage["source"]["start"] += 5
        passage["source"]["end"] += 5
    (small / "cases.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = evaluate(small)
    assert [one.code for one in report.warnings] == ["passages_moved"]
    assert report.overall.micro.recall is not None
    assert report.overall.micro.recall.value > 0.98


def test_a_passage_that_does_not_read_as_stated_is_refused_with_file_and_line(small: Path) -> None:
    (small / "drafts" / "copy.txt").write_text(LETTERHEAD + OWN, encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        evaluate(small)
    assert caught.value.subject.endswith("cases.jsonl:1")


def test_a_draft_that_cannot_be_read_is_listed_and_the_others_measured(small: Path) -> None:
    (small / "drafts" / "own.txt").write_bytes(b"")
    report = evaluate(small)
    assert [one.code for one in report.failures] == ["empty_file"]
    assert [one.case_id for one in report.cases] == ["copy"]


def test_a_document_that_the_library_lacks_is_refused_with_file_and_line(small: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty", create=True) as empty, pytest.raises(DatasetError) as caught:
        evaluate(small, library=empty)
    assert caught.value.subject.endswith("cases.jsonl:1")
    with pytest.raises(LibraryNotFound):
        evaluate(small, library=tmp_path / "nowhere")


def pair_library(folder: Path) -> Path:
    """Make a library of the directive, the province's directive that follows it, and a text about bees."""
    rows = [
        {"doc_id": "TTG", "number": "22/2008/CT-TTg", "level": "central", "text": DIRECTIVE},
        {"doc_id": "LA", "number": "19/2008/CT-UBND", "level": "province", "text": LONG_AN},
        {"doc_id": "ONG", "number": "7/CT-UBND", "level": "province", "text": LETTERHEAD + OWN},
    ]
    table = folder / "documents.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Library.open(folder / "library", create=True) as library:
        assert len(library.add([table]).added) == 3
    return folder / "library"


def test_pairs_are_measured_against_a_library(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "doc_id_a,doc_id_b,kind\nLA,TTG,a\nLA,ONG,d_topic\nONG,TTG,d_topic\nTTG,ONG,a\nONG,LA,a_masked5\n",
        encoding="utf-8",
    )
    report = evaluate(pairs, library=pair_library(tmp_path))
    scores = report.overall
    assert scores.retrieval.first is not None
    assert (scores.retrieval.first.value, scores.retrieval.first.count) == (0.5, 2)
    assert scores.false_pairs is not None
    assert (scores.false_pairs.value, scores.false_pairs.count) == (0.0, 2)
    assert scores.micro.plagdet is None
    assert [one.code for one in report.warnings] == ["pairs_left_out"]
    (wrong,) = report.mistakes
    assert (wrong.group, wrong.case_id, wrong.expected) == (MistakeGroup.WRONG_SOURCE, "TTG:a", "ONG")


def test_a_pair_that_must_not_be_accused_and_is_counts(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("doc_id_a,doc_id_b,kind\nLA,TTG,d_topic\n", encoding="utf-8")
    report = evaluate(pairs, library=pair_library(tmp_path))
    assert report.overall.false_pairs is not None
    assert report.overall.false_pairs.value == 1.0
    assert report.mistakes[0].source_text[:30] in " ".join(DIRECTIVE.split())


def test_another_copy_of_the_draft_itself_holds_no_place(tmp_path: Path) -> None:
    library = pair_library(tmp_path)
    copy = {
        "doc_id": "LA2",
        "number": "19/2008/CT-UBND",
        "level": "province",
        "text": LONG_AN + "\nBản sao.\n",
    }
    (tmp_path / "more.jsonl").write_text(json.dumps(copy), encoding="utf-8")
    with Library.open(library) as opened:
        opened.add([tmp_path / "more.jsonl"])
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("doc_id_a,doc_id_b,kind\nLA,TTG,a\n", encoding="utf-8")
    (result,) = evaluate(pairs, library=library).cases
    assert result.first_rank in (None, 1)
    pairs.write_text("doc_id_a,doc_id_b,kind\nLA,LA2,e_same_document\n", encoding="utf-8")
    (result,) = evaluate(pairs, library=library).cases
    assert result.first_rank == 1


def test_pairs_without_a_library_are_told_to_name_one(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("doc_id_a,doc_id_b,kind\nLA,TTG,a\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="--library"):
        evaluate(pairs)


def test_the_json_holds_everything_that_is_needed_to_repeat_it(small: Path) -> None:
    payload = json.loads(evaluate(small, seed=5).to_json())
    assert payload["schema"] == "kl226.evaluation/1"
    assert payload["intervals"] == {"level": 0.95, "resamples": 1000, "seed": 5}
    assert payload["dataset"]["name"] == "nhỏ"
    assert payload["dataset"]["cases"] == len(payload["cases"]) == 2
    assert payload["profile"]["align.seed_length"] > 0
    assert payload["tool"]["version"]
    assert payload["overall"]["verdicts"]["accuracy"]["value"] == 1.0
    assert payload["overall"]["verdicts"]["confusion"] == [[1, 0, 0], [0, 0, 0], [0, 0, 1]]


@pytest.mark.parametrize("language", Language)
def test_the_tables_fit_eighty_columns_and_say_the_numbers(small: Path, language: Language) -> None:
    text = render_evaluation(evaluate(small), language)
    assert max(map(len, text.splitlines())) <= 80
    assert "plagdet" in text
    assert ("Đo chất lượng: nhỏ" if language is Language.VI else "Quality on nhỏ") in text
    assert "\x1b" not in text


def test_a_mistake_cannot_steer_the_terminal(small: Path) -> None:
    mistake = Mistake(
        group=MistakeGroup.FALSE_PASSAGE,
        case_id="x",
        kind="k",
        weight=1,
        expected="-",
        found="copied",
        draft_text="đúng \u202e giả",
    )
    text = render_evaluation(replace(evaluate(small), mistakes=(mistake,)))
    assert "đúng ⟨U+202E⟩ giả" in text


def test_a_draft_in_another_language_finds_its_source_in_a_large_data_set_too() -> None:
    translated = Path(__file__).resolve().parents[2] / "corpus_samples" / "translated"
    found = evaluate(
        translated, split=Split.DEV, watch=lambda cases: [one for one in cases if one.id == "tr-060"]
    )
    assert found.library.documents > Profile().semantic.sketched
    assert found.overall.retrieval is not None
    assert found.overall.retrieval.first.value == 1.0
