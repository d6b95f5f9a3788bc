"""The lexical index: every shared run of wording is found, rare wording ranks first."""

from __future__ import annotations

import random

import numpy as np
import pytest
from engine_samples import OTHER, PROVINCE, SUPERIOR, encoded
from numpy.typing import NDArray

from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.index import IndexOptions, SearchOptions, build, find, fingerprints, merge, tokens_of

OPTIONS = IndexOptions()
WORDS = "rừng cây suối núi thuyền lưới chợ đò bến sông làng phố ruộng vườn đường cầu"
NOTHING: NDArray[np.int64] = np.zeros(0, dtype=np.int64)


def search(segments: list, query: Encoding, dead: NDArray[np.int64] = NOTHING) -> list[int]:
    hits = find(segments, query.token_keys, dead=dead, options=OPTIONS, search=SearchOptions())
    return [hit.row for hit in hits]


def test_a_copy_finds_its_source_first() -> None:
    segment = build([3, 7], [encoded(OTHER), encoded(SUPERIOR)], OPTIONS)
    assert search([segment], encoded(PROVINCE)) == [7]


def test_unrelated_wording_finds_nothing() -> None:
    assert search([build([0], [encoded(OTHER)], OPTIONS)], encoded(SUPERIOR)) == []


def test_removed_documents_are_not_found() -> None:
    segment = build([3, 7], [encoded(OTHER), encoded(SUPERIOR)], OPTIONS)
    assert search([segment], encoded(PROVINCE), dead=np.array([7])) == []


@pytest.mark.parametrize("seed", range(20))
def test_every_shared_run_as_long_as_the_guarantee_shares_a_fingerprint(seed: int) -> None:
    chance = np.random.default_rng(seed)
    shared = chance.integers(0, 2**32, OPTIONS.gram_length + OPTIONS.window - 1, dtype=np.uint32)
    one, other = (chance.integers(0, 2**32, 200, dtype=np.uint32) for _ in range(2))
    texts = [np.insert(text, place, shared) for text, place in ((one, 31), (other, 120))]
    assert np.intersect1d(*(fingerprints(text, OPTIONS) for text in texts)).size


def test_wording_of_many_documents_weighs_less_than_wording_of_one() -> None:
    chance = random.Random(226)
    vocabulary = WORDS.split()
    common = " ".join(chance.choices(vocabulary, k=60))
    own = " ".join(chance.choices(vocabulary, k=40))
    others = [encoded(f"{common} {' '.join(chance.choices(vocabulary, k=40))}") for _ in range(30)]
    segment = build(range(31), [*others, encoded(own)], OPTIONS)
    assert search([segment], encoded(f"{common} {own}"))[0] == 30


def test_merged_segments_answer_as_the_separate_ones_did() -> None:
    texts = [SUPERIOR, OTHER, PROVINCE, f"{OTHER}\n{SUPERIOR}"]
    segments = [build([row], [encoded(text)], OPTIONS) for row, text in enumerate(texts)]
    merged = merge(segments)
    assert search([merged], encoded(PROVINCE)) == search(segments, encoded(PROVINCE))
    for row, text in enumerate(texts):
        assert np.array_equal(tokens_of(merged, row), encoded(text).token_keys)


def test_merging_drops_the_rows_that_do_not_stay() -> None:
    segments = [build([row], [encoded(text)], OPTIONS) for row, text in enumerate([SUPERIOR, OTHER])]
    merged = merge(segments, np.array([1]))
    assert merged.rows.tolist() == [1]
    assert search([merged], encoded(PROVINCE)) == []
    assert search([merged], encoded(OTHER)) == [1]


def test_a_document_shorter_than_a_gram_is_held_but_never_found() -> None:
    segment = build([0], [encoded("Rà soát")], OPTIONS)
    assert len(segment.gram_hashes) == 0
    assert search([segment], encoded("Rà soát")) == []
