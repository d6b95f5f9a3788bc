"""Draws the sentences that say what texts have in common in any encoder, as ``kl226_dedup/data/sentences.txt``::

    python models/build/common.py --corpus documents.parquet kl226_dedup/data/sentences.txt

Vietnamese ones from the corpus, as the shipped models learned from, and the other languages of ``anchors.txt``. Each line is
the language, a tab and the sentence, in random order. The mean of a model of the user's own, and how much each of its tokens
says, are measured on them. None names a person: papers that tell of people, such as precedents of courts, are left out
whole.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

from sentences import read_corpus, training_sentences

from kl226_dedup.text.language import UNKNOWN, VIETNAMESE, language_of

_VIETNAMESE = 2000
"""Sentences whose tokens are counted."""

_OTHERS = 60
"""Sentences of another language at most."""

_DRAWN_FROM = 60_000

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đoàn|Lâm|Trịnh|Mai|Tô|Quàng"
    "|Tống|Cao|Hà|Lương|Lưu|Tạ|Thái|Châu|Quách|Vương|Kiều|Cấn|Phùng|Đào|Chu|Triệu|Nông|Lò|Lường|Giàng|Thào|Vàng|Hứa|Mạc|La|Khúc"
)
_CAPITAL = "[A-ZĐÀ-ÖØ-ÝẠ-ỸĂÂÊÔƠƯ]"
_PERSON = re.compile(
    rf"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ|[Cc]háu|[Cc]ô|[Cc]hú|[Đđ]ồng chí|[Đđ]/c|BS|ThS|[Bb]ác sĩ"
    rf"|vợ chồng)\.?\s+{_CAPITAL}"
    rf"|\b(?:{_SURNAMES})\s+(?:Thị|Văn|{_CAPITAL}\w*)(?:\s+{_CAPITAL}|\b)|@|\b0\d{{2,3}}[ .]?\d{{3}}"
)
"""A person by name, an address of theirs. It takes streets and places with such a name too: nothing is lost by that."""

_TELLS_OF_PEOPLE = 5
"""Names in a document from which all of it is left out."""


def _tells_of_people(text: str) -> bool:
    return sum(1 for _ in _PERSON.finditer(text)) >= _TELLS_OF_PEOPLE


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
    papers = [(name, text) for name, text in read_corpus(options.corpus) if not _tells_of_people(text)]
    read = training_sentences(papers, _DRAWN_FROM, options.seed)
    found = [
        one
        for one in read
        if language_of(one) == VIETNAMESE and "http" not in one and not _PERSON.search(one)
    ]
    chosen = draw.sample(found, _VIETNAMESE)
    lines = [f"{VIETNAMESE}\t{' '.join(one.split())}" for one in chosen]
    by_language: dict[str, list[str]] = {}
    for one in Path(__file__).with_name("anchors.txt").read_text(encoding="utf-8").splitlines():
        language = language_of(one)
        if language not in (None, UNKNOWN, VIETNAMESE) and not _PERSON.search(one):
            by_language.setdefault(str(language), []).append(one)
    for language, texts in sorted(by_language.items()):
        lines += [f"{language}\t{one}" for one in draw.sample(texts, min(_OTHERS, len(texts)))]
    options.output.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
