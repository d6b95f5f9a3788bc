"""Documents that carry a mark of state secrecy are refused; those that only speak of secrecy are not."""

from __future__ import annotations

import pytest

import kl226_dedup
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.errors import SecretDocument
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.structure.secrecy import secrecy_mark

HEAD = (
    "BỘ CÔNG AN\nSố: 12/BC-BCA\n{}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBÁO CÁO\nTình hình an ninh mạng quý I"
)


@pytest.mark.parametrize(
    ("line", "mark"),
    [("MẬT", "MẬT"), ("TỐI MẬT", "TỐI MẬT"), ("TUYỆT MẬT", "TUYỆT MẬT"), ("[ MẬT ]", "MẬT"), ("M Ậ T", "MẬT"),
     ("Độ mật: Tối mật", "TỐI MẬT"), ("ĐỘ MẬT: MẬT", "MẬT"), ("Bản mật", "MẬT"), ("Tài liệu tuyệt mật", "TUYỆT MẬT"),
     ("MẬT\tBản số: 03", "MẬT"), ("| MÂT |", "MẬT"), ("MẬT (A)", None), ("Mức độ mật: mật", "MẬT")],
)  # fmt: skip
def test_a_mark_in_a_line_or_cell_of_its_own_is_found(line: str, mark: str | None) -> None:
    assert secrecy_mark(HEAD.format(line)) == mark


@pytest.mark.parametrize(
    "line",
    ["Quy chế bảo vệ bí mật nhà nước", "BẢO MẬT", "QUY CHẾ BẢO ĐẢM AN TOÀN, BẢO MẬT THÔNG TIN", "Mật", "mật ong",
     "Độ mật: Không", "VỀ DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT, TỐI MẬT", "MẶT TRẬN", "MẤT", "BÍ MẬT", "Độ mật:",
     "Tối mật, tuyệt mật và mật là ba độ mật"],
)  # fmt: skip
def test_speaking_of_secrecy_is_no_mark(line: str) -> None:
    assert secrecy_mark(HEAD.format(line)) is None


def test_a_mark_deep_inside_a_document_is_a_word_like_any_other() -> None:
    assert secrecy_mark("Một dòng thường.\n" * 60 + "MẬT\n") is None


def test_a_marked_document_is_refused_unless_the_profile_allows_it() -> None:
    content = HEAD.format("TỐI MẬT").encode()
    with pytest.raises(SecretDocument) as refused:
        kl226_dedup.parse(content, name="báo cáo.txt")
    assert refused.value.code == "secret_document"
    assert "TỐI MẬT" in str(refused.value)
    allowed = Profile(limits=ParseLimits(allow_secret=True))
    assert "TỐI MẬT" in kl226_dedup.parse(content, name="báo cáo.txt", profile=allowed).text
