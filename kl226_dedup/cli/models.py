"""``kl226 models …``: the models on this machine and their checksums."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from kl226_dedup.cli import edge
from kl226_dedup.cli.options import LanguageOption, OutputOption, QuietOption
from kl226_dedup.cli.speech import SPOKEN, say, tell
from kl226_dedup.cli.usage import Command, Group
from kl226_dedup.domain.embedding import ModelInfo
from kl226_dedup.domain.language import Bilingual, Language
from kl226_dedup.stores import models as stored

SCHEMA = "kl226.models/1"

_KINDS = {
    "static": Bilingual(vi="tĩnh, cho cả kho", en="static, for the archive"),
    "transformer": Bilingual(vi="transformer, để xác nhận", en="transformer, to confirm"),
}


class ModelsFormat(StrEnum):
    """The forms of the list."""

    TEXT = "text"
    JSON = "json"


models = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help=say("Các mô hình so nghĩa trên máy này.", "The models on this machine that compare meaning."),
)

_FormatOption = Annotated[
    ModelsFormat, typer.Option("--format", "-f", help=say("Dạng kết quả.", "Form of the result."))
]


@models.command(
    "list",
    cls=Command,
    help=say(
        "Liệt kê mô hình: tên, nơi để, dung lượng, số chiều, giấy phép, mã kiểm tra.\n\nVí dụ: kl226 models list",
        "List the models: name, place, size, dimensions, licence, checksum.\n\nExample: kl226 models list",
    ),
)
def list_(
    format: _FormatOption = ModelsFormat.TEXT,  # noqa: A002 - the word of the contract
    output: OutputOption = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """List the models."""
    found = stored.verify_models()
    _show(found, format, output, lang)
    if not found:
        _tell_none(quiet=quiet)


@models.command(
    cls=Command,
    help=say(
        "Đối chiếu từng tệp mô hình với mã kiểm tra; mã thoát 1 khi có tệp hỏng, 2 khi không có mô hình nào.\n\n"
        "Ví dụ: kl226 models verify",
        "Compare every file of the models with its checksum; status 1 when one is damaged, 2 when there is no model.\n\n"
        "Example: kl226 models verify",
    ),
)
def verify(
    format: _FormatOption = ModelsFormat.TEXT,  # noqa: A002 - the word of the contract
    output: OutputOption = None,
    lang: LanguageOption = SPOKEN,
    quiet: QuietOption = False,
) -> None:
    """Compare the files with their checksums."""
    found = stored.verify_models()
    _show(found, format, output, lang)
    if not found:
        _tell_none(quiet=quiet)
        raise typer.Exit(edge.COULD_NOT_RUN)
    if any(one.damaged for one in found):
        tell(
            say(
                "Có mô hình hỏng: chép lại thư mục models/ của bản phát hành; bản giải nén trong thư mục đệm thì xoá đi.",
                "A model is damaged: copy the release's models/ folder again; an unpacked copy in the cache can be deleted.",
            ),
            quiet=quiet,
        )
        raise typer.Exit(edge.FOUND)


def _tell_none(*, quiet: bool) -> None:
    tell(
        say(
            "Không có mô hình nào. Chép thư mục models/ của bản phát hành về máy và đặt biến KL226_MODELS trỏ tới đó.",
            "There is no model. Copy the release's models/ folder and let KL226_MODELS point to it.",
        ),
        quiet=quiet,
    )


def _show(found: tuple[ModelInfo, ...], form: ModelsFormat, output: OutputOption, language: Language) -> None:
    if form is ModelsFormat.JSON:
        stated = {"schema": SCHEMA, "models": [_as_json(one) for one in found]}
        edge.emit(json.dumps(stated, ensure_ascii=False, indent=2) + "\n", output)
    else:
        edge.emit("".join(f"{line}\n" for one in found for line in _lines(one, language)), output)


def _as_json(one: ModelInfo) -> dict[str, object]:
    return {
        "name": one.name,
        "identity": one.identity,
        "kind": one.kind,
        "dimensions": one.dimensions,
        "licence": one.licence,
        "path": one.folder,
        "size": one.size,
        "checksum": one.checksum,
        "state": "damaged" if one.damaged else "ok",
        "damaged": list(one.damaged or ()),
    }


def _lines(one: ModelInfo, language: Language) -> list[str]:
    def word(vi: str, en: str) -> str:
        return Bilingual(vi=vi, en=en).in_(language)

    lines = [
        one.name,
        f"  {word('loại', 'kind')}: {_KINDS[one.kind].in_(language)}",
        f"  {word('số chiều', 'dimensions')}: {one.dimensions}",
        f"  {word('giấy phép', 'licence')}: {one.licence}",
        f"  {word('dung lượng', 'size')}: {one.size / 1e6:.1f} MB",
        f"  {word('nơi để', 'place')}: {one.folder}",
        f"  {word('mã kiểm tra', 'checksum')}: {one.checksum[:12]} ({word('hỏng', 'damaged') if one.damaged else 'ok'})",
    ]
    return lines + [f"    {word('tệp hỏng', 'damaged file')}: {file}" for file in one.damaged or ()]
