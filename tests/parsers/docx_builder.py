"""Word documents written part by part as raw XML, so that a test can hold any construct that Word can write."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_W_NS = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R_NS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
NAMESPACES = (
    f'xmlns:w="{W_NS}" xmlns:r="{R_NS}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{t(text)}</w:r>"


def t(text: str) -> str:
    """A text element."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def p(*content: str, properties: str = "") -> str:
    """A paragraph; content that isn't XML becomes a run."""
    inner = "".join(part if part.startswith("<") else r(part) for part in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(text: str, num_id: int, level: int = 0, extra: str = "") -> str:
    """A paragraph of a list."""
    return p(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>{extra}'
    )


def tc(*content: str, properties: str = "") -> str:
    """A table cell; content that isn't XML becomes a paragraph."""
    inner = "".join(part if part.startswith("<") else p(part) for part in content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A table row; cells that aren't XML become cells of one paragraph."""
    inner = "".join(cell if cell.startswith("<w:") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def tbl(*rows: str, bordered: bool = True) -> str:
    """A table."""
    kind = "single" if bordered else "none"
    sides = "".join(
        f'<w:{side} w:val="{kind}"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"
    )


def field(code: str, result: str, *, end: bool = True) -> str:
    """A complex field."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        char.format("begin")
        + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + char.format("separate")
        + (result if result.startswith("<") else r(result))
        + (char.format("end") if end else "")
    )


def level(index: int, number_format: str, text: str, extra: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(abstracts: dict[int, str], nums: dict[int, tuple[int, str]]) -> str:
    """The numbering part: the levels of each abstract list, and (abstract list, overrides) of each list."""
    return (
        f"<w:numbering {NAMESPACES}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'
            for key, levels in abstracts.items()
        )
        + "".join(
            f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
            for key, (abstract, overrides) in nums.items()
        )
        + "</w:numbering>"
    )


def styles(*inner: str) -> str:
    """The style sheet."""
    return f"<w:styles {NAMESPACES}>{''.join(inner)}</w:styles>"


def notes(kind: str, entries: dict[int, str]) -> str:
    """A footnotes or endnotes part ("footnote", "endnote") with the separators that Word always writes."""
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return (
        f"<w:{kind}s {NAMESPACES}>{separator}"
        + "".join(f'<w:{kind} w:id="{key}">{content}</w:{kind}>' for key, content in entries.items())
        + f"</w:{kind}s>"
    )


def document(*body: str) -> str:
    """The main part."""
    return f"<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"


def package(main: str | bytes, *, strict: bool = False, **parts: str | bytes) -> bytes:
    """A .docx file of a main part and further ones by the last word of their relationship type.

    A name may end in a digit (header1, header2); ``core`` is docProps/core.xml.
    """
    relationship_ns = STRICT_R_NS if strict else R_NS
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" '
            f'Type="{relationship_ns}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": main,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">'
        + "".join(
            f'<Relationship Id="r-{name}" Type="{relationship_ns}/{name.rstrip("0123456789")}" '
            f'Target="{name}.xml"/>'
            for name in parts
            if name != "core"
        )
        + "</Relationships>",
    }
    for name, content in parts.items():
        members["docProps/core.xml" if name == "core" else f"word/{name}.xml"] = content
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()
