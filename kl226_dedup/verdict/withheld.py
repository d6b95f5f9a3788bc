"""A draft whose text cannot be read gets no verdict on its content."""

from __future__ import annotations

from dataclasses import replace

from kl226_dedup.domain.document import Document
from kl226_dedup.domain.language import Notice
from kl226_dedup.domain.report import Verdict, VerdictLabel

UNRELIABLE = "unreliable_text"
"""The code of the warning that parsers give to text nobody can read."""


def unreliable(draft: Document) -> Notice | None:
    """Return the warning that says that the draft's text cannot be read, None where it can."""
    return next((warning for warning in draft.warnings if warning.code == UNRELIABLE), None)


def withheld(verdict: Verdict, notice: Notice) -> Verdict:
    """Return a verdict that leaves the draft to a person, with ``notice`` as its only reason."""
    return replace(verdict, label=VerdictLabel.REVIEW, reasons=(notice,))
