"""The scorer of benchmarks/tasks.py, for tests: the script is the one place that says what a right task is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "tasks.py"
_SPEC = importlib.util.spec_from_file_location("benchmarks_tasks", _SCRIPT)
assert _SPEC is not None
assert _SPEC.loader is not None
_BENCHMARK = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_BENCHMARK)

score = _BENCHMARK.score
papers = _BENCHMARK.papers
document_of = _BENCHMARK.document_of
