from __future__ import annotations

import io
import zipfile

import pytest
from parsers.docx_builder import zipped

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import (
    EmptyFile,
    EncryptedFile,
    LimitExceeded,
    UnreadableFile,
    UnsupportedFormat,
)
from kl226_dedup.parsers.opc import Package, is_encrypted_package, open_package
from kl226_dedup.parsers.options import ParseLimits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def open_bytes(content: bytes, **limits: int) -> Package:
    return open_package(SourceFile(name="tệp.docx", content=content), ParseLimits(**limits))


def test_members_are_read_by_name_whatever_the_case_and_the_slashes() -> None:
    package = open_bytes(zipped({"word\\Document.xml": "nội dung"}))
    assert package.names == ("word/Document.xml",)
    assert package.read("/word/document.XML") == "nội dung".encode()
    assert package.read("word/styles.xml") is None


def test_a_name_that_climbs_out_of_the_package_is_only_a_name() -> None:
    package = open_bytes(zipped({"../../etc/passwd": "x", "a.xml": "y"}))
    assert package.read("../../etc/passwd") == b"x"
    assert package.read("a.xml") == b"y"


@pytest.mark.parametrize("kept", [4, 30, 200, -1, -10])
def test_a_truncated_package_is_unreadable(kept: int) -> None:
    with pytest.raises(UnreadableFile):
        open_bytes(zipped({f"{index}.xml": "x" * 50 for index in range(9)})[:kept])


def test_a_damaged_member_is_unreadable() -> None:
    content = bytearray(zipped({"a.xml": "".join(map(str, range(2000)))}))
    content[200:240] = bytes(40)
    with pytest.raises(UnreadableFile):
        open_bytes(bytes(content)).read("a.xml")


def test_no_bytes_are_an_empty_file() -> None:
    with pytest.raises(EmptyFile):
        open_bytes(b"")


def test_an_office_file_with_a_password_is_named_as_such() -> None:
    content = OLE + "EncryptedPackage".encode("utf-16-le")
    assert is_encrypted_package(content)
    with pytest.raises(EncryptedFile):
        open_bytes(content)


def test_an_old_word_file_is_no_package() -> None:
    assert not is_encrypted_package(OLE)
    with pytest.raises(UnsupportedFormat):
        open_bytes(OLE)


def test_a_member_with_a_zip_password_is_encrypted() -> None:
    content = bytearray(zipped({"a.xml": "x"}))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(EncryptedFile):
        open_bytes(bytes(content)).read("a.xml")


def test_a_file_over_its_limit_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        open_bytes(zipped({"a.xml": "x"}), file_bytes=10)


def test_too_many_members_are_refused() -> None:
    content = zipped({f"{index}.xml": "" for index in range(11)})
    assert len(open_bytes(content, members=11).names) == 11
    with pytest.raises(LimitExceeded):
        open_bytes(content, members=10)


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(LimitExceeded):
        open_bytes(zipped({"a.xml": bytes(3_000_000)})).read("a.xml")


def test_small_members_may_be_packed_as_tightly_as_they_like() -> None:
    assert open_bytes(zipped({"a.xml": bytes(900_000)}), expansion_ratio=2).read("a.xml") == bytes(900_000)


def test_what_is_read_counts_together() -> None:
    package = open_bytes(zipped({"a.xml": "x" * 600, "b.xml": "y" * 600}), expanded_bytes=1000)
    assert package.read("a.xml") is not None
    with pytest.raises(LimitExceeded):
        package.read("b.xml")


def test_a_member_that_declares_too_few_bytes_does_not_get_past_the_limits() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", bytes(50_000_000))
    content = bytearray(out.getvalue())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(signature) + offset
        content[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(UnreadableFile):
        open_bytes(bytes(content)).read("a.xml")
