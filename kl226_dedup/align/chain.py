"""Equal runs -> the best path through the draft: which runs belong to one copied passage, and where it was taken from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kl226_dedup.align.options import AlignOptions
from kl226_dedup.domain.alignment import Block

Run = tuple[int, int, int]
"""An equal run: draft place, source place, length in tokens."""

# Runs are found again by the source place where they end, in bins of this many tokens.
_BIN_BITS = 5
# Of places that explain as much, the one behind the passage before it is preferred, and the nearer one: both in tokens,
# and less than any difference in equal tokens.
_FORWARD = 0.2
_NEAR = 0.2
_NEAR_TOKENS = 1000.0


def chain_runs(runs: Sequence[Run], tokens: int, options: AlignOptions) -> list[list[Block]]:
    """Give each draft token to at most one run so that most tokens are explained; return the chains in draft order.

    Going on in the same passage costs ``gap_cost`` for every bridged token; going on elsewhere in the source costs
    ``jump``. So a sentence is taken to be from where it stands word for word, not from where its first words continue
    the passage before it. Work is linear in the runs: a run looks only at the last few that end where it could continue
    them, and at the best path up to where it starts.

    :param runs: in draft order.
    :param tokens: length of the draft.
    """
    paths = _Paths(tokens, options)
    for run in runs:
        paths.add(run)
    return paths.best()


class _Paths:
    """The best paths to every run so far."""

    def __init__(self, tokens: int, options: AlignOptions) -> None:
        self._options = options
        self._runs: list[Run] = []
        self._scores: list[float] = []
        self._before: list[tuple[int, bool]] = []
        self._ended: dict[int, list[tuple[int, int]]] = {}
        # Per draft token, the best score of a path that ends there, and the run it ends in.
        self._reached = [0.0] * (tokens + 1)
        self._reaching = [-1] * (tokens + 1)
        self._close = _Best(self._reached, self._reaching)
        self._far = _Best(self._reached, self._reaching)

    def add(self, run: Run) -> None:
        options, place = self._options, len(self._runs)
        start, source, length = run
        score, before, continues = self._start(run)
        last_bin = (source + options.seed_length) >> _BIN_BITS
        for number in range((source - options.gap) >> _BIN_BITS, last_bin + 1):
            for draft_end, earlier in self._ended.get(number, ())[-options.window :]:
                if start - draft_end > options.gap:
                    continue
                gain = _join(self._runs[earlier], run, options)
                if gain is not None and self._scores[earlier] + gain >= score:
                    score, before, continues = self._scores[earlier] + gain, earlier, True
        self._runs.append(run)
        self._scores.append(score)
        self._before.append((before, continues))
        self._ended.setdefault((source + length) >> _BIN_BITS, []).append((start + length, place))
        # A path may leave the run at any of its tokens; where another gets as far without it, nobody would.
        reached, value = self._reached, score
        for token in range(start + length, start, -1):
            if value <= self._close.score:
                break
            if value > reached[token]:
                reached[token], self._reaching[token] = value, place
            value -= 1.0

    def _start(self, run: Run) -> tuple[float, int, bool]:
        """Return score and predecessor of a run that starts a passage, and whether it continues one after all."""
        options = self._options
        start, source, length = run
        self._close.move(start)
        self._far.move(start - options.gap)
        score, before = self._close.score - options.jump, self._close.place
        if self._far.score - options.start >= score:
            score, before = self._far.score - options.start, self._far.place
        if before < 0:
            return score + length, before, False
        last = self._runs[before]
        distance = source - last[1] - last[2]
        score += length + _FORWARD * (distance >= 0) + _NEAR / (1 + abs(distance) / _NEAR_TOKENS)
        return score, before, _join(last, run, options) is not None

    def best(self) -> list[list[Block]]:
        """Return the best path, cut where it goes on elsewhere; what two runs share is cut off the earlier one there."""
        end = len(self._reached)
        self._close.move(end - 1)
        chains: list[list[Run]] = []
        place, continues = self._close.place, False
        while place >= 0:
            start, source, length = self._runs[place]
            if not continues:
                chains.append([])
                length = min(length, end - start)
            chains[-1].append((start, source, length))
            end = start
            place, continues = self._before[place]
        return [_trim(reversed(chain)) for chain in reversed(chains)]


class _Best:
    """The best of all tokens up to one that moves on."""

    def __init__(self, scores: Sequence[float], places: Sequence[int]) -> None:
        self.score, self.place = 0.0, -1
        self._scores, self._places = scores, places
        self._next = 0

    def move(self, token: int) -> None:
        scores = self._scores
        for current in range(self._next, token + 1):
            if scores[current] > self.score:
                self.score, self.place = scores[current], self._places[current]
        self._next = max(self._next, token + 1)


def _join(first: Run, second: Run, options: AlignOptions) -> float | None:
    """Return what going on from ``first`` to ``second`` adds to the score, or None when they are not one passage."""
    draft_gap = second[0] - first[0] - first[2]
    if draft_gap > options.gap:
        return None
    source_gap = second[1] - first[1] - first[2]
    if source_gap > options.gap:
        return None
    overlap = -min(draft_gap, source_gap, 0)
    if overlap >= second[2] or overlap >= first[2]:
        return None
    return second[2] - overlap - options.gap_cost * (max(draft_gap, source_gap) + overlap)


def _trim(chain: Iterable[Run]) -> list[Block]:
    """Cut overlaps off the later run."""
    trimmed: list[Block] = []
    draft_end = source_end = 0
    for start, source, length in chain:
        cut = max(0, draft_end - start, source_end - source)
        if cut < length:
            trimmed.append(Block(draft=start + cut, source=source + cut, length=length - cut))
            draft_end, source_end = start + length, source + length
    return trimmed
