"""Reports -> text for a terminal, a pipe or a letter: 80 columns, understood without colour."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING

from kl226_dedup.domain.language import Language, Notice
from kl226_dedup.domain.match import NO_REUSE, ChangeType, Exclusion, Match, MatchStatus
from kl226_dedup.domain.report import (
    AddedValue,
    Failure,
    Finding,
    Measures,
    Report,
    Severity,
    Source,
    Task,
    VerdictLabel,
)
from kl226_dedup.domain.report_json import ReportJson
from kl226_dedup.domain.span import Span
from kl226_dedup.report.advice import SAME_ADVICE, alike
from kl226_dedup.report.explain import explained
from kl226_dedup.report.inert import inert
from kl226_dedup.report.words import (
    ADDED,
    PLACES_SHOWN,
    RESULTS,
    SETTLED_ELSEWHERE,
    SHARE_NAMES,
    SIX_CLEAR,
    Words,
    letters,
    next_step,
    relation_key,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

PASSAGES_PER_SOURCE = 3
"""Passages of a source that are printed, those with other values first, then the longest; the page shows all."""
PASSAGE_CHARACTERS = 480
"""A printed passage is cut after this many code points (six lines)."""
TITLE_CHARACTERS = 240
"""A source's title is cut after this many code points (three lines); what OCR takes for one may be a page."""
TASKS_SHOWN = 20
"""Tasks listed before the rest is only counted."""
TASK_CHARACTERS = 150
"""A task is cut after this many code points (two lines)."""
SLOT_CHARACTERS = 70
"""A lead or a deadline is cut after this many code points: each fits one line of 80 columns."""
FINDINGS_SHOWN = 20
"""Findings listed before the rest is only counted."""

# What a reader must see of a source first, however short the passage.
_VALUES = frozenset(
    {ChangeType.NUMBER, ChangeType.DATE, ChangeType.UNIT, ChangeType.NEGATION, ChangeType.MODALITY}
)
_MARKS = {VerdictLabel.PASS: "✓", VerdictLabel.REVIEW: "!", VerdictLabel.STOP: "✕"}
_RESULT_MARKS = {
    "failed": "✕",
    "verdict.uncompared": "–",
    **{f"verdict.{label}": mark for label, mark in _MARKS.items()},
}
_COLOURS = {
    VerdictLabel.PASS: "bold green",
    VerdictLabel.REVIEW: "bold yellow",
    VerdictLabel.STOP: "bold red",
}
_SEVERITY_MARKS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.NOTE: "i"}


