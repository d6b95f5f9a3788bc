"""Does a draft say that it amends, replaces or repeals a document?"""

from __future__ import annotations

import re

from kl226_dedup.domain.document import Document, Header, ZoneKind
from kl226_dedup.domain.number import number_key

_SUPERSEDES = re.compile(
    r"thay thế|thay cho|sửa đổi|bổ sung|bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|không còn hiệu lực", re.IGNORECASE
)
# The words stand within so many characters of the number they concern; a list of repealed documents is long.
_BEFORE, _AFTER = 400, 160


def supersedes(draft: Document, source: Header) -> bool:
    """Tell whether the draft names ``source`` where it amends, replaces or repeals; False for one without a number.

    Its bases do not count: they cite acts by titles such as "Luật sửa đổi, bổ sung một số điều của …".
    """
    wanted = number_key(source.number)
    if wanted is None:
        return False
    bases = [zone.span for zone in draft.zones if zone.kind is ZoneKind.BASIS]
    return any(
        number_key(citation.number) == wanted
        and not any(basis.overlaps(citation.span) for basis in bases)
        and _SUPERSEDES.search(draft.text, max(0, citation.span.start - _BEFORE), citation.span.end + _AFTER)
        for citation in draft.citations
    )


def is_expired(status: str | None) -> bool:
    """Tell whether a status says that the whole document is out of force; unknown counts as in force."""
    said = (status or "").casefold()
    return "hết hiệu lực" in said and "một phần" not in said
