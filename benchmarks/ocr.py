"""What a scan of a draft loses: wrong characters, copied passages no longer found, verdicts that change.

    python benchmarks/ocr.py [--output FOLDER]

The texts of the sample drafts are set in 14 pt on A4 pages at 300 dpi, then made worse as a scanner does: leaning up to
a degree, blurred, grey noise, specks, JPEG. Both each draft as it is and its scan are checked against the sample
library. A passage counts as found when passages reported as copied cover at least half of it. Nothing is tuned here, so
drafts of both splits are read. Prints a table; ``--output`` keeps a JSON file and the first page of each scan.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

from kl226_dedup.api import Library, check_on, parse
from kl226_dedup.app.intervals import proportion
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.dataset import Case
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.match import MatchStatus
from kl226_dedup.domain.report import Report
from kl226_dedup.stores import ocr
from kl226_dedup.stores.datasets import read_dataset

SAMPLES = Path(__file__).resolve().parent.parent / "corpus_samples"
SEED = 226
DPI = 300
PAGE = (2480, 3508)  # pixels of A4
LEFT, TOP, RIGHT, BOTTOM = (
    354,
    236,
    177,
    236,
)  # margins in pixels: 30, 20, 15, 20 mm, as Decree 30/2020 wants them
INDENT, LINE = 118, 92  # pixels: 10 mm, 14 pt with 1.57 of its height
FONTS = ("LiberationSerif-Regular.ttf", "times.ttf", "Times New Roman.ttf", "DejaVuSerif.ttf")
LEAN = 1.0  # degrees either way
BLUR = 0.8  # pixels
NOISE = 12.0  # grey levels, standard deviation
SPECKS = 2e-4  # share of pixels
QUALITY = 60  # of JPEG
FOUND_FROM = 0.5  # share of a passage's characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One draft: characters, wrong ones, copied passages (found in the draft itself, of these in its scan), verdicts."""

    draft: str
    pages: int
    characters: int
    wrong: int
    passages: int
    found: int
    still_found: int
    verdict: str
    scanned_verdict: str


@cache
def font() -> ImageFont.FreeTypeFont:
    """Return the first serif font with Vietnamese letters that is installed, 14 pt."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, round(14 * DPI / 72))
        except OSError:
            continue
    raise SystemExit("Install a font with Vietnamese letters: apt install fonts-liberation2")


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the indent and the words of each line that a page has room for, paragraph by paragraph."""
    room = PAGE[0] - LEFT - RIGHT
    for paragraph in text.split("\n"):
        indent, line = INDENT, ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and indent + font().getlength(longer) > room:
                yield indent, line
                indent, longer = 0, word
            line = longer
        yield indent, line


def pages_of(text: str) -> list[Image.Image]:
    """Return the text set on clean pages."""
    pages: list[Image.Image] = []
    y = PAGE[1]
    for indent, line in lines_of(text):
        if y + LINE > PAGE[1] - BOTTOM:
            pages.append(Image.new("L", PAGE, 255))
            y = TOP
        ImageDraw.Draw(pages[-1]).text((LEFT + indent, y), line, 0, font())
        y += LINE
    return pages


def scanned(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """Return the page as a scanner would give it."""
    leaning = page.rotate(random.uniform(-LEAN, LEAN), Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(leaning.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.float32)
    grey = grey * 0.85 + 30 + random.normal(0, NOISE, grey.shape)  # ink is no black, paper no white
    grey[random.random(grey.shape) < SPECKS] = 40
    buffer = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=QUALITY)
    return Image.open(buffer)


def pdf_of(pages: Sequence[Image.Image]) -> bytes:
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=QUALITY)
    return buffer.getvalue()


def covered(report: Report) -> np.ndarray:
    """Return for each character of the draft whether it lies in a passage reported as copied."""
    inside = np.zeros(len(report.draft.text) + 1, dtype=bool)
    for source in report.sources:
        for match in source.matches:
            if match.status is MatchStatus.COPIED:
                inside[match.draft.start : match.draft.end] = True
    return inside


class Places:
    """Where the characters of one text stand in another that was read from its picture; runs of blanks are one."""

    def __init__(self, text: str, read: str) -> None:
        before, self._before = folded(text)
        after, self._after = folded(read)
        blocks = Levenshtein.opcodes(before, after)
        self.characters = len(before)
        self.wrong = Levenshtein.distance(before, after)
        self._blocks = [(one.src_start, one.dest_start, one.dest_end) for one in blocks]
        self._starts = [one[0] for one in self._blocks]

    def of(self, place: int) -> int:
        """Return the place in the text that was read for one in the true text."""
        folded_place = bisect_left(self._before, place)
        source, first, last = self._blocks[max(0, bisect_right(self._starts, folded_place) - 1)]
        return self._after[min(first + folded_place - source, last, len(self._after) - 1)]


