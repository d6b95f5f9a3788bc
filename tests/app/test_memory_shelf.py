"""Files that were named one by one, as a shelf: what they are found by in meaning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kl226_dedup import parse
from kl226_dedup.api.wiring import load_encoders, resources
from kl226_dedup.app.foreign import sketch_cells
from kl226_dedup.app.memory import MemoryShelf

ISSUED = Path(__file__).parents[2] / "corpus_samples" / "issued"
DOCUMENTS = [parse(ISSUED / name) for name in ("17-2005-CT-TTg.txt", "23-2006-CT-TTg.txt")]


def test_every_document_has_vectors_and_for_other_languages_a_sketch_of_a_few_passages() -> None:
    encoders, shelf = load_encoders(), MemoryShelf(DOCUMENTS, resources())
    (whole,) = shelf.vectors(encoders.cells)
    (sketch,) = shelf.vectors(sketch_cells(encoders.transformer()))
    assert whole.rows.tolist() == sketch.rows.tolist() == [0, 1]
    assert sketch.passages <= 2 * 8 < whole.passages


def test_vectors_of_an_unknown_model_or_without_models_are_none() -> None:
    cells = load_encoders().cells
    shelf = MemoryShelf(DOCUMENTS, resources())
    assert shelf.vectors(replace(cells, model="another")) == ()
    assert MemoryShelf(DOCUMENTS, replace(resources(), encoders=None)).vectors(cells) == ()
