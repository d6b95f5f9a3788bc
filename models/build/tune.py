"""The upper layers of e5-small, taught which passages of Vietnamese papers say the same in other words.

``paraphrases.jsonl`` holds provisions of issued documents, each with the words that somebody who takes it over might use,
and passages on the same matter that take nothing over. Every passage must be nearer to its provision than to the other
provisions of that document and of the others in its batch, as a whole and word by word (late interaction); what takes
nothing over must stay away from all. Texts in other languages, and other Vietnamese ones, keep the vectors they had
(``anchors.txt``): comparing across languages rests on them.

None of these documents, nor any of their families, is a source of ``corpus_samples/paraphrased`` or
``corpus_samples/translated``.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

FIRST = 6
"""The layers from here on learn; those below read words, and hold what the other languages need."""

EPOCHS = 2
_DOCUMENTS = 3  # of a batch, about thirty passages
_RATE, _WARM, _DECAY = 3e-5, 10, 0.01
_WHOLE, _WORDS = 0.05, 0.04
"""Temperatures of the two losses."""

_AWAY = 0.35
"""Likeness that passages which take nothing over may have: what unrelated provisions of one document have."""

_ANCHORED, _ANCHOR_WEIGHT = 8, 5.0
_LONGEST = 112  # tokens
_SAMPLED = 256  # texts that tell what all tokens have in common
_PORTION = 32


@dataclass(slots=True)
class Lesson:
    """What one document teaches: its ``provisions`` by id, (text, id of what it says), and what says none of them."""

    provisions: dict[str, str] = field(default_factory=dict)
    restated: list[tuple[str, str]] = field(default_factory=list)
    own: list[str] = field(default_factory=list)

    def texts(self) -> list[str]:
        """Return all texts of the lesson."""
        return [*self.provisions.values(), *(text for text, _ in self.restated), *self.own]


def read_lessons(path: Path) -> list[Lesson]:
    """Read ``paraphrases.jsonl``."""
    lessons: dict[str, Lesson] = {}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        row = json.loads(line)
        lesson = lessons.setdefault(row["number"], Lesson())
        if "source" in row:
            lesson.provisions[row["id"]] = row["source"]
            if "text" in row:
                lesson.restated.append((row["text"], row["id"]))
        else:
            lesson.own.append(row["text"])
    return list(lessons.values())


def tune(
    folder: Path,
    lessons: Sequence[Lesson],
    anchors: Sequence[str],
    *,
    prefix: str,
    mean: NDArray[np.float32],
    weights: NDArray[np.float32],
    seed: int,
    say: Callable[[str], None],
    epochs: int = EPOCHS,
) -> dict[str, NDArray[np.float32]]:
    """Return the tensors of the layers that learned, by name.

    :param folder: the expanded model. :param mean: what is subtracted from vectors of length 1.
    :param weights: how much each token of the vocabulary says.
    """
    import torch

    torch.manual_seed(seed)
    draw = random.Random(seed)
    learner = _Learner(folder, prefix, mean, weights)
    learner.read_below([*(text for one in lessons for text in one.texts()), *anchors])
    learner.set_token_mean(draw.sample(sorted(learner.below), min(_SAMPLED, len(learner.below))))
    fixed = learner.vectors(anchors)
    optimizer = torch.optim.AdamW(learner.layers.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps, step, started = epochs * math.ceil(len(lessons) / _DOCUMENTS), 0, time.monotonic()
    for _ in range(epochs):
        order = list(lessons)
        draw.shuffle(order)
        for start in range(0, len(order), _DOCUMENTS):
            optimizer.param_groups[0]["lr"] = (
                _RATE * min(1.0, (step + 1) / _WARM) * max(0.05, 1 - step / steps)
            )
            held = draw.sample(range(len(anchors)), _ANCHORED)
            loss = learner.loss(order[start : start + _DOCUMENTS])
            loss = loss + _ANCHOR_WEIGHT * learner.drift([anchors[one] for one in held], fixed[held])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learner.layers.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 10 == 0:
                say(
                    f"step {step} of {steps}: loss {float(loss.detach()):.3f} after {time.monotonic() - started:.0f} s"
                )
    return learner.tensors()


class _Learner:
    """The model in two halves: the lower reads every text once, the upper learns."""

    def __init__(
        self, folder: Path, prefix: str, mean: NDArray[np.float32], weights: NDArray[np.float32]
    ) -> None:
        import torch
        from transformers import BertModel

        self.model: Any = BertModel.from_pretrained(folder).eval()  # without dropout
        self.layers: Any = self.model.encoder.layer[FIRST:]
        for one in self.model.parameters():
            one.requires_grad_(False)
        for one in self.layers.parameters():
            one.requires_grad_(True)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(_LONGEST)
        self.tokenizer.no_padding()
        self.prefix = prefix
        self.before = len(self.tokenizer.encode(prefix.rstrip()).ids) - 1
        self.mean, self.weights = torch.from_numpy(mean), torch.from_numpy(weights)
        self.token_mean = torch.zeros(len(mean))
        self.ids: dict[str, list[int]] = {}
        self.below: dict[str, Any] = {}

    def read_below(self, texts: Sequence[str]) -> None:
        """Run the lower half over every text."""
        import torch

        for text in texts:
            self.ids[text] = self.tokenizer.encode(self.prefix + text).ids
        by_length = sorted(self.ids, key=lambda one: (len(self.ids[one]), one))
        for batch in _portions(by_length):
            width = len(self.ids[batch[-1]])
            tokens = torch.ones(len(batch), width, dtype=torch.long)  # 1 is <pad>
            for row, text in enumerate(batch):
                tokens[row, : len(self.ids[text])] = torch.tensor(self.ids[text])
            with torch.inference_mode():
                values = self.model.embeddings(input_ids=tokens)
                values = _through(
                    self.model.encoder.layer[:FIRST],
                    values,
                    self._mask([len(self.ids[one]) for one in batch]),
                )
            for row, text in enumerate(batch):
                self.below[text] = values[row, : len(self.ids[text])].half().clone()

    def set_token_mean(self, texts: Sequence[str]) -> None:
        """Measure what all tokens have in common, before anything is learned."""
        import torch

        with torch.no_grad():
            _, tokens, weights = self._read(texts)
        self.token_mean = tokens[weights > 0].mean(dim=0)

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return the vectors as they are before anything is learned."""
        import torch

        with torch.no_grad():
            return torch.cat([self._read(batch)[0] for batch in _portions(texts)])

    def drift(self, texts: Sequence[str], fixed: Any) -> Any:
        """Return how far the texts have moved from where they were."""
        return (1 - (self._read(texts)[0] * fixed).sum(dim=1)).mean()

    def loss(self, lessons: Sequence[Lesson]) -> Any:
        """Return how far passages are from their provisions, and how near what takes nothing over is to any."""
        import torch
        from torch.nn import functional as f

        provisions = [text for one in lessons for text in one.provisions.values()]
        where = {name: place for place, name in enumerate(name for one in lessons for name in one.provisions)}
        restated = [pair for one in lessons for pair in one.restated]
        own = [text for one in lessons for text in one.own]
        goal = torch.tensor([where[name] for _, name in restated])
        vectors, tokens, weights = self._read([*(text for text, _ in restated), *provisions, *own])
        first, last = len(restated), len(restated) + len(provisions)
        tokens = f.normalize(tokens - self.token_mean, dim=-1)
        whole = vectors @ vectors[first:last].T
        worded = _agreement(tokens, weights, tokens[first:last], weights[first:last])
        rivals = torch.cat([whole[:first], vectors[:first] @ vectors[last:].T], dim=1) / _WHOLE
        here = torch.arange(first)
        total = f.cross_entropy(rivals, goal) + f.cross_entropy(whole[:first].T[goal] / _WHOLE, here)
        total = total + f.cross_entropy(worded[:first] / _WORDS, goal)
        total = total + f.cross_entropy(worded[:first].T[goal] / _WORDS, here)
        if own:
            for one in (whole, worded):
                total = total + 2 * f.relu(one[last:].amax(dim=1) - _AWAY).mean()
        return total

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """Return what was learned under the names of the whole model."""
        learned = {}
        for name, one in self.layers.state_dict().items():
            number, rest = name.split(".", 1)
            learned[f"encoder.layer.{int(number) + FIRST}.{rest}"] = one.numpy().astype(np.float32)
        return learned

    def _read(self, texts: Sequence[str]) -> tuple[Any, Any, Any]:
        """Return vectors, tokens and the weights of the tokens, 0 for marks, prefix and padding."""
        import torch
        from torch.nn import functional as f

        lengths = [len(self.below[one]) for one in texts]
        width = max(lengths)
        values, weights = torch.zeros(len(texts), width, len(self.mean)), torch.zeros(len(texts), width)
        for row, text in enumerate(texts):
            values[row, : lengths[row]] = self.below[text].float()
            inner = slice(self.before, lengths[row] - 1)
            weights[row, inner] = self.weights[self.ids[text][inner]]
        mask = self._mask(lengths)
        with torch.autocast("cpu", torch.bfloat16):
            values = _through(self.layers, values, mask)
        values = values.float()
        inside = (mask[:, 0, 0] == 0).float()[..., None]
        mean = f.normalize((values * inside).sum(dim=1) / inside.sum(dim=1), dim=-1)
        return f.normalize(mean - self.mean, dim=-1), values, weights

    @staticmethod
    def _mask(lengths: Sequence[int]) -> Any:
        import torch

        outside = torch.arange(max(lengths))[None] >= torch.tensor(lengths)[:, None]
        return outside[:, None, None].float() * -1e9


