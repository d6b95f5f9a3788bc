"""Files that hold documents: zip archives and mail with attachments. Each member becomes a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import InputError, LimitExceeded, UnreadableFile, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual, grouped
from kl226_dedup.parsers.ole import MAGIC, open_streams
from kl226_dedup.parsers.opc import open_package
from kl226_dedup.parsers.options import ParseLimits

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_DEPTH: Final = 2  # an archive, and archives inside it
_HEAD: Final = 16_384  # bytes; the stations a mail went through fill several thousand
_HEADER: Final = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?[^\n]*(?:\n|\Z)(?:[ \t]+[^\n]*(?:\n|\Z))*")
_OF_MAIL: Final = frozenset(
    {b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version", b"content-type"}
)
_MESSAGE_MARK: Final = "__properties_version1.0"
_ATTACHMENT: Final = "__attach_version1.0_"
_CLUTTER: Final = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


def is_container(content: bytes) -> bool:
    """Tell whether these bytes are a zip archive of files (no office file), a mail or an Outlook message."""
    return _is_archive(content) or is_mail(content) or _is_outlook(content)


def expand(source: SourceFile, limits: ParseLimits) -> tuple[SourceFile | InputError, ...]:
    """Return the files that ``source`` holds, named like "hồ sơ.zip/tờ trình.docx", or why one can't be had.

    Archives and mail inside are expanded once more, not deeper. Folders, hidden and temporary files and pictures
    inside the text of a mail are passed over. A file that is no container is returned as it is.

    :raises InputError: the container itself cannot be read, or holds more than ``limits`` allow.
    """
    budget = [limits.members, limits.expanded_bytes]
    return tuple(_expand(source, limits, budget, _DEPTH))


def _expand(
    source: SourceFile, limits: ParseLimits, budget: list[int], depth: int
) -> Iterator[SourceFile | InputError]:
    if depth == 0 or not is_container(source.content):
        yield source
        return
    read = _archive if _is_archive(source.content) else _outlook if _is_outlook(source.content) else _mail
    for member in read(source, limits):
        if isinstance(member, InputError):
            yield member
            continue
        budget[0] -= 1
        budget[1] -= len(member.content)
        if min(budget) < 0:
            raise _too_much(source.name, limits)
        if member.name == source.name:  # the text of a mail
            yield member
            continue
        try:
            yield from _expand(member, limits, budget, depth - 1)
        except LimitExceeded:  # of all levels together
            raise
        except InputError as error:
            yield error


def _is_archive(content: bytes) -> bool:
    if not content.startswith(_ZIP) or content[30:38] == b"mimetype":
        return False
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000))
    if end < 0:
        return False
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    directory = content[start:end] if 0 < start < end else content[:end]
    return not any(mark in directory for mark in (b"[Content_Types].xml", b"META-INF/container.xml"))


def is_mail(content: bytes) -> bool:
    """Tell whether these bytes begin with the header lines of a mail (RFC 5322), as .eml and .mht files do."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")
    if len(content) > _HEAD:  # a line that is cut off here says nothing
        head = head.rpartition(b"\n")[0] + b"\n"
    if head.startswith(b"From "):  # the line that mailboxes put before each mail
        head = head.partition(b"\n")[2]
    names: set[bytes] = set()
    place = 0
    while (header := _HEADER.match(head, place)) is not None:
        names.add(header[1].lower())
        place = header.end()
    known = names & _OF_MAIL
    whole = place >= len(head) or head.startswith(b"\n", place)
    return whole and len(known) >= 2 and bool(known & {b"mime-version", b"received", b"message-id", b"date"})


def _is_outlook(content: bytes) -> bool:
    if not content.startswith(MAGIC) or _MESSAGE_MARK.encode("utf-16-le") not in content:
        return False
    try:
        return (_MESSAGE_MARK,) in open_streams(SourceFile(name="", content=content)).paths
    except UnreadableFile:
        return False


def _archive(source: SourceFile, limits: ParseLimits) -> Iterator[SourceFile | InputError]:
    package = open_package(source, limits)
    for name in package.names:
        if _CLUTTER.search(name):
            continue
        full = f"{source.name}/{name}"
        try:
            content = package.read(name)
        except LimitExceeded:
            raise
        except InputError as error:
            yield type(error)(full, problem=error.problem, next_step=error.next_step)
            continue
        if content is not None:
            yield SourceFile(name=full, content=content)


