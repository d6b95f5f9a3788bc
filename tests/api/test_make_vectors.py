"""Vectors of a library can be made anew from its texts at any time."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from kl226_dedup import Library
from kl226_dedup.domain.vectors import Cells, DocumentVectors

ISSUED = Path(__file__).parents[2] / "corpus_samples" / "issued"
OTHER = Cells(model="older", centres=np.eye(1, 64, dtype=np.float32))


def test_vectors_that_are_gone_are_made_anew_and_those_of_another_model_go(tmp_path: Path) -> None:
    with Library.open(tmp_path / "kho", create=True) as library:
        library.add([ISSUED / "17-2005-CT-TTg.txt", ISSUED / "04-2007-QH12.txt"])
        current = library.vector_models()
        library.add_vectors([DocumentVectors(row=1, vectors=OTHER.centres)], OTHER)
        assert library.make_vectors() == 0
        assert library.vector_models() == current
    shutil.rmtree(tmp_path / "kho" / "vectors")
    with Library.open(tmp_path / "kho") as library:
        assert library.make_vectors() == 2
        assert library.vector_models() == current
        assert library.verify() == ()
