"""Archives and mail: what is in them, under which name, and how much of it."""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage

import parser_samples
import pytest
from ole_builder import message

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import InputError, LimitExceeded
from kl226_dedup.parsers.containers import expand, is_container
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import extract

DOCX = parser_samples.docx(["Điều 1. Phạm vi"])
LIMITS = ParseLimits()


def names(content: bytes, name: str, limits: ParseLimits = LIMITS) -> list[str]:
    return [
        f"! {one.subject}" if isinstance(one, InputError) else one.name
        for one in expand(SourceFile(name=name, content=content), limits)
    ]


def mail(**attachments: bytes) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.vn", "b@example.vn", "Gửi dự thảo"
    letter.set_content("Kính gửi anh,\n\nDự thảo đính kèm.\n", charset="utf-8", cte="base64")
    for name, content in attachments.items():
        letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def test_an_archive_gives_its_files_under_their_path_and_archives_inside_it_once_more() -> None:
    inner = parser_samples.zipped({"sâu.docx": DOCX, "nữa.zip": parser_samples.zipped({"x.docx": DOCX})})
    outer = parser_samples.zipped(
        {"kế hoạch/a.docx": DOCX, "__MACOSX/a.docx": b"x", "kế hoạch/~$a.docx": b"x", "phụ lục.zip": inner}
    )
    assert names(outer, "hồ sơ.zip") == [
        "hồ sơ.zip/kế hoạch/a.docx",
        "hồ sơ.zip/phụ lục.zip/sâu.docx",
        "hồ sơ.zip/phụ lục.zip/nữa.zip",
    ]


def test_an_office_file_is_no_archive() -> None:
    for build in (parser_samples.docx, parser_samples.xlsx, parser_samples.pptx, parser_samples.odt):
        assert not is_container(build(["a"]))


def test_a_mail_gives_its_text_and_its_attachments() -> None:
    content = mail(**{"dự thảo.docx": DOCX})
    body, attachment = expand(SourceFile(name="thư.eml", content=content), LIMITS)
    assert isinstance(body, SourceFile)
    assert isinstance(attachment, SourceFile)
    assert extract(body, LIMITS).text == "Kính gửi anh,\nDự thảo đính kèm."
    assert (attachment.name, attachment.content) == ("thư.eml/dự thảo.docx", DOCX)


def test_a_web_page_saved_with_its_pictures_gives_the_page() -> None:
    page = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=X; type="text/html"\r\n\r\n--X\r\n'
        b"Content-Type: text/html; charset=windows-1258\r\n\r\n<html><body><p>Trang</p></body></html>\r\n--X\r\n"
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--X--\r\n"
    )
    (member,) = expand(SourceFile(name="a.mht", content=page), LIMITS)
    assert isinstance(member, SourceFile)
    assert extract(member, LIMITS).text == "Trang"


def test_an_outlook_message_gives_its_text_and_its_attachments() -> None:
    content = message(
        "Gửi", "Kính gửi anh,\r\n\r\nDự thảo đính kèm.\r\n", {"dự thảo.docx": DOCX, "b.txt": b"x" * 9000}
    )
    body, first, second = expand(SourceFile(name="thư.msg", content=content), LIMITS)
    assert isinstance(body, SourceFile)
    assert extract(body, LIMITS).text == "Kính gửi anh,\nDự thảo đính kèm."
    assert isinstance(first, SourceFile)
    assert (first.name, first.content) == ("thư.msg/dự thảo.docx", DOCX)
    assert isinstance(second, SourceFile)
    assert (second.name, second.content) == ("thư.msg/b.txt", b"x" * 9000)


def test_a_mail_that_went_through_many_stations_is_a_mail() -> None:
    stations = b"Received: from a.example.vn\r\n\tby b.example.vn\r\n" * 200
    assert is_container(stations + mail())


def test_a_letter_in_plain_text_is_no_mail() -> None:
    assert not is_container("Kính gửi: Ủy ban\nSố: 12/UBND\nNgày: 1/7\n\nNội dung".encode())
    assert not is_container(b"From: the start of a play\nSubject: none\n\nAct one")


def test_what_an_archive_may_hold_is_limited_over_all_its_levels() -> None:
    inner = parser_samples.zipped({f"{n}.txt": b"x" for n in range(6)})
    outer = parser_samples.zipped({"a.zip": inner, "b.zip": inner})
    with pytest.raises(LimitExceeded):
        names(outer, "a.zip", ParseLimits(members=8))
    bomb = parser_samples.zipped({"a.txt": b"", "b.txt": bytes(3_000_000)})
    with pytest.raises(LimitExceeded):
        names(bomb, "a.zip")


def test_a_broken_archive_inside_is_named_and_the_rest_goes_on() -> None:
    broken = parser_samples.zipped({"x.txt": b"x"})
    broken = broken.replace(b"x.txt", b"\xff.txt", 1)[:40] + broken[40:]
    outer = parser_samples.zipped({"a.zip": b"PK\x03\x04" + bytes(60) + broken[-22:], "b.docx": DOCX})
    assert names(outer, "h.zip")[-1] == "h.zip/b.docx"


def test_a_member_without_a_name_is_passed_over() -> None:
    nameless = parser_samples.zipped({"a": b"x", "b.docx": DOCX})
    for mark, place in ((b"PK\x01\x02", 28), (b"PK\x03\x04", 26)):
        at = nameless.index(mark)
        assert nameless[at + place] == 1
    at = nameless.index(b"PK\x01\x02")
    shorter = (
        nameless[: at + 28] + b"\0\0\1\0" + nameless[at + 32 :]
    )  # its name becomes one byte of extra data
    with suppress(InputError):
        assert names(shorter, "h.zip") == ["h.zip/b.docx"]


def test_any_cut_of_a_container_is_read_or_refused() -> None:
    for content in (
        mail(a=b"x"),
        message("s", "b", {"a": b"x"}),
        parser_samples.zipped({"a": b"x", "b": b"y"}),
    ):
        for end in range(1, len(content), max(1, len(content) // 40)):
            try:
                names(content[:end], "a")
            except InputError:
                continue
