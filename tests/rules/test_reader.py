"""The learned reader of tasks: what it finds in real papers, and that it shows nothing but words of the paper."""

from __future__ import annotations

import json
import tracemalloc
from importlib.resources import files
from io import BytesIO
from itertools import islice, pairwise

import numpy as np
import pytest
from rules.documents import plain
from rules.labelled_tasks import document_of, papers, score

from kl226_dedup.domain.report import Task
from kl226_dedup.domain.span import Span
from kl226_dedup.rules.items import flatten
from kl226_dedup.rules.marks import MOST_WORDS, Marks, mark
from kl226_dedup.rules.network import Attention, Run, describe
from kl226_dedup.rules.reader import TaskReader, Weights
from kl226_dedup.rules.tasks import every_task, extract_tasks
from kl226_dedup.stores.reader import load_reader


def tasks_of(text: str) -> tuple[Task, ...]:
    return extract_tasks(plain(text), load_reader)


def test_a_probability_lies_between_its_ends_and_unknown_features_weigh_nothing() -> None:
    weights = Weights(weights={"a": 2.0, "b": -2.0, "c": 1000.0}, bias=0.0)
    assert weights.probability(["a", "b", "never seen"]) == 0.5
    assert weights.probability(["a"]) > 0.5 > weights.probability(["b"])
    assert 0 < weights.probability(["c"]) <= 1


def test_nothing_is_loaded_for_a_paper_without_words() -> None:
    def load() -> TaskReader:
        raise AssertionError

    assert extract_tasks(plain("\n"), load) == ()


def test_an_assignment_fills_its_slots() -> None:
    (task,) = tasks_of(
        "1. Cục Thuế tỉnh chủ trì, phối hợp với Sở Tài chính tham mưu Ủy ban nhân dân tỉnh ban hành kế hoạch tuyên truyền, "
        "hoàn thành trước ngày 30/9/2008."
    )
    assert task.lead == "Cục Thuế tỉnh"
    assert task.coordinators == ("Sở Tài chính",)
    assert task.product == "kế hoạch tuyên truyền"
    assert task.deadline is not None
    assert "trước ngày 30/9/2008" in task.deadline


def test_a_heading_charges_whomever_it_names() -> None:
    found = tasks_of(
        "Điều 9. Trách nhiệm của doanh nghiệp bảo hiểm\n"
        "1. Xây dựng quy trình nghiệp vụ thống nhất về khai thác, giám định và bồi thường bảo hiểm khai thác hải sản.\n"
        "2. Thực hiện công tác tuyên truyền về chính sách bảo hiểm khai thác hải sản.\n"
    )
    assert [task.lead for task in found] == ["doanh nghiệp bảo hiểm"] * 2


def test_a_task_is_named_once_with_its_list_or_by_its_parts_not_both() -> None:
    for paper in papers("dev"):
        found = sorted(every_task(document_of(paper), load_reader), key=lambda task: task.span.start)
        assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@pytest.mark.parametrize("split", ["dev", "test"])
def test_values_are_the_words_at_their_places(split: str) -> None:
    for paper in papers(split):
        document = document_of(paper)
        for task in every_task(document, load_reader):
            places = dict(reversed(task.slot_spans))
            for slot in ("lead", "deadline", "product", "resources"):
                value = getattr(task, slot)
                assert (value is None) == (slot not in places)
                if value is not None:
                    assert " ".join(places[slot].of(document.text).split()) == value


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_same_paper_reads_the_same_twice(split: str) -> None:
    document = document_of(next(iter(papers(split))))
    assert every_task(document, load_reader) == every_task(document, load_reader)


def test_what_is_held_back_is_read_better_than_by_rules_alone() -> None:
    learned, ruled = score(papers("blind")), score(papers("blind"), load=None)
    for slot in ("boundary", "lead", "deadline", "product", "resources"):
        assert learned[slot][2] >= ruled[slot][2], slot


@pytest.mark.parametrize(
    ("name", "floor"),
    [("boundary", 0.9), ("lead", 0.86), ("deadline", 0.81), ("product", 0.72), ("resources", 0.8)],
)
def test_held_back_tasks_are_found_at_least_as_well_as_measured(name: str, floor: float) -> None:
    assert score(papers("blind"))[name][2] >= floor


