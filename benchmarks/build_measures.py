"""Build the reference distribution of length and clarity, ``kl226_dedup/data/tables/measures.tsv``.

    python benchmarks/build_measures.py --corpus documents.parquet

Needs a table of issued documents with the columns ``text``, ``doc_type`` and ``variant``. Texts rebuilt from a codification
(variant "phapdien_reconstructed") have lost preamble and appendix and are left out. Of each type at most --most documents
are measured, chosen by the order of the SHA-256 of their ids, so that the same corpus gives the same table. Row "*" is
over all types that administer rather than legislate.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from pathlib import Path

import numpy as np

from kl226_dedup.app.read import read_document
from kl226_dedup.domain.document import Header, SourceFile
from kl226_dedup.domain.errors import InputError
from kl226_dedup.domain.report import Measures
from kl226_dedup.domain.tables import PERCENTILES
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.rules.measures import measure_text
from kl226_dedup.stores.tables import load_tables

TABLE = Path(__file__).resolve().parents[1] / "kl226_dedup" / "data" / "tables" / "measures.tsv"
NAMES = ("body_syllables", "sentence_median", "sentence_p90", "long_sentences", "slogan_density")
ADMINISTRATIVE = frozenset(
    [
        "Báo cáo",
        "Chỉ thị",
        "Chương trình",
        "Công văn",
        "Kế hoạch",
        "Nghị quyết",
        "Quyết định",
        "Thông báo",
        "Tờ trình",
    ]
)
FEWEST = 15
FEWEST_SYLLABLES = 100
LONGEST = 200_000


def measured(corpus: Path, most: int) -> dict[str, list[Measures]]:
    """Measure the documents of ``corpus``, at most ``most`` of a type."""
    import pyarrow.parquet as pq

    columns = ["doc_id", "doc_type", "variant", "text"]
    rows = [
        row
        for row in pq.read_table(corpus, columns=columns).to_pylist()
        if row["doc_type"] and row["variant"] != "phapdien_reconstructed" and len(row["text"]) <= LONGEST
    ]
    rows.sort(key=lambda row: hashlib.sha256(row["doc_id"].encode()).digest())
    tables = load_tables()
    found: dict[str, list[Measures]] = defaultdict(list)
    for row in rows:
        name = row["doc_type"]
        if len(found[name]) >= most:
            continue
        content = row["text"].encode()
        source = SourceFile(name=f"{row['doc_id']}.txt", content=content)
        try:
            document = read_document(source, tables=tables, limits=ParseLimits(), known=Header(type=name))
        except InputError:
            continue
        measures = measure_text(document, tables)
        if measures.body_syllables >= FEWEST_SYLLABLES and measures.sentences:
            found[name].append(measures)
    return found


def rows_of(found: dict[str, list[Measures]]) -> list[str]:
    """Return the lines of the table, header first."""
    groups = {name: values for name, values in sorted(found.items()) if len(values) >= FEWEST}
    groups["*"] = [one for name in sorted(ADMINISTRATIVE & found.keys()) for one in found[name]]
    lines = ["\t".join(("type", "measure", "documents", *(f"p{one}" for one in PERCENTILES)))]
    for name, values in groups.items():
        for measure in NAMES:
            spread = np.percentile([getattr(one, measure) for one in values], PERCENTILES)
            lines.append(
                "\t".join((name, measure, str(len(values)), *(f"{value:.4g}" for value in spread.tolist())))
            )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--most", type=int, default=150)
    arguments = parser.parse_args()
    found = measured(arguments.corpus, arguments.most)
    TABLE.write_text("\n".join(rows_of(found)) + "\n", encoding="utf-8", newline="\n")
    for name, values in sorted(found.items()):
        print(f"{name}: {len(values)}")


if __name__ == "__main__":
    main()
