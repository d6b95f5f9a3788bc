"""The options that several commands share, with their help in the language of this run."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kl226_dedup.cli.speech import say
from kl226_dedup.domain.document import Level
from kl226_dedup.domain.language import Language
from kl226_dedup.stores.records import level_named


class Format(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help=say(
            "Dạng báo cáo (mặc định: theo đuôi tệp của --output, không có thì text).",
            "Form of the report (default: as --output is called, else text).",
        ),
        show_default=False,
    ),
]
LanguageOption = Annotated[
    Language,
    typer.Option("--lang", help=say("Ngôn ngữ thông báo và báo cáo.", "Language of messages and reports.")),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help=say("Không in tiến độ và ghi chú.", "No progress and no notes."))
]
LibraryOption = Annotated[
    Path | None,
    typer.Option(
        "--library",
        help=say(
            "Thư mục kho văn bản đã ban hành (mặc định: $KL226_LIBRARY, rồi ./kl226-library).",
            "Folder of the library of issued documents (default: $KL226_LIBRARY, then ./kl226-library).",
        ),
        show_default=False,
    ),
]
ProfileOption = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        help=say("Tệp TOML đặt lại các ngưỡng.", "A TOML file that sets thresholds."),
        show_default=False,
    ),
]
NoOcrOption = Annotated[
    bool,
    typer.Option(
        "--no-ocr",
        help=say(
            "Không nhận dạng chữ trên trang quét và ảnh.",
            "Do not recognise text on scanned pages and pictures.",
        ),
    ),
]
NoSemanticOption = Annotated[
    bool,
    typer.Option(
        "--no-semantic",
        help=say(
            "Chỉ so câu chữ, không tìm đoạn viết lại bằng lời khác hoặc bản dịch (nhanh hơn).",
            "Compare wording only, not passages in other words or translations (faster).",
        ),
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help=say(
            "Mô hình so nghĩa: tên (kl226 models list), thư mục, hoặc tên trên Hugging Face.",
            "The model that compares meaning: a name (kl226 models list), a folder, or a name on Hugging Face.",
        ),
        show_default=False,
    ),
]
TypeOption = Annotated[
    str | None,
    typer.Option(
        "--type",
        help=say("Loại văn bản (Kế hoạch, Chỉ thị …).", "Document type (Kế hoạch, Chỉ thị …)."),
        show_default=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help=say("Ghi kết quả vào tệp này.", "Write the result to this file."),
        show_default=False,
    ),
]


def _level(word: str) -> Level:
    """Return the level that a person names in Vietnamese or English.

    :raises typer.BadParameter: it is none.
    """
    if isinstance(word, Level):  # a default goes through the parser too
        return word
    level = level_named(word)
    if level is None:
        raise typer.BadParameter(
            say(
                f"không có cấp “{word}”; ghi trung ương, bộ, tỉnh, huyện, xã hoặc đơn vị.",
                f"there is no level “{word}”; write central, ministry, province, district, commune or unit.",
            )
        )
    return level


LevelOption = Annotated[
    Level | None,
    typer.Option(
        "--level",
        parser=_level,
        metavar=say("trung ương|bộ|tỉnh|huyện|xã|đơn vị", "central|ministry|province|district|commune|unit"),
        help=say("Cấp ban hành, khi văn bản chưa ghi rõ.", "Level, where the document does not say."),
        show_default=False,
    ),
]
DraftsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar=say("DỰ-THẢO…", "DRAFTS…"),
        help=say(
            "Tệp dự thảo (.docx, .pdf, .html, .txt, ảnh quét).",
            "Draft files (.docx, .pdf, .html, .txt, scans).",
        ),
        show_default=False,
    ),
]
