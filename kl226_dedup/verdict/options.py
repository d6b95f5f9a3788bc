"""Every threshold of the verdict, with unit and meaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchOptions:
    """What makes an aligned passage count.

    ``common_from`` documents of the background corpus: a gram in at least so many is stock wording, and so is every
    token it covers. ``template_from`` numbers, the source's own counted, whose documents hold the same passage while no
    superior's does: from so many on it is template wording; ``series_from`` numbers when they are earlier acts of the
    draft's issuer on its matter and lay down rules (with it 0 instead of 16 of 36 new lists of goods of the dev split are
    held up). ``rare_tokens`` masked tokens in rare wording a passage
    needs, ``min_syllables`` syllables it needs, to count at all; ``shown_syllables`` the longest passage of a source
    needs for the source to be shown. ``boilerplate_from`` share in [0, 1] of a passage's tokens in stock wording from
    which the passage is boilerplate; ``boilerplate_below`` confidence in [0, 1] below which it is wording that documents
    share without copying. ``quoted_from`` share in [0, 1] of a passage inside quotation marks from which it is a
    quotation. ``stock_from`` share in [0, 1] of the draft's tokens from which a document is shown that shares stock
    wording alone. ``alternative_from`` share in [0, 1] of the draft's rare tokens from which a document is named though
    others explain each passage better. ``sources`` shown at most.

    ``unknown_direction`` factor for the confidence of a match whose relation is unknown: below the 0.9 from which the
    report calls a match certain, so that a person looks who copied from whom.

    Template wording: ``own_run_tokens`` and ``template_run_tokens`` masked tokens in a row that one source alone, or the
    whole template, must hold for a passage to be cut there.

    A passage of which documents of other numbers hold a share of ``unique_held`` in [0, 1] at most is no stock wording
    from ``unique_syllables`` and ``unique_similarity`` in [0, 1] on, however often its words stand together
    elsewhere; ``unique_among`` numbers must share something with the draft for that to be said.
    A passage of ``stock_clause_syllables`` syllables is more than the stock clause it contains. ``name_syllables`` syllables
    behind the number of a document that the draft amends or repeals may be its title (98 of 100 titles of the corpus have no
    more) and repeat nothing.

    A passage of ``data_cells`` cells or lines and more is rows of data when a share of ``data_from`` of its words stands in
    cells of ``data_cell_words`` words at most, ``data_figures_from`` of the cells hold a figure, and ``data_tasks_to`` of
    them at most say who does something or when.

    ``lead_characters`` before a passage in which the words stand that introduce it ("khoản 2 Điều 8 được sửa đổi như
    sau"); ``cited_within`` characters before a quotation, or its own paragraph, in which it names its source.

    Order of sources: ``higher_advantage`` factor for what a superior's document explains, because copies travel
    downwards; ``same_number_advantage`` for a document of the draft's own number; ``superseded_advantage`` for what the
    draft says it amends, replaces or repeals; ``later_disadvantage`` for one issued
    after the draft, which is named when nothing earlier is. ``member_tokens`` rare tokens, and ``member_share`` of what
    the leader explains, that another member of its family must still explain to be a source of its own: a draft may be
    put together from two members of one family. ``stock_counts`` share of stock wording that is worth as much as a
    whole of other wording, as a divisor.
    """

    common_from: int = 20
    template_from: int = 3
    series_from: int = 4
    rare_tokens: int = 6
    min_syllables: int = 16
    shown_syllables: int = 20
    boilerplate_from: float = 0.85
    boilerplate_below: float = 0.05
    quoted_from: float = 0.8
    stock_from: float = 0.5
    alternative_from: float = 0.3
    sources: int = 12
    unknown_direction: float = 0.85
    own_run_tokens: int = 24
    template_run_tokens: int = 8
    unique_syllables: int = 25
    unique_similarity: float = 0.9
    unique_held: float = 0.3
    unique_among: int = 20
    stock_clause_syllables: int = 30
    name_syllables: int = 60
    data_cells: int = 6
    data_from: float = 0.8
    data_cell_words: int = 10
    data_figures_from: float = 0.25
    data_tasks_to: float = 0.1
    lead_characters: int = 240
    cited_within: int = 600
    higher_advantage: float = 1.15
    same_number_advantage: float = 1.5
    superseded_advantage: float = 1.3
    later_disadvantage: float = 0.9
    member_tokens: int = 24
    member_share: float = 0.1
    stock_counts: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyOptions:
    """What makes two library documents one family; shares in [0, 1].

    ``alike_from`` share of each one's fingerprints that the other holds; ``alike_own_from`` the same for two documents
    of one issuer, ``contained_from`` share of the shorter one's that is enough there. ``held_from`` share of the smaller
    one's part of the draft that both hold; ``held_tokens`` masked tokens of the draft a document must hold to be asked
    at all; ``leader_from`` share of the best member's part of the draft that an original must hold to stand in front of
    a consolidated text; ``earlier_from`` share of it from which what was issued before the draft stands in front of what
    came later (at .5 the family of a law that a circular of 2014 repeats is led by the law of 2007, not by that of 2025;
    of 32 mined pairs of the dev part 29 have the right family first, 28 at .8). The others were set by reasoning.
    """

    alike_from: float = 0.4
    alike_own_from: float = 0.25
    contained_from: float = 0.85
    held_from: float = 0.6
    held_tokens: int = 24
    leader_from: float = 0.8
    earlier_from: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictOptions:
    """Bounds of labels and verdicts; shares and containments in [0, 1] of body syllables.

    Labels: ``near_identical_from`` both containments; ``derived_from`` either; ``passage_syllables`` the shortest copied
    passage that makes a source overlapping. Verdicts: ``stop_copied_higher`` copied from higher-level documents,
    word for word or edited: where it is reached only together with what says the same in other words, the draft is for
    review, and stops if one such document shares so much both ways and no task is complete and its own;
    ``stop_repeated`` of the draft found in one document in force; ``review_copied`` copied from anywhere,
    ``review_restated`` the same where most of it is said in other words; ``doubtful_below`` confidence in [0, 1] below which
    a passage does not count towards ``review_copied`` (two of 291 twins of the dev split are held up by such passages
    alone); ``review_tasks`` tasks a plan must have before
    their completeness is judged; ``review_incomplete`` share of them that lack two of lead, deadline and product;
    ``review_slogans`` stock phrases in 1,000 syllables from which a plan without a clear task, or a paper made of
    slogans, is for review (19 in 20 of 170 issued administrative documents have fewer than 8, eight drafts written as
    slogans 61 to 123);
    ``conflict_values`` values that contradict a source for a conflict, ``conflict_context_characters`` around a value in
    which the words must agree, ``conflict_containment`` share of the draft the two must have in common for being on one
    matter, ``conflict_value_characters`` characters a value has at most; ``body_floor`` body syllables below which
    shares are not judged; ``matter_shared_from`` share of the draft copied from one document from which the two are on
    one matter whatever their titles say (a regulation rewritten under another title copied .44; no twin of 70 on the dev
    split is held up by it); ``near_from`` nearness (``verdict.reach``) of the nearest document from which the library
    may be said to hold something on the draft's matter.
    """

    near_identical_from: float = 0.9
    derived_from: float = 0.5
    passage_syllables: int = 25
    stop_copied_higher: float = 0.6
    stop_repeated: float = 0.9
    review_copied: float = 0.2
    review_restated: float = 0.33
    doubtful_below: float = 0.5
    review_tasks: int = 3
    review_incomplete: float = 0.75
    review_slogans: float = 30.0
    conflict_values: int = 2
    conflict_context_characters: int = 80
    conflict_containment: float = 0.3
    conflict_value_characters: int = 30
    body_floor: int = 60
    matter_shared_from: float = 0.4
    near_from: float = 0.35
