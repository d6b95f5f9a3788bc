"""How far "nothing found" reaches."""

from __future__ import annotations

from kl226_dedup.domain.document import Header
from kl226_dedup.domain.report import LIMITS, LibraryDocument, LibraryState
from kl226_dedup.verdict.options import VerdictOptions
from kl226_dedup.verdict.reach import Nearest, Reach, limits_of, nothing_found

LIBRARY = LibraryState(documents=1058, fingerprint="ab")


def nearest(nearness: float, title: str = "Luật Thuế thu nhập cá nhân", number: str | None = None) -> Nearest:
    entry = LibraryDocument(
        id="a", sha256="a", path="a.docx", header=Header(number=number, title=title), status=None,
        syllables=9, body_syllables=9,
    )  # fmt: skip
    return Nearest(entry=entry, nearness=nearness)


def codes(reach: Reach) -> list[str]:
    return [one.code for one in limits_of(reach, VerdictOptions())]


def test_a_library_with_a_document_on_the_matter_sets_no_limit_and_names_it() -> None:
    reach = Reach(state=LIBRARY, nearest=nearest(0.55, number="04/2007/QH12"))
    assert codes(reach) == []
    said = nothing_found(reach).message
    assert "1.058 văn bản trong kho" in said.vi
    assert said.vi.endswith("Gần nội dung dự thảo nhất: 04/2007/QH12.")
    assert "1,058 documents of the library" in said.en


def test_a_library_whose_nearest_document_is_far_is_said_to_lack_the_matter() -> None:
    reach = Reach(state=LIBRARY, nearest=nearest(0.33), cited=("22/2008/CT-TTg",))
    assert codes(reach) == ["library_far"]
    (told,) = limits_of(reach, VerdictOptions())
    assert "văn bản gần nhất là Luật Thuế thu nhập cá nhân mà nội dung cũng khác nhiều" in told.message.vi
    assert told.advice is not None
    assert "22/2008/CT-TTg" in told.advice.vi


def test_a_library_that_holds_what_the_title_carries_out_is_not_said_to_lack_the_matter() -> None:
    assert codes(Reach(state=LIBRARY, nearest=nearest(0.33), holds_matter=True)) == []


def test_a_directive_that_the_draft_carries_out_and_nobody_compared_with_is_named_even_without_meaning() -> (
    None
):
    reach = Reach(state=LIBRARY, carried_out=("22/2008/CT-TTg",), cited=("22/2008/CT-TTg",))
    assert codes(reach) == ["carried_out_missing"]
    assert {*codes(reach), "library_far"} == set(LIMITS)


def test_files_that_were_named_are_no_library() -> None:
    files = LibraryState(documents=1, fingerprint="ab", is_library=False)
    told = nothing_found(Reach(state=files)).message
    assert told.vi == "Không thấy phần chép lại đáng kể từ 1 văn bản đem đối chiếu."
    assert told.en == "No considerable copying from the 1 document given was found."


def test_a_title_that_is_a_paragraph_stands_for_its_document_shortened() -> None:
    assert len(nearest(0.5, title="tăng cường công tác quản lý " * 20).entry.name) <= 92
