"""Reports as people and programs read them: text, JSON, a page.

A renderer is a pure function of the reports and a language. Further formats (docx, sarif) are one module and one
line in ``RENDERERS`` each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from kl226_dedup.domain.language import Language
from kl226_dedup.domain.report import Failure, Report
from kl226_dedup.domain.report_json import reports_to_json
from kl226_dedup.report.html import html_of, render_html
from kl226_dedup.report.text import render_text

__all__ = ["RENDERERS", "Renderer", "html_of", "render_html", "render_json", "render_text"]

Renderer = Callable[[Sequence[Report | Failure], Language], str]


def render_json(reports: Sequence[Report | Failure], language: Language = Language.VI) -> str:
    """Return schema ``kl226.report/1``: one object for one draft, ``{"reports": […]}`` for several; ends in LF."""
    return reports_to_json(reports, language=language, indent=2) + "\n"


RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {
        "text": render_text,
        "json": render_json,
        "html": render_html,
    }
)
"""The formats by the name that ``--format`` takes."""
