"""How two documents are aligned; all lengths in masked tokens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignOptions:
    """Options of the alignment.

    ``seed_length`` equal tokens that start an alignment; a seed with more than ``seed_repeats`` (draft place, source
    place) combinations is stock wording and starts nothing. ``long_seed_length`` equal tokens that may repeat
    ``long_seed_repeats`` times: sentences that nearly repeat one another. ``gap`` unmatched tokens on either side that
    one match may bridge: a copied paragraph with a clause inserted stays one match. A match ends before sentences, or the
    last clauses of a sentence, of ``own_clauses`` tokens more than what the source has in their place: the draft's own;
    6, 8 and 10 gave the same quality on development drafts, .013 more plagdet on those with a task behind each copied
    sentence. ``gap_cost`` matched tokens that
    one bridged token costs; a bridge must be worth it on both sides. ``start`` matched tokens that it costs to start a
    passage behind own text, ``jump`` to go on elsewhere in the source without a break: 5 to 8 gave the same quality within
    .003 on development drafts, 5 the best. ``reach`` tokens tried beyond either end, ``drop`` how far the score may fall
    while trying. Two passages side by side in a line of the draft are one whose clauses changed places when they lie side by
    side in the source too: at most ``moved_gap`` tokens between them on either side. ``min_chained`` equal
    tokens a run alone needs to start a passage, ``min_clause`` a chain needs, so that a short clause may join the rest of
    its sentence; ``min_matched`` the alignment needs in the end. ``window`` runs looked at per place when chaining.
    ``verbatim_from`` similarity over unmasked syllables in [0, 1] from which a match is called verbatim: one changed
    word in fifty still is.
    """

    seed_length: int = 4
    seed_repeats: int = 32
    long_seed_length: int = 10
    long_seed_repeats: int = 256
    gap: int = 24
    own_clauses: int = 8
    gap_cost: float = 0.5
    reach: int = 24
    drop: float = 4.0
    start: float = 3.0
    jump: float = 5.0
    moved_gap: int = 4
    min_chained: int = 6
    min_clause: int = 4
    min_matched: int = 8
    window: int = 8
    verbatim_from: float = 0.98
