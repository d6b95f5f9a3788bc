"""What is wrong with a file is said in the same words whatever its format."""

from __future__ import annotations

from dataclasses import replace

import parser_samples
import pytest
from ole_builder import compound
from parser_samples import BUILDERS

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import EmptyFile, EncryptedFile, Kl226Error, LimitExceeded
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import PARSERS, extract

LIMITS = ParseLimits()


def told(error: Kl226Error) -> tuple[Bilingual, Bilingual]:
    return error.problem, error.next_step


@pytest.mark.parametrize(
    "name", [parser.name for parser in PARSERS if parser.name not in ("csv", "txt", "html")]
)
def test_a_file_of_no_bytes_is_empty_in_every_format(name: str) -> None:
    parser = next(parser for parser in PARSERS if parser.name == name)
    with pytest.raises(EmptyFile) as by_format:
        parser.extract(SourceFile(name="a", content=b""), LIMITS)
    with pytest.raises(EmptyFile) as by_content:
        extract(SourceFile(name="a", content=b""), LIMITS)
    assert told(by_format.value) == told(by_content.value)


def test_a_password_is_told_alike_for_old_and_new_office_files() -> None:
    word = compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(5000)})
    workbook = parser_samples.xls(["a"], globals_=parser_samples.biff(0x002F, bytes(6)))
    package = compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(100)})
    words = set()
    for content in (word, workbook, package):
        with pytest.raises(EncryptedFile) as refusal:
            extract(SourceFile(name="a", content=content), LIMITS)
        words.add(told(refusal.value))
    assert len(words) == 1


@pytest.mark.parametrize("name", sorted(set(BUILDERS) - {"image"}))
def test_a_text_over_the_limit_is_told_alike_in_every_format(name: str) -> None:
    limits = replace(LIMITS, text_characters=1_000)
    with pytest.raises(LimitExceeded) as refusal:
        extract(SourceFile(name="a", content=BUILDERS[name](["Noi dung " * 200])), limits)
    assert refusal.value.problem.vi == "Văn bản dài quá giới hạn 1.000 ký tự."
