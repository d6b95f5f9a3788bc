"""The command ``kl226``: one module per command or two, all thin."""

from __future__ import annotations

import gc
import os
import sys

import typer

from kl226_dedup.cli.check import check, compare
from kl226_dedup.cli.evaluate import evaluate
from kl226_dedup.cli.library import library
from kl226_dedup.cli.models import models
from kl226_dedup.cli.parse import lint, parse
from kl226_dedup.cli.speech import SPOKEN, say, tell, tell_error
from kl226_dedup.cli.usage import Command, Group, UsageError, explain_usage
from kl226_dedup.domain.errors import Kl226Error
from kl226_dedup.domain.version import VERSION

COULD_NOT_RUN = 2

_NEW_OBJECTS = 10_000
"""Objects that are made before Python looks for unused ones in circles: after 700, its own choice up to 3.12, that takes a
twentieth of a check."""

app = typer.Typer(
    name="kl226",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=say(
        "Kiểm tra trước khi ban hành: dự thảo có chỉ chép lại văn bản cấp trên không (Kết luận 226-KL/TW).",
        "Pre-issue check: does a draft merely copy higher-level documents (Conclusion 226-KL/TW)?",
    ),
)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help=say("In phiên bản.", "Print the version.")),
) -> None:
    if version:
        typer.echo(f"kl226 {VERSION}")
        raise typer.Exit


app.command(
    cls=Command,
    help=say(
        "Kiểm tra dự thảo với kho văn bản đã ban hành.\n\n"
        "Ví dụ: kl226 check du-thao.docx --format html --output ket-qua.html",
        "Check drafts against the library.\n\nExample: kl226 check draft.docx --format html --output report.html",
    ),
)(check)
app.command(
    cls=Command,
    help=say(
        "So hai văn bản.\n\nVí dụ: kl226 compare du-thao.docx chi-thi.pdf",
        "Compare two documents.\n\nExample: kl226 compare draft.docx directive.pdf",
    ),
)(compare)
app.command(
    cls=Command,
    help=say(
        "Đọc một tệp và in văn bản.\n\nVí dụ: kl226 parse du-thao.docx --format json",
        "Read a file and print its text.\n\nExample: kl226 parse draft.docx --format json",
    ),
)(parse)
app.command(
    cls=Command,
    help=say(
        "Chỉ xét tính hình thức, không so với văn bản nào: nhiệm vụ thiếu đầu mối, thời hạn, sản phẩm; khẩu hiệu, cách "
        "viết, lặp lại, thể thức, hội họp, thẩm quyền (các quy tắc ở docs/rules.md).\n\nVí dụ: kl226 lint ke-hoach.docx",
        "Formalism alone, without any comparison: tasks without lead, deadline or product; slogans, wording, repetition, "
        "form, meetings, authority (the rules of docs/rules.md).\n\nExample: kl226 lint plan.docx",
    ),
)(lint)
app.command(
    cls=Command,
    help=say(
        "Đo chất lượng trên dữ liệu đã gán nhãn.\n\nVí dụ: kl226 evaluate corpus_samples",
        "Measure quality on labelled data.\n\nExample: kl226 evaluate corpus_samples",
    ),
)(evaluate)
app.add_typer(library, name="library")
app.add_typer(models, name="models")


def main() -> None:
    """Run the command line; every error of ours becomes one message and exit status 2."""
    gc.set_threshold(_NEW_OBJECTS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(prog_name="kl226", standalone_mode=False)
    except Kl226Error as error:
        tell_error(error, SPOKEN)
        sys.exit(COULD_NOT_RUN)
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            tell(str(error))
        else:
            tell(f"{say('Lỗi', 'Error')}: {explain_usage(error)}")
        sys.exit(COULD_NOT_RUN)
    except BrokenPipeError:  # the reader of our output has had enough: `kl226 … | head`
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - nothing to flush at exit
        sys.exit(0)
    except Exception as error:  # a defect of ours must not look like "something found" (status 1)
        tell(
            say(
                f"Lỗi ngoài dự kiến ({type(error).__name__}: {error}). Hãy báo người phụ trách kèm câu lệnh đã chạy.",
                f"Unexpected error ({type(error).__name__}: {error}). Please report it with the command you ran.",
            )
        )
        if os.environ.get("KL226_DEBUG"):
            raise
        sys.exit(COULD_NOT_RUN)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)
