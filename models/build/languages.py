"""What all texts in a language have in common, as ``kl226_dedup/data/languages.npz``::

    python models/build/languages.py corpus_samples/translated kl226_dedup/data/languages.npz

From the sentences of ``anchors.txt`` and the passages of the translated drafts of the dev part, by language. To be run again
whenever e5-small-vi changes: the file names the model it was made with.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from kl226_dedup.api import parse
from kl226_dedup.stores import models
from kl226_dedup.text.language import VIETNAMESE, main_language
from kl226_dedup.text.passages import split_passages


def main() -> None:
    """Read the texts, write the means."""
    samples, output = map(Path, sys.argv[1:])
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for line in Path(__file__).with_name("anchors.txt").read_text(encoding="utf-8").splitlines():
        texts[main_language(line)].append(line)
    for line in (samples / "cases.jsonl").open(encoding="utf-8"):
        case = json.loads(line)
        if case["split"] == "dev":
            draft = parse(samples / case["draft"])
            texts[main_language(draft.text)] += [
                " ".join(span.of(draft.text).split()) for span in split_passages(draft.text, draft.zones)
            ]
    del texts[VIETNAMESE]
    encoder = models.load_transformer()
    means = {
        language: encoder.encode(sorted(set(found))).mean(axis=0) for language, found in sorted(texts.items())
    }
    print({language: len(set(found)) for language, found in texts.items()}, encoder.identity)
    np.savez(output, model=encoder.identity, **means)


if __name__ == "__main__":
    main()
