"""What is wrong with a command line, in the language of this run: typer itself says it in English only."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kl226_dedup.cli.speech import SPOKEN, say
from kl226_dedup.domain.language import Language

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""The base of typer's errors about a command line; typer exports only this one of its descendants."""

_CHOICE = re.compile(r"'(?P<given>.*)' is not (?:one of )?(?P<choices>'.*')\.?$", re.DOTALL)
_NO_COMMAND = re.compile(r"No such command '(?P<name>[^']*)'\.(?: Did you mean (?P<near>.*)\?)?", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)", re.DOTALL)


# What typer writes around our words in a help page; it has no translations of its own.
_FURNITURE = (
    (re.compile(r"^Usage:", re.MULTILINE), "Cách dùng:"),
    (re.compile(r"^Arguments:$", re.MULTILINE), "Đối số:"),
    (re.compile(r"^Options:$", re.MULTILINE), "Tuỳ chọn:"),
    (re.compile(r"^Commands:$", re.MULTILINE), "Các lệnh:"),
    (re.compile(r"\[OPTIONS\]"), "[TUỲ CHỌN]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "LỆNH …"),
    (re.compile(r"\[required\]"), "[bắt buộc]"),
    (re.compile(r"\[default:(?=\s)"), "[mặc định:"),
    (re.compile(r"Show this message and exit\."), "In trợ giúp này."),
)
# "{DRAFTS…}..." says twice that there may be several, and "{ID}" nothing more than "ID".
_REPEATED = re.compile(r"\{([^{}\s]+)\}(?:\.\.\.)?")
_TYPES = (
    ("list[Path]", "tệp", "path"),
    ("list[str]", "chữ", "text"),
    ("path", "tệp", "path"),
    ("str", "chữ", "text"),
)


class Command(TyperCommand):
    """A command whose help is in the language of this run."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _spoken(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help is in the language of this run."""

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _spoken(super().get_help(ctx))


def _spoken(page: str) -> str:
    page = _REPEATED.sub(r"\1", page)
    for kind, vi, en in _TYPES:
        page = re.sub(rf"<{re.escape(kind)}>( *)", partial(_of_same_width, f"<{say(vi, en)}>"), page)
    if SPOKEN is Language.VI:
        for pattern, words in _FURNITURE:
            page = pattern.sub(words, page)
    return page


def _of_same_width(word: str, found: re.Match[str]) -> str:
    """Return ``word`` with as many blanks behind it that the column after it stays where it is."""
    return word.ljust(len(found[0])) if found[1] else word


def explain_usage(error: Exception) -> str:
    """Return what is wrong and where to look, one or two sentences.

    :param error: a ``UsageError``, raised by typer or by a command.
    """
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "kl226"
    return f"{_problem(error)} {say('Xem', 'See')}: {command} --help"


def _problem(error: Exception) -> str:
    name = type(error).__name__
    message = str(getattr(error, "message", error))
    if name == "NoSuchOption":
        return _no_such_option(error)
    if name == "MissingParameter":
        missing = _hint(error)
        return say(f"Thiếu {missing}.", f"{missing} is missing.")
    if name == "BadOptionUsage":
        option = getattr(error, "option_name", "")
        if "does not take" in message:
            return say(f"Tuỳ chọn {option} không nhận giá trị.", f"Option {option} takes no value.")
        return say(f"Tuỳ chọn {option} cần một giá trị.", f"Option {option} needs a value.")
    if found := _CHOICE.search(message):
        given, choices, hint = found["given"], found["choices"].replace("'", ""), _hint(error)
        return say(
            f"{hint}: không có lựa chọn “{given}”; chọn một trong: {choices}.",
            f"{hint}: “{given}” is none of: {choices}.",
        )
    if found := _NO_COMMAND.search(message):
        near = (found["near"] or "").replace("'", "")
        meant = say(f" Có phải: {near}?", f" Did you mean {near}?") if near else ""
        return say(f"Không có lệnh “{found['name']}”.", f"There is no command “{found['name']}”.") + meant
    if message == "Missing command.":
        return say("Thiếu tên lệnh.", "The command is missing.")
    if found := _EXTRA.search(message):
        return say(f"Thừa đối số: {found['words']}.", f"Too many arguments: {found['words']}.")
    return message


def _no_such_option(error: Exception) -> str:
    option = getattr(error, "option_name", "")
    near = ", ".join(sorted(getattr(error, "possibilities", None) or ()))
    meant = say(f" Có phải: {near}?", f" Did you mean {near}?") if near else ""
    return say(f"Không có tuỳ chọn {option}.", f"There is no option {option}.") + meant


def _hint(error: Exception) -> str:
    """Return the option or argument that the error is about, as people type it."""
    param = getattr(error, "param", None)
    if param is None:
        return say("giá trị", "value")
    options = [one for one in param.opts if one.startswith("--")]
    return options[0] if options else str(param.metavar or param.name).rstrip("…")