def render_text(
    reports: Sequence[Report | Failure],
    language: Language = Language.VI,
    *,
    width: int = 80,
    colour: bool = False,
) -> str:
    """Return the reports one under the other.

    Changed words stand as ``{+in the draft+}`` and ``[-in the source-]``, with the type of change where it is not
    plain text.

    :param width: columns, 40 or more.
    :param colour: add ANSI colours; everything is said without them too.
    """
    from rich.console import Console

    stream = StringIO()
    console = Console(
        file=stream,
        width=max(40, width),
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    printer = _Printer(console, Words(language=language))
    if len(reports) > 1:
        printer.overview(reports)
    for item in reports:
        if isinstance(item, Failure):
            printer.failure(item)
        else:
            printer.report(item)
    return "\n".join(line.rstrip() for line in stream.getvalue().rstrip("\n").split("\n")) + "\n"


class _Printer:
    """Writes reports to a console in one language."""

    def __init__(self, console: Console, words: Words) -> None:
        self._console = console
        self._words = words
        self._marks_unexplained = False

    def overview(self, reports: Sequence[Report | Failure]) -> None:
        """List the drafts with what became of each, the most serious first."""
        results = [_result(one) for one in reports]
        self._line(self._words.overview(results), style="bold")
        for key in RESULTS:
            for one, result in zip(reports, results, strict=True):
                if result == key:
                    name = one.name if isinstance(one, Failure) else one.draft.name
                    said = "; ".join((self._words(key).lower(), *self._beside(one)))
                    self._line(f"{name}: {said}", first=f"{_RESULT_MARKS[key]} ")
        self._line()

    def _beside(self, report: Report | Failure) -> list[str]:
        if isinstance(report, Failure):
            return []
        verdict = report.verdict
        return self._words.beside([reason.code for reason in verdict.reasons], verdict.body_shares.copied)

    def failure(self, failure: Failure) -> None:
        self._rule(failure.name)
        self._line(f"✕ {self._words('failed').upper()}", style="bold red")
        self._line(failure.message.in_(self._words.language), indent=2)
        self._line()

    def report(self, report: Report) -> None:
        words = self._words
        self._rule(report.draft.name)
        self._verdict(report)
        if report.library.documents:
            self._shares(report)
        self._marks_unexplained = True
        for index, source in enumerate(report.sources):
            self._source(index, source, report)
        self._measures(report.measures)
        if not report.languages or "vi" in report.languages:
            self._tasks(
                report.tasks, report.added if any(not one.is_itself for one in report.sources) else None
            )
        self._findings(report.findings, report.draft.text)
        self._notices(report.draft.warnings)
        if report.explanation is not None:
            self._head(words("explanation"))
            payload: ReportJson = json.loads(report.to_json(language=words.language))
            for first, line in explained(payload, words):
                self._line(line, first=first)
        self._footer(report)

    def _verdict(self, report: Report) -> None:
        words, label = self._words, report.verdict.label
        header = report.draft.header
        self._line(" ".join(filter(None, (header.type or words("draft"), header.number))), style="bold")
        if header.title:
            self._line(header.title)
        self._line()
        if _is_uncompared(report):
            self._line(f"– {words('verdict.uncompared').upper()}", style="bold")
        else:
            self._line(f"{_MARKS[label]} {words(f'verdict.{label}').upper()}", style=_COLOURS[label])
        self._line(
            words(next_step(label, report.library.documents, [one.code for one in report.verdict.reasons])),
            indent=2,
        )
        self._line()
        for number, reason in enumerate(report.verdict.reasons, start=1):
            self._line(reason.message.in_(words.language), first=f"{number}. ")
            if reason.advice:
                self._line(f"{words('advice')}: {reason.advice.in_(words.language)}", first="   → ")
        if not report.verdict.reasons:
            self._line(words("no_reasons"))

    def _shares(self, report: Report) -> None:
        words = self._words
        shares = [getattr(report.verdict.body_shares, name) for name in SHARE_NAMES]
        self._head(f"{words('shares')} ({words('shares.body').lower()})")
        width = max(len(words(f"share.{name}")) for name in SHARE_NAMES) + 2
        for name, share, percent in zip(SHARE_NAMES, shares, words.percents(shares), strict=True):
            if share > 0:
                block = "█" * max(1, round(share * 30))
                self._line(f"{words(f'share.{name}'):<{width}} {percent:>4}  {block}")
                if name == "copied_other":
                    self._line(words("share_hint.copied_other"), first="  - ")
                if name == "excluded":
                    self._excluded(report.verdict.excluded)

    def _excluded(self, kinds: Sequence[tuple[Exclusion, float]]) -> None:
        for kind, share in kinds:
            percent = f": {self._words.percent(share)}" if len(kinds) > 1 else ""
            self._line(f"{self._words(f'exclusion.{kind}')}{percent}", first="  - ")

    def _source(self, index: int, source: Source, report: Report) -> None:
        words, header = self._words, source.entry.header
        name = " ".join(filter(None, (header.type, header.number))) or header.title or source.entry.path
        self._head(f"{words('source')} {letters(index)}: {name}")
        if header.title and header.title != name:
            self._line(_clip(header.title, TITLE_CHARACTERS))
        status = source.entry.said_status
        said = status.in_(words.language) if status else words("status.unknown")
        facts = (header.issuer, words.date(header.issued_on), said)
        self._line(" · ".join(filter(None, facts)))
        warnings = [one.code for one in report.draft.warnings]
        relation = relation_key(source.relation, header.level, warnings, is_itself=source.is_itself)
        self._line(f"{words(relation)}; {words(f'label.{source.label}')}")
        shared = ((source.containment, "containment"), (source.reverse_containment, "reverse_containment"))
        measured = [f"{words.percent(share)} {words(name)}" for share, name in shared]
        if not any(share for share, _ in shared):
            measured = [words("stock_only").capitalize()]
        if longest := source.longest_match_syllables:
            measured.append(f"{words('longest').lower()}: {words.number(longest)} {words('syllables')}")
        self._line("; ".join(measured) + ".")
        if source.family:
            self._line(_clip(words.family(source.entry.name, (one.name for one in source.family)), 200))
        self._line(f"{words('advice')}: {source.advice.in_(words.language)}", first="→ ")
        for notice in source.warnings:
            if notice.code != "status_unknown":  # said beside the date
                advice = f" {notice.advice.in_(words.language)}" if notice.advice else ""
                self._line(notice.message.in_(words.language) + advice, first="! ")
        primaries = [match for match in source.matches if match.primary]
        top = sorted(
            primaries,
            key=lambda m: (
                m.status is not MatchStatus.COPIED,
                not _changes_a_value(m),
                -len(m.draft),
                m.draft.start,
            ),
        )
        for match in top[:PASSAGES_PER_SOURCE]:
            self._passage(match, report.draft.text, source.document.text)
        if (more := len(primaries) - PASSAGES_PER_SOURCE) > 0:
            self._line(f"  … {more} {words.form('more_passages', more)}")

    def _passage(self, match: Match, draft: str, source: str) -> None:
        words = self._words
        how = words(f"match_status.{match.status}").lower()
        if match.exclusion is not None:
            how = f"{words('reuse').lower()}: " if match.exclusion not in NO_REUSE else ""
            how += words(f"exclusion.{match.exclusion}")
        if match.changes and self._marks_unexplained:
            self._marks_unexplained = False
            self._line()
            self._line(words("marks"), indent=2)
        said = f"{words(f'kind.{match.kind}')}, {how}"
        if match.status is not MatchStatus.COPIED:
            said += f" ({words('not_counted')})"
        else:
            said += f"; {words('confidence').lower()}: {words.confidence(match.confidence)}"
        self._line()
        self._line(said, first="  • ")
        mine = [(change.draft, change.type) for change in match.changes]
        theirs = [(change.source, change.type) for change in match.changes]
        self._side("in_draft", match.draft_provision, self._marked(draft, match.draft, mine, ("{+", "+}")))
        self._side(
            "in_source", match.source_provision, self._marked(source, match.source, theirs, ("[-", "-]"))
        )

    def _side(self, side: str, provision: str | None, text: Text) -> None:
        where = f" ({provision})" if provision else ""
        self._line(f"{self._words(side)}{where}:", indent=4)
        self._line(text, indent=6)

    def _marked(
        self,
        text: str,
        span: Span,
        changes: Iterable[tuple[Span | None, ChangeType]],
        brackets: tuple[str, str],
    ) -> Text:
        """Return the words of ``span`` with its changes in brackets, cut where it gets long."""
        from rich.text import Text

        end = _word_end(text, span)
        marked = Text()
        here = span.start
        for change, kind in sorted((c, k) for c, k in changes if c is not None and c.end <= end):
            if change.start < here:
                continue
            tag = "" if kind is ChangeType.TEXT else f" ({self._words(f'change.{kind}')})"
            marked.append(_flat(text[here : change.start]))
            marked.append(brackets[0] + _flat(change.of(text)) + brackets[1] + tag, style="bold")
            here = change.end
        marked.append(_flat(text[here:end]))
        return marked.append(" …") if end < span.end else marked

    def _measures(self, measures: Measures) -> None:
        """Say what of the measures stands among issued documents; nothing for a draft without sentences."""
        words = self._words
        stands = {one.measure: words.standing(one.percentile, one.type) for one in measures.standings}
        if not stands:
            return
        lines = (
            (
                "body_syllables",
                f"{words('length').lower()}: {words.number(measures.body_syllables)} {words('syllables')}",
            ),
            (
                "sentence_p90",
                f"{words('sentences').lower()}: {words.sentences(measures.sentence_median, measures.sentence_p90)}",
            ),
            ("slogan_density", f"{words('slogans').lower()}: {words.slogans(measures.slogan_density)}"),
        )
        self._head(words("measures"))
        for name, said in lines:
            is_ranked = name in stands and getattr(measures, name) > 0
            self._line(f"{said} ({stands[name]})" if is_ranked else said, first="- ")
        shortest, longest = (
            words.decimal(measures.speaking_shortest),
            words.decimal(measures.speaking_longest),
        )
        spoken = f"{words('speaking').lower()} {words.decimal(measures.speaking_minutes)} {words('minutes')}"
        self._line(f"{spoken} ({shortest}–{longest})", first="- ")

    def _tasks(self, tasks: Sequence[Task], added: AddedValue | None) -> None:
        words = self._words
        self._head(words("tasks"))
        if not tasks:
            self._line(words("tasks.none"))
            return
        complete = [task for task in tasks if task.is_complete]
        own = f", {words('tasks.own')}: {sum(task.own for task in complete)}" if complete else ""
        self._line(f"{len(complete)}/{len(tasks)} {words('tasks.summary')}{own}.")
        if added is not None:
            kinds = ((name, getattr(added, name)) for name in ADDED)
            if said := words.added((name, kind.new, kind.repeated) for name, kind in kinds):
                self._line(f"{words('added')} – {said}.")
        if any(mark == "–" and names for task in tasks[:TASKS_SHOWN] for mark, names in _six_clear(task)):
            self._line(words("clear.unsaid"))
        for number, task in enumerate(tasks[:TASKS_SHOWN], start=1):
            marks = "; ".join(
                f"{mark} {', '.join(words(f'clear.{name}').removeprefix('Rõ ').lower() for name in names)}"
                for mark, names in _six_clear(task)
                if names
            )
            repeated = "" if task.own else f"; {words('repeated')}"
            self._line(_clip(task.task, TASK_CHARACTERS), first=f"{number}. ")
            if said := self._who_and_when(task):
                self._line(said, first="   → ")
            self._line(f"{marks}{repeated}", first="   → ")
        if len(tasks) > TASKS_SHOWN:
            self._line(f"… +{len(tasks) - TASKS_SHOWN}")

    def _who_and_when(self, task: Task) -> str:
        """Return the lead and the deadline that were found, with the day that the words leave open."""
        words, said = self._words, []
        if task.lead is not None:
            shared = f" ({words('clear.shared')})" if task.shared_lead else ""
            said.append(f"{words('slot.lead')}: {_clip(task.lead, SLOT_CHARACTERS)}{shared}")
        if task.deadline is not None:
            day = words.day_meant(task.deadline, task.due.end if task.due else None)
            meant = f" ({words('due')} {day})" if day else ""
            label = words("slot.deadline")
            said.append(f"{label.lower() if said else label}: {_clip(task.deadline, SLOT_CHARACTERS)}{meant}")
        return "; ".join(said)

    def _findings(self, findings: Sequence[Finding], draft: str) -> None:
        words = self._words
        open_findings = [finding for finding in findings if finding.suppressed is None]
        if not findings:
            return
        self._head(words("findings"))
        groups = alike(open_findings, attrgetter(*SAME_ADVICE))
        shown = groups[:FINDINGS_SHOWN]
        for group, following in zip_longest(shown, shown[1:]):
            language, finding = words.language, group[0]
            times = f" ({len(group)} {words.form('places', len(group))})" if len(group) > 1 else ""
            self._line(
                f"{words(f'severity.{finding.severity}')}{times}: {finding.message.in_(language)} "
                f"{finding.suggestion.in_(language)}",
                first=f"{_SEVERITY_MARKS[finding.severity]} ",
            )
            for place in group[:PLACES_SHOWN]:
                message, quoted = place.message.in_(language), _clip(place.span.of(draft), 120)
                # A message that says something else, and not only of which words it speaks.
                said = "" if place.message == finding.message or quoted in message else f"{message} "
                self._line(f"{said}“{quoted}”", indent=2)
            if (more := len(group) - PLACES_SHOWN) > 0:
                self._line(f"… {words.form('more_places', more).format(more)}", indent=2)
            if following is None or following[0].basis != finding.basis:
                self._line(f"({finding.basis})", indent=2)
        if len(groups) > FINDINGS_SHOWN:
            self._line(f"… +{sum(map(len, groups[FINDINGS_SHOWN:]))}")
        self._set_aside(finding.suppressed for finding in findings)

    def _set_aside(self, reasons: Iterable[str | None]) -> None:
        """Say in one line how many findings the profile sets aside, and why; None is the reason of one that stands."""
        counts = Counter(reason for reason in reasons if reason is not None)
        if not counts:
            return
        why = "; ".join(
            f"“{_flat(reason)}”{f' ({count})' if len(counts) > 1 else ''}" for reason, count in counts.items()
        )
        self._line(f"{counts.total()} {self._words('findings.suppressed')}: {why}", first="– ")

    def _notices(self, notices: Sequence[Notice]) -> None:
        if not notices:
            return
        language = self._words.language
        self._head(self._words("warnings"))
        for notice in notices:
            advice = f" {notice.advice.in_(language)}" if notice.advice else ""
            self._line(notice.message.in_(language) + advice, first="- ")

    def _footer(self, report: Report) -> None:
        words = self._words
        self._head(words("about"))
        self._line(words("disclaimer"))
        documents = report.library.documents
        kind = "library" if report.library.is_library else "files"
        library = f"{words.number(documents)} {words.form('documents', documents)}"
        self._line(f"kl226_dedup {report.tool_version} · {words(f'compared.{kind}').lower()}: {library}")
        if documents:
            self._line(words("full_page"))
        self._line()

    def _rule(self, name: str) -> None:
        self._console.rule(_clip(name, self._console.width - 6), characters="═", align="left")

    def _head(self, text: str) -> None:
        self._line()
        self._line(text, style="bold")
        self._line("─" * min(len(text), self._console.width))

    def _line(self, text: str | Text = "", *, style: str = "", indent: int = 0, first: str = "") -> None:
        """Print one paragraph; ``first`` stands before it and wrapped lines hang under its first word."""
        from rich.text import Text

        body = Text(inert(text), style=style) if isinstance(text, str) else text
        lead = " " * indent + first
        for number, line in enumerate(body.wrap(self._console, self._console.width - len(lead))):
            self._console.print(Text(" " * len(lead) if number else lead, style=style) + line)


def _result(report: Report | Failure) -> str:
    if isinstance(report, Failure):
        return "failed"
    return "verdict.uncompared" if _is_uncompared(report) else f"verdict.{report.verdict.label}"


def _is_uncompared(report: Report) -> bool:
    """Tell whether a pass would only mean that nothing was compared."""
    return report.verdict.label is VerdictLabel.PASS and not report.library.documents


def _six_clear(task: Task) -> tuple[tuple[str, list[str]], ...]:
    """Return the marks of the "6 rõ" with the names each stands for: said, missing, and left unsaid without fault."""
    clear = [name for name in SIX_CLEAR if getattr(task.six_clear, name)]
    unsaid = [name for name in SETTLED_ELSEWHERE if name not in clear]
    missing = [name for name in SIX_CLEAR if name not in clear and name not in unsaid]
    return (("✓", clear), ("✕", missing), ("–", unsaid))


def _changes_a_value(match: Match) -> bool:
    """Tell whether a passage says a figure, a day, a duty or a denial otherwise than its source."""
    return any(change.type in _VALUES for change in match.changes)


def _flat(text: str) -> str:
    """Return the text on one line and harmless; spaces at its ends stay, since words may stand next to it."""
    return inert(re.sub(r"\s+", " ", text))


def _word_end(text: str, span: Span) -> int:
    """Return where a passage is cut: between two words, after about ``PASSAGE_CHARACTERS``."""
    limit = span.start + PASSAGE_CHARACTERS
    if span.end <= limit:
        return span.end
    blank = text.rfind(" ", span.start, limit)
    return limit if blank < 0 else blank


def _clip(text: str, length: int) -> str:
    """Return the text on one line, cut between words after about ``length`` characters."""
    flat = _flat(text).strip()
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " …"
