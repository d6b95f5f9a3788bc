"""Learns the network of ``kl226_dedup/rules/network.py`` with torch, and packs its weights.

Words that the shipped transformer (models/e5-small-vi) has a vector for begin with that vector, squeezed to VECTOR numbers,
so that a syllable which no labelled paper has is read like those near to it.
"""

from __future__ import annotations

import copy
import os
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from kl226_dedup.rules.marks import READ, Marks
from kl226_dedup.rules.network import (
    SCORES,
    Attention,
    Block,
    Layers,
    Norm,
    SlotNetwork,
    Vocabulary,
    describe,
)
from kl226_dedup.stores.models.tensors import expand, read_tensors

MODEL = Path(__file__).resolve().parents[1] / "models" / "e5-small-vi"

WIDTH = 64
VECTOR = 64
"""Numbers of a word's vector in the network, and of what it takes over from the transformer."""
LAYERS = (1, 2, 4, 0, 8, 1, 0)
"""How far each convolution sees; 0 is a layer in which words look at all others of the part."""
HEADS = 4
"""Ways in which a word looks at others at once."""
MEMBERS = 3
"""Networks whose scores are averaged."""
EPOCHS = 20
"""Passes over the labelled parts: products gain up to there, leads and deadlines hardly from 12 on."""
BATCH = 16
TOLD = 0.7
"""What a part that a teacher answered weighs beside a labelled one; each step learns from as many of both."""
RATE = 2e-3
DROPPED = 0.35
"""Share of the numbers between two layers that is left out in learning."""
WORDS_DROPPED, RULES_DROPPED = 0.08, 0.15
"""Shares of words that are hidden, and of parts whose rules are, so that the network leans on neither alone."""
KEPT = 0.99
"""What is kept is the mean of the weights over about the last 1 / (1 - KEPT) steps."""
FEWEST_WORDS, FEWEST_MARKS = 3, 4
"""How often a word must be there to learn a vector of its own, and a mark."""
_SYLLABLE = re.compile(
    r"[bcdđghklmnpqrstvx]{0,3}[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}"
    r"(?:c|ch|m|n|ng|nh|p|t)?"
)
_MOST_MARKS = 16
_LEAST_REACH = 0.01
"""Words whose numbers are all nearer to 0 are rounded as if they reached so far."""
_NONE, _UNKNOWN = -1, -2
"""Places of values: there is none; nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a teacher says of a part, each answer as often as it finds it likely.

    ``places`` [answers, slots, 2] are the first and last word of a value, -1 = there is none.
    """

    marks: Marks
    kind: str
    places: NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Words and, by slot, the first and last word of the value; None = empty, a slot nobody labelled is left out."""

    marks: Marks
    kind: str
    values: dict[str, tuple[int, int] | None]


class _Block(nn.Module):
    def __init__(self, reach: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.taps = nn.Conv1d(WIDTH, WIDTH, 3, padding=reach, dilation=reach)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, values: Tensor, inside: Tensor, drop: nn.Module) -> Tensor:
        seen = (self.norm(values) * inside).transpose(1, 2)
        return values + drop(self.out(functional.relu(self.taps(seen)).transpose(1, 2))) * inside


class _Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.seen = nn.Linear(WIDTH, 3 * WIDTH)
        self.slope = nn.Parameter(torch.linspace(-3, -1, HEADS))
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, values: Tensor, inside: Tensor, drop: nn.Module) -> Tensor:
        rows, words, _ = values.shape
        split = self.seen(self.norm(values)).view(rows, words, 3, HEADS, WIDTH // HEADS)
        asked, offered, told = split.permute(2, 0, 3, 1, 4)
        places = torch.arange(words, dtype=torch.float32)
        far = (places[:, None] - places).abs()
        weight = asked @ offered.transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        weight = weight - torch.exp(self.slope)[:, None, None] * far
        weight = weight.masked_fill(inside[:, None, None, :, 0] == 0, -1e4).softmax(3)
        mixed = (weight @ told).transpose(1, 2).reshape(rows, words, WIDTH)
        return values + drop(self.out(mixed)) * inside


class _Network(nn.Module):
    def __init__(self, vectors: NDArray[np.float32], learned: NDArray[np.float32], marks: int) -> None:
        super().__init__()
        self.register_buffer("vectors", torch.from_numpy(vectors))
        self.register_buffer("learned", torch.from_numpy(learned)[:, None])
        self.taken = nn.Linear(VECTOR, WIDTH, bias=False)
        self.own = nn.Embedding(len(vectors), WIDTH, padding_idx=0)
        self.marks = nn.EmbeddingBag(marks + 1, WIDTH, mode="sum", padding_idx=0)
        nn.init.normal_(self.own.weight, 0, 0.02)
        nn.init.normal_(self.marks.weight, 0, 0.3)
        self.blocks = nn.ModuleList(_Block(reach) if reach else _Attention() for reach in LAYERS)
        self.norm = nn.LayerNorm(WIDTH)
        self.out = nn.Linear(WIDTH, SCORES * len(READ))
        self.drop = nn.Dropout(DROPPED)

    def words(self) -> Tensor:
        return self.taken(self.vectors) + self.own.weight * self.learned

    def forward(self, words: Tensor, marks: Tensor, inside: Tensor) -> Tensor:
        rows, width = words.shape
        own = self.own(words) * self.learned[words]
        known = self.marks(marks.view(rows * width, -1)).view(rows, width, WIDTH)
        mask = inside[:, :, None]
        values = self.drop(self.taken(self.vectors[words]) + own + known) * mask
        for block in self.blocks:
            values = block(values, mask, self.drop)
        return self.out(self.drop(self.norm(values)))


def train(
    examples: Sequence[Example], answers: Sequence[Answers] = (), *, members: int = MEMBERS
) -> SlotNetwork:
    """Return networks taught with ``examples``, each in a process of its own.

    The same examples on the same machine give the same weights.

    :param answers: of a teacher, learned from besides.
    """
    vocabulary = vocabulary_of(examples)
    seen = _counted(examples)
    vectors = _vectors(list(vocabulary.words))
    learned = np.array([0.0, *(float(seen[word] >= FEWEST_WORDS) for word in vocabulary.words)], np.float32)
    with ProcessPoolExecutor(max_workers=min(members, os.cpu_count() or 1)) as pool:
        taught = pool.map(
            partial(_member, examples, answers, vocabulary, vectors, learned), range(1, members + 1)
        )
        return SlotNetwork(vocabulary=vocabulary, members=tuple(taught))


def _member(
    examples: Sequence[Example],
    answers: Sequence[Answers],
    vocabulary: Vocabulary,
    vectors: NDArray[np.float32],
    learned: NDArray[np.float32],
    seed: int,
) -> Layers:
    torch.set_num_threads(1)
    rows = [
        (*read, places_of(one)[None]) for one in examples if (read := _row(vocabulary, one.marks, one.kind))
    ]
    told = [
        (*read, torch.from_numpy(one.places.astype(np.int64)))
        for one in answers
        if (read := _row(vocabulary, one.marks, one.kind))
    ]
    return _layers(_learn(rows, told, vocabulary, vectors, learned, seed))


def _counted(examples: Sequence[Example]) -> Counter[str]:
    return Counter(word for one in examples for word in one.marks.forms)


def vocabulary_of(examples: Sequence[Example]) -> Vocabulary:
    """Return the words and marks that examples can teach, and all syllables that the transformer knows."""
    return _vocabulary(examples, _counted(examples))


def rules_among(vocabulary: Vocabulary) -> Tensor:
    """Tell which marks [marks + 1] are what the rules would fill in."""
    ruled = torch.zeros(len(vocabulary.marks) + 1, dtype=torch.bool)
    ruled[[number for (name, _), number in vocabulary.marks.items() if name.startswith("ruled")]] = True
    return ruled


def _vocabulary(examples: Sequence[Example], seen: Counter[str]) -> Vocabulary:
    tokens = Tokenizer.from_file(str(MODEL / "tokenizer.json")).get_vocab()
    syllables = {one[1:].lower() for one in tokens if one[0] == "▁" and _SYLLABLE.fullmatch(one[1:].lower())}
    words = sorted({word for word, count in seen.items() if count > 1 or word.isalpha()} | syllables)
    told = Counter(pair for one in examples for word in describe(one.marks, one.kind) for pair in word)
    kept = sorted(pair for pair, count in told.items() if count >= FEWEST_MARKS)
    return Vocabulary(
        words={word: number for number, word in enumerate(words, 1)},
        marks={pair: number for number, pair in enumerate(kept, 1)},
    )


def _vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """Return the transformer's vectors of ``words``, on their VECTOR main axes; a first row of zeros for unknown words."""
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    stored = read_tensors(MODEL / "model_packed.safetensors")
    name = next(one for one in stored if one.startswith("embeddings.word_embeddings.weight"))
    table = np.asarray(next(iter(expand({name: stored[name]}).values())), dtype=np.float32)
    pieces = (tokenizer.encode(word, add_special_tokens=False).ids for word in words)
    found = np.stack([table[ids].mean(axis=0) for ids in pieces])
    found -= found.mean(axis=0)
    _, _, axes = np.linalg.svd(found, full_matrices=False)
    main = found @ axes[:VECTOR].T
    return np.vstack([np.zeros((1, VECTOR)), main / main.std()]).astype(np.float32)