def _through(layers: Any, values: Any, mask: Any) -> Any:
    for layer in layers:
        made = layer(values, attention_mask=mask)
        values = made[0] if isinstance(made, tuple) else made
    return values


def _agreement(ours: Any, our_weights: Any, theirs: Any, their_weights: Any) -> Any:
    """Return ``kl226_dedup.align.agreement`` of each with each, the mean of both directions, [ours, theirs]."""
    import torch

    cosines = torch.einsum("ald,bmd->abml", ours, theirs)
    best = cosines.masked_fill((their_weights == 0)[None, :, :, None], -1.0).amax(dim=2)
    said = (best * our_weights[:, None]).sum(dim=-1) / our_weights.sum(dim=-1)[:, None]
    best = cosines.masked_fill((our_weights == 0)[:, None, None], -1.0).amax(dim=3)
    kept = (best * their_weights[None]).sum(dim=-1) / their_weights.sum(dim=-1)[None]
    return (said + kept) / 2


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), _PORTION):
        yield texts[start : start + _PORTION]


def pack_layers(tensors: dict[str, NDArray[Any]], learned: Mapping[str, NDArray[np.float32]]) -> None:
    """Put learned layers into packed ``tensors``: matrices as 8-bit integers with a scale for each row."""
    from kl226_dedup.stores.models.tensors import Q4_MARK, Q8_MARK, SCALE_MARK

    for name, one in learned.items():
        if tensors.pop(name + Q4_MARK, None) is None:
            tensors[name] = one
            continue
        scale = np.abs(one).max(axis=1, keepdims=True) / 127
        tensors[name + Q8_MARK] = np.round(one / scale).astype(np.int8)
        tensors[name + SCALE_MARK] = scale.astype(np.float32)


