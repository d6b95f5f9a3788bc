"""Options of what use cases do between the stages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SemanticOptions:
    """How meaning is compared.

    ``enabled``: compare meaning at all. ``model`` names the encoder that confirms, "" = the shipped one. ``documents``
    looked at passage by passage at most: those that the search found first, and those nearest to a ``stretch`` of so
    many of the draft's passages. ``passages`` of the draft and ``source_passages`` of all documents read by it at most:
    what a check may cost (about 300 passages a second). ``near`` cosine of static vectors in [-1, 1] from which a
    passage is read by the confirming encoder, ``nearest`` passages of a document per passage of the draft.
    ``nearest_words`` passages of a document that are compared with one of the draft word by word. ``floor`` likeness in
    [-1, 1] from which passages are paired, ``foreign_floor`` the same across languages. ``shown`` probability in [0, 1]
    from which a restated passage is shown, ``confident`` from which it counts as copied; across languages
    ``confident_abroad`` is both: of 38 development drafts it gives precision .922 and recall .678 of characters, .4
    gives .941 and .581. ``covered_from`` share in [0, 1] of a passage in shared wording from which its meaning is not
    asked for.
    ``follows`` passages of one document that the draft may restate in order from which all of it is read, of
    ``followed`` documents at most.

    Across languages: a language of which the draft holds ``part_passages`` passages or ``part_syllables`` syllables is
    compared by itself, less counts with the draft's main language (set by reasoning: in three passages an order shows).
    Up to ``sketched`` documents are looked at without vectors of their own; ``sketched_from`` share in [0, 1] of a larger
    library that must have them. Of Vietnamese documents the ``near_abroad`` passages nearest to the draft are read of
    ``ranked_abroad``; those in other languages are found by ``asked_abroad`` passages of the draft. ``documents_abroad``
    of either are read, ``passages_abroad`` passages of each. With twelve of 24 passages each the sources of 28 of 28
    development drafts come first among 4,932 documents.
    """

    enabled: bool = True
    model: str = ""
    documents: int = 8
    stretch: int = 8
    passages: int = 160
    source_passages: int = 80
    near: float = 0.3
    nearest: int = 3
    nearest_words: int = 16
    floor: float = 0.25
    foreign_floor: float = 0.2
    shown: float = 0.4
    confident: float = 0.5
    confident_abroad: float = 0.2
    covered_from: float = 0.5
    follows: int = 3
    followed: int = 2
    part_passages: int = 3
    part_syllables: int = 60
    sketched: int = 60
    sketched_from: float = 0.95
    asked_abroad: int = 24
    ranked_abroad: int = 12
    near_abroad: int = 24
    documents_abroad: int = 4
    passages_abroad: int = 100
