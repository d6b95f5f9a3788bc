"""The learned reader of tasks: what it finds in real papers, and that it shows nothing but words of the paper."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise

import pytest
from rules.documents import plain
from rules.labelled_tasks import document_of, papers, score

from kl226_dedup.domain.report import Task
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
    learned, ruled = score("blind"), score("blind", load=None)
    for slot in ("boundary", "lead", "deadline", "product", "resources"):
        assert learned[slot][2] >= ruled[slot][2], slot


@pytest.mark.parametrize(
    ("name", "floor"),
    [("boundary", 0.91), ("lead", 0.8), ("deadline", 0.8), ("product", 0.63), ("resources", 0.63)],
)
def test_held_back_tasks_are_found_at_least_as_well_as_measured(name: str, floor: float) -> None:
    assert score("blind")[name][2] >= floor


def test_the_weights_are_data_and_small() -> None:
    stored = files("kl226_dedup").joinpath("data", "tasks.json").read_bytes()
    assert len(stored) < 1_500_000
    data = json.loads(stored)
    assert set(data) == {"least", "units", "starts", "ends"}
    assert all(0 < least < 1 for least in data["least"].values())
