"""A larger reader of slots, too slow to be shipped, that teaches the small one (slot_network.py).

``models/e5-small-vi`` without its last layers, told the same marks. It learns from the labelled papers; the small one learns
besides from what it says of tasks that nobody labelled (Hinton et al., Distilling the Knowledge in a Neural Network, 2015):
not one answer, but several, drawn as often as the teacher finds them likely.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from slot_network import Answers, Example, known_of, places_of, rules_among, surprise, vocabulary_of
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from unlabelled import Part

from kl226_dedup.rules.marks import READ, Marks
from kl226_dedup.rules.network import SCORES, Vocabulary
from kl226_dedup.stores.models import TRANSFORMER, expand_model

FIXED, LAYERS = 4, 10
"""Layers of the transformer that stay as they are, and that are used, of twelve."""
WIDTH, HEADS = 384, 12
INSIDE = 128
"""Numbers of a word behind the transformer."""
REACHES = (1, 2, 4)
"""How far each convolution sees there."""
PASSES, BATCH = 3, 20
RATE, HEAD_RATE = 1e-4, 1e-3
RULES_DROPPED = 0.15
"""Share of parts whose rules are hidden, so that it leans on the words as well."""
DROPPED = 0.2
KEPT = 0.99
"""What is kept is the mean of the weights over about the last 1 / (1 - KEPT) steps."""
LONGEST = 500
"""Tokens of a part that are read."""
ANSWERS = 6
"""Answers that are drawn for each slot of a part."""
_TOGETHER = 48
_NUMBERS = torch.bfloat16
"""What the transformer multiplies; the weights that learn are kept as 32 bits beside it."""


class _Layer(nn.Module):
    """A layer of the transformer; torch's own attention is slow backwards with these numbers."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        read = layer.attention.self
        self.seen = nn.Linear(WIDTH, 3 * WIDTH)
        for name in ("weight", "bias"):
            joined = torch.cat([getattr(one, name).data for one in (read.query, read.key, read.value)])
            getattr(self.seen, name).data = joined
        self.out, self.first = layer.attention.output.dense, layer.attention.output.LayerNorm
        self.up, self.down, self.second = layer.intermediate.dense, layer.output.dense, layer.output.LayerNorm

    def forward(self, values: Tensor, hidden: Tensor) -> Tensor:
        rows, width, _ = values.shape
        split = self.seen(values).view(rows, width, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        asked, offered, told = split.reshape(3, rows * HEADS, width, WIDTH // HEADS)
        weight = torch.baddbmm(
            hidden, asked, offered.transpose(1, 2), alpha=(WIDTH // HEADS) ** -0.5
        ).softmax(2)
        mixed = (
            (weight @ told)
            .view(rows, HEADS, width, WIDTH // HEADS)
            .transpose(1, 2)
            .reshape(rows, width, WIDTH)
        )
        values = self.first(values + self.out(mixed))
        return self.second(values + self.down(functional.gelu(self.up(values))))


class _Block(nn.Module):
    def __init__(self, reach: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(INSIDE)
        self.taps = nn.Conv1d(INSIDE, INSIDE, 3, padding=reach, dilation=reach)
        self.out = nn.Linear(INSIDE, INSIDE)

    def forward(self, values: Tensor, inside: Tensor, drop: nn.Module) -> Tensor:
        seen = (self.norm(values) * inside).transpose(1, 2)
        return values + drop(self.out(functional.gelu(self.taps(seen)).transpose(1, 2))) * inside


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A part as the upper layers see it: ``below`` [tokens, WIDTH], the word of each token (-1 = none), marks of words."""

    below: Tensor
    owner: Tensor
    marks: Tensor


class Teacher(nn.Module):
    """Reads words and marks of a part into the scores that ``kl226_dedup/rules/network.py`` has."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Begin with the shipped transformer."""
        from transformers import BertModel

        super().__init__()
        folder = expand_model(TRANSFORMER)
        bert = BertModel.from_pretrained(folder).float()
        self.vocabulary = vocabulary
        self.tokens = _Tokens(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self.embeddings = bert.embeddings
        layers = [_Layer(one) for one in bert.encoder.layer[:LAYERS]]
        self.fixed = nn.ModuleList(layers[:FIXED]).to(_NUMBERS)
        self.layers = nn.ModuleList(layers[FIXED:]).to(_NUMBERS)
        for module in (self.embeddings, self.fixed):
            module.requires_grad_(False)
        marks = len(vocabulary.marks) + 1
        self.marks_in = nn.EmbeddingBag(marks, WIDTH, mode="sum", padding_idx=0)
        self.marks = nn.EmbeddingBag(marks, INSIDE, mode="sum", padding_idx=0)
        nn.init.normal_(self.marks_in.weight, 0, 0.02)
        nn.init.normal_(self.marks.weight, 0, 0.2)
        self.before = nn.LayerNorm(WIDTH)
        self.taken = nn.Linear(WIDTH, INSIDE)
        self.blocks = nn.ModuleList(_Block(reach) for reach in REACHES)
        self.norm = nn.LayerNorm(INSIDE)
        self.out = nn.Linear(INSIDE, SCORES * len(READ))
        self.drop = nn.Dropout(DROPPED)

    def train(self, mode: bool = True) -> Teacher:
        """Let what stays as it is drop nothing."""
        super().train(mode)
        self.embeddings.eval()
        return self

    @torch.no_grad()
    def rows(self, parts: Iterable[tuple[Marks, str]]) -> list[_Row]:
        """Read parts with the layers that stay as they are."""
        parts = list(parts)
        read = [self.tokens.of(marks) for marks, _ in parts]
        made: list[_Row | None] = [None] * len(parts)
        for batch in _by_length([len(ids) for ids, _ in read], _TOGETHER):
            ids, there = (nn.utils.rnn.pad_sequence(one, batch_first=True) for one in (
                [torch.tensor(read[at][0]) for at in batch], [torch.ones(len(read[at][0])) for at in batch]
            ))  # fmt: skip
            values, hidden = self.embeddings(input_ids=ids).to(_NUMBERS), _hidden(there)
            for layer in self.fixed:
                values = layer(values, hidden)
            for at, one in zip(batch, values, strict=True):
                owner = read[at][1]
                made[at] = _Row(below=one[: len(owner)].clone(), owner=torch.tensor(owner),
                                marks=known_of(self.vocabulary, *parts[at]))  # fmt: skip
        return [one for one in made if one is not None]

    def forward(self, rows: Sequence[_Row], hide: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the scores [parts, words, slots * SCORES], and where there are words [parts, words].

        :param hide: marks [marks + 1] that are hidden in RULES_DROPPED of the parts.
        """
        values = nn.utils.rnn.pad_sequence([row.below for row in rows], batch_first=True)
        there = nn.utils.rnn.pad_sequence([torch.ones(len(row.owner)) for row in rows], batch_first=True)
        owner = nn.utils.rnn.pad_sequence([row.owner for row in rows], batch_first=True, padding_value=-1)
        marks = nn.utils.rnn.pad_sequence([row.marks for row in rows], batch_first=True)
        inside = nn.utils.rnn.pad_sequence([torch.ones(len(row.marks)) for row in rows], batch_first=True)
        if hide is not None:
            marks = marks.masked_fill((torch.rand(len(rows), 1, 1) < RULES_DROPPED) & hide[marks], 0)
        count, words = inside.shape
        flat, of_word = marks.view(count * words, -1), owner.clamp(min=0)[..., None].expand(-1, -1, WIDTH)
        owned = (owner >= 0).float()[..., None]
        known = self.marks_in(flat).view(count, words, WIDTH)
        values, hidden = (values + known.gather(1, of_word) * owned).to(_NUMBERS), _hidden(there)
        for layer in self.layers:
            values = layer(values, hidden)
        sums = torch.zeros(count, words, WIDTH).scatter_add(1, of_word, values.float() * owned)
        tokens = torch.zeros(count, words).scatter_add(1, owner.clamp(min=0), owned[..., 0])
        seen = self.before(sums / tokens.clamp(min=1)[..., None])
        mask = inside[..., None]
        read = self.drop(self.taken(seen) + self.marks(flat).view(count, words, INSIDE)) * mask
        for block in self.blocks:
            read = block(read, mask, self.drop)
        return self.out(self.drop(self.norm(read))), inside


class _Tokens:
    """Words of a part as the transformer reads them."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._begin = [tokenizer.token_to_id("<s>"), *self._ids("query:")]
        self._end, self._unknown = tokenizer.token_to_id("</s>"), tokenizer.token_to_id("<unk>")

    def _ids(self, word: str) -> list[int]:
        return self._tokenizer.encode(word, add_special_tokens=False).ids

    def of(self, marks: Marks) -> tuple[list[int], list[int]]:
        """Return tokens, and which word each is of, -1 = none."""
        ids, owner = list(self._begin), [-1] * len(self._begin)
        for at, (form, shape) in enumerate(zip(marks.forms, marks.shapes, strict=True)):
            cased = form.capitalize() if shape == "Xx" else form.upper() if shape in ("X", "XX") else form
            word = self._ids(cased)[:6] or [self._unknown]
            if len(ids) + len(word) > LONGEST:
                break
            ids += word
            owner += [at] * len(word)
        return [*ids, self._end], [*owner, -1]


def _hidden(there: Tensor) -> Tensor:
    count, width = there.shape
    away = ((1 - there) * -1e4).to(_NUMBERS)[:, None, None, :]
    return away.expand(count, HEADS, width, width).reshape(count * HEADS, width, width)


def _by_length(lengths: Sequence[int], together: int) -> Iterator[list[int]]:
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    yield from (order[at : at + together] for at in range(0, len(order), together))


def taught(examples: Sequence[Example], seed: int = 1) -> Teacher:
    """Return a teacher that learned from labelled parts."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    examples = [one for one in examples if one.marks.forms]
    teacher = Teacher(vocabulary_of(examples))
    rows = teacher.rows((one.marks, one.kind) for one in examples)
    places = [places_of(one) for one in examples]
    hide = rules_among(teacher.vocabulary)
    halves = list(teacher.layers.parameters())
    whole = [nn.Parameter(one.detach().float()) for one in halves]
    others = [one for name, one in teacher.named_parameters()
              if one.requires_grad and not name.startswith("layers.")]  # fmt: skip
    optimizer = torch.optim.AdamW(
        [
            {"params": whole, "lr": RATE, "first": RATE},
            {"params": others, "lr": HEAD_RATE, "first": HEAD_RATE},
        ],
        weight_decay=0.02,
        fused=True,
    )
    learning = [*whole, *others]
    mean = [one.detach().clone() for one in learning]
    steps, step = PASSES * -(-len(rows) // BATCH), 0
    teacher.train()
    for _ in range(PASSES):
        batches = list(_by_length([int(len(row.owner) + draw.random() * 20) for row in rows], BATCH))
        draw.shuffle(batches)
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = group["first"] * min(1, (step + 1) / 80) * max(0.02, 1 - step / steps)
            scores, inside = teacher([rows[at] for at in batch], hide)
            loss = surprise(scores, inside, torch.stack([places[at] for at in batch]))
            teacher.zero_grad()
            loss.backward()
            for one, half in zip(whole, halves, strict=True):
                one.grad = half.grad.float()
            nn.utils.clip_grad_norm_(learning, 2.0)
            optimizer.step()
            step += 1
            with torch.no_grad():
                torch._foreach_copy_(halves, whole)
                torch._foreach_lerp_(mean, learning, 1 - min(KEPT, (1 + step) / (10 + step)))
    with torch.no_grad():
        torch._foreach_copy_(learning, mean)
        torch._foreach_copy_(halves, whole)
    return teacher.eval()


@torch.no_grad()
def answers(teacher: Teacher, parts: Sequence[Part], seed: int = 1) -> list[Answers]:
    """Draw what the teacher says of parts that nobody labelled."""
    drawn = np.random.default_rng(seed)
    parts = [one for one in parts if one.marks.forms]
    made: list[Answers] = []
    for batch in _by_length([len(one.marks.forms) for one in parts], 50 * _TOGETHER):
        rows = teacher.rows((parts[at].marks, parts[at].kind) for at in batch)
        for some in _by_length([len(row.owner) for row in rows], _TOGETHER):
            scores, _ = teacher([rows[at] for at in some])
            for at, one in zip(some, scores.double().numpy(), strict=True):
                part = parts[batch[at]]
                said = one[: len(part.marks.forms)].reshape(-1, len(READ), SCORES)
                places = np.stack([_drawn(said[:, slot].T, drawn) for slot in range(len(READ))], axis=1)
                made.append(Answers(marks=part.marks, kind=part.kind, places=places))
    return made


def _drawn(scores: np.ndarray, drawn: np.random.Generator) -> np.ndarray:
    """Return places [ANSWERS, 2], as likely as ``scores`` [SCORES, words] make them."""
    begins, goes_on, ends = scores
    passed = np.cumsum(goes_on)
    weights = (begins - passed + goes_on)[:, None] + (passed + ends)[None, :]
    weights[np.tril_indices(len(passed), -1)] = -np.inf
    odds = np.exp(weights - np.logaddexp(0.0, np.logaddexp.reduce(weights, axis=None)))
    bounds = np.cumsum(odds)
    # Spread evenly over what is likely, so that few answers tell it well.
    asked = drawn.permutation((np.arange(ANSWERS) + drawn.random()) / ANSWERS)
    at = np.minimum(np.searchsorted(bounds, asked), odds.size - 1)
    found = np.stack(np.divmod(at, len(passed)), axis=1)
    return np.where((asked < bounds[-1])[:, None], found, -1)