def test_the_weights_are_data_and_small() -> None:
    data = files("kl226_dedup").joinpath("data")
    words, numbers = data.joinpath("tasks.json").read_bytes(), data.joinpath("tasks.npz").read_bytes()
    trees = data.joinpath("places.npz").read_bytes()
    assert len(words) + len(numbers) + len(trees) < 4_000_000
    stored = json.loads(words)
    assert set(stored) == {"least", "units", "network"}
    assert all(0 < least < 1 for least in stored["least"].values())
    for packed in (numbers, trees):
        with np.load(BytesIO(packed), allow_pickle=False) as arrays:
            assert all(np.isfinite(arrays[name].astype(np.float32)).all() for name in arrays.files)


def parts() -> list[tuple[Marks, str]]:
    """The words of some labelled papers, each paper as one part."""
    return [
        (mark(flatten(text), text, Span(start=0, end=len(text)), {}), "own")
        for text in (document_of(paper).text for paper in islice(papers("dev"), 6))
    ]


def alike(one: dict[str, Run], other: dict[str, Run]) -> bool:
    return one.keys() == other.keys() and all(
        (run.first, run.last) == (other[slot].first, other[slot].last)
        and abs(run.chance - other[slot].chance) < 1e-4
        for slot, run in one.items()
    )


def test_parts_read_together_read_as_they_do_alone() -> None:
    network = load_reader().network
    together = network.read(parts())
    for part, found in zip(parts(), together, strict=True):
        (alone,) = network.read([part])
        assert alike(alone, found)


def test_a_word_looks_at_all_words_of_its_part_and_at_no_other_part() -> None:
    look = next(one for one in load_reader().network.members[0].blocks if isinstance(one, Attention))
    draw = np.random.default_rng(226)
    values = draw.normal(size=(2, 12, look.out.shape[0])).astype(np.float32)
    inside = np.ones((2, 12, 1), np.float32)
    inside[0, 9:] = 0
    values *= inside

    def seen(of: np.ndarray) -> np.ndarray:
        return look(of.reshape(24, -1), inside.reshape(24, 1), 2).reshape(of.shape)

    before = seen(values)
    far = values.copy()
    far[0, 8] = -far[0, 8]
    changed = np.abs(seen(far) - before).max(axis=2)
    assert changed[0, 0] > 1e-6
    assert changed[1].max() < 1e-6
    beyond = values.copy()
    beyond[0, 9:] = values[1, 9:]
    assert np.abs(seen(beyond) - before)[0, :9].max() < 1e-5


