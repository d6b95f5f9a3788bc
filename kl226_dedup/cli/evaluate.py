"""``kl226 evaluate``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kl226_dedup.cli import edge
from kl226_dedup.cli.options import LanguageOption, OutputOption, ProfileOption, QuietOption
from kl226_dedup.cli.speech import SPOKEN, say, tell, with_progress
from kl226_dedup.domain.dataset import Split
from kl226_dedup.report.evaluation import render_evaluation
from kl226_dedup.stores import files
from kl226_dedup.stores.datasets import PairKinds


class EvaluationFormat(StrEnum):
    """The forms of the result."""

    TEXT = "text"
    JSON = "json"


class SplitChoice(StrEnum):
    """Which cases are measured."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"


def evaluate(
    dataset: Annotated[
        Path,
        typer.Argument(
            metavar=say("BỘ-DỮ-LIỆU", "DATASET"),
            help=say(
                "Thư mục có dataset.json, hoặc bảng cặp văn bản (.csv).",
                "A folder with a dataset.json, or a table of pairs (.csv).",
            ),
            show_default=False,
        ),
    ],
    library: Annotated[
        Path | None,
        typer.Option(
            help=say(
                "Thư mục kho để đối chiếu (mặc định: kho tạm từ các tệp của bộ dữ liệu).",
                "Library to check against (default: a temporary one from the data set's files).",
            ),
            show_default=False,
        ),
    ] = None,
    split: Annotated[
        SplitChoice, typer.Option(help=say("Phần dữ liệu được đo.", "Which cases are measured."))
    ] = SplitChoice.ALL,
    format: Annotated[  # noqa: A002 - the word of the contract
        EvaluationFormat,
        typer.Option("--format", "-f", help=say("Dạng kết quả.", "Form of the result.")),
    ] = EvaluationFormat.TEXT,
    output: OutputOption = None,
    profile: ProfileOption = None,
    same: Annotated[
        str,
        typer.Option(
            help=say(
                "Bảng cặp: các loại cùng nội dung, cách nhau bằng dấu phẩy.",
                "Pairs table: the kinds that share text, separated by commas.",
            )
        ),
    ] = ",".join(PairKinds().same),
    different: Annotated[
        str,
        typer.Option(
            help=say(
                "Bảng cặp: các loại khác nội dung, không được coi là sao chép.",
                "Pairs table: the kinds that must not be reported as copying.",
            )
        ),
    ] = ",".join(PairKinds().different),
    seed: Annotated[
        int,
        typer.Option(min=0, help=say("Hạt giống của khoảng tin cậy.", "Seed of the confidence intervals.")),
    ] = 226,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Measure quality on labelled data."""
    from kl226_dedup.api.evaluation import evaluate as measure

    report = measure(
        dataset,
        library=library,
        split=None if split is SplitChoice.ALL else Split(split),
        profile=edge.load_profile(profile),
        pairs=PairKinds(same=_words(same), different=_words(different)),
        seed=seed,
        watch=lambda cases: with_progress(
            cases, total=len(cases), words=say("Đo chất lượng", "Measuring"), quiet=quiet
        ),
    )
    if format is EvaluationFormat.JSON:
        edge.emit(report.to_json(language=lang, indent=2) + "\n", output)
    else:
        edge.emit(render_evaluation(report, lang), output)
    if output is not None:
        tell(f"{say('Đã ghi', 'Written')}: {files.display_name(output)}", quiet=quiet)
    if not report.cases:
        raise typer.Exit(edge.COULD_NOT_RUN)


def _words(given: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in given.split(",") if word.strip())
