"""Alignments -> attribution, status, label, verdict: what the shared wording means."""

from kl226_dedup.verdict.attribute import Attribution, Claim, advantage, attribute
from kl226_dedup.verdict.confidence import Verifier, confidence
from kl226_dedup.verdict.conflict import conflicts
from kl226_dedup.verdict.family import group_families
from kl226_dedup.verdict.judge import judge
from kl226_dedup.verdict.labels import advise, label_pair
from kl226_dedup.verdict.options import FamilyOptions, MatchOptions, VerdictOptions
from kl226_dedup.verdict.relation import is_later, relate
from kl226_dedup.verdict.shares import coverage, excluded_shares, measure_shares, syllable_range
from kl226_dedup.verdict.speech import judge_speech, reread_share
from kl226_dedup.verdict.status import is_definition, is_same_document, match_status, stock_clauses
from kl226_dedup.verdict.values import meaning_turned, turned_values, values_changed

__all__ = [
    "Attribution",
    "Claim",
    "FamilyOptions",
    "MatchOptions",
    "VerdictOptions",
    "Verifier",
    "advantage",
    "advise",
    "attribute",
    "confidence",
    "conflicts",
    "coverage",
    "excluded_shares",
    "group_families",
    "is_definition",
    "is_later",
    "is_same_document",
    "judge",
    "judge_speech",
    "label_pair",
    "match_status",
    "meaning_turned",
    "measure_shares",
    "relate",
    "reread_share",
    "stock_clauses",
    "syllable_range",
    "turned_values",
    "values_changed",
]
