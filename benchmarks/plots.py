"""Plots as SVG text, without a plotting library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

_SIZE, _EDGE = 320, 48
_STYLE = "<style>text{font:12px sans-serif;fill:#222}.axis{stroke:#999}.one{fill:#1f5f99}.two{fill:#c98a1b}</style>"


def _page(width: float, height: float, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}">'
    return "\n".join([head, _STYLE, '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>"])


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def reliability(bins: Sequence[Mapping[str, float]]) -> str:
    """Draw the share of right matches against their stated confidence; a calibrated engine lies on the diagonal."""
    span = _SIZE - 2 * _EDGE
    bottom = _SIZE - _EDGE
    most = max((one["matches"] for one in bins), default=1)
    parts = [
        f'<path class="axis" fill="none" d="M{_EDGE} {_EDGE}V{bottom}H{bottom}"/>',
        f'<path class="axis" stroke-dasharray="4" d="M{_EDGE} {bottom}L{bottom} {_EDGE}"/>',
        _text(_SIZE / 2, _SIZE - 10, "confidence stated", "middle"),
        _text(_EDGE - 8, _EDGE - 16, "share that is right"),
        *(_text(_EDGE + span * tick, bottom + 16, f"{tick:g}", "middle") for tick in (0, 0.5, 1)),
        *(_text(_EDGE - 6, bottom - span * tick + 4, f"{tick:g}", "end") for tick in (0, 0.5, 1)),
    ]
    for one in bins:
        x, y = _EDGE + span * one["confidence"], bottom - span * one["right"]
        radius = 3 + 9 * (one["matches"] / most) ** 0.5
        parts.append(f'<circle class="one" fill-opacity=".7" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
        parts.append(_text(x, y - radius - 2, f"{one['matches']:g}", "middle"))
    return _page(_SIZE, _SIZE, parts)


def bars(compared: Sequence[Mapping[str, Any]]) -> str:
    """Draw, for each method, how often the right document comes first and how many copies it finds."""
    left, width, row = 190, 300, 46
    parts = [
        _text(left, 18, "right document first (blue); copies found at the check's false alarms (amber)"),
    ]
    for place, one in enumerate(compared):
        top = 32 + place * row
        parts.append(_text(left - 8, top + 20, str(one["method"]), "end"))
        for offset, (style, key) in enumerate((("one", "first"), ("two", "found"))):
            y = top + offset * 17
            parts.append(
                f'<rect class="{style}" x="{left}" y="{y}" width="{width * one[key]:.1f}" height="14"/>'
            )
            parts.append(_text(left + width * one[key] + 5, y + 11, f"{one[key]:.2f}"))
    return _page(left + width + 60, 40 + row * max(1, len(compared)), parts)
