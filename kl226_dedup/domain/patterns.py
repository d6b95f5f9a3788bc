"""Patterns that are compiled when they are first asked something.

The rules hold some 240, a third of which no draft asks; compiling all of them takes half a second.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

_ASKED: Final = ("finditer", "findall", "fullmatch", "match", "search", "split", "sub")
"""What a compiled pattern is asked."""


class _Pattern:
    """Stands for a compiled pattern: once it was asked something it has that pattern's own methods."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for one in _ASKED:
            setattr(self, one, getattr(compiled, one))
        return getattr(compiled, name)


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what ``re.compile`` returns, compiled when it is first asked something; then a mistake in it raises re.error.

    It cannot be handed to a function of ``re``, is equal to itself alone, and has no ``flags`` and ``groups``.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))
