"""Patterns that are compiled when they are first asked."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import kl226_dedup.rules
from kl226_dedup.domain.patterns import lazy_pattern

TEXT = "Sở Y tế báo cáo UBND tỉnh trước ngày 15/3; sở Nội vụ trước 20/4."


def patterns_of_the_rules() -> Iterator[re.Pattern[str]]:
    """Yield the patterns that stand in the modules of the rules, in tuples and tables too."""
    for module in pkgutil.walk_packages(kl226_dedup.rules.__path__, "kl226_dedup.rules."):
        left = list(vars(importlib.import_module(module.name)).values())
        while left:
            one = left.pop()
            if type(one) is type(lazy_pattern("")):
                yield one
            elif isinstance(one, dict):
                left.extend(one.values())
            elif isinstance(one, (tuple, list)):
                left.extend(one)


@pytest.mark.parametrize("flags", [re.RegexFlag(0), re.IGNORECASE])
def test_a_lazy_pattern_answers_as_the_compiled_one_does(flags: re.RegexFlag) -> None:
    source = r"(?P<who>sở)\s+(\w+)"
    lazy, compiled = lazy_pattern(source, flags), re.compile(source, flags)
    assert lazy.pattern == compiled.pattern
    assert lazy.sub("…", TEXT) == compiled.sub("…", TEXT)
    assert lazy.split(TEXT) == compiled.split(TEXT)
    assert lazy.findall(TEXT) == compiled.findall(TEXT)
    assert [one.span("who") for one in lazy.finditer(TEXT, 3)] == [
        one.span("who") for one in compiled.finditer(TEXT, 3)
    ]
    for ask in ("search", "match", "fullmatch"):
        lazy = lazy_pattern(source, flags)  # each may be what is asked first
        one, other = getattr(lazy, ask)(TEXT), getattr(compiled, ask)(TEXT)
        assert (one and one.span()) == (other and other.span())


def test_a_mistake_in_a_lazy_pattern_is_raised_when_it_is_asked() -> None:
    mistaken = lazy_pattern("(")
    with pytest.raises(re.error):
        mistaken.search("")


def test_a_lazy_pattern_has_nothing_that_no_pattern_has() -> None:
    assert not hasattr(lazy_pattern("a"), "replace")


def test_every_pattern_of_the_rules_compiles() -> None:
    asked = [one.fullmatch("\0") for one in patterns_of_the_rules()]
    assert len(asked) > 200