def test_a_long_paper_reads_the_same_in_one_batch_and_in_several() -> None:
    text = "\n".join(document_of(paper).text for paper in islice(papers("dev"), 6))
    flat = flatten(text)
    many = [
        (mark(flat, text, Span(start=at, end=min(len(text), at + 300)), {}), "own")
        for at in range(0, len(text), 300)
    ]
    network = load_reader().network
    words = sum(len(marks.forms) for marks, _ in many)
    at_once = network.read(many, batch_words=words)
    assert len(at_once) == len(many)
    for batch_words in (1, 500, words // 2):
        for one, other in zip(network.read(many, batch_words=batch_words), at_once, strict=True):
            assert alike(one, other)


def test_memory_for_a_draft_does_not_grow_with_its_number_of_tasks() -> None:
    network = load_reader().network
    (part, *_) = parts()
    peaks = []
    for count in (50, 400):
        tracemalloc.start()
        network.read([part] * count)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


def test_a_part_without_words_has_no_values() -> None:
    empty = mark("   ", "   ", Span(start=0, end=3), {})
    network = load_reader().network
    assert network.read([]) == []
    assert network.read([(empty, "own")]) == [{}]
    assert network.read([(empty, "own"), parts()[0]])[0] == {}


def test_a_run_lies_in_its_part_and_its_chance_is_a_probability() -> None:
    for (marks, _), runs in zip(parts(), load_reader().network.read(parts()), strict=True):
        assert set(runs) == {"lead", "deadline", "product", "resources"}
        for run in runs.values():
            assert 0 <= run.first <= run.last < len(marks.forms) <= MOST_WORDS
            assert 0 <= run.chance <= 1


def test_what_training_counts_is_what_reading_looks_up() -> None:
    vocabulary = load_reader().network.vocabulary
    for marks, kind in parts():
        told = [vocabulary.marks.get(pair, 0) for word in describe(marks, kind) for pair in word]
        looked_up = [number for about in vocabulary.numbers(marks, kind)[1] for number in about]
        assert sorted(filter(None, told)) == sorted(filter(None, looked_up))


@pytest.mark.parametrize(
    "when",
    ["trong thời gian sớm nhất", "trong thời gian gần nhất", "trong giai đoạn tới", "càng sớm càng tốt"],
)
def test_words_that_name_no_time_are_no_deadline(when: str) -> None:
    (task,) = tasks_of(f"1. Sở Tư pháp trình danh mục văn bản cần bãi bỏ {when}.")
    assert task.deadline is None


def test_clauses_for_several_bodies_are_several_tasks() -> None:
    found = tasks_of(
        "1. Chi cục Kiểm lâm duy trì trực 24/24 giờ trong mùa khô; Vườn quốc gia Pù Hoạt hoàn thành 46 km đường băng cản "
        "lửa trước Tết Nguyên đán."
    )
    assert [task.lead for task in found] == ["Chi cục Kiểm lâm", "Vườn quốc gia Pù Hoạt"]


def test_a_prohibition_is_no_part_of_a_name() -> None:
    found = tasks_of(
        "II. NHIỆM VỤ\n"
        "1. Các trường học không được thu thêm tiền, có trách nhiệm công khai các khoản thu trước ngày 15/9/2026.\n"
        "2. Sở Nội vụ rà soát biên chế trước ngày 30/6/2026."
    )
    assert [task.lead for task in found] == ["Các trường học", "Sở Nội vụ"]


def test_a_prohibition_assigns_nothing() -> None:
    (task,) = tasks_of(
        "1. Trường học không được đòi hỏi xét nghiệm HIV hay xuất trình kết quả xét nghiệm HIV đối với người học.\n"
        "2. Sở Nội vụ rà soát biên chế trước ngày 30/6/2026."
    )
    assert task.lead == "Sở Nội vụ"


def test_who_is_named_behind_what_he_is_to_make_leads() -> None:
    (task,) = tasks_of(
        "1. Luật Hộ tịch (sửa đổi) được Bộ Tư pháp chủ trì xây dựng, trình Chính phủ trước ngày 30/9/2026."
    )
    assert (task.lead, task.deadline) == ("Bộ Tư pháp", "trước ngày 30/9/2026")


def test_the_time_of_a_stage_is_that_of_its_items() -> None:
    found = tasks_of(
        "B. LỘ TRÌNH THỰC HIỆN\n"
        "Tháng 9/2026:\n"
        "- Sở Nội vụ rà soát, lập danh sách cán bộ, công chức dôi dư.\n"
        "- Sở Tài chính thẩm định kinh phí, xong trước ngày 20/9/2026.\n"
    )
    assert [task.deadline for task in found] == ["Tháng 9/2026", "xong trước ngày 20/9/2026"]


def test_a_note_under_a_table_of_tasks_that_no_rule_would_cut_is_read() -> None:
    found = tasks_of(
        "PHỤ LỤC II. PHÂN CÔNG NHIỆM VỤ\n"
        "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời gian hoàn thành\n"
        "1 | Quy hoạch 03 vùng trồng tập trung | Sở Nông nghiệp và Môi trường | UBND các xã | Bản đồ vùng trồng | 12/2026\n"
        "2 | Truy xuất nguồn gốc sản phẩm | Sở Công Thương | | Phần mềm truy xuất | Trước 30/6/2027\n"
        "Ghi chú: Kinh phí nhiệm vụ số 1 do ngân sách tỉnh đảm bảo; nhiệm vụ số 2 do doanh nghiệp tự bỏ vốn. Năm 2025, toàn "
        "tỉnh đã trồng được 3.870 ha dược liệu, đạt 96,7% kế hoạch.\n"
    )
    assert [task.lead for task in found] == ["Sở Nông nghiệp và Môi trường", "Sở Công Thương"]


def test_the_time_of_a_meeting_is_that_of_no_task() -> None:
    found = tasks_of(
        "BIÊN BẢN HỌP THÔN\n"
        "Thời gian: 20h00 ngày 11 tháng 3 năm 2026.\n"
        "1. Ông Lò Văn Kiên thu tiền của các hộ, lập danh sách hộ chưa nộp và báo cáo trưởng bản.\n"
        "2. Chi hội Cựu chiến binh góp 60 công đào nền đường.\n"
    )
    assert found
    assert all(task.deadline is None for task in found)


def test_the_time_that_opens_an_item_is_that_of_the_clauses_behind_semicolons() -> None:
    found = tasks_of(
        "1. Hằng năm, Ủy ban nhân dân cấp xã tổng hợp, báo cáo Ủy ban nhân dân cấp huyện về kinh tế trang trại; "
        "Ủy ban nhân dân cấp huyện tổng hợp, báo cáo Ủy ban nhân dân cấp tỉnh về kinh tế trang trại."
    )
    assert [(task.lead, task.deadline) for task in found] == [
        ("Ủy ban nhân dân cấp xã", "Hằng năm"),
        ("Ủy ban nhân dân cấp huyện", "Hằng năm"),
    ]
