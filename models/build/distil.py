"""Token vectors that, averaged, agree with what the transformer makes of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from manifest import write_manifest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kl226_dedup.domain.embedding import ModelKind
from kl226_dedup.stores.models.tensors import Q8_MARK, SCALE_MARK, write_tensors

DIMENSIONS = 256
EPOCHS = 8
_BATCH = 512
_RATE = 3e-3
_TEMPERATURE = 0.05
_DROPPED = 0.15
"""Share of the tokens that each view of a sentence loses, so that no single word decides."""

_WEIGHTS = (1.0, 1.0, 0.3)
"""Of the three losses: the teacher's vector, the teacher's neighbours in the batch, the other view of the sentence."""

_USUAL = 1e-3
"""Frequency at which a token starts with half the weight of a rare one (smooth inverse frequency)."""


def distil(
    sentences: Sequence[str],
    teacher: NDArray[np.float32],
    tokenizer: Tokenizer,
    *,
    seed: int,
    say: Callable[[str], None],
) -> NDArray[np.float32]:
    """Return float32 [vocabulary, 256] learned from the teacher's centred vectors of the sentences."""
    import torch
    from torch.nn import functional as f

    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    _, _, axes = np.linalg.svd(teacher - teacher.mean(axis=0), full_matrices=False)
    goal = torch.nn.functional.normalize(torch.from_numpy(teacher @ axes[:DIMENSIONS].T), dim=1)
    ids = [
        np.array(one.ids) for one in tokenizer.encode_batch_fast(list(sentences), add_special_tokens=False)
    ]
    bag = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), DIMENSIONS, mode="mean", sparse=True)
    with torch.no_grad():
        bag.weight.copy_(torch.from_numpy(_start(ids, len(bag.weight), random)))
    optimizer = torch.optim.SparseAdam(bag.parameters(), lr=_RATE)
    steps = EPOCHS * (len(ids) // _BATCH)
    others = ~torch.eye(_BATCH, dtype=torch.bool)

    def view(batch: NDArray[np.int64]) -> Any:
        """Average what is left of each sentence."""
        left = [_thinned(ids[place], random) for place in batch]
        starts = np.cumsum([0, *(len(one) for one in left[:-1])])
        return f.normalize(bag(torch.from_numpy(np.concatenate(left)), torch.from_numpy(starts)), dim=1)

    def neighbours(vectors: Any) -> Any:
        return f.log_softmax((vectors @ vectors.T / _TEMPERATURE).masked_fill(~others, -1e4), dim=1)

    step = 0
    for epoch in range(EPOCHS):
        order = random.permutation(len(ids))
        total = 0.0
        for start in range(0, len(ids) - _BATCH + 1, _BATCH):
            batch = order[start : start + _BATCH]
            optimizer.param_groups[0]["lr"] = _RATE * (1 - step / steps)
            made, wanted = view(batch), goal[torch.from_numpy(batch)]
            losses = (
                (1 - (made * wanted).sum(dim=1)).mean(),
                f.kl_div(neighbours(made), neighbours(wanted), reduction="batchmean", log_target=True),
                f.cross_entropy(made @ view(batch).T / _TEMPERATURE, torch.arange(_BATCH)),
            )
            loss = sum(weight * one for weight, one in zip(_WEIGHTS, losses, strict=True))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            total += float(loss.detach())
        say(f"epoch {epoch + 1} of {EPOCHS}: loss {total / max(1, steps // EPOCHS):.3f}")
    return np.asarray(bag.weight.detach().numpy(), dtype=np.float32)


def _start(
    ids: Sequence[NDArray[np.int64]], vocabulary: int, random: np.random.Generator
) -> NDArray[np.float32]:
    """Return random directions, shorter for usual tokens."""
    counts = np.bincount(np.concatenate(ids), minlength=vocabulary)
    weight = _USUAL / (_USUAL + counts / counts.sum())
    directions = random.standard_normal((vocabulary, DIMENSIONS)) / np.sqrt(DIMENSIONS)
    return np.asarray(directions * weight[:, None], dtype=np.float32)


def _thinned(ids: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
    left = ids[random.random(len(ids)) > _DROPPED]
    return left if len(left) else ids


def write_static(target: Path, weights: NDArray[np.float32], tokenizer: Path) -> None:
    """Write the model folder: weights as 8-bit integers with one scale, which costs almost nothing."""
    target.mkdir(parents=True, exist_ok=True)
    scale = float(np.percentile(np.abs(weights), 99.99)) / 127
    packed = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    write_tensors(
        target / "model_q8.safetensors",
        {
            f"embedding.weight{Q8_MARK}": packed,
            f"embedding.weight{SCALE_MARK}": np.array([scale], dtype=np.float32),
        },
    )
    (target / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    (target / "modules.json").write_text(_MODULES, encoding="utf-8", newline="\n")
    write_manifest(
        target,
        kind=ModelKind.STATIC,
        dimensions=DIMENSIONS,
        licence="MIT",
        packed="model_q8.safetensors",
        prefix="",
        longest=0,
    )


_MODULES = """[
 {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
 {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"}
]
"""
