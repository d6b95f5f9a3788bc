"""Reading the zip packages that office files are (OPC, ECMA-376 part 2), without trusting them.

Nothing is ever written to disk, so a member called ``../../x`` is only a name that no relationship reaches.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import LimitExceeded, UnreadableFile, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual, grouped
from kl226_dedup.parsers.ole import MAGIC as OLE
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import file_too_large, no_bytes, under_password

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from lxml.etree import XMLParser, _Element, _ListErrorLog

_ZIP_MAGIC: Final = b"PK"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_ZIP64_SIZE: Final = 0xFFFFFFFF
_CHUNK: Final = 1 << 20
_PREFIX: Final = re.compile(rb"[<\s/]([A-Za-z_][\w.-]*):[A-Za-z_]")
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)(?=[\s/>])")
_USUAL_NAMESPACES: Final = {
    b"w": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"r": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"m": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"mc": b"http://schemas.openxmlformats.org/markup-compatibility/2006",
    b"wp": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"a": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"wps": b"http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    b"v": b"urn:schemas-microsoft-com:vml",
}
_LIMIT_ERRORS: Final = (1, 114)
"""XML_ERR_INTERNAL_ERROR and XML_ERR_RESOURCE_LIMIT: what older and newer libxml2 say of depth and size."""

_RATIO_FLOOR: Final = 1_000_000
"""Unpacked bytes below which a member's expansion ratio is not looked at: it cannot hurt."""

_LIBXML_DEPTH: Final = 256
"""libxml2 itself refuses deeper trees than this unless told otherwise (parserInternals.h)."""

_SPLIT: Final = Bilingual(
    vi="Hãy tách tệp thành các tệp nhỏ hơn rồi kiểm tra từng tệp.",
    en="Split it into smaller files and check each of them.",
)
_SAVE_AGAIN: Final = Bilingual(
    vi="Hãy mở tệp bằng Word hoặc LibreOffice và lưu lại thành .docx, hoặc lấy lại bản gốc.",
    en="Open it in Word or LibreOffice and save it as .docx again, or fetch the original once more.",
)


