"""Reports -> one self-contained page: no network, no fonts, no storage. It reads the report JSON and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from kl226_dedup.domain.language import Language
from kl226_dedup.domain.report import Failure, Report
from kl226_dedup.domain.report_json import FailureJson, ReportJson, failure_to_json
from kl226_dedup.report.inert import inert
from kl226_dedup.report.page import COLOURS, Page, page_of
from kl226_dedup.report.words import SIX_CLEAR, Words, letters

if TYPE_CHECKING:
    from jinja2 import Environment


def render_html(reports: Sequence[Report | Failure], language: Language = Language.VI) -> str:
    """Return the page for one or more drafts."""
    return html_of(
        [
            item.to_json(language=language)
            if isinstance(item, Report)
            else failure_to_json(item, language=language)
            for item in reports
        ],
        language,
    )


def html_of(reports: Sequence[str], language: Language = Language.VI) -> str:
    """Return the page for reports that are already JSON (schema ``kl226.report/1``), one string each.

    Messages appear in the language the JSON was written in; ``language`` is that of the page's own words.
    """
    environment = _environment()
    words = Words(language=language)
    items = [_item(json.loads(text), words) for text in reports]
    style, script = _source("page.css"), _source("page.js")
    page = environment.get_template("page.html.j2").render(
        w=words,
        lang=str(language),
        items=items,
        data=[_data(text) for text in reports],
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'",
        letters=letters,
        colours=COLOURS,
        six=SIX_CLEAR,
        overview=words.overview([item.result if isinstance(item, Page) else "failed" for item in items]),
    )
    return page.lstrip()


def _item(payload: object, words: Words) -> Page | FailureJson:
    if isinstance(payload, dict) and "error" in payload:
        return cast("FailureJson", payload)
    return page_of(cast("ReportJson", payload), words)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: object) -> object:
        return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return Environment(
        loader=PackageLoader("kl226_dedup", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )


@cache
def _source(name: str) -> str:
    """Return a style sheet or script as it stands between its tags: the policy's hash is over these characters."""
    environment = _environment()
    loader = environment.loader
    assert loader is not None
    return loader.get_source(environment, name)[0].replace("\r\n", "\n")  # as browsers do before they hash


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(text: str) -> str:
    """Return JSON that can stand inside a script element: same value, no character that HTML or a reader obeys."""
    steering = dict.fromkeys(
        [
            *"<>&",
            "\u2028",
            "\u2029",
            *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C)),
        ]
    )
    return text.translate({ord(character): f"\\u{ord(character):04x}" for character in steering})
