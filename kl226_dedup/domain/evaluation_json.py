"""An evaluation as JSON (schema ``kl226.evaluation/1``): the names are those of the values in ``domain.evaluation``."""

from __future__ import annotations

import json
from dataclasses import asdict

from kl226_dedup.domain.document_json import notices_json
from kl226_dedup.domain.evaluation import EvaluationReport, Scores
from kl226_dedup.domain.language import Language

EVALUATION_SCHEMA = "kl226.evaluation/1"


def evaluation_to_json(
    report: EvaluationReport, *, language: Language = Language.VI, indent: int | None = None
) -> str:
    """Return the evaluation as a JSON object. ``EvaluationReport.to_json`` is the same."""
    payload = {
        "schema": EVALUATION_SCHEMA,
        "language": language,
        "dataset": {
            "name": report.dataset,
            "description": report.description,
            "split": report.split,
            "cases": len(report.cases),
            "failed": len(report.failures),
        },
        "overall": asdict(report.overall),
        "by_kind": _by_name(report.by_kind),
        "by_split": _by_name(report.by_split),
        # Every mistake stands once, in the list of all.
        "cases": [
            {name: value for name, value in asdict(case).items() if name != "mistakes"}
            for case in report.cases
        ],
        "mistakes": [asdict(mistake) for mistake in report.mistakes],
        "failures": [
            {"draft": one.name, "code": one.code, "message": one.message.in_(language)}
            for one in report.failures
        ],
        "warnings": notices_json(report.warnings, language),
        "intervals": {"level": 0.95, "resamples": report.resamples, "seed": report.seed},
        "library": {"documents": report.library.documents, "fingerprint": report.library.fingerprint},
        "profile": dict(report.profile),
        "tool": {"name": "kl226_dedup", "version": report.tool_version},
    }
    return json.dumps(payload, ensure_ascii=False, indent=indent, allow_nan=False)


def _by_name(scores: tuple[tuple[str, Scores], ...]) -> list[dict[str, object]]:
    return [{"name": name, **asdict(one)} for name, one in scores]
