"""Every threshold of the verdict, with unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchOptions:
    """What makes an aligned passage count.

    ``common_from`` documents of the background corpus: a gram in at least so many is stock wording, and so is every
    token it covers. ``template_from``
    other documents of one level that hold the same passage: from so many on it is template wording.
    ``rare_tokens`` masked tokens with rare wording a passage needs, ``min_syllables`` syllables it needs, to count as
    copied at all. ``boilerplate_from`` share in [0, 1] of a passage's tokens in stock wording from which the passage is
    boilerplate. ``quoted_from`` share in [0, 1] of a passage inside quotation marks from which it is a
    quotation. ``sources`` shown at most.
    """

    common_from: int = 20
    template_from: int = 3
    rare_tokens: int = 6
    min_syllables: int = 14
    boilerplate_from: float = 0.85
    quoted_from: float = 0.8
    sources: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictOptions:
    """Bounds of labels and verdicts; shares and containments in [0, 1] of body syllables.

    Labels: ``near_identical_from`` both containments; ``derived_from`` either; ``passage_syllables`` the shortest copied
    passage that makes a source overlapping. Verdicts: ``stop_copied_higher`` copied from higher-level documents;
    ``stop_repeated`` of the draft found in one document in force; ``review_copied`` copied from anywhere;
    ``review_tasks`` tasks a plan must have before their completeness is judged; ``review_incomplete`` share of them
    that lack two of lead, deadline and product; ``body_floor`` body syllables below which shares are not judged.
    ``quiet_source`` copied syllables from one source below which it is mentioned without objection.
    """

    near_identical_from: float = 0.9
    derived_from: float = 0.5
    passage_syllables: int = 25
    stop_copied_higher: float = 0.6
    stop_repeated: float = 0.9
    review_copied: float = 0.2
    review_tasks: int = 3
    review_incomplete: float = 0.75
    body_floor: int = 60
