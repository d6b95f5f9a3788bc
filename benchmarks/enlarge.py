"""A table of documents made larger, to measure speed with as many as an archive has.

    python benchmarks/enlarge.py documents.parquet --documents 50000 --output enlarged.parquet
    kl226 library add enlarged.parquet --library FOLDER
    python benchmarks/speed.py --corpus enlarged.parquet --library FOLDER

The documents of the table come first, as they are. The others are made of them: two of five lines are those of another
document of the type, and in long lines one word of eight is another word, drawn as often as it is used; the seed is
fixed. So they cost what real documents would, and say nothing about what is found.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

SEED = 50
TAKEN = 0.4  # share of lines that are another document's
HEAD_LINES = 4  # that stay: they name the document
LONG_CHARACTERS = 60
CHANGED_EVERY = 8  # words
VOCABULARY = 30_000
DRAWN = 5_000_000

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--output", type=Path, required=True)
    given = parser.parse_args()
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(given.table)
    rows = table.to_pylist()
    missing = max(0, given.documents - len(rows))
    with pq.ParquetWriter(given.output, table.schema) as writer:
        writer.write_table(table)
        made = enlarged(rows, random.Random(SEED))
        while missing:
            batch = [row for row, _ in zip(made, range(min(missing, len(rows))), strict=False)]
            writer.write_table(pa.Table.from_pylist(batch, schema=table.schema))
            missing -= len(batch)


def enlarged(rows: Sequence[Row], drawn: random.Random) -> Iterator[Row]:
    """Yield documents made of ``rows``, without end: of each row in turn, under a number and an id of their own."""
    lines = [row["text"].split("\n") for row in rows]
    of_type: Mapping[str | None, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        of_type[row["doc_type"]].append(place)
    words = stream(rows, drawn)
    turn = 0
    while True:
        turn += 1
        for place, row in enumerate(rows):
            other = lines[drawn.choice(of_type[row["doc_type"]])]
            text = "\n".join(mixed(lines[place], other, words, drawn))
            start, slash, rest = (row["number"] or "").partition("/")
            number = f"{start}{turn}/{rest}" if slash else row["number"]
            yield {
                **row,
                "doc_id": f"{row['doc_id']}x{turn}",
                "number": number,
                "text": text,
                "relations": None,
            }


def mixed(
    own: Sequence[str], other: Sequence[str], words: Iterator[str], drawn: random.Random
) -> Iterator[str]:
    for place, line in enumerate(own):
        chosen = other[place] if HEAD_LINES <= place < len(other) and drawn.random() < TAKEN else line
        if len(chosen) > LONG_CHARACTERS:
            parts = chosen.split(" ")
            for _ in range(max(1, len(parts) // CHANGED_EVERY)):
                parts[drawn.randrange(len(parts))] = next(words)
            chosen = " ".join(parts)
        yield chosen


def stream(rows: Sequence[Row], drawn: random.Random) -> Iterator[str]:
    """Yield words as often as they are used, without end."""
    counts = Counter(word for row in rows[::7] for word in row["text"].split()[:2_000])
    common = counts.most_common(VOCABULARY)
    made = drawn.choices([word for word, _ in common], [count for _, count in common], k=DRAWN)
    while True:
        yield from made


if __name__ == "__main__":
    main()
