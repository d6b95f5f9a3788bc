"""Recognises a file by its content and hands it to the parser of its format. Names and extensions decide nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kl226_dedup.domain.document import Extraction, SourceFile
from kl226_dedup.domain.errors import InputError, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.characters import plain_blanks
from kl226_dedup.parsers.containers import is_mail
from kl226_dedup.parsers.decoding import is_binary, not_text, unicode_encoding
from kl226_dedup.parsers.legacy import unreadable_notice
from kl226_dedup.parsers.ole import MAGIC as OLE
from kl226_dedup.parsers.opc import is_encrypted_package, truncated
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import file_too_large, no_bytes, under_password

_HEAD = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_END = b"PK\x05\x06"

# What the kinds of office files that LibreOffice converts are told by: the first words of an OpenDocument file, the
# streams at the root of an OLE file (an .xls may hold a Word document, deeper down).
_ODF = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.presentation", "odp"),
)
_OLE_OFFICE = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}

# After blanks, comments, processing instructions and a doctype: the tags that HTML files start with.
_PROLOGUE = re.compile(
    r"(?:\s+|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|>)|<!doctype\s+html\b[^>\[]*(?:\[.*?\]\s*)?>)+",
    re.IGNORECASE | re.DOTALL,
)
_HTML_START = re.compile(
    r"<(?:html|head|body|meta|title|base|link|style|script|div|p|table|tbody|tr|td|span|font|center|h[1-6]|br|hr|ul|ol|"
    r"li|b|i|u|a|strong|em|form|section|article|main|header|nav|pre|blockquote|img|o:p|!\[)(?:[\s:/>]|$)",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatParser:
    """One format: its name, its media type, how its content is recognised and the function that reads it.

    ``extensions`` are the usual ones; another one on the name makes a warning, no more.
    """

    name: str
    media_type: str
    extensions: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    extract: Callable[[SourceFile, ParseLimits], Extraction]


def extract(source: SourceFile, limits: ParseLimits) -> Extraction:
    """Read ``source`` with the parser of the format that its content shows.

    A name that promises another known format adds the warning ``wrong_extension``.

    :raises EmptyFile: no bytes, or no text.
    :raises EncryptedFile: the content needs a password.
    :raises LimitExceeded: larger, deeper or longer than ``limits`` allow.
    :raises UnreadableFile: damaged, or binary data of no known kind.
    :raises UnsupportedFormat: a format that is not read; the message names it and says what to do.
    """
    if not source.content:
        raise no_bytes(source.name)
    if len(source.content) > limits.file_bytes:
        raise file_too_large(source.name, len(source.content), limits)
    parser = recognise(source)
    extraction = parser.extract(source, limits)
    notices = [_wrong_extension(source.name, parser)]
    if all(warning.code != "unreliable_text" for warning in extraction.warnings):
        notices.append(unreadable_notice(extraction.text))
    return replace(
        extraction,
        text=plain_blanks(extraction.text),  # one for one, so that every span stays
        drawn=None if extraction.drawn is None else plain_blanks(extraction.drawn),
        warnings=(*extraction.warnings, *filter(None, notices)),
    )


def recognise(source: SourceFile) -> FormatParser:
    """Return the parser for the content of ``source``.

    :raises EncryptedFile: an Office file under a password.
    :raises UnreadableFile: binary data of no known kind.
    :raises UnsupportedFormat: a known format that is not read.
    """
    for parser in PARSERS:
        if parser.recognises(source.content):
            return parser
    raise _refusal(source)


# Recognition. Each looks at the start of the content; only a zip's list of members is looked up at its end.


def is_drawn(content: bytes) -> bool:
    """Tell whether ``content`` is a PDF or a picture, which libraries in native code draw."""
    return _is_pdf(content) or _is_image(content)


def _is_pdf(content: bytes) -> bool:
    if content.startswith(b"%PDF-"):
        return True
    # Readers accept junk before the mark; a zip or OLE file that stores a PDF is no PDF.
    return b"%PDF-" in content[:1024] and not content.startswith((*_ZIP, OLE, b"{\\rtf", b"MZ"))


def _is_docx(content: bytes) -> bool:
    if not content.startswith(_ZIP):
        return False
    names = _zip_names(content)
    if b"[Content_Types].xml" not in names or any(part in names for part in (b"xl/", b"ppt/", b"visio/")):
        return False
    return b"word/" in names or b"document" in names or not _has_zip_end(content)


def _is_xlsx(content: bytes) -> bool:
    return _is_office_zip(content, b"xl/") and b"xl/workbook.bin" not in _zip_names(content)


def _is_pptx(content: bytes) -> bool:
    return _is_office_zip(content, b"ppt/")


def _is_office_zip(content: bytes, folder: bytes) -> bool:
    if not content.startswith(_ZIP):
        return False
    names = _zip_names(content)
    return b"[Content_Types].xml" in names and folder in names


def _is_odt(content: bytes) -> bool:
    return office_kind(content) == "odt"


def _is_doc(content: bytes) -> bool:
    return office_kind(content) == "doc"


def _is_xls(content: bytes) -> bool:
    return office_kind(content) == "xls"


def _is_rtf(content: bytes) -> bool:
    return content[:64].lstrip().startswith(b"{\\rtf")


def _is_csv(content: bytes) -> bool:
    if _foreign(content) is not None or is_binary(content):
        return False
    head = _head_text(content)
    if head is None:
        return False
    from kl226_dedup.parsers.csv_table import separator_of

    return separator_of(head if len(content) <= _HEAD else head.rpartition("\n")[0]) is not None


def office_kind(content: bytes) -> str | None:
    """Name the kind of an office file that LibreOffice converts: doc, xls, ppt, odt, ods, odp; None for any other."""
    if content.startswith(_ZIP) and content[30:38] == b"mimetype":
        head = content[38:200]
        return next((kind for mark, kind in _ODF if mark in head), None)
    if not content.startswith(OLE):
        return None
    if not any(name.encode("utf-16-le") in content for name in _OLE_OFFICE):
        return None
    from kl226_dedup.parsers.ole import open_streams

    try:
        paths = open_streams(SourceFile(name="", content=content)).paths
    except InputError:  # its parser says what is wrong with it
        names = {name for name in _OLE_OFFICE if name.encode("utf-16-le") in content}
    else:
        names = {path[0] for path in paths if len(path) == 1}
    if "EncryptedPackage" in names:
        return None
    return next((kind for name, kind in _OLE_OFFICE.items() if name in names), None)


def unreadable_office(source: SourceFile, kind: str, limits: ParseLimits) -> InputError | None:
    """Return why no program reads an office file of this ``kind``, where a look inside tells for certain; else None.

    Of 18 OpenDocument files that were damaged at random LibreOffice refused all 6 whose list of members is broken.
    """
    if kind == "doc":
        from kl226_dedup.parsers import doc

        return doc.unreadable(source)
    if kind in ("odt", "ods", "odp"):
        from kl226_dedup.parsers.opc import open_package

        try:
            open_package(source, limits)
        except InputError as error:
            return error
    return None


def _is_html(content: bytes) -> bool:
    text = _head_text(content)
    if text is None:
        return False
    start = _PROLOGUE.match(text)
    prologue = start.group() if start else ""
    return _DOCTYPE.search(prologue) is not None or _HTML_START.match(text, len(prologue)) is not None


def _is_image(content: bytes) -> bool:
    return content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*"))


def _is_text(content: bytes) -> bool:
    return _foreign(content) is None and not is_binary(content)


def _head_text(content: bytes) -> str | None:
    """Return the first characters as text in whatever Unicode encoding they seem to be in; None for binary."""
    head = content[:_HEAD]
    encoding = unicode_encoding(head)
    if encoding is None and is_binary(head):
        return None
    return head.decode(encoding or "utf-8", errors="replace").lstrip("\ufeff \t\r\n")


def _has_zip_end(content: bytes) -> bool:
    return content.rfind(_ZIP_END, max(0, len(content) - 66_000)) >= 0


def _zip_names(content: bytes) -> bytes:
    """Return the bytes of a zip that hold its member names: its central directory, else (cut off) its start."""
    end = content.rfind(_ZIP_END, max(0, len(content) - 66_000))
    if end < 0:
        return content[:_HEAD]
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    return content[start:end] if 0 < start < end else content[max(0, end - 64 * _HEAD) : end]


# What we do not read, by name.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Foreign:
    """A kind of file that is not read, and what people can do about it."""

    kind: Bilingual
    next_step: Bilingual


_SAVE_AS_DOCX = Bilingual(
    vi="Mở bằng Word (hoặc LibreOffice) rồi lưu lại thành .docx.",
    en="Open it in Word or LibreOffice and save it as .docx.",
)
_COPY_TO_DOCX = Bilingual(
    vi="Chép phần văn bản sang Word rồi lưu thành .docx, hoặc in ra PDF.",
    en="Copy the text into Word and save it as .docx, or print it to PDF.",
)
_UNPACK = Bilingual(
    vi="Lấy các tệp bên trong ra rồi kiểm tra từng tệp.",
    en="Take out the files inside and check each of them.",
)
_SCAN = Bilingual(
    vi="Nhận dạng chữ (OCR) trước, hoặc dùng bản .docx hay PDF có lớp chữ.",
    en="Run text recognition (OCR) first, or use the .docx or a PDF with a text layer.",
)
_NOT_A_DOCUMENT = Bilingual(vi="Chọn tệp văn bản.", en="Choose a document.")


def _of(vi: str, en: str, next_step: Bilingual) -> _Foreign:
    return _Foreign(kind=Bilingual(vi=vi, en=en), next_step=next_step)


_INSTALL_OFFICE = Bilingual(
    vi="Cài LibreOffice (miễn phí, kèm Impress) rồi thử lại, hoặc lưu tệp thành .xlsx hay .pptx.",
    en="Install LibreOffice (free of charge, with Impress) and try again, or save the file as .xlsx or .pptx.",
)
_IMAGE = _of("tệp ảnh", "a picture", _SCAN)
_PROGRAM = _of("chương trình", "a program", _NOT_A_DOCUMENT)
_MEDIA = _of("tệp âm thanh hoặc video", "audio or video", _NOT_A_DOCUMENT)
_MAIL = _of("thư điện tử", "a mail", _UNPACK)
_ARCHIVE = _of("tệp nén", "an archive", _UNPACK)

_SIGNATURES: tuple[tuple[bytes, _Foreign], ...] = (
    (b"{\\rtf", _of("tệp RTF", "an RTF file", _SAVE_AS_DOCX)),
    (b"\x89PNG\r\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"BM", _IMAGE),
    (b"\x00\x00\x01\x00", _IMAGE),
    (b"8BPS", _IMAGE),
    (b"AT&TFORM", _of("tệp DjVu", "a DjVu file", _SCAN)),
    (b"%!PS", _of("tệp PostScript", "a PostScript file", _COPY_TO_DOCX)),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf'\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\x00", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"SQLite format 3\x00", _of("cơ sở dữ liệu SQLite", "an SQLite database", _NOT_A_DOCUMENT)),
    (b"PAR1", _of("bảng Parquet", "a Parquet table", _NOT_A_DOCUMENT)),
    (b"ID3", _MEDIA),
    (b"OggS", _MEDIA),
    (b"fLaC", _MEDIA),
    (b"\x1aE\xdf\xa3", _MEDIA),
    (b"\xffWPC", _of("tệp WordPerfect", "a WordPerfect file", _SAVE_AS_DOCX)),
    (b"\xdb\xa5", _of("tệp Word 2.0 (.doc cũ)", "a Word 2.0 file (old .doc)", _SAVE_AS_DOCX)),
    (b"\x31\xbe\x00\x00", _of("tệp Write/Word cho DOS", "a Write or Word for DOS file", _SAVE_AS_DOCX)),
)
# Two letters begin real texts too ("MZ", "BM"): these count only for binary content.
_SHORT_SIGNATURE = 4

_ZIP_KINDS: tuple[tuple[bytes, _Foreign], ...] = (
    (b"xl/", _of("bảng tính Excel (.xlsx)", "an Excel workbook (.xlsx)", _COPY_TO_DOCX)),
    (b"ppt/", _of("bản trình chiếu PowerPoint (.pptx)", "a PowerPoint presentation (.pptx)", _COPY_TO_DOCX)),
    (b"visio/", _of("bản vẽ Visio", "a Visio drawing", _COPY_TO_DOCX)),
    (b"META-INF/container.xml", _of("sách điện tử EPUB", "an EPUB book", _COPY_TO_DOCX)),
)
_ODF_KINDS: tuple[tuple[bytes, _Foreign], ...] = (
    (
        b"opendocument.text",
        _of("tệp LibreOffice Writer (.odt)", "a LibreOffice Writer file (.odt)", _SAVE_AS_DOCX),
    ),
    (
        b"opendocument.",
        _of("tệp LibreOffice (.ods, .odp…)", "a LibreOffice file (.ods, .odp…)", _INSTALL_OFFICE),
    ),
    (b"epub+zip", _of("sách điện tử EPUB", "an EPUB book", _COPY_TO_DOCX)),
)
_OLE_KINDS: tuple[tuple[str, _Foreign], ...] = (
    (
        "PowerPoint Document",
        _of("bản trình chiếu cũ (.ppt)", "an old PowerPoint file (.ppt)", _INSTALL_OFFICE),
    ),
    ("__substg1.0_", _of("thư Outlook (.msg)", "an Outlook message (.msg)", _COPY_TO_DOCX)),
)
_OLE_OTHER = _of("tệp Office cũ (OLE)", "an old Office file (OLE)", _SAVE_AS_DOCX)
_XML = _of("tệp XML", "an XML file", _COPY_TO_DOCX)
_WORD_XML = _of("tệp Word dạng XML", "a Word file in XML", _SAVE_AS_DOCX)


def _foreign(content: bytes) -> _Foreign | None:
    """Name the kind of a file that is not read; None where no kind is known."""
    if content.startswith(_ZIP):
        return _zip_kind(content)
    if content.startswith(OLE):
        return next((kind for name, kind in _OLE_KINDS if name.encode("utf-16-le") in content), _OLE_OTHER)
    for signature, kind in _SIGNATURES:
        if content.startswith(signature) and (len(signature) >= _SHORT_SIGNATURE or is_binary(content)):
            return kind
    if content[4:8] == b"ftyp" or (content[:4] == b"RIFF" and content[8:12] in (b"WAVE", b"AVI ")):
        return _IMAGE if content[8:12] in (b"heic", b"heix", b"mif1", b"avif") else _MEDIA
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _IMAGE
    if is_mail(content):
        return _MAIL
    text = _head_text(content)
    if text is not None and text.startswith("<?xml"):
        return _WORD_XML if "Word.Document" in text or "wordprocessingml" in text else _XML
    return None


def _zip_kind(content: bytes) -> _Foreign:
    if content[30:38] == b"mimetype":
        for mark, kind in _ODF_KINDS:
            if mark in content[38:200]:
                return kind
    names = _zip_names(content)
    return next((kind for mark, kind in _ZIP_KINDS if mark in names), _ARCHIVE)


def _refusal(source: SourceFile) -> InputError:
    if is_encrypted_package(source.content):
        return under_password(source.name)
    if source.content.startswith(_ZIP) and not _has_zip_end(source.content):
        return truncated(source.name)
    foreign = _foreign(source.content)
    if foreign is _OLE_OTHER:
        from kl226_dedup.parsers.ole import damaged, is_cut

        if is_cut(source.content):
            return damaged(source.name)
    if foreign is None:
        return not_text(source.name)
    return UnsupportedFormat(
        source.name,
        problem=Bilingual(
            vi=f"Đây là {foreign.kind.vi}, chưa đọc được.",
            en=f"This is {foreign.kind.en}, which is not read.",
        ),
        next_step=foreign.next_step,
    )


# The registry. A parser's module, with the libraries behind it, is loaded when its format turns up.


def _extract_pdf(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import pdf

    return pdf.extract(source, limits)


def _extract_docx(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import docx

    return docx.extract(source, limits)


def _extract_xlsx(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import xlsx

    return xlsx.extract(source, limits)


def _extract_pptx(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import pptx

    return pptx.extract(source, limits)


def _extract_odt(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import odt

    return odt.extract(source, limits)


def _extract_doc(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import doc

    return doc.extract(source, limits)


def _extract_xls(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import xls

    return xls.extract(source, limits)


def _extract_rtf(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import rtf

    return rtf.extract(source, limits)


def _extract_csv(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import csv_table

    return csv_table.extract(source, limits)


def _extract_html(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import html

    return html.extract(source, limits)


def _extract_image(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import image

    return image.extract(source, limits)


def _extract_txt(source: SourceFile, limits: ParseLimits) -> Extraction:
    from kl226_dedup.parsers import txt

    return txt.extract(source, limits)


# In this order: the first that recognises the content reads it.
PARSERS: tuple[FormatParser, ...] = (
    FormatParser(
        name="pdf",
        media_type="application/pdf",
        extensions=(".pdf",),
        recognises=_is_pdf,
        extract=_extract_pdf,
    ),
    FormatParser(
        name="docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        extensions=(".docx", ".docm", ".dotx", ".dotm"),
        recognises=_is_docx,
        extract=_extract_docx,
    ),
    FormatParser(
        name="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        extensions=(".xlsx", ".xlsm", ".xltx", ".xltm"),
        recognises=_is_xlsx,
        extract=_extract_xlsx,
    ),
    FormatParser(
        name="pptx",
        media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
        extensions=(".pptx", ".pptm", ".ppsx", ".potx"),
        recognises=_is_pptx,
        extract=_extract_pptx,
    ),
    FormatParser(
        name="doc",
        media_type="application/msword",
        extensions=(".doc", ".dot"),
        recognises=_is_doc,
        extract=_extract_doc,
    ),
    FormatParser(
        name="odt",
        media_type="application/vnd.oasis.opendocument.text",
        extensions=(".odt", ".ott"),
        recognises=_is_odt,
        extract=_extract_odt,
    ),
    FormatParser(
        name="xls",
        media_type="application/vnd.ms-excel",
        extensions=(".xls", ".xlt"),
        recognises=_is_xls,
        extract=_extract_xls,
    ),
    FormatParser(
        name="rtf",
        media_type="application/rtf",
        extensions=(".rtf",),
        recognises=_is_rtf,
        extract=_extract_rtf,
    ),
    FormatParser(
        name="html",
        media_type="text/html",
        extensions=(".html", ".htm", ".xhtml", ".shtml", ".aspx", ".php"),
        recognises=_is_html,
        extract=_extract_html,
    ),
    FormatParser(
        name="image",
        media_type="image/png",
        extensions=(".png", ".jpg", ".jpeg", ".tif", ".tiff"),
        recognises=_is_image,
        extract=_extract_image,
    ),
    FormatParser(
        name="csv",
        media_type="text/csv",
        extensions=(".csv", ".tsv", ".txt"),
        recognises=_is_csv,
        extract=_extract_csv,
    ),
    FormatParser(
        name="txt",
        media_type="text/plain",
        extensions=(".txt", ".text", ".md", ".csv", ".tsv", ".log"),
        recognises=_is_text,
        extract=_extract_txt,
    ),
)

_OTHER_EXTENSIONS = (".ppt", ".zip", ".rar")


def name_warning(source: SourceFile) -> Notice | None:
    """Return the warning for a name that promises another known format than the content shows; None where it does not."""
    parser = next((parser for parser in PARSERS if parser.recognises(source.content)), None)
    return None if parser is None else _wrong_extension(source.name, parser)


def _wrong_extension(name: str, parser: FormatParser) -> Notice | None:
    """Build the warning for a name whose extension promises another known format."""
    extension = "." + name.rpartition(".")[2].lower() if "." in name else ""
    known = {known for other in PARSERS for known in other.extensions} | set(_OTHER_EXTENSIONS)
    if extension in parser.extensions or extension not in known:
        return None
    return Notice(
        code="wrong_extension",
        message=Bilingual(
            vi=f"Tên tệp có đuôi {extension} nhưng nội dung là {parser.name.upper()}; đã đọc theo nội dung.",
            en=f"The name ends in {extension} but the content is {parser.name.upper()}; it was read as such.",
        ),
        advice=Bilingual(
            vi=f"Đổi đuôi tên tệp thành {parser.extensions[0]}.", en=f"Rename it to {parser.extensions[0]}."
        ),
    )
