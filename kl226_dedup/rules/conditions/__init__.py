"""The kinds of conditions a rule can have, by the name the catalogue gives them: one module each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kl226_dedup.domain.rules import Rule
from kl226_dedup.rules.conditions.citation_status import citation_status
from kl226_dedup.rules.conditions.density import density
from kl226_dedup.rules.conditions.duration import duration
from kl226_dedup.rules.conditions.header_format import header_format
from kl226_dedup.rules.conditions.long_sentence import long_sentence
from kl226_dedup.rules.conditions.missing_element import missing_element
from kl226_dedup.rules.conditions.numbering import numbering
from kl226_dedup.rules.conditions.own_authority import own_authority
from kl226_dedup.rules.conditions.personnel_content import personnel_content
from kl226_dedup.rules.conditions.phrase import phrase
from kl226_dedup.rules.conditions.repeated_paragraph import repeated_paragraph
from kl226_dedup.rules.conditions.restated_text import restated_text
from kl226_dedup.rules.conditions.shared_lead import shared_lead
from kl226_dedup.rules.conditions.task_slots import task_slots
from kl226_dedup.rules.conditions.tasks_without import tasks_without
from kl226_dedup.rules.conditions.undefined_abbreviation import undefined_abbreviation
from kl226_dedup.rules.conditions.unquantified_target import unquantified_target
from kl226_dedup.rules.conditions.vague_deadline import vague_deadline
from kl226_dedup.rules.reading import Hit, Reading

CONDITIONS: dict[str, Callable[[Rule, Reading], Iterator[Hit]]] = {
    "citation_status": citation_status,
    "density": density,
    "duration": duration,
    "header_format": header_format,
    "long_sentence": long_sentence,
    "missing_element": missing_element,
    "numbering": numbering,
    "own_authority": own_authority,
    "personnel_content": personnel_content,
    "phrase": phrase,
    "repeated_paragraph": repeated_paragraph,
    "restated_text": restated_text,
    "shared_lead": shared_lead,
    "task_slots": task_slots,
    "tasks_without": tasks_without,
    "undefined_abbreviation": undefined_abbreviation,
    "unquantified_target": unquantified_target,
    "vague_deadline": vague_deadline,
}
"""Every kind: ``(rule, reading) -> hits``, in any order."""