def folded(text: str) -> tuple[str, list[int]]:
    """Return the text with a blank for every run of white space, and where its characters stood."""
    kept = [
        place
        for place, character in enumerate(text)
        if not character.isspace() or not text[place - 1 : place].isspace()
    ]
    return "".join(" " if text[place].isspace() else text[place] for place in kept), kept


def measure(case: Case, scan: Document, pages: int, typed: Report, library: Library) -> Outcome:
    """Compare the report on a draft with the one on its scan."""
    report = check_on(scan, library, Profile())
    places = Places(typed.draft.text, scan.text)
    before, after = covered(typed), covered(report)
    spans = [passage.draft for passage in case.passages or () if passage.status is MatchStatus.COPIED]
    found = [span for span in spans if before[span.start : span.end].mean() >= FOUND_FROM]
    still = 0
    for span in found:
        start, end = places.of(span.start), places.of(span.end)
        still += end > start and bool(after[start:end].mean() >= FOUND_FROM)
    return Outcome(
        draft=str(case.draft),
        pages=pages,
        characters=places.characters,
        wrong=places.wrong,
        passages=len(spans),
        found=len(found),
        still_found=still,
        verdict=str(typed.verdict.label),
        scanned_verdict=str(report.verdict.label),
    )


def main() -> None:
    """Print a row for each draft, and the sums."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path)
    parser.add_argument("--drafts", type=int, help="only so many")
    arguments = parser.parse_args()
    if ocr.tesseract() is None:
        raise SystemExit("Install Tesseract: apt install tesseract-ocr tesseract-ocr-vie")
    data = read_dataset(SAMPLES)
    outcomes: list[Outcome] = []
    print("| Draft | Pages | Characters | Wrong | Passages found | On the scan | Verdict | On the scan |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, Library.open(folder, create=True) as library:
        library.add([SAMPLES / "issued"], profile=Profile())
        with library.reading():
            for number, case in enumerate(data.cases[: arguments.drafts]):
                draft = parse(SAMPLES / str(case.draft), known=case.header)
                random = np.random.default_rng([SEED, number])
                pages = [scanned(page, random) for page in pages_of(draft.text)]
                name = Path(str(case.draft)).stem
                if arguments.output:
                    arguments.output.mkdir(parents=True, exist_ok=True)
                    pages[0].save(arguments.output / f"{name}.png")
                scan = parse(pdf_of(pages), name=f"{name}.pdf", known=case.header)
                one = measure(case, scan, len(pages), check_on(draft, library, Profile()), library)
                outcomes.append(one)
                print(
                    f"| {name} | {one.pages} | {one.characters} | {one.wrong / one.characters:.2%} "
                    f"| {one.found} of {one.passages} | {one.still_found} | {one.verdict} | {one.scanned_verdict} |",
                    flush=True,
                )
    summarise(outcomes)
    if arguments.output:
        text = json.dumps([asdict(one) for one in outcomes], ensure_ascii=False, indent=1)
        (arguments.output / "ocr.json").write_text(text, encoding="utf-8")


def summarise(outcomes: Sequence[Outcome]) -> None:
    """Print the shares over all drafts, with 95% intervals where they are shares of passages or drafts."""
    characters = sum(one.characters for one in outcomes)
    wrong = sum(one.wrong for one in outcomes)
    found = sum(one.found for one in outcomes)
    still = sum(one.still_found for one in outcomes)
    same = sum(one.verdict == one.scanned_verdict for one in outcomes)
    worst = max(one.wrong / one.characters for one in outcomes)
    print(f"\n{len(outcomes)} drafts, {sum(one.pages for one in outcomes)} pages, {characters} characters")
    print(f"wrong characters: {wrong / characters:.2%}; in the worst draft {worst:.2%}")
    for what, count, total in (
        ("copied passages still found", still, found),
        ("verdicts kept", same, len(outcomes)),
    ):
        share = proportion(count, total)
        interval = "" if share is None else f" = {share.value:.3f} [{share.low:.3f}, {share.high:.3f}]"
        print(f"{what}: {count} of {total}{interval}")


if __name__ == "__main__":
    main()
