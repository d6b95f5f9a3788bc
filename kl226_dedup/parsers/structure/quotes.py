"""Quotations: text inside quotation marks that is long enough to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

MINIMUM_SYLLABLES = 12
_MARK = re.compile('[“”"«»]')
_INLINE_LIMIT = 1200  # characters after which a quotation inside a paragraph is taken for a forgotten mark
_WRAPPED_LINES = 12  # lines over which a hard-wrapped quotation inside a paragraph is followed
# A new instruction of the amending document, or its closing: a quoted block has ended before, mark or no mark.
_INSTRUCTION = re.compile(
    r"\n[ \t]*(?:(?:Điều\s+)?\d{1,3}[a-z]?\s?[.)]\s*(?:Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm|Thay các|Hiệu lực thi hành"
    r"|Điều khoản thi hành|Điều khoản chuyển tiếp|Tổ chức thực hiện|Trách nhiệm thi hành)"
    r"|[a-zđ]\)\s*(?:Sửa đổi|Bổ sung|Bãi bỏ)"
    r"|Nơi nhận|PHỤ LỤC)"
)


def quotations(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield [start, end) inside the marks of each quotation from ``begin`` on, in order and disjoint.

    A mark at the start of a line opens a block, which may run over several paragraphs to the first line with one
    closing mark more than opening ones; without that mark it ends where the next block or instruction of the
    amending document begins or at a blank line, and at its own first line when nothing marks an end. Any other
    mark must be closed in its paragraph. Marks are told apart by what stands around them, since “ ” and " are
    often mixed up. Linear: no mark is looked at more than twice.
    """
    marks = [(match.start(), _opens(text, match.start())) for match in _MARK.finditer(text, begin)]
    i = 0
    while i < len(marks):
        at, opens = marks[i]
        if not opens:
            i += 1
            continue
        end: int | None
        if _starts_line(text, at):
            end, i = _block_end(text, marks, i)
        else:
            end, i = _inline_end(text, marks, i)
        if end is not None and _is_long(text, at + 1, end):
            yield at + 1, end


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else "\n"
    after = text[at + 1] if at + 1 < len(text) else "\n"
    if text[at] in "“«":
        return not (not before.isspace() and (after.isspace() or after in ".,;"))
    if text[at] in "”»":
        return (before.isspace() or before == "\n") and after.isalnum() and _starts_line(text, at)
    return (before.isspace() or before in "(:") and not after.isspace()


def _starts_line(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at].isspace() or at == 0 or text[at - 1] == "\n"


def _inline_end(text: str, marks: list[tuple[int, bool]], i: int) -> tuple[int | None, int]:
    """Return where the quotation opened by mark ``i`` ends, None when it is not closed, and the next mark to look at."""
    at = marks[i][0]
    line = text.find("\n", at, at + _INLINE_LIMIT)
    limit = at + _INLINE_LIMIT if line < 0 else _paragraph_limit(text, line, at + _INLINE_LIMIT)
    depth = 0
    for j in range(i, min(len(marks), i + 12)):
        position, opens = marks[j]
        if position > limit:
            break
        depth += 1 if opens else -1
        if depth == 0:
            return position, j + 1
    return None, i + 1


def _paragraph_limit(text: str, line: int, limit: int) -> int:
    """Follow a hard-wrapped paragraph: a line that ends without a full stop goes on in the next."""
    for _ in range(_WRAPPED_LINES):
        if text[line - 1] in '.;:”"' or text.startswith("\n", line + 1):
            break
        following = text.find("\n", line + 1, limit)
        if following < 0:
            return limit
        line = following
    return line


def _block_end(text: str, marks: list[tuple[int, bool]], i: int) -> tuple[int, int]:
    """Like _inline_end for a block that starts a line; such a block always ends somewhere."""
    start = previous = marks[i][0]
    depth = 1
    j = i + 1
    while j < len(marks):
        position, opens = marks[j]
        if text.find("\n", previous, position) >= 0:
            if opens and _starts_line(text, position):
                break
            depth = 1  # a mark forgotten in one line does not carry over to the next
        depth += 1 if opens else -1
        if depth == 0:
            return position, j + 1
        previous = position
        j += 1
    limit = marks[j][0] if j < len(marks) else len(text)
    found = j < len(marks)
    for end in (text.find("\n\n", start, limit), _start_of(_INSTRUCTION.search(text, start, limit))):
        if end >= 0:
            limit, found = min(limit, end), True
    if not found:
        first_line = text.find("\n", start)
        limit = len(text) if first_line < 0 else first_line
    while i < len(marks) and marks[i][0] < limit:
        i += 1
    while text[limit - 1].isspace():
        limit -= 1
    return limit, i


def _start_of(match: re.Match[str] | None) -> int:
    return match.start() if match else -1


def _is_long(text: str, start: int, end: int) -> bool:
    return len(text[start : min(end, start + 400)].split(None, MINIMUM_SYLLABLES)) >= MINIMUM_SYLLABLES
