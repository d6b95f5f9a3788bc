"""Draws the sentences that say what texts have in common in any encoder, as ``kl226_dedup/data/sentences.txt``::

    python models/build/common.py --corpus documents.parquet kl226_dedup/data/sentences.txt

Vietnamese ones from the corpus, as the shipped models learned from, and the other languages of ``anchors.txt``. Each line is
the language, a tab and the sentence, in random order. The mean of a model of the user's own, and how much each of its tokens
says, are measured on them.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from sentences import read_corpus, training_sentences

from kl226_dedup.text.language import VIETNAMESE, language_of

_VIETNAMESE = 2000
"""Sentences whose tokens are counted."""

_OTHERS = 60
"""Sentences of another language at most."""

_DRAWN_FROM = 60_000


def main() -> None:
    """Draw and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, help="table with doc_id and text (.parquet)")
    parser.add_argument("--seed", type=int, default=226)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    read = training_sentences(read_corpus(options.corpus), _DRAWN_FROM, options.seed)
    found = [one for one in read if language_of(one) == VIETNAMESE and "http" not in one]
    chosen = draw.sample(found, _VIETNAMESE)
    lines = [f"{VIETNAMESE}\t{' '.join(one.split())}" for one in chosen]
    by_language: dict[str, list[str]] = {}
    for one in Path(__file__).with_name("anchors.txt").read_text(encoding="utf-8").splitlines():
        language = language_of(one)
        if language not in (None, VIETNAMESE):
            by_language.setdefault(str(language), []).append(one)
    for language, texts in sorted(by_language.items()):
        lines += [f"{language}\t{one}" for one in draw.sample(texts, min(_OTHERS, len(texts)))]
    options.output.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
