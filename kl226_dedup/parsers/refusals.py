"""What parsers of several formats say when they refuse a file: their errors, in words for people."""

from __future__ import annotations

from typing import Final

from kl226_dedup.domain.errors import EmptyFile, EncryptedFile, LimitExceeded
from kl226_dedup.domain.language import Bilingual, Notice, grouped
from kl226_dedup.parsers.options import ParseLimits

_SPLIT: Final = Bilingual(
    vi="Hãy tách tệp thành các tệp nhỏ hơn rồi kiểm tra từng tệp.",
    en="Split it into smaller files and check each of them.",
)
_NO_TEXT: Final = Bilingual(vi="Tệp không có chữ nào.", en="The file holds no text.")
_RIGHT_FILE: Final = Bilingual(
    vi="Hãy kiểm tra xem đã chọn đúng tệp chưa.", en="Check that this is the right file."
)


def no_bytes(name: str) -> EmptyFile:
    """Build the error for a file of no bytes."""
    return EmptyFile(
        name,
        problem=Bilingual(vi="Tệp rỗng (0 byte).", en="The file is empty (0 bytes)."),
        next_step=Bilingual(vi="Hãy lấy lại tệp từ nơi gửi.", en="Get the file again from its sender."),
    )


def no_text(name: str) -> EmptyFile:
    """Build the error for a file that is nothing but text, and holds none."""
    return EmptyFile(name, problem=_NO_TEXT, next_step=_RIGHT_FILE)


def no_text_notice() -> Notice:
    """Build the warning for a document that holds no text."""
    return Notice(code="no_text", message=_NO_TEXT, advice=_RIGHT_FILE)


def under_password(name: str) -> EncryptedFile:
    """Build the error for an office file that opens with a password alone."""
    return EncryptedFile(
        name,
        problem=Bilingual(vi="Tệp có mật khẩu nên không đọc được.", en="The file needs a password."),
        next_step=Bilingual(
            vi="Hãy mở tệp bằng Word hoặc Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ) rồi lưu lại.",
            en="Open it in Word or Excel, remove the password (File > Info > Protect) and save it.",
        ),
    )


def file_too_large(name: str, size: int, limits: ParseLimits) -> LimitExceeded:
    """Build the error for a file of ``size`` bytes, more than ``limits.file_bytes``."""
    return LimitExceeded(
        name,
        problem=Bilingual(
            vi=f"Tệp quá lớn: {grouped(size / 1e6)} MB, giới hạn là {grouped(limits.file_bytes / 1e6)} MB.",
            en=f"The file is too large: {size / 1e6:,.0f} MB, the limit is {limits.file_bytes / 1e6:,.0f} MB.",
        ),
        next_step=Bilingual(
            vi="Bỏ ảnh khỏi tệp hoặc tách thành nhiều phần.", en="Remove its pictures or split it into parts."
        ),
    )


def text_too_long(name: str, most: int) -> LimitExceeded:
    """Build the error for a text of more than ``most`` characters."""
    return LimitExceeded(
        name,
        problem=Bilingual(
            vi=f"Văn bản dài quá giới hạn {grouped(most)} ký tự.",
            en=f"The text is longer than the limit of {most:,} characters.",
        ),
        next_step=_SPLIT,
    )
