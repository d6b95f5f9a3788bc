"""How much of real files in old encodings comes back: share of the letters with marks that equal a hand transcript.

    python benchmarks/legacy.py --corpus PATH [--misses]

PATH holds NAME.truth.txt beside NAME.doc, .docx, .rtf, .pdf … . Both texts are put in NFC and their white
space is folded; they are aligned by difflib on words and then on characters, and a letter with marks of the transcript
counts as recovered when an equal letter is aligned with it. "any case" counts a letter in another case as equal:
transcripts keep the small letters that fonts of capitals (.VnTimeH) draw as capitals, the product makes them capitals.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import kl226_dedup


def words_of(text: str) -> list[str]:
    """Return the words of a text in NFC, without numbers, which tables show rounded."""
    return [word for word in unicodedata.normalize("NFC", text).split() if any(map(str.isalpha, word))]


def has_marks(char: str) -> bool:
    """Tell whether a character is a letter with marks, or đ."""
    return char in "đĐ" or (char.isalpha() and len(unicodedata.normalize("NFD", char)) > 1)


def recovered(
    truth: list[str], found: list[str], misses: Counter[tuple[str, str]], *, is_moved: bool = False
) -> tuple[int, int]:
    """Return how many letters with marks of ``truth`` were recovered, and how many there are.

    What stands elsewhere (footnotes at the end instead of at the foot of the page) is looked for a second time.
    """
    hits = total = 0
    lost: list[str] = []
    extra: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, truth, found, autojunk=False).get_opcodes():
        before, after = " ".join(truth[a:b]), " ".join(found[c:d])
        marked = sum(map(has_marks, before))
        total += marked
        if tag == "equal":
            hits += marked
            continue
        equal = [
            char
            for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
            for char in before[block.a : block.a + block.size]
        ]
        recovered_here = sum(map(has_marks, equal))
        if recovered_here < marked and is_moved:
            misses[before[:90], after[:90]] += marked - recovered_here
        if not is_moved and recovered_here * 2 < marked:
            lost += truth[a:b]
            extra += found[c:d]
        else:
            hits += recovered_here
            extra += found[c:d]
    if lost and extra:
        hits += recovered(lost, extra, misses, is_moved=True)[0]
    return hits, total


def main() -> None:
    """Print a table with one row a file, and the means."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--misses", action="store_true", help="show what was not recovered")
    arguments = parser.parse_args()
    shares: list[tuple[float, float]] = []
    print("| File | Letters | Exact | Any case | Encoding | Confidence |\n|---|---|---|---|---|---|")
    for transcript in sorted(arguments.corpus.glob("*.truth.txt")):
        stem = transcript.name.removesuffix(".truth.txt")
        path = next(p for p in sorted(arguments.corpus.glob(f"{stem}.*")) if p != transcript)
        try:
            document = kl226_dedup.parse(path)
        except kl226_dedup.Kl226Error as error:
            print(f"| {path.name} | | {error} | | | |")
            continue
        truth = words_of(transcript.read_text(encoding="utf-8"))
        found = words_of(document.text)
        misses: Counter[tuple[str, str]] = Counter()
        hits, total = recovered(truth, found, misses)
        loose, _ = recovered([word.lower() for word in truth], [word.lower() for word in found], Counter())
        shares.append((hits / total, loose / total))
        done = ", ".join(f"{s.detail} {s.count}" for s in document.steps if s.action == "converted_encoding")
        said = "; ".join(
            w.message.en for w in document.warnings if w.code in ("legacy_encoding", "unreliable_text")
        )
        print(f"| {path.name} | {total} | {hits / total:.4f} | {loose / total:.4f} | {done} | {said[:120]} |")
        if arguments.misses:
            for (before, after), count in misses.most_common(25):
                print(f"    {count:4d} {before!r} -> {after!r}")
    if shares:
        exact, loose_share = (sum(column) / len(shares) for column in zip(*shares, strict=True))
        print(f"\nMean of {len(shares)} files: exact {exact:.4f}, any case {loose_share:.4f}")


if __name__ == "__main__":
    main()
