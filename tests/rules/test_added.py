from __future__ import annotations

from dataclasses import replace

from rules.documents import plain

from kl226_dedup.domain.report import AddedKind
from kl226_dedup.rules.added import weigh_tasks
from kl226_dedup.rules.tasks import extract_tasks

SOURCE = "1. Sở Nội vụ lập danh mục 12 thủ tục hành chính, hoàn thành trước ngày 30/6/2026."
DRAFT = SOURCE + (
    "\n2. Phòng Kinh tế lắp 8 máy tính tra cứu tại nhà văn hóa, hoàn thành trước ngày 15/5/2026; kinh phí 64 triệu đồng từ "
    "nguồn ngân sách xã."
)


def test_what_no_source_has_is_new():
    added = weigh_tasks(extract_tasks(plain(DRAFT)), [SOURCE])
    assert added.deadlines == AddedKind(new=1, repeated=1)
    assert added.units == AddedKind(new=1, repeated=1)
    assert added.resources == AddedKind(new=1, repeated=0)
    assert added.figures == AddedKind(new=2, repeated=1)


def test_a_copy_adds_nothing_but_what_it_is_marked_to_own():
    added = weigh_tasks(extract_tasks(plain(SOURCE)), [DRAFT])
    assert (added.deadlines.new, added.units.new, added.resources.new, added.figures.new) == (0, 0, 0, 0)


def test_without_sources_everything_is_new():
    added = weigh_tasks(extract_tasks(plain(DRAFT)), [])
    assert added.tasks == AddedKind(new=2, repeated=0)
    assert added.units == AddedKind(new=2, repeated=0)


def test_a_value_named_twice_counts_once():
    twice = SOURCE + "\n2. Sở Nội vụ công bố danh mục trước ngày 30/6/2026."
    assert weigh_tasks(extract_tasks(plain(twice)), []).units.new == 1


def test_a_deadline_is_the_same_with_and_without_the_word_that_work_is_done_by_then() -> None:
    source = "1. Sở Y tế rà soát danh mục thuốc trong năm 2026."
    (task,) = extract_tasks(plain(source))
    for words in ("xong trong năm 2026", "trong năm 2026 phải hoàn thành", "Hoàn thành trong năm 2026"):
        said = replace(task, deadline=words)
        assert weigh_tasks([said], [source]).deadlines.new == 0
        assert weigh_tasks([said], [source.replace("2026", "2027")]).deadlines.new == 1
