"""What could not be read of a file: all of it, and it is refused; a part, and a pass holds for the rest alone.

Likewise where meaning could not be compared.
"""

from __future__ import annotations

from dataclasses import replace

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.errors import EmptyFile, InputError, UnreadableFile
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.report import Verdict, VerdictLabel
from kl226_dedup.parsers.recognised import rescan

_DAMAGED = ("damaged_file", "unreadable_page", "damaged_part")
_IN_PART = (*_DAMAGED, "ocr_unavailable", "ocr_stopped", "scanned_page")
_MEANING = "meaning_unavailable"
_WORDING_ALONE = Notice(
    code="meaning_not_compared",
    message=Bilingual(
        vi="Chưa tìm đoạn viết lại bằng lời khác, vì mô hình so nghĩa không dùng được: kết luận chỉ đúng cho phần chép "
        "nguyên câu chữ.",
        en="Passages restated in other words were not looked for, as the model that compares meaning cannot be used: the "
        "verdict holds for copied wording alone.",
    ),
    advice=Bilingual(
        vi="Chạy kl226 models verify để biết mô hình thiếu hay hỏng ở đâu, khôi phục rồi kiểm tra lại.",
        en="Run kl226 models verify to see what is missing or damaged, mend it, and check again.",
    ),
)
_NO_CAUSE = Notice(
    code="no_text",
    message=Bilingual(vi="Tệp không có chữ nào.", en="The file holds no text."),
    advice=Bilingual(vi="Hãy kiểm tra xem đã chọn đúng tệp chưa.", en="Check that this is the right file."),
)


def refuse_unread(document: Document) -> None:
    """Do nothing for a document with text.

    :raises InputError: nothing of it could be read, see ``unread``.
    """
    if error := unread(document):
        raise error


def unread(document: Document) -> InputError | None:
    """Return why nothing of a document could be read; None where there is at least one letter or digit.

    It is ``UnreadableFile`` where the file is damaged and ``EmptyFile`` otherwise. Of several causes that the warnings
    name only the likeliest is told: a damaged file before a recogniser that found nothing in what was left of it.
    """
    if any(character.isalnum() for character in document.text):
        return None
    notices = {notice.code: notice for notice in reversed(document.warnings)}
    if unavailable := notices.get("ocr_unavailable"):
        return _scan(document.name, unavailable)
    if any(code in notices for code in _DAMAGED):
        return UnreadableFile(
            document.name,
            problem=Bilingual(
                vi="Tệp bị hỏng hoặc bị cắt cụt, không còn đọc được chữ nào.",
                en="The file is damaged or cut off; no text can be read any more.",
            ),
            next_step=Bilingual(
                vi="Hãy tải lại hoặc xin lại tệp gốc rồi kiểm tra lại.",
                en="Download it again or ask for the original, then check that.",
            ),
        )
    if stopped := notices.get("ocr_stopped"):
        return _scan(document.name, stopped)
    if any(step.action == "recognised_pages" for step in document.steps):
        return _scan(document.name, _NOTHING_SEEN)
    if "scanned_page" in notices:
        return _scan(document.name, _SWITCHED_OFF)
    cause = notices.get("no_text", _NO_CAUSE)
    return EmptyFile(document.name, problem=cause.message, next_step=cause.advice or _TYPED)


def for_what_was_read(verdict: Verdict, draft: Document) -> Verdict:
    """Say of a pass that it holds for a part of the file alone, where the draft's warnings name what is unread."""
    missing = next((notice for notice in draft.warnings if notice.code in _IN_PART), None)
    if missing is None or verdict.label is not VerdictLabel.PASS:
        return verdict
    partly = Notice(
        code="partly_read",
        message=Bilingual(
            vi=f"Chỉ đọc được một phần của tệp, nên kết luận chỉ đúng cho phần ấy. {missing.message.vi}",
            en=f"Only a part of the file was read, and the verdict holds for that alone. {missing.message.en}",
        ),
        advice=Bilingual(
            vi="Hãy dùng bản đầy đủ (tệp soạn thảo gốc .docx, hoặc bản quét lại) rồi kiểm tra lại.",
            en="Use the whole document (the original .docx, or a new scan) and check again.",
        ),
    )
    return replace(verdict, reasons=(partly, *verdict.reasons))


def for_what_was_compared(verdict: Verdict, draft: Document) -> Verdict:
    """Say of a pass that it holds for wording alone, where the draft's warnings say that meaning could not be compared."""
    if verdict.label is not VerdictLabel.PASS or all(one.code != _MEANING for one in draft.warnings):
        return verdict
    return replace(verdict, reasons=(_WORDING_ALONE, *verdict.reasons))


def _scan(name: str, cause: Notice) -> EmptyFile:
    return EmptyFile(
        name,
        problem=Bilingual(
            vi=f"Tệp là bản quét, không có lớp chữ. {cause.message.vi}",
            en=f"The file is a scan without text. {cause.message.en}",
        ),
        next_step=cause.advice or _TYPED,
    )


_TYPED = Bilingual(
    vi="Hãy dùng tệp soạn thảo gốc (.docx) hoặc PDF xuất từ phần mềm soạn thảo.",
    en="Use the original text file (.docx) or a PDF exported from the word processor.",
)
_NOTHING_SEEN = Notice(
    code="no_text",
    message=Bilingual(
        vi="Máy không nhận ra chữ nào trên ảnh.", en="No letter was recognised in the pictures."
    ),
    advice=rescan(),
)
_SWITCHED_OFF = Notice(
    code="scanned_page",
    message=Bilingual(
        vi="Lần chạy này không nhận dạng chữ trên ảnh (OCR đang tắt).",
        en="Pictures were not recognised in this run (OCR is switched off).",
    ),
    advice=Bilingual(
        vi="Hãy chạy lại không có --no-ocr, hoặc dùng tệp soạn thảo gốc (.docx).",
        en="Run it again without --no-ocr, or use the original text file (.docx).",
    ),
)
