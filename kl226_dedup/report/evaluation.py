"""An evaluation -> tables for a terminal: 80 columns, understood without colour."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from kl226_dedup.domain.evaluation import (
    Classification,
    ClassScore,
    Detection,
    Estimate,
    EvaluationReport,
    Mistake,
    MistakeGroup,
    Scores,
)
from kl226_dedup.domain.language import Bilingual, Language
from kl226_dedup.report.inert import inert

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MISTAKES_SHOWN = 5
"""Mistakes of a group that are printed, worst first; the JSON has all."""

_GROUPS = {
    MistakeGroup.WRONG_VERDICT: Bilingual(vi="Kết luận sai", en="Wrong verdicts"),
    MistakeGroup.MISSED_PASSAGE: Bilingual(vi="Đoạn sao chép bị bỏ sót", en="Missed passages"),
    MistakeGroup.FALSE_PASSAGE: Bilingual(vi="Đoạn bị coi nhầm là sao chép", en="False passages"),
    MistakeGroup.WRONG_SOURCE: Bilingual(vi="Sai nguồn", en="Wrong sources"),
}
_TASK_PARTS = {
    "boundary": Bilingual(vi="ranh giới", en="boundary"),
    "lead": Bilingual(vi="đầu mối chủ trì", en="lead"),
    "deadline": Bilingual(vi="thời hạn", en="deadline"),
    "product": Bilingual(vi="sản phẩm", en="product"),
    "resources": Bilingual(vi="nguồn lực", en="resources"),
}


def render_evaluation(report: EvaluationReport, language: Language = Language.VI, *, width: int = 80) -> str:
    """Return the evaluation as tables and the worst mistakes with their texts.

    :param width: columns, 60 or more.
    """
    from rich.console import Console

    stream = StringIO()
    console = Console(
        file=stream,
        width=max(60, width),
        force_terminal=False,
        color_system=None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    _Printer(console, language).report(report)
    return "\n".join(line.rstrip() for line in stream.getvalue().rstrip("\n").split("\n")) + "\n"


class _Printer:
    def __init__(self, console: Console, language: Language) -> None:
        self._console = console
        self._language = language

    def report(self, report: EvaluationReport) -> None:
        self._console.rule(self._say(f"Đo chất lượng: {report.dataset}", f"Quality on {report.dataset}"))
        self._line(
            self._say(
                f"{len(report.cases)} trường hợp, {report.library.documents} văn bản trong kho, "
                f"khoảng tin cậy 95% (hạt giống {report.seed})",
                f"{len(report.cases)} cases, {report.library.documents} documents in the library, "
                f"95% confidence intervals (seed {report.seed})",
            )
        )
        for failure in report.failures:
            self._line(f"✕ {failure.name}: {failure.message.in_(self._language)}")
        for warning in report.warnings:
            self._line(f"! {warning.message.in_(self._language)}")
        self._summary(report.overall)
        self._classes(self._say("Kết luận", "Verdicts"), report.overall.verdicts)
        self._classes(self._say("Mức trùng của cặp văn bản", "Pair labels"), report.overall.labels)
        self._tasks(report.overall.tasks)
        self._groups(self._say("Theo loại", "By kind"), report.by_kind)
        self._groups(self._say("Theo phần", "By split"), report.by_split)
        for group, mistakes in groupby(report.mistakes, key=lambda one: one.group):
            self._mistakes(_GROUPS[group].in_(self._language), list(mistakes))

    def _summary(self, scores: Scores) -> None:
        table = self._table("", self._say("giá trị", "value"), "95%", "n")
        rows: list[tuple[str, Estimate | None]] = [
            (self._say("kết luận đúng", "verdict accuracy"), scores.verdicts.accuracy),
            (self._say("kết luận: F1 trung bình", "verdict macro F1"), scores.verdicts.macro_f1),
            (
                self._say("kết luận oan (phải đạt)", "false accusations (should pass)"),
                scores.false_accusations,
            ),
            (
                self._say("cặp khác nội dung bị coi là chép", "different pairs called copied"),
                scores.false_pairs,
            ),
            (
                self._say("cặp như vậy mà dự thảo không đạt", "such pairs whose draft did not pass"),
                scores.held_up_pairs,
            ),
            (self._say("đúng nguồn ở vị trí đầu", "right source first"), scores.retrieval.first),
            (
                self._say("đúng nguồn trong 3 vị trí đầu", "right source in the first 3"),
                scores.retrieval.top3,
            ),
            ("MRR", scores.retrieval.mrr),
            (self._say("nguồn tìm được (recall)", "sources found (recall)"), scores.retrieval.recall),
            (self._say("mức trùng đúng", "pair label accuracy"), scores.labels.accuracy),
            (self._say("mức trùng: F1 trung bình", "pair label macro F1"), scores.labels.macro_f1),
            (self._say("quan hệ đúng", "relation accuracy"), scores.relations.accuracy),
            (self._say("kiểu chép đúng", "kind accuracy"), scores.kinds.accuracy),
            *self._detection(self._say("ký tự", "characters"), scores.micro),
            *self._detection(self._say("đoạn", "passages"), scores.macro),
            (
                self._say("đoạn chép tìm được (nửa đoạn trở lên)", "copied passages found (half or more)"),
                scores.found_by_half,
            ),
            (
                self._say("đoạn nêu ra đúng (nửa đoạn trở lên)", "detections right (half or more)"),
                scores.right_by_half,
            ),
            (self._say("trích dẫn bị coi là chép", "quoted called copied"), scores.quoted_as_copied),
            (
                self._say("dùng lại hợp lệ bị coi là chép", "legitimate reuse called copied"),
                scores.excluded_as_copied,
            ),
            (
                self._say("câu mẫu bị coi là chép", "stock wording called copied"),
                scores.boilerplate_as_copied,
            ),
        ]
        for name, estimate in rows:
            if estimate is not None:
                interval = f"{estimate.low:.3f}–{estimate.high:.3f}"
                table.add_row(name, f"{estimate.value:.3f}", interval, str(estimate.count))
        self._print(self._say("Tổng hợp", "Summary"), table)

    def _detection(self, unit: str, scores: Detection) -> list[tuple[str, Estimate | None]]:
        names = ("precision", "recall", "granularity", "plagdet")
        return [(f"{name} ({unit})", getattr(scores, name)) for name in names]

    def _classes(self, title: str, scores: Classification) -> None:
        """Print one row per class: precision, recall, F1, and what was found instead."""
        if not scores.classes:
            return
        names = [one.name for one in scores.classes]
        used = [
            place
            for place, one in enumerate(scores.classes)
            if one.support or any(row[place] for row in scores.confusion)
        ]
        table = self._table(
            self._say("đúng ra ↓ tìm thấy →", "truth ↓ found →"),
            *(_short(names[place]) for place in used),
            "P",
            "R",
            "F1",
        )
        for place in used:
            one = scores.classes[place]
            cells = [str(scores.confusion[place][other]) for other in used]
            table.add_row(one.name, *cells, *(_value(part) for part in (one.precision, one.recall, one.f1)))
        self._print(title, table)

    def _tasks(self, scores: Sequence[ClassScore]) -> None:
        """Print the tasks found and the slots of them, with the interval of F1."""
        if not scores:
            return
        table = self._table(self._say("nhiệm vụ", "tasks"), "n", "P", "R", "F1", "95%")
        for one in scores:
            name = _TASK_PARTS[one.name].in_(self._language)
            interval = "–" if one.f1 is None else f"{one.f1.low:.2f}–{one.f1.high:.2f}"
            table.add_row(name, str(one.support), *map(_value, (one.precision, one.recall, one.f1)), interval)
        self._print(self._say("Nhiệm vụ dự thảo giao", "Tasks the drafts assign"), table)

    def _groups(self, title: str, groups: Sequence[tuple[str, Scores]]) -> None:
        if not groups:
            return
        table = self._table(
            "",
            "n",
            self._say("kết luận", "verdict"),
            self._say("nguồn 1", "first"),
            self._say("nguồn", "found"),
            "P",
            "R",
            "plagdet",
            self._say("oan", "false"),
        )
        for name, scores in groups:
            values = (
                scores.verdicts.accuracy,
                scores.retrieval.first,
                scores.retrieval.recall,
                scores.micro.precision,
                scores.micro.recall,
                scores.micro.plagdet,
                scores.false_accusations or scores.false_pairs,
            )
            table.add_row(name, str(scores.cases), *(_value(one) for one in values))
        self._print(title, table)

    def _mistakes(self, title: str, mistakes: Sequence[Mistake]) -> None:
        self._line()
        self._line(f"{title} ({len(mistakes)})")
        for mistake in mistakes[:MISTAKES_SHOWN]:
            expected, found = self._say("đúng ra", "expected"), self._say("tìm thấy", "found")
            self._line(
                f"• {mistake.case_id}: {expected} {mistake.expected}; {found} {mistake.found}", indent=2
            )
            for name, text in (
                (self._say("dự thảo", "draft"), mistake.draft_text),
                (self._say("nguồn", "source"), mistake.source_text),
            ):
                if text:
                    self._line(f"{name}: {inert(text)}", indent=6)
        if len(mistakes) > MISTAKES_SHOWN:
            rest = len(mistakes) - MISTAKES_SHOWN
            self._line(self._say(f"  … còn {rest}, xem --format json", f"  … {rest} more, see --format json"))

    def _table(self, *columns: str) -> Table:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column(columns[0], overflow="fold")
        for column in columns[1:]:
            table.add_column(column, justify="right", no_wrap=True)
        return table

    def _print(self, title: str, table: Table) -> None:
        self._line()
        self._line(title)
        self._console.print(table)

    def _line(self, text: str = "", *, indent: int = 0) -> None:
        from rich.padding import Padding
        from rich.text import Text

        self._console.print(Padding(Text(text), (0, 0, 0, indent)))

    def _say(self, vi: str, en: str) -> str:
        return Bilingual(vi=vi, en=en).in_(self._language)


def _value(estimate: Estimate | None) -> str:
    return "–" if estimate is None else f"{estimate.value:.2f}"


def _short(name: str) -> str:
    """Return a class name that fits a narrow column."""
    return name if len(name) <= 8 else name[:7] + "…"
