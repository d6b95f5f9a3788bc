"""Write the sample drafts from their scripts and find their exact truth.

Every draft in ``drafts/`` is written from a script in ``scripts/``, where each borrowed passage is marked with the
issued document and the words it was taken from. This tool writes the file (.docx, .html, .txt, .pdf) and then looks
up every passage in the text that our own parser reads from the finished files, so that ``cases.jsonl`` holds offsets
into ``Document.text`` and never a guess. The script language is described in ``docs/dataset-format.md``.

There are three data sets of this kind: this folder, ``paraphrased/`` and ``translated/``. A document that a script names is
looked for in the ``issued/`` of its own data set, then in those before it.

    python corpus_samples/build.py            # offsets only: drafts that exist are kept as they are
    python corpus_samples/build.py --force    # write the drafts anew too (.pdf needs LibreOffice's soffice)
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DATASETS = (HERE, HERE / "paraphrased", HERE / "translated")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
COLUMNS = (6.0, 10.5)
"""Widths of the two columns of letterhead and closing, in centimetres."""
LONG_PASSAGE = 25
"""Syllables from which a copied passage makes two documents ``overlapping`` (the shipped profile's bound)."""

EXCLUSIONS = ("amended_text", "template", "definition")
"""Statuses a script may write for legitimate reuse: the case says ``excluded`` and why."""

_PASSAGE = re.compile(
    r"\[\[(?P<key>\w+)(?: (?P<kind>\w+))?(?: (?P<status>\w+))? :: (?P<body>.*?)\]\]", re.DOTALL
)
_LABEL = re.compile(r"^(?P<label>[IVX]+\.|\d{1,2}\.)\s+")
_SYLLABLE = re.compile(r"\w+")


class ScriptError(Exception):
    """A script names words that its source does not hold, or a file reads otherwise than it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An issued document that a draft draws on, as its script declares it."""

    key: str
    document: str
    relation: str
    label: str | None
    secondary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A borrowed stretch: the words as they stand in the draft and in the source."""

    key: str
    kind: str
    status: str
    exclusion: str | None
    draft_text: str
    source_text: str


@dataclass(slots=True, kw_only=True)
class Script:
    """A script, read: the head as it stands, the body as paragraphs or table rows, the marked passages in order."""

    name: str
    folder: Path
    head: dict[str, str]
    sources: list[Source] = field(default_factory=list)
    swaps: list[tuple[str, str]] = field(default_factory=list)
    tasks: list[dict[str, str | None]] = field(default_factory=list)
    body: list[str | list[list[str]]] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


# --- reading a script -------------------------------------------------------------------------------------------


def read_script(path: Path) -> Script:
    """Read a script; marked passages are replaced by the words that go into the draft."""
    head_text, _, body_text = path.read_text(encoding="utf-8").partition("\n---\n")
    script = Script(name=path.stem, folder=path.parent.parent, head={})
    for line in head_text.splitlines():
        if not line.strip() or line.startswith("//"):
            continue
        key, _, value = line.partition(":")
        value = value.strip()
        if key == "source":
            script.sources.append(_source(value, script.folder))
        elif key == "swap":
            old, _, new = value.partition(" => ")
            script.swaps.append((old, new))
        elif key == "task":
            slots: list[str | None] = [part.strip() or None for part in value.split("|")]
            script.tasks.append(dict(zip(("text", "lead", "deadline", "product"), slots, strict=True)))
        else:
            script.head[key] = value
    for line in body_text.splitlines():
        if not line.strip():
            continue
        written = _PASSAGE.sub(lambda mark: _passage(mark, script), line.strip())
        if not written.startswith("| "):
            script.body.append(written)
            continue
        row = [cell.strip() for cell in written[2:].removesuffix("|").split(" | ")]
        if script.body and isinstance(script.body[-1], list):
            script.body[-1].append(row)
        else:
            script.body.append([row])
    return script


def _source(value: str, folder: Path) -> Source:
    key, _, rest = value.partition(" = ")
    document, relation, *flags = rest.split()
    labels = [flag for flag in flags if flag != "secondary"]
    return Source(
        key=key,
        document=_shipped(folder, document),
        relation=relation,
        label=labels[0] if labels else None,
        secondary="secondary" in flags,
    )


def _shipped(folder: Path, document: str) -> str:
    """Return where the data set in ``folder`` finds a document: in itself, else in one before it ("../issued/a.txt")."""
    if (folder / document).exists():
        return document
    found = next(one / document for one in DATASETS if (one / document).exists())
    return "../" + found.relative_to(HERE).as_posix()


def _passage(mark: re.Match[str], script: Script) -> str:
    anchors, _, given = mark["body"].partition(" >> ")
    document = next(source.document for source in script.sources if source.key == mark["key"])
    taken = _one_line(excerpt(script.folder / document, anchors.strip()))
    written = given.strip() or taken
    if not given and mark["kind"] is None:
        for old, new in script.swaps:
            written = written.replace(old, new)
    script.passages.append(
        Passage(
            key=mark["key"],
            kind=mark["kind"] or ("verbatim" if written == taken else "edited"),
            status="excluded" if mark["status"] in EXCLUSIONS else mark["status"] or "copied",
            exclusion=mark["status"] if mark["status"] in EXCLUSIONS else None,
            draft_text=written,
            source_text=taken,
        )
    )
    return written


def excerpt(document: Path, anchors: str) -> str:
    """The words of an issued document from the first anchor to the end of the second ("from ... to")."""
    text = text_of(document)
    first, _, last = anchors.partition(" ... ")
    start, end = locate(text, first, 0, f"{document.name}: {first}")
    if last:
        _, end = locate(text, last, end, f"{document.name}: {last}")
    return text[start:end]


def _one_line(text: str) -> str:
    return " ".join(text.split())


# --- finding words in what the parser reads -----------------------------------------------------------------------


@cache
def text_of(path: Path) -> str:
    """``Document.text`` of a sample file."""
    from kl226_dedup.domain.document import SourceFile
    from kl226_dedup.parsers import sniff
    from kl226_dedup.parsers.options import ParseLimits

    return sniff.extract(SourceFile(name=path.name, content=path.read_bytes()), ParseLimits()).text


def locate(text: str, wanted: str, since: int, what: str) -> tuple[int, int]:
    """The span of the first stretch from ``since`` on that equals ``wanted`` but for white space."""
    words = unicodedata.normalize("NFC", wanted).split()
    found = re.compile(r"\s+".join(re.escape(word) for word in words)).search(text, since)
    if found is None:
        raise ScriptError(f"not found: {what}")
    return found.span()


# --- writing the files ---------------------------------------------------------------------------------------------


def motto_of(head: dict[str, str]) -> tuple[str, ...]:
    """The lines beside the issuer: the national motto, unless the script has its own (or none, for foreign bodies)."""
    return tuple(_lines(head["motto"])) if "motto" in head else MOTTO


def closing_of(head: dict[str, str]) -> tuple[list[str], list[str]]:
    """The two columns at the foot: recipients and signature."""
    return _lines(head.get("recipients", "")), _lines(head.get("signature", ""))


def _lines(value: str) -> list[str]:
    return [part.strip() for part in value.split("/ ") if part.strip()]


def write_docx(script: Script, path: Path) -> None:
    """A Word file with a two-column letterhead table, its own automatic numbering, tables and a closing table."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document: Any = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    head = script.head
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)

    def columns(left: list[str], right: list[str]) -> None:
        table = document.add_table(rows=1, cols=2)
        table.autofit = False
        for column, width in zip(table.columns, COLUMNS, strict=True):
            column.width = Cm(width)
        for cell, lines, width in zip(table.rows[0].cells, (left, right), COLUMNS, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].text = lines[0] if lines else ""
            for line in lines[1:]:
                cell.add_paragraph(line)
            for paragraph in cell.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                for run in paragraph.runs:
                    run.font.size = Pt(12)

    def centred(text: str) -> None:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True

    numbering = _Numbering(document) if head.get("numbering") == "auto" else None
    columns([*_lines(head["issuer"]), head["number"]], [*motto_of(head), head["place"]])
    for line in _lines(head["title"]):
        centred(line)
    for block in script.body:
        if isinstance(block, list):
            table = document.add_table(rows=0, cols=len(block[0]))
            table.style = "Table Grid"
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif block.startswith("# "):
            centred(block[2:])
        elif numbering is not None and (label := _LABEL.match(block)):
            numbering.apply(document.add_paragraph(block[label.end() :]), label["label"])
        else:
            document.add_paragraph(block)
    columns(*closing_of(head))
    _save_docx(document, path)


