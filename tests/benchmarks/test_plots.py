"""Plots are well-formed SVG and need no plotting library."""

from __future__ import annotations

from lxml import etree
from plots import bars, reliability


def test_plots_are_well_formed() -> None:
    bins = [{"from": 0.8, "matches": 12.0, "confidence": 0.85, "right": 0.5}]
    compared = [{"method": "TF-IDF & co", "first": 0.5, "found": 0.25}]
    for svg in (reliability(bins), bars(compared), reliability([]), bars([])):
        assert etree.fromstring(svg.encode("utf-8")).tag.endswith("svg")
