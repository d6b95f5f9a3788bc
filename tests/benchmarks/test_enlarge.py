"""The table that speed is measured with is the archive's documents and others made of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]


def test_a_table_is_made_as_large_as_asked_and_begins_with_its_own_documents(tmp_path: Path) -> None:
    line = (
        "Ủy ban nhân dân xã rà soát hồ sơ số {}, gửi báo cáo về Sở Nội vụ trước ngày {} tháng 6 để tổng hợp."
    )
    rows = [
        {
            "doc_id": f"d{at}",
            "doc_type": "Kế hoạch",
            "number": f"{at}/KH-UBND",
            "text": "\n".join(line.format(at, turn) for turn in range(1, 20)),
            "relations": None,
        }
        for at in range(3)
    ]
    source, larger = tmp_path / "t.parquet", tmp_path / "larger.parquet"
    schema = pa.schema([(name, pa.string()) for name in rows[0]])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), source)
    command = [sys.executable, str(ROOT / "benchmarks" / "enlarge.py"), str(source)]
    subprocess.run([*command, "--documents", "8", "--output", str(larger)], check=True)
    made = pq.read_table(larger).to_pylist()
    assert len(made) == 8
    assert made[:3] == rows
    assert len({row["doc_id"] for row in made}) == len({row["number"] for row in made}) == 8
    first, copy = rows[0]["text"].split("\n"), made[3]["text"].split("\n")
    assert copy[:4] != first[:4]
    assert len(copy) == len(first)
    assert len({row["text"] for row in made}) == 8