class Package:
    """The members of a zip package, read one by one within limits."""

    __slots__ = ("_archive", "_budget", "_content_size", "_infos", "_limits", "_name")

    def __init__(self, name: str, archive: ZipFile, *, content_size: int, limits: ParseLimits) -> None:
        """Index the members of ``archive``; see :func:`open_package`, which checks the file first."""
        self._name = name
        self._archive = archive
        self._content_size = content_size
        self._limits = limits
        self._budget = limits.expanded_bytes
        # Part names are case-insensitive (ECMA-376 part 2, 6.2.2), and some writers use backslashes.
        self._infos: dict[str, ZipInfo] = {
            # A damaged directory may name a member "", which zipfile itself stumbles over.
            _key(info.filename): info
            for info in archive.infolist()
            if info.filename and not info.is_dir()
        }

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members as the package spells them, in its own order, with forward slashes."""
        return tuple(info.filename.replace("\\", "/") for info in self._infos.values())

    def read(self, part_name: str) -> bytes | None:
        """Return the bytes of a part, None where the package has no such part.

        Every call counts against ``limits.expanded_bytes``, by what really comes out, not by what the
        directory of the zip declares.

        :raises LimitExceeded: the member, or all that were read together, unpack to more than allowed.
        :raises EncryptedFile: the member has a zip password.
        :raises UnreadableFile: the member is damaged or packed in a way nobody reads.
        """
        info = self._infos.get(_key(part_name))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise under_password(self._name)
        self._check_size(info, info.file_size)
        return self._inflate(info)

    def _inflate(self, info: ZipInfo) -> bytes:
        import zlib
        from zipfile import BadZipFile

        chunks: list[bytes] = []
        size = 0
        try:
            with self._archive.open(info) as member:
                while chunk := member.read(_CHUNK):
                    chunks.append(chunk)
                    size += len(chunk)
                    self._check_size(info, size)
        # Damaged data surfaces as any of these, depending on where the damage sits.
        except (
            BadZipFile,
            EOFError,
            NotImplementedError,
            OSError,
            RuntimeError,
            ValueError,
            zlib.error,
        ) as error:
            raise _damaged(self._name, info.filename) from error
        self._budget -= size
        return b"".join(chunks)

    def _check_size(self, info: ZipInfo, size: int) -> None:
        if size > self._budget:
            raise LimitExceeded(
                self._name,
                problem=Bilingual(
                    vi=f"Nội dung giải nén vượt quá {grouped(self._limits.expanded_bytes)} byte.",
                    en=f"It unpacks to more than {self._limits.expanded_bytes:,} bytes.",
                ),
                next_step=_SPLIT,
            )
        packed = max(1, min(info.compress_size, self._content_size))
        if size > _RATIO_FLOOR and size > packed * self._limits.expansion_ratio:
            raise LimitExceeded(
                self._name,
                problem=Bilingual(
                    vi=f"Phần “{info.filename}” giải nén ra gấp hơn {self._limits.expansion_ratio} lần: "
                    "có dấu hiệu tệp được tạo để làm treo máy.",
                    en=f'The part "{info.filename}" unpacks to more than {self._limits.expansion_ratio} times '
                    "its size, as a zip bomb does.",
                ),
                next_step=_SAVE_AGAIN,
            )


def is_encrypted_package(content: bytes) -> bool:
    """Tell whether these bytes are an office package with a password (MS-OFFCRYPTO: OLE with EncryptedPackage)."""
    return content.startswith(OLE) and _ENCRYPTED_STREAM in content


def open_package(source: SourceFile, limits: ParseLimits) -> Package:
    """Open the zip package in ``source``; members are unpacked only when they are read.

    :raises EmptyFile: no bytes.
    :raises EncryptedFile: an office file with a password.
    :raises UnsupportedFormat: an OLE file such as .doc, or no zip at all.
    :raises UnreadableFile: a truncated or damaged zip.
    :raises LimitExceeded: too many bytes or too many members.
    """
    import io
    import struct
    from zipfile import BadZipFile, ZipFile

    content = source.content
    if not content:
        raise no_bytes(source.name)
    if len(content) > limits.file_bytes:
        raise file_too_large(source.name, len(content), limits)
    if is_encrypted_package(content):
        raise under_password(source.name)
    if not content.startswith(_ZIP_MAGIC):
        raise UnsupportedFormat(
            source.name,
            problem=Bilingual(vi="Đây không phải tệp .docx.", en="This is not a .docx file."),
            next_step=_SAVE_AGAIN,
        )
    _check_members(source, limits)
    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, struct.error) as error:
        raise truncated(source.name) from error
    return Package(source.name, archive, content_size=len(content), limits=limits)


def parse_xml(name: str, part_name: str, data: bytes, limits: ParseLimits) -> tuple[_Element, bool]:
    """Parse the XML of a part; the flag tells whether it was damaged, so that text may be missing.

    Entities are never expanded, DTDs and anything outside the part never loaded. A prefix without a
    declaration, which some writers leave behind, is given its usual meaning and isn't damage.

    :raises LimitExceeded: elements nest deeper than ``limits.nesting`` (or 256) levels, or one text is over 10 MB.
    :raises UnreadableFile: nothing of it can be read as XML.
    """
    from lxml import etree

    damaged = False
    parser = _xml_parser(recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _check_resource_limit(
            name, parser.error_log
        )  # the exception's own log holds those of other files too
        try:
            root = etree.fromstring(_declare_prefixes(data), _xml_parser(recover=False))
        except etree.XMLSyntaxError:
            parser = _xml_parser(recover=True)
            recovered = _parse_or_none(data, parser)
            _check_resource_limit(name, parser.error_log)
            if recovered is None:
                raise _damaged(name, part_name) from error
            root, damaged = recovered, True
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise _damaged(name, part_name) from error
    if limits.nesting < _LIBXML_DEPTH and root.xpath("boolean(" + "/*" * (limits.nesting + 1) + ")"):
        raise _too_deep(name)
    return root, damaged


def _xml_parser(*, recover: bool) -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=recover,
    )


def _parse_or_none(data: bytes, parser: XMLParser) -> _Element | None:
    from lxml import etree

    try:
        # lxml's stubs don't say so, but a recovering parser returns None where there was no element at all.
        root: _Element | None = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError):
        return None
    return root


def _declare_prefixes(data: bytes) -> bytes:
    """Declare on the root element every prefix that is used and nowhere declared."""
    root = _ROOT.search(data)
    if root is None:
        return data
    missing = [
        prefix
        for prefix in sorted(set(_PREFIX.findall(data)) - {b"xml", b"xmlns"})
        if b"xmlns:" + prefix + b"=" not in data
    ]
    declarations = b"".join(
        b' xmlns:%s="%s"' % (prefix, _USUAL_NAMESPACES.get(prefix, b"urn:undeclared:" + prefix))
        for prefix in missing
    )
    return data[: root.end()] + declarations + data[root.end() :]


def _check_resource_limit(name: str, log: _ListErrorLog) -> None:
    if any(entry.type in _LIMIT_ERRORS for entry in log):
        raise _too_deep(name)


def _check_members(source: SourceFile, limits: ParseLimits) -> None:
    """Count the members before zipfile makes an object of each."""
    content = source.content
    end = content.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(content) < end + 22:
        raise truncated(source.name)
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    start = 0 if size == _ZIP64_SIZE else max(0, end - size)
    if content.count(_DIRECTORY_ENTRY, start, end) > limits.members:
        raise LimitExceeded(
            source.name,
            problem=Bilingual(
                vi=f"Tệp nén chứa hơn {grouped(limits.members)} thành phần.",
                en=f"The package holds more than {limits.members:,} members.",
            ),
            next_step=_SAVE_AGAIN,
        )


def _key(part_name: str) -> str:
    return part_name.replace("\\", "/").lstrip("/").lower()


def truncated(name: str) -> UnreadableFile:
    """Build the error for a package whose directory is cut off or damaged."""
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Tệp bị cắt cụt hoặc hỏng: không đọc được mục lục của gói nén.",
            en="The file is truncated or damaged: the directory of the zip package cannot be read.",
        ),
        next_step=_SAVE_AGAIN,
    )


def _damaged(name: str, part_name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi=f"Phần “{part_name}” của tệp bị hỏng.", en=f'The part "{part_name}" of the file is damaged.'
        ),
        next_step=_SAVE_AGAIN,
    )


def _too_deep(name: str) -> LimitExceeded:
    return LimitExceeded(
        name,
        problem=Bilingual(
            vi="Cấu trúc XML lồng nhau quá sâu, có đoạn quá dài, hoặc có thực thể tự nhân lên.",
            en="The XML nests too deeply, holds too long a text, or entities that multiply.",
        ),
        next_step=_SAVE_AGAIN,
    )