_STATIC_EPOCHS, _STATIC_RATE = 10, 3e-3
_STATIC_DOCUMENTS = 25  # of a batch, about 250 passages
_STATIC_OWN, _STATIC_HELD = (
    60,
    200,
)  # of a batch: passages that take nothing over, provisions that stay where they are
_STATIC_TEMPERATURE, _STATIC_DROPPED = 0.06, 0.1
_STATIC_HOLD = 0.5


def tune_static(
    weights: NDArray[np.float32],
    tokenizer: Tokenizer,
    lessons: Sequence[Lesson],
    *,
    seed: int,
    say: Callable[[str], None],
) -> NDArray[np.float32]:
    """Return the token vectors after the same lessons: words of the street beside those of the law."""
    import torch
    from torch.nn import functional as f

    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    tokenizer.no_padding()
    bag = torch.nn.EmbeddingBag(*weights.shape, mode="mean")
    before = torch.from_numpy(weights.copy())
    bag.weight.data.copy_(before)

    def bags(texts: Sequence[str]) -> list[NDArray[np.int64]]:
        return [
            np.array(one.ids) for one in tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        ]

    def joined(ids: Sequence[NDArray[np.int64]], dropped: float = 0.0) -> tuple[Any, Any]:
        left = [one[draw.random(len(one)) >= dropped] if len(one) > 4 else one for one in ids]
        starts = np.cumsum([0, *(len(one) for one in left[:-1])])
        return torch.from_numpy(np.concatenate(left)), torch.from_numpy(starts)

    provisions = bags([text for one in lessons for text in one.provisions.values()])
    own = bags([text for one in lessons for text in one.own])
    groups = [
        (bags([text for text, _ in one.restated]), bags([one.provisions[name] for _, name in one.restated]))
        for one in lessons
    ]
    optimizer = torch.optim.Adam(bag.parameters(), lr=_STATIC_RATE)
    for epoch in range(_STATIC_EPOCHS):
        order, total, steps = draw.permutation(len(groups)), 0.0, 0
        for start in range(0, len(order), _STATIC_DOCUMENTS):
            batch = [groups[place] for place in order[start : start + _STATIC_DOCUMENTS]]
            restated = [one for texts, _ in batch for one in texts]
            goal = [one for _, texts in batch for one in texts]
            ours = f.normalize(bag(*joined(restated, _STATIC_DROPPED)), dim=1)
            theirs = f.normalize(bag(*joined(goal, _STATIC_DROPPED)), dim=1)
            other = f.normalize(
                bag(*joined([own[one] for one in draw.integers(0, len(own), _STATIC_OWN)])), dim=1
            )
            here = torch.arange(len(restated))
            alike = ours @ theirs.T / _STATIC_TEMPERATURE
            rivals = torch.cat([alike, ours @ other.T / _STATIC_TEMPERATURE], dim=1)
            held = joined([provisions[one] for one in draw.integers(0, len(provisions), _STATIC_HELD)])
            fixed = f.normalize(f.embedding_bag(held[0], before, held[1], mode="mean"), dim=1)
            drift = (1 - (f.normalize(bag(*held), dim=1) * fixed).sum(dim=1)).mean()
            loss = f.cross_entropy(rivals, here) + f.cross_entropy(alike.T, here) + _STATIC_HOLD * drift
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, steps = total + float(loss.detach()), steps + 1
        say(f"epoch {epoch + 1} of {_STATIC_EPOCHS}: loss {total / steps:.3f}")
    return np.asarray(bag.weight.detach().numpy(), dtype=np.float32)