class _Numbering:
    """Real list numbering: one abstract list (I. / 1.), a new instance wherever the count starts again."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self._root = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="%{level + 1}."/><w:lvlJc w:val="left"/></w:lvl>'
            for level, kind in enumerate(("upperRoman", "decimal"))
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="226">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        self._root.insert(0, abstract)
        self._next = 2260
        self._current = self._instance()
        self._items = self._current
        self._seen_item = False

    def _instance(self) -> int:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        self._next += 1
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in (0, 1)
        )
        self._root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._next}"><w:abstractNumId w:val="226"/>{starts}</w:num>'
            )
        )
        return self._next

    def apply(self, paragraph: Any, label: str) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        level = 0 if label[0] in "IVX" else 1
        if label == "1." and self._seen_item:
            self._items = self._instance()
        self._seen_item = self._seen_item or level == 1
        number = self._current if level == 0 else self._items
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 (python-docx has no public door to numPr)
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            )
        )


def _save_docx(document: Any, path: Path) -> None:
    """Save without the clock: the same script gives the same bytes."""
    import datetime as dt

    fixed = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    document.core_properties.created = document.core_properties.modified = fixed
    document.core_properties.author = ""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.docx"
        document.save(str(raw))
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(
                    zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED
                )


def write_html(script: Script, path: Path) -> None:
    """A plain page as portals publish them: letterhead and closing as tables, one <p> per paragraph."""
    head = script.head

    def row(left: list[str], right: list[str]) -> str:
        cells = ("<br/>".join(html.escape(line) for line in lines) for lines in (left, right))
        return f'<table width="100%"><tr>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr></table>'

    parts = [row([*_lines(head["issuer"]), head["number"]], [*motto_of(head), head["place"]])]
    parts += [f'<p align="center"><b>{html.escape(line)}</b></p>' for line in _lines(head["title"])]
    for block in script.body:
        if isinstance(block, list):
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in line) for line in block)
            parts.append(f'<table border="1">{"".join(f"<tr>{line}</tr>" for line in rows)}</table>')
        elif block.startswith("# "):
            parts.append(f'<p align="center"><b>{html.escape(block[2:])}</b></p>')
        else:
            parts.append(f"<p>{html.escape(block)}</p>")
    parts.append(row(*closing_of(head)))
    title = html.escape(_lines(head["title"])[-1])
    page = "\n".join(parts)
    path.write_text(
        f'<!DOCTYPE html>\n<html lang="vi">\n<head><meta charset="utf-8"/><title>{title}</title></head>\n'
        f"<body>\n{page}\n</body>\n</html>\n",
        encoding="utf-8",
        newline="\n",
    )


def write_txt(script: Script, path: Path) -> None:
    """Plain text, one paragraph a line; table cells are separated by tabs."""
    head = script.head
    left, right = closing_of(head)
    lines = [
        *_lines(head["issuer"]),
        *motto_of(head),
        head["number"],
        head["place"],
        "",
        *_lines(head["title"]),
        "",
    ]
    for block in script.body:
        if isinstance(block, list):
            lines += ["\t".join(row) for row in block]
        else:
            lines.append(block.removeprefix("# "))
    path.write_text("\n".join([*lines, "", *left, "", *right, ""]), encoding="utf-8", newline="\n")


def write_pdf(script: Script, path: Path) -> None:
    """A text PDF, printed by LibreOffice from the Word file."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise ScriptError(f"{path.name}: LibreOffice (soffice) is needed to print a PDF")
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / f"{path.stem}.docx"
        write_docx(script, word)
        command = [soffice, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(word)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (our own file, fixed arguments)


WRITERS = {".docx": write_docx, ".html": write_html, ".txt": write_txt, ".pdf": write_pdf}


# --- the truth -------------------------------------------------------------------------------------------------------


def case_of(script: Script) -> dict[str, Any]:
    """One line of ``cases.jsonl``."""
    head = script.head
    draft = text_of(script.folder / head["file"])
    _read_as_written(script, draft)
    spans: dict[str, list[dict[str, Any]]] = {source.key: [] for source in script.sources}
    since = 0
    for passage in script.passages:
        where = f"{script.name}: {passage.draft_text[:60]}"
        start, end = locate(draft, passage.draft_text, since, where)
        since = end
        document = next(source.document for source in script.sources if source.key == passage.key)
        text = text_of(script.folder / document)
        s_start, s_end = locate(text, passage.source_text, 0, f"{where} in {document}")
        spans[passage.key].append(
            {
                "draft": {"start": start, "end": end, "text": draft[start:end]},
                "source": {"document": document, "start": s_start, "end": s_end, "text": text[s_start:s_end]},
                "kind": passage.kind,
                "status": passage.status,
            }
            | ({"exclusion": passage.exclusion} if passage.exclusion else {})
        )
    body = sum(_count(block) for block in script.body if not _is_basis(block))
    sources = [_source_entry(source, script.folder, spans[source.key], body) for source in script.sources]
    case = {
        "id": script.name,
        "draft": head["file"],
        "split": head["split"],
        "kind": head["kind"],
        "verdict": head["verdict"],
        "header": json.loads(head.get("header", "{}")),
        "sources": sources,
        "passages": sorted(chain(*spans.values()), key=lambda entry: int(entry["draft"]["start"])),
    }
    return case | ({"tasks": script.tasks} if script.tasks else {})


def _read_as_written(script: Script, text: str) -> None:
    """Every paragraph and cell must be found in order, labels of automatic numbering included."""
    since = 0
    for block in script.body:
        parts = (
            [block.removeprefix("# ")] if isinstance(block, str) else [cell for row in block for cell in row]
        )
        for part in parts:
            _, since = locate(text, part, since, f"{script.name} as read: {part[:60]}")


def _source_entry(source: Source, folder: Path, spans: list[dict[str, Any]], body: int) -> dict[str, Any]:
    shared = [_syllables(span["draft"]["text"]) for span in spans if span["status"] != "boilerplate"]
    reverse = [_syllables(span["source"]["text"]) for span in spans if span["status"] != "boilerplate"]
    containment = min(1.0, sum(shared) / body)
    of_source = min(1.0, sum(reverse) / _syllables(text_of(folder / source.document)))
    copied = [_syllables(span["draft"]["text"]) for span in spans if span["status"] == "copied"]
    if min(containment, of_source) >= 0.9:
        label = "near_identical"
    elif max(containment, of_source) >= 0.5:
        label = "derived"
    else:
        label = "overlapping" if max(copied, default=0) >= LONG_PASSAGE else "related"
    entry: dict[str, Any] = {
        "document": source.document,
        "number": numbers().get(Path(source.document).name),
        "label": source.label or label,
        "relation": source.relation,
    }
    if source.secondary:
        return entry | {"secondary": True}
    return entry | {"containment": round(containment, 3)}


@cache
def numbers() -> dict[str, str | None]:
    """Number of each issued document by the name of its file, from every ``metadata.jsonl``."""
    texts = (folder.joinpath("metadata.jsonl").read_text(encoding="utf-8") for folder in DATASETS)
    rows = map(json.loads, chain.from_iterable(text.splitlines() for text in texts))
    return {row["file"]: row["number"] for row in rows}


def _is_basis(block: str | list[list[str]]) -> bool:
    return isinstance(block, str) and block.startswith(("Căn cứ ", "Theo đề nghị "))


def _count(block: str | list[list[str]]) -> int:
    return _syllables(block if isinstance(block, str) else " ".join(cell for row in block for cell in row))


def _syllables(text: str) -> int:
    return len(_SYLLABLE.findall(text))


def main() -> int:
    """Write what is missing (all with --force), then ``cases.jsonl``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--force", action="store_true", help="write drafts anew even where the file exists")
    parser.add_argument("only", nargs="*", help="ids of the scripts whose drafts are written (default: all)")
    options = parser.parse_args()
    faults = [fault for folder in DATASETS for fault in build(folder, force=options.force, only=options.only)]
    if faults:
        print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


def build(folder: Path, *, force: bool, only: list[str]) -> list[str]:
    """Write a data set's drafts and its ``cases.jsonl``; what is wrong with its scripts, empty when nothing."""
    cases, faults = [], []
    for path in sorted((folder / "scripts").glob("*.txt")):
        try:
            script = read_script(path)
            target = folder / script.head["file"]
            if not target.exists() or (force and (not only or script.name in only)):
                WRITERS[target.suffix](script, target)
            cases.append(case_of(script))
        except ScriptError as fault:
            faults.append(str(fault))
    if not faults:
        lines = (json.dumps(case, ensure_ascii=False) for case in cases)
        (folder / "cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return faults


if __name__ == "__main__":
    sys.exit(main())