_Row = tuple[Tensor, Tensor, Tensor]
"""Words, marks [words, most], places [answers, slots, 2]."""


def known_of(vocabulary: Vocabulary, marks: Marks, kind: str) -> Tensor:
    """Return the numbers of the marks of each word, [words, most], 0 = none."""
    _, numbers = vocabulary.numbers(marks, kind)
    known = torch.zeros(len(numbers), _MOST_MARKS, dtype=torch.long)
    for at, of_word in enumerate(numbers):
        kept = [number for number in of_word if number][:_MOST_MARKS]
        known[at, : len(kept)] = torch.tensor(kept, dtype=torch.long)
    return known


def _row(vocabulary: Vocabulary, marks: Marks, kind: str) -> tuple[Tensor, Tensor] | None:
    words, _ = vocabulary.numbers(marks, kind)
    return (torch.tensor(words), known_of(vocabulary, marks, kind)) if words else None


def places_of(one: Example) -> Tensor:
    """Return the first and last word of each slot's value, [slots, 2]; _NONE: it has none, _UNKNOWN: nobody said."""
    places = []
    for slot in READ:
        place = one.values.get(slot, (_UNKNOWN, _UNKNOWN))
        places.append((_NONE, _NONE) if place is None else place)
    return torch.tensor(places)


