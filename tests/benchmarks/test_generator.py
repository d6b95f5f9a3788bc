"""What the generator of labelled drafts promises, on the shipped documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from generator import forms, generate, load_corpus, write
from generator.corpus import Corpus, grams_of
from generator.edits import DISGUISES
from generator.page import Draft, seeded
from generator.twins import LEAST, MOST, Family, families, twins

from kl226_dedup import parse
from kl226_dedup.stores.datasets import read_dataset

ISSUED = Path(__file__).parents[2] / "corpus_samples" / "issued"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ISSUED)


def make(corpus: Corpus) -> tuple[list[Draft], list[dict[str, Any]]]:
    return generate(corpus, drafts=1, twin_count=4, negative_count=2)


@pytest.fixture(scope="module")
def made(corpus: Corpus) -> tuple[list[Draft], list[dict[str, Any]]]:
    return make(corpus)


def test_the_same_corpus_and_seed_give_the_same_drafts(
    corpus: Corpus, made: tuple[list[Draft], list[dict[str, Any]]]
) -> None:
    again = make(corpus)
    assert [(one.text, one.case) for one in again[0]] == [(one.text, one.case) for one in made[0]]
    assert again[1] == made[1]


def test_every_passage_reads_as_stated_on_both_sides(
    corpus: Corpus, made: tuple[list[Draft], list[dict[str, Any]]]
) -> None:
    seen = 0
    for draft in made[0]:
        text = parse(draft.text.encode("utf-8"), name=f"{draft.id}.txt").text
        for passage in draft.case["passages"]:
            for words, side in ((text, passage["draft"]), (None, passage["source"])):
                whole = words if words is not None else corpus.by_id[side["document"]["id"]].text
                assert whole[side["start"] : side["end"]] == side["text"], draft.id
                seen += 1
    assert seen > 100


def test_a_changed_value_stands_where_it_is_said_to_stand(
    corpus: Corpus, made: tuple[list[Draft], list[dict[str, Any]]]
) -> None:
    changes = [
        (draft, passage, change)
        for draft in made[0]
        for passage in draft.case["passages"]
        for change in passage.get("changes", ())
    ]
    assert changes
    for draft, passage, change in changes:
        text = parse(draft.text.encode("utf-8"), name="draft.txt").text
        new = text[change["draft"]["start"] : change["draft"]["end"]]
        source = corpus.by_id[passage["source"]["document"]["id"]].text
        assert new != source[change["source"]["start"] : change["source"]["end"]]
        assert (
            passage["draft"]["start"]
            <= change["draft"]["start"]
            <= change["draft"]["end"]
            <= passage["draft"]["end"]
        )


def test_no_family_is_in_both_splits(corpus: Corpus, made: tuple[list[Draft], list[dict[str, Any]]]) -> None:
    splits: dict[int, set[str]] = {}
    for draft in made[0]:
        for source in draft.case["sources"]:
            if not source.get("secondary"):
                family = corpus.family[source["document"]["id"]]
                splits.setdefault(family, set()).add(draft.case["split"])
    assert splits
    assert all(len(found) == 1 for found in splits.values())


def test_a_held_out_document_is_not_in_the_library(made: tuple[list[Draft], list[dict[str, Any]]]) -> None:
    held = {
        one.case["id"].rsplit("-", 1)[1] for one in made[0] if one.case["kind"] in ("same_topic", "unrelated")
    }
    assert held.isdisjoint(row["doc_id"] for row in made[1])


def test_a_new_member_of_a_form_keeps_within_the_bounds_of_shared_wording() -> None:
    library = [np.unique(grams_of(row["text"])) for row in forms.issued(226)]
    found = list(forms.new_members(226, 3))
    assert found
    for draft in found:
        grams = np.unique(grams_of(draft.text))
        assert LEAST <= max(float(np.isin(grams, one).mean()) for one in library) <= MOST


TEMPLATE = (
    "Thông tư này quy định định mức kinh tế - kỹ thuật áp dụng cho cơ quan, tổ chức sử dụng ngân sách nhà nước.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về Bộ để xem xét.",
    "Các bộ, cơ quan ngang bộ và Ủy ban nhân dân các tỉnh, thành phố có trách nhiệm thi hành Thông tư này.",
)
ABBREVIATIONS = (
    ("BHLĐ", "Bảo hộ lao động", "PTĐ", "Phương tiện đo", "KS1, KS2, KS3", "Kỹ sư"),
    ("GPS", "Định vị vệ tinh", "BĐĐH", "Bản đồ địa hình", "CSDL", "Cơ sở dữ liệu"),
    ("ĐTV", "Điều tra viên", "KTV", "Kỹ thuật viên", "NSLĐ", "Năng suất lao động"),
    ("VTLT", "Văn thư lưu trữ", "HSCT", "Hồ sơ công trình", "TLĐC", "Tài liệu địa chất"),
)


def norms(tmp_path: Path, first: dict[str, str]) -> Family:
    """Four circulars of one form, each with abbreviations of its own; ``first`` says what is other about the first."""
    objects = (
        "đo trọng lực đường bộ",
        "lập bản đồ hành chính",
        "điều tra rừng ngập mặn",
        "chỉnh lý tài liệu",
    )
    rows = [
        {
            "doc_id": f"N{place}",
            "number": f"{place + 1}/2020/TT-BXD",
            "title": f"Quy định định mức kinh tế - kỹ thuật {name}",
            "doc_type": "Thông tư",
            "issuer": "Bộ Xây dựng",
            "level": "ministry",
            "text": "\n".join(
                (
                    "Điều 1. Phạm vi điều chỉnh",
                    *TEMPLATE,
                    "Điều 2. Các chữ viết tắt",
                    *own,
                    "Điều 3. Định mức",
                    *(
                        f"Việc {name} ở nhóm {word} cần {figure} công, tính cả ngày đi đường và chờ nước xuống."
                        for figure, word in enumerate(("đầu", "giữa", "cuối", "rìa"), start=3)
                    ),
                )
            ),
        }
        | (first if not place else {})
        for place, (name, own) in enumerate(zip(objects, ABBREVIATIONS, strict=True))
    ]
    table = tmp_path / "norms.jsonl"
    table.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    (family,) = families(load_corpus(table), frozenset())
    return family


def test_a_twin_has_no_list_of_short_lines_of_its_pattern(tmp_path: Path) -> None:
    drafts = list(twins(norms(tmp_path, {}), seed=1, count=4))
    assert drafts
    for draft in drafts:
        assert TEMPLATE[0] in draft.text
        assert not {line for own in ABBREVIATIONS for line in own} & set(draft.text.split("\n"))


def test_what_repeats_a_superior_is_no_twin(tmp_path: Path) -> None:
    decree = {"doc_type": "Nghị định", "issuer": "Chính phủ", "level": "government"}
    drafts = list(twins(norms(tmp_path, decree), seed=1, count=4))
    assert {draft.case["header"]["level"] for draft in drafts} == {"central"}


@pytest.mark.parametrize("name", DISGUISES)
def test_every_disguise_changes_the_words(name: str) -> None:
    words = (
        "Ủy ban nhân dân tỉnh hòa giải, quyết định và chịu trách nhiệm về kết quả thực hiện các nhiệm vụ được giao. "
        * 4
    )
    assert DISGUISES[name](words, seeded(1, name)) != words


def test_the_data_set_is_read_by_evaluate(
    made: tuple[list[Draft], list[dict[str, Any]]], tmp_path: Path
) -> None:
    write(tmp_path, *made, "for a test")
    data = read_dataset(tmp_path)
    assert [case.id for case in data.cases] == [one.id for one in made[0]]
    assert (tmp_path / data.library[0]).is_file()
    assert json.loads((tmp_path / "dataset.json").read_text(encoding="utf-8"))["name"] == "generated"
