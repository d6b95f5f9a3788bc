"""The zones of a document: letterhead, bases, body, quotations, closing, appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kl226_dedup.domain.document import Zone, ZoneKind
from kl226_dedup.domain.letters import CAPITAL, SMALL
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.structure.lexicon import MOTTO, PARTY, REPUBLIC, Lexicon, fold
from kl226_dedup.parsers.structure.quotes import quotations

_TOP = 4000  # characters in which a letterhead begins, if there is one
_PREAMBLE = 60_000  # characters in which the preamble ends
_ANCHOR = re.compile(
    rf"{REPUBLIC}|{MOTTO}|{PARTY}"
    r"|(?:^|[\n|\t]|\s{2})[ |\t]{0,40}(?:(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Hiến pháp)\s)?"
    r"[Ss][ốóôỗo]\s*[:.;]?\s*[\d\s.…_]{0,30}[/\-–(]\s?[\dA-ZĐ]|(?:^|\n)Số:\s*\n"
    r"|,\s*ngày[\s\d.…]{0,14}tháng[\s\d.…]{0,14}năm\s*\d{0,4}"
)
_FIRST_CONTENT = re.compile(
    r"\n[ \t]*(?:(?:-\s*)?(?:Căn cứ|[Kk]ính (?:gửi|trình))|(?:Điều|ĐIỀU)\s+\d|(?:Chương|CHƯƠNG)\s+[I1]\b)"
)
_ANCHOR_GAP = 900  # characters between two signs of one letterhead
_STRANGERS = 2  # longer lines (a page's caption) that may stand between the last sign and the type
_SHORT = 60
_BASIS = re.compile(
    r"[-–+*•\s]*(?:Căn cứ|CĂN CỨ|Xét|XÉT|Theo đề nghị|THEO ĐỀ NGHỊ|Thực hiện|Trên cơ sở|Theo)\b", re.UNICODE
)
_FIRM_BASIS = re.compile(r"[-–+*•\s]*(?:Căn cứ|CĂN CỨ|Xét|XÉT|Theo đề nghị|THEO ĐỀ NGHỊ)\b")
_ENACTING = re.compile(
    r"(?:Quốc hội|Ủy ban|Uỷ ban|Chính phủ|Thủ tướng|Chủ tịch|Bộ|Bộ trưởng|Thống đốc|Tổng|Chánh án|Viện trưởng|"
    r"Thanh tra|Hội đồng|Liên|Ngân hàng|Giám đốc|Các Bộ|Ban)\b[^\n]{0,220}?"
    r"(?:ban hành|quyết định|quyết nghị|hướng dẫn|quy định|thống nhất|công bố|sửa đổi)"
)
_ENACTED = re.compile(
    r"ban hành (?:Luật|Bộ luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Quy|Hiến|Chỉ thị)|như sau\s*:\s*$"
)
_PROVISION = re.compile(
    r"(?!V/[vV])(?:(?:Điều|ĐIỀU|Ðiều)\s+\d|(?:Chương|CHƯƠNG)\s+[IVX\d]|(?:Phần|PHẦN)\s+\S|(?:Mục|MỤC)\s+[IVX\d]"
    r"|[IVX]{1,5}\s?[.\-/]\s?\S|[A-Z]\s?[.\-]\s|\d{1,2}\s?[.)\-/]\s?\D|\(?[a-đ]\)\s)"
)
_CONSOLIDATED = re.compile(
    r"\d{1,2}\.\s(?:Bộ luật|Luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Pháp lệnh)\b.*\b[Ss]ố\s\d"
)
_COMMAND_WORDS = frozenset(
    {"quyet dinh", "quyet nghi", "ket luan", "yeu cau", "chi thi", "nay quyet dinh", "quyet dinh nhu sau"}
)
_COMMAND_TAIL = re.compile(r"\s*(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:?$")
_FURNITURE = re.compile(
    r"(?:[-_*=—–.…\s]{3,}|[*]|\[[^\]]{0,200}\]|V/[vV]|[Vv]ề việc|Số\b|S[óô]:|D[ựỰ] [tT]|DỰ THẢO|Nguồn:|ID:|Người ký|Ký bởi"
    r"|Email:|Cơ quan:|Thời gian ký|CÔNG BÁO|(?:TUYỆT |TỐI )?MẬT$|H[ỎO][ẢA] TỐC|(?:THƯỢNG )?KHẨN"
    r"|\(?(?:Ban hành )?[Kk]èm theo"
    r"|\d{1,6}\s*/|/\s?[A-ZĐ])"
)
_ADDRESS = re.compile(r"[Kk]ính (?:gửi|trình)|KÍNH GỬI")
_LIST_ITEM = re.compile(r"[-–+•*]\s*\S")
_OPENING_WORDS = re.compile(
    r"(?:Ngày|Để|Nhằm|Trong|Vừa qua|Sau khi|Theo|Qua|Hiện nay|Thời gian|Năm|Với|Thực hiện|Triển khai|Trước|Tiếp|"
    r"Từ|Được|Luật này|Được sự|Thưa|Tại|Nhân dịp)\b"
)
_TITLE_LIMIT = 1500  # characters a title may have; longer is a narrative
_TITLE_LINE = 420

_EVENT = re.compile(
    r"\n[ \t\xa0|]*(?:"
    r"(?P<recipients>N[ơo]i nhận\s*:?)"
    r"|(?P<sign>(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s?[./]?\s?(?=[A-ZĐ])[^\n]{3,})"
    r"|(?P<passed>(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp)(?: này)? (?:đã )?"
    r"được (?:Quốc hội|Ủy ban|Hội đồng)[^\n]{0,160}thông qua)"
    r"|(?P<office>(?:PHÓ )?(?:CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|CHÁNH ÁN|VIỆN TRƯỞNG|GIÁM ĐỐC"
    r"|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG)"
    rf"[^\n{SMALL}]{{0,60}}\n)"
    r"|(?P<appendix>PHỤ LỤC(?:\s+(?:SỐ\s+)?(?:[IVXLC]+|\d+)[A-Z]?)?\s*[.:]?\s*\n"
    r"|Phụ lục(?:\s+(?:số\s+)?(?:[IVXLC]+|\d+)[A-Z]?)?\s*[.:]?\s*\n(?=[^\n]{0,300}\n?[^\n]{0,300}\n?[^\n]{0,200}kèm theo))"
    r")"
)
_LEADING_APPENDIX = re.compile(r"\s*(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu số)\b")
_APPENDIX_HEAD = re.compile(
    r"\n[ \t\xa0|]*(?:PHỤ LỤC|PHỤ\s?LỤC|Phụ lục\b|MẪU\b|Mẫu (?:số|\d)|BIỂU\b|Biểu (?:số|mẫu|\d)|DANH MỤC"
    r"|DANH SÁCH|QUY CHẾ|QUY ĐỊNH|QUI ĐỊNH"
    r"|ĐIỀU LỆ|NỘI QUY|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|PHƯƠNG ÁN|QUY CHUẨN|QUY TRÌNH|HƯỚNG DẪN|CHIẾN LƯỢC|QUY HOẠCH|BẢNG\b|QCVN"
    r"|\(?(?:Ban hành )?[Kk]èm theo|C[ỘO]NG H[ÒO][AÀ] XÃ HỘI"
    r"|(?:ANNEXE?|APPENDIX|ATTACHMENT|MEMORANDUM|BIJLAGE|ANEXA)\b|(?:Annex|Appendix|Attachment|Bijlage|Anexa) \d"
    r"|(?:Chương|CHƯƠNG) [I1]\b|(?:Điều|ĐIỀU) 1\b|\[1\]|\(1\)\s|I\.\s+[A-ZĐ])"
)
_NAME = re.compile(
    rf"\s*(?:\(?(?:Đã ký|đã ký|Đã kí)\)?|(?:[{CAPITAL}][{SMALL}]+\s+){{1,4}}[{CAPITAL}][{SMALL}]+\s*(?:\n|\Z|\|))"
)
_CLOSING_LIMIT = 6000  # recipients and signatures are shorter; what follows is unmarked appendix
_END_MARK_REACH = 700
_PROSE_LINE = 200


def split_zones(text: str, lexicon: Lexicon, footnotes: tuple[Span, ...] = ()) -> tuple[Zone, ...]:
    """Partition the text. Every character belongs to one zone, blank lines to the zone before them.

    LETTERHEAD reaches to the end of the title (of the list of addressees in a letter) and also holds the line
    "QUYẾT ĐỊNH:" after the bases. BASIS holds the paragraphs "Căn cứ …", the list of amendments in a consolidated
    text, and the formula "Chính phủ ban hành Nghị định …"; a paragraph that goes on to say what to do is BODY.
    QUOTED is the inside of quotation marks of at least 12 syllables in body or appendix.
    """
    if not text:
        return ()
    zones = list(_preamble(text, lexicon))
    body = zones.pop()[0] if zones else 0
    quoted = list(quotations(text, body))
    zones.extend(_main(text, body, quoted))
    marks = [(span.start, span.end, ZoneKind.APPENDIX) for span in footnotes]
    marks.extend((start, end, ZoneKind.QUOTED) for start, end in quoted)
    return _assemble(zones, len(text), sorted(marks, key=lambda mark: mark[:2]))


def letterhead_end(zones: tuple[Zone, ...]) -> int:
    """Return where the first letterhead zone ends; 0 without one."""
    return zones[0].span.end if zones and zones[0].kind is ZoneKind.LETTERHEAD else 0


def _preamble(text: str, lexicon: Lexicon) -> Iterator[tuple[int, ZoneKind]]:
    """Yield the starts of the zones before the body, and last the start of the body itself."""
    at = 0 if _LEADING_APPENDIX.match(text) else _furniture_end(text, lexicon)
    if at == 0:
        yield 0, ZoneKind.BODY
        return
    yield 0, ZoneKind.LETTERHEAD
    at = _title_end(text, at, lexicon)
    kind = ZoneKind.LETTERHEAD
    while at < min(len(text), _PREAMBLE):
        end = _line_end(text, at)
        line = text[at:end].strip(" \t\xa0|")
        if (
            not line
            or fold(line) in _COMMAND_WORDS
            or (kind is ZoneKind.BASIS and _is_upper(line) and not _PROVISION.match(line))
        ):
            if line and kind is ZoneKind.BASIS:
                kind = ZoneKind.LETTERHEAD
                yield at, kind
            at = end
            continue
        if _PROVISION.match(line) and not _CONSOLIDATED.match(line):
            break
        end = _paragraph_end(text, at)
        if not _is_basis(text[at:end].strip(), kind):
            break
        if kind is not ZoneKind.BASIS:
            kind = ZoneKind.BASIS
            yield at, kind
        at = end
    yield at, ZoneKind.BODY


def _furniture_end(text: str, lexicon: Lexicon) -> int:
    """Return the end of the line that holds the last sure sign of a letterhead, 0 without any."""
    limit = _first_content(text)
    end = 0
    for match in _ANCHOR.finditer(text, 0, limit):
        if end and match.start() - end > _ANCHOR_GAP:
            break
        end = _line_end(text, match.end() - 1)
    at, strangers = end, 0
    while at < limit and strangers <= _STRANGERS:
        line_end = _line_end(text, at)
        line = text[at:line_end].strip(" \t\xa0|:-*\n")
        if _is_type_line(line, lexicon):
            return line_end
        strangers += bool(line) and not (_FURNITURE.match(line) or _is_upper(line) or len(line) < _SHORT)
        at = line_end
    return end


def _first_content(text: str) -> int:
    """Return where a basis, an addressee, an article or a chapter first begins a line, at most the end of the top."""
    match = _FIRST_CONTENT.search(text, 0, _TOP)
    return match.start() + 1 if match else min(len(text), _TOP)


def _is_type_line(line: str, lexicon: Lexicon) -> bool:
    if not 3 < len(line) < 260:
        return False
    if not (_is_upper(line) or line.startswith("Án lệ số")):
        return len(line) < 25 and line[0].isupper() and fold(line) in lexicon.type_names
    return lexicon.type_pattern.match(fold(line)) is not None


def _title_end(text: str, at: int, lexicon: Lexicon) -> int:
    """Return the end of the title, rules, addressees and repeated issuer lines after the type or number line."""
    start = at
    last = fold(text[text.rfind("\n", 0, max(0, at - 1)) + 1 : at])
    # A type alone on its line is followed by the title, whatever that begins with ("Thực hiện Kết luận số …").
    expected = last in lexicon.type_names
    titled = not expected and lexicon.type_pattern.match(last) is not None
    addressed = closed = False
    while at < len(text) and at - start < _TITLE_LIMIT * 2:
        end = _line_end(text, at)
        line = text[at:end].strip(" \t\xa0|\n")
        if not line or _is_separator(line):
            closed = titled
        elif _ADDRESS.match(line):
            addressed = True
        elif addressed:
            if not (_LIST_ITEM.match(line) or _is_short_addressee(line)):
                break
        elif _PROVISION.match(line) or _FIRM_BASIS.match(line) or _LIST_ITEM.match(line):
            break
        elif not (_FURNITURE.match(line) or _is_upper(line) or _is_type_line(line, lexicon)):
            if closed or len(line) > _TITLE_LINE or at - start > _TITLE_LIMIT:
                break
            if not expected and (
                _OPENING_WORDS.match(line) or _BASIS.match(line) or (titled and line[-1] in ".:;")
            ):
                break
            titled, expected = True, False
        else:
            titled, expected = True, False
        at = end
    if not addressed and (not text[at:].strip() or _EVENT.match(text, max(0, at - 1))):
        return _first_line_of_title(
            text, start
        )  # short lines without a mark at their ends: a title left no body
    return at


def _first_line_of_title(text: str, at: int) -> int:
    """Return the end of the first line of words, and of those that go on with it in small letters or in capitals."""
    titled = False
    while at < len(text):
        end = _line_end(text, at)
        line = text[at:end].strip(" \t\xa0|\n")
        if titled and not (_is_separator(line) or line[0].islower() or _is_upper(line)):
            break
        titled = titled or not _is_separator(line)
        at = end
    return at


def _is_short_addressee(line: str) -> bool:
    return (
        len(line) < 160
        and not _OPENING_WORDS.match(line)
        and not _BASIS.match(line)
        and line[-1] in ";,:.đ"
        and "như sau" not in line
        and len(line.split()) < 20
    )


def _is_separator(line: str) -> bool:
    return not any(char.isalnum() for char in line)


def _paragraph_end(text: str, at: int) -> int:
    """Return the end of the paragraph that starts at ``at``, which may be hard-wrapped over several lines."""
    end = _line_end(text, at)
    while end < len(text) and end - at < 3000:
        if text[at:end].rstrip()[-1:] in (";", ".", ":"):
            break
        following = text[end : _line_end(text, end)].strip(" \t\xa0|")
        if (
            not following
            or _BASIS.match(following)
            or _is_upper(following)
            or _ENACTING.match(following)
            or _PROVISION.match(following)
        ):
            break
        end = _line_end(text, end)
    return end


def _is_basis(paragraph: str, before: ZoneKind) -> bool:
    """Tell whether a paragraph of the preamble is a basis, a listed amendment, or the enacting formula after them."""
    paragraph = _COMMAND_TAIL.sub("", paragraph)
    last = paragraph[-1:]
    if _FIRM_BASIS.match(paragraph):
        return (
            last != ":"
            and len(paragraph) < 1500
            and (last in ";," or before is ZoneKind.BASIS or len(paragraph) < 420)
        )
    if _BASIS.match(paragraph):
        return last in ";,"
    if _CONSOLIDATED.match(paragraph):
        return last in ";."
    if before is ZoneKind.BASIS:
        return len(paragraph) < 900 and (
            (
                _ENACTING.match(paragraph) is not None
                and (_ENACTED.search(paragraph) is not None or last == ":")
            )
            or last == ";"
        )
    return "được sửa đổi, bổ sung" in paragraph and last == ":"


def _main(text: str, body: int, quoted: list[tuple[int, int]]) -> Iterator[tuple[int, ZoneKind]]:
    """Yield the starts of body, closing and appendix."""
    if body >= len(text):
        return
    if _LEADING_APPENDIX.match(text):
        yield 0, ZoneKind.APPENDIX
        return
    yield body, ZoneKind.BODY
    closing, is_appendix = _closing_start(text, body, quoted)
    if closing is None:
        return
    if is_appendix:
        yield closing, ZoneKind.APPENDIX
        return
    yield closing, ZoneKind.CLOSING
    head = _APPENDIX_HEAD.search(text, closing)
    appendix = head.start() + 1 if head else len(text)
    if appendix - closing > _CLOSING_LIMIT:
        appendix = _line_end(text, closing + _CLOSING_LIMIT)
    if appendix < len(text) and text[appendix:].strip():
        yield appendix, ZoneKind.APPENDIX


def _closing_start(text: str, body: int, quoted: list[tuple[int, int]]) -> tuple[int | None, bool]:
    """Return where the closing begins, or (with True) where an appendix begins without a closing before it."""
    passed = 0
    for match in _EVENT.finditer(text, max(0, body - 1)):
        at = match.start() + 1
        while passed < len(quoted) and quoted[passed][1] <= at:
            passed += 1
        if passed < len(quoted) and quoted[passed][0] <= at:
            continue
        if match["office"] and not _NAME.match(text, match.end()):
            continue
        start = _after_end_mark(text, body, at)
        if start == at and not match["appendix"] and not _is_followed_by_short_lines(text, match.end()):
            continue  # an example in a text about layout
        if match["appendix"]:
            return (start, False) if start != at else (at, True)
        return start, False
    # No recipients, no signature: the end mark alone, if it stands near the end.
    mark = text.rfind("./.", body)
    if mark >= 0 and len(text) - mark < _END_MARK_REACH:
        end = _line_end(text, mark)
        return (end, False) if end < len(text) else (None, False)
    return None, False


def _is_followed_by_short_lines(text: str, at: int) -> bool:
    """Tell whether the next lines are no prose: what follows a signature are names, recipients, headings."""
    at, left = _line_end(text, at), 3
    while at < len(text) and left:
        end = _line_end(text, at)
        if end - at > _PROSE_LINE:
            return _APPENDIX_HEAD.match(text, at - 1) is not None
        left -= not text[at:end].isspace()
        at = end
    return True


def _after_end_mark(text: str, body: int, at: int) -> int:
    """Return the line after "./." when it stands shortly before ``at``, else ``at``."""
    mark = text.rfind("./.", max(body, at - _END_MARK_REACH), at)
    return min(_line_end(text, mark), at) if mark >= 0 else at


def _assemble(
    zones: list[tuple[int, ZoneKind]], length: int, marks: list[tuple[int, int, ZoneKind]]
) -> tuple[Zone, ...]:
    """Lay quotations and footnotes over body and appendix; join neighbours of one kind."""
    pieces: list[tuple[int, int, ZoneKind]] = []
    next_mark = 0
    for i, (start, kind) in enumerate(zones):
        end = zones[i + 1][0] if i + 1 < len(zones) else length
        at = start
        while next_mark < len(marks) and marks[next_mark][0] < end:
            mark_start, mark_end, mark_kind = marks[next_mark]
            next_mark += 1
            if not kind.is_body or mark_start < at or mark_start >= mark_end:
                continue
            mark_end = min(mark_end, end)
            pieces.append((at, mark_start, kind))
            pieces.append((mark_start, mark_end, mark_kind))
            at = mark_end
        pieces.append((at, end, kind))
    joined: list[tuple[int, int, ZoneKind]] = []
    for start, end, kind in pieces:
        if start >= end:
            continue
        if joined and joined[-1][2] is kind:
            joined[-1] = (joined[-1][0], end, kind)
        else:
            joined.append((start, end, kind))
    return tuple(Zone(kind=kind, span=Span(start=start, end=end)) for start, end, kind in joined)


def _line_end(text: str, at: int) -> int:
    """Return the position after the line feed of the line that holds ``at``."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _is_upper(line: str) -> bool:
    return line.isupper() and sum(map(str.isalpha, line)) > 1