def _batches(rows: Sequence[_Row], draw: random.Random) -> Iterator[list[_Row]]:
    """Yield rows of about one length together, each once, and then anew without end."""
    while True:
        near = [len(row[0]) + draw.random() * 20 for row in rows]
        order = sorted(range(len(rows)), key=near.__getitem__)
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        draw.shuffle(batches)
        for batch in batches:
            yield [(*rows[at][:2], draw.choice(rows[at][2])) for at in batch]


def _learn(
    rows: Sequence[_Row],
    told: Sequence[_Row],
    vocabulary: Vocabulary,
    vectors: NDArray[np.float32],
    learned: NDArray[np.float32],
    seed: int,
) -> _Network:
    torch.manual_seed(seed)
    draw = random.Random(seed)
    network = _Network(vectors, learned, len(vocabulary.marks))
    ruled = rules_among(vocabulary)
    mean = copy.deepcopy(network).eval()
    live, kept = list(network.parameters()), list(mean.parameters())
    optimizer = torch.optim.AdamW(live, lr=RATE, weight_decay=0.03, fused=True)
    labelled, besides = _batches(rows, draw), _batches(told, draw)
    steps = EPOCHS * -(-len(rows) // BATCH)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 60) * max(0.02, 1 - step / steps)
        optimizer.zero_grad()
        _loss(network, next(labelled), ruled).backward()
        if told:
            (TOLD * _loss(network, next(besides), ruled)).backward()
        nn.utils.clip_grad_norm_(live, 2.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(kept, live, 1 - min(KEPT, (2 + step) / (11 + step)))
    return mean


def _loss(network: _Network, rows: Sequence[_Row], ruled: Tensor) -> Tensor:
    words, marks = (nn.utils.rnn.pad_sequence([row[at] for row in rows], batch_first=True) for at in (0, 1))
    inside = nn.utils.rnn.pad_sequence([torch.ones(len(row[0])) for row in rows], batch_first=True)
    words = words.masked_fill(torch.rand(words.shape) < WORDS_DROPPED, 0)
    marks = marks.masked_fill((torch.rand(len(rows), 1, 1) < RULES_DROPPED) & ruled[marks], 0)
    return surprise(network(words, marks, inside), inside, torch.stack([row[2] for row in rows]))


def surprise(scores: Tensor, inside: Tensor, places: Tensor) -> Tensor:
    """Return how unlikely the labelled runs are among all runs and "none", as ``rules.network`` weighs them."""
    rows, width, _ = scores.shape
    begins, goes_on, ends = scores.view(rows, width, len(READ), SCORES).permute(3, 0, 2, 1)
    outside = (inside - 1)[:, None] * 1e4
    begins, goes_on, ends = begins + outside, goes_on * inside[:, None], ends + outside
    passed = goes_on.cumsum(2)
    opened = begins - passed + goes_on
    total = functional.softplus(torch.logsumexp(passed + ends + torch.logcumsumexp(opened, 2), 2))
    first, last = (places[..., at].clamp(min=0)[..., None] for at in (0, 1))
    said = opened.gather(2, first) + (passed + ends).gather(2, last)
    wanted = torch.where(places[..., 0] >= 0, said[..., 0], torch.zeros_like(total))
    return ((total - wanted) * (places[..., 0] > _UNKNOWN)).sum() / rows


# ---- weights --------------------------------------------------------------------------------------------------------


def _layers(network: _Network) -> Layers:
    """Return the weights as numpy reads them, words rounded to 8 bits and the others to 16."""
    words, scale = _rounded(_numbers(network.words()))

    def half(weights: Tensor) -> NDArray[np.float32]:
        return _numbers(weights).astype(np.float16).astype(np.float32)

    def norm(layer: nn.LayerNorm) -> Norm:
        return Norm(scale=half(layer.weight), shift=half(layer.bias))

    def layer(reach: int, one: nn.Module) -> Block | Attention:
        if isinstance(one, _Attention):
            return Attention(
                norm=norm(one.norm),
                seen=half(one.seen.weight.T),
                seen_shift=half(one.seen.bias),
                slope=half(torch.exp(one.slope)),
                out=half(one.out.weight.T),
                out_shift=half(one.out.bias),
            )
        assert isinstance(one, _Block)
        assert one.taps.bias is not None
        return Block(
            reach=reach,
            norm=norm(one.norm),
            taps=half(one.taps.weight.permute(2, 1, 0)),
            taps_shift=half(one.taps.bias),
            out=half(one.out.weight.T),
            out_shift=half(one.out.bias),
        )

    return Layers(
        words=words.astype(np.float32) * scale[:, None],
        marks=half(network.marks.weight),
        blocks=tuple(layer(reach, one) for reach, one in zip(LAYERS, network.blocks, strict=True)),
        norm=norm(network.norm),
        out=half(network.out.weight.T),
        out_shift=half(network.out.bias),
    )


def _numbers(weights: Tensor) -> NDArray[np.float32]:
    return np.ascontiguousarray(weights.detach().numpy(), dtype=np.float32)


def _rounded(words: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    words[0] = 0
    scale = np.maximum(np.abs(words).max(axis=1), _LEAST_REACH) / 127
    scale = scale.astype(np.float16).astype(np.float32)
    return np.clip(np.round(words / scale[:, None]), -127, 127).astype(np.int8), scale


def pack(network: SlotNetwork) -> tuple[dict[str, Any], bytes]:
    """Return what tasks.json and tasks.npz hold of a network."""
    stored: dict[str, NDArray[Any]] = {}
    for number, member in enumerate(network.members):
        words, scale = _rounded(member.words.copy())
        named = {
            "marks": member.marks,
            "norm.scale": member.norm.scale,
            "norm.shift": member.norm.shift,
            "out": member.out,
            "out.shift": member.out_shift,
        }
        for at, block in enumerate(member.blocks):
            named |= {
                f"{at}.norm.scale": block.norm.scale,
                f"{at}.norm.shift": block.norm.shift,
                f"{at}.out": block.out,
                f"{at}.out.shift": block.out_shift,
            }
            if isinstance(block, Block):
                named |= {f"{at}.taps": block.taps, f"{at}.taps.shift": block.taps_shift}
            else:
                named |= {
                    f"{at}.seen": block.seen,
                    f"{at}.seen.shift": block.seen_shift,
                    f"{at}.slope": block.slope,
                }
        stored |= {f"{number}.{name}": one.astype(np.float16) for name, one in named.items()}
        stored |= {f"{number}.words": words, f"{number}.words.scale": scale.astype(np.float16)}
    packed = BytesIO()
    np.savez_compressed(packed, **stored)
    marks: dict[str, dict[str, int]] = {}
    for (field, value), number in network.vocabulary.marks.items():
        marks.setdefault(field, {})[value] = number
    about = {
        "members": len(network.members),
        "layers": list(LAYERS),
        "words": " ".join(network.vocabulary.words),
        "marks": marks,
    }
    return about, packed.getvalue()