def _mail(source: SourceFile, limits: ParseLimits) -> Iterator[SourceFile | InputError]:
    del limits  # a mail is never larger unpacked
    from email import message_from_bytes, policy

    try:
        message = message_from_bytes(source.content.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
        members = list(_parts(source.name, message))
    except Exception as error:  # the standard library fails in many ways on malformed headers
        raise _damaged_mail(source.name) from error
    yield from members


def _parts(name: str, message: EmailMessage) -> Iterator[SourceFile]:
    body = message.get_body(preferencelist=("html", "plain"))
    if body is not None:
        content = _payload(body)
        if content.strip():
            yield SourceFile(name=name, content=content)
    for number, part in enumerate(message.walk(), 1):
        if part is body or (part.is_multipart() and part.get_content_type() != "message/rfc822"):
            continue
        named = part.get_filename()
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and not isinstance(inner[0], str):
                yield SourceFile(name=f"{name}/{named or f'{number}.eml'}", content=inner[0].as_bytes())
        elif named and not (part.get_content_maintype() == "image" and part.get("Content-ID")):
            yield SourceFile(name=f"{name}/{_plain(named)}", content=_payload(part))


def _payload(part: MIMEPart) -> bytes:
    """Return the bytes of a part; text in UTF-8 with a mark, so that what is in it says how to read it."""
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    if part.get_content_maintype() == "text" and charset and not part.is_attachment():
        try:
            return b"\xef\xbb\xbf" + data.decode(charset).removeprefix("\ufeff").encode()
        except (LookupError, UnicodeError):
            return data
    return data


def _outlook(source: SourceFile, limits: ParseLimits) -> Iterator[SourceFile | InputError]:
    del limits  # its streams are no larger than the file
    streams = open_streams(source)

    def text(folder: tuple[str, ...], *tags: str) -> str:
        for tag in tags:
            wide = streams.read(*folder, f"__substg1.0_{tag}001F")
            if wide is not None:
                return wide.decode("utf-16-le", "replace").rstrip("\0")
            narrow = streams.read(*folder, f"__substg1.0_{tag}001E")
            if narrow is not None:
                return narrow.decode("cp1258", "replace").rstrip("\0")
        return ""

    page = streams.read("__substg1.0_10130102")
    body = text((), "1000")
    if page is not None and page.strip():
        yield SourceFile(name=source.name, content=page)
    elif body.strip():
        yield SourceFile(name=source.name, content=b"\xef\xbb\xbf" + body.encode("utf-8", "replace"))
    folders = sorted({path[0] for path in streams.paths if path[0].startswith(_ATTACHMENT)})
    for number, folder in enumerate(folders, 1):
        name = f"{source.name}/{_plain(text((folder,), '3707', '3704')) or number}"
        content = streams.read(folder, "__substg1.0_37010102")
        if content is not None:
            yield SourceFile(name=name, content=content)
        else:
            yield _embedded(name)


def _plain(name: str) -> str:
    """Return a name that people gave a file, without folders and line breaks."""
    return " ".join(re.split(r"[\\/]", name)[-1].split())


def _too_much(name: str, limits: ParseLimits) -> LimitExceeded:
    return LimitExceeded(
        name,
        problem=Bilingual(
            vi=f"Tệp chứa hơn {grouped(limits.members)} tệp hoặc giải nén ra hơn {grouped(limits.expanded_bytes / 1e6)} MB.",
            en=f"It holds more than {limits.members:,} files or unpacks to more than "
            f"{limits.expanded_bytes / 1e6:,.0f} MB.",
        ),
        next_step=Bilingual(vi="Giải nén rồi thêm từng phần.", en="Unpack it and add it part by part."),
    )


def _damaged_mail(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(vi="Thư điện tử bị hỏng.", en="The mail is damaged."),
        next_step=Bilingual(
            vi="Mở bằng chương trình thư rồi lưu riêng các tệp đính kèm.",
            en="Open it in a mail program and save its attachments.",
        ),
    )


def _embedded(name: str) -> UnsupportedFormat:
    return UnsupportedFormat(
        name,
        problem=Bilingual(
            vi="Thư Outlook đính kèm một thư khác hoặc đối tượng nhúng, chưa đọc được.",
            en="The Outlook message holds another message or an embedded object, which is not read.",
        ),
        next_step=Bilingual(vi="Mở bằng Outlook rồi lưu riêng.", en="Open it in Outlook and save it apart."),
    )
