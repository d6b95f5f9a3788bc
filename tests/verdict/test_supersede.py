"""What a document says it replaces, repeals, amends or consolidates, in the words of real documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from kl226_dedup import Library, parse
from kl226_dedup.api import resources
from kl226_dedup.app.ties import ties_in
from kl226_dedup.domain.document import Header, Level
from kl226_dedup.domain.report import LibraryDocument, VerdictLabel
from kl226_dedup.verdict.supersede import Supersession, replacement_of, supersession

ISSUED = Path(__file__).parents[2] / "corpus_samples" / "issued"
HEAD = """BỘ TÀI CHÍNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/2026/TT-BTC
Hà Nội, ngày 5 tháng 5 năm 2026
THÔNG TƯ
Quy định mức thu phí
Căn cứ Nghị định số 01/2020/NĐ-CP thay thế Nghị định số 02/2010/NĐ-CP;
Điều 1. Mức thu
Mức thu là 100.000 đồng một lần.
Điều 2. Hiệu lực thi hành
"""


@pytest.mark.parametrize(
    ("sample", "kind", "number"),
    [
        ("48-2025-TT-BXD.txt", "replaces", "16/2020/TT-BGTVT"),
        ("54-2025-TT-BXD.pdf", "replaces", "49/2013/TT-BGTVT"),
        ("2298-2002-QD-UB.txt", "replaces", "1418/2001/QĐ-UB"),
        ("04-2007-QH12.txt", "replaces", "35/2001/PL-UBTVQH10"),
        ("103-VBHN-VPQH.txt", "consolidates", "04/2007/QH12"),
        ("26-2001-ND-CP.txt", "amends", "30/1998/NĐ-CP"),
    ],
)
def test_issued_documents_say_what_they_do_to_others(sample: str, kind: str, number: str) -> None:
    ties = ties_in(parse(ISSUED / sample), resources().tables)
    assert (kind, number) in {(one.kind, one.number) for one in ties}


@pytest.mark.parametrize(
    ("clause", "numbers"),
    [
        (
            "Thông tư này thay thế Thông tư số 52/2018/TT-BTC và Thông tư số 53/2019/TT-BTC.",
            {"52/2018/TT-BTC", "53/2019/TT-BTC"},
        ),
        (
            "Thông tư số 52/2018/TT-BTC hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành.",
            {"52/2018/TT-BTC"},
        ),
        (
            "Các văn bản sau đây hết hiệu lực:\na) Thông tư số 52/2018/TT-BTC;\nb) Thông tư số 53/2019/TT-BTC.",
            {"52/2018/TT-BTC", "53/2019/TT-BTC"},
        ),
        ("İ. BÃI BỎ Thông tư số 52/2018/TT-BTC.", {"52/2018/TT-BTC"}),
        ("Bãi bỏ khoản 3 Điều 5 Thông tư số 52/2018/TT-BTC.", set()),
        ("Thay thế các mục I, II của Thông tư số 52/2018/TT-BTC.", set()),
        ("Thay thế cụm từ “phí” bằng cụm từ “giá” tại Thông tư số 52/2018/TT-BTC.", set()),
        ("Phí nêu tại Thông tư số 51/2017/TT-BTC được thay thế bằng Thông tư số 52/2018/TT-BTC.", set()),
        ("Thực hiện theo Thông tư số 52/2018/TT-BTC. Trường hợp bị thay thế thì áp dụng bản mới.", set()),
        ("Bãi bỏ Quyết định số 2190/QĐ-BTC đính chính Thông tư số 93/2018/TT-BTC.", {"2190/QĐ-BTC"}),
    ],
)  # fmt: skip
def test_only_a_repeal_of_the_whole_document_counts(clause: str, numbers: set[str]) -> None:
    ties = ties_in(parse((HEAD + clause).encode(), name="tt.txt"), resources().tables)
    assert {one.number for one in ties if one.kind == "replaces"} == numbers


@pytest.mark.parametrize(
    "opening",
    [
        (
            "LUẬT\nHàng không dân dụng Việt Nam\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam đã được sửa đổi, "
            "bổ sung một số điều theo Nghị quyết số 203/2025/QH15;\n"
        ),
        (
            "LUẬT\nThuế thu nhập cá nhân\nCăn cứ vào Hiến pháp năm 1992 đã được sửa đổi, bổ sung theo Nghị quyết số "
            "51/2001/QH10;\n"
        ),
        (
            "THÔNG TƯ\nHướng dẫn Nghị định số 61/2015/NĐ-CP và Nghị định số 74/2019/NĐ-CP sửa đổi, bổ sung một số điều của "
            "Nghị định số 61/2015/NĐ-CP\n"
        ),
    ],
)
def test_what_others_amended_is_not_amended_by_who_cites_it(opening: str) -> None:
    head = HEAD.split("THÔNG TƯ", maxsplit=1)[0]
    text = f"{head}{opening}Điều 1. Phạm vi\nVăn bản này quy định phạm vi.\n"
    assert ties_in(parse(text.encode(), name="vb.txt"), resources().tables) == ()


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("Thông tư này thay thế Thông tư số 52/2018/TT-BTC.", Supersession.REPLACES),
        ("Sửa đổi, bổ sung Điều 3 Thông tư số 52/2018/TT-BTC như sau:", Supersession.AMENDS),
        ("Thực hiện theo Thông tư số 52/2018/TT-BTC.", None),
    ],
)
def test_a_draft_that_replaces_is_told_from_one_that_amends(clause: str, said: Supersession | None) -> None:
    draft = parse((HEAD.replace("thay thế Nghị định số 02/2010/NĐ-CP", "") + clause).encode(), name="tt.txt")
    assert supersession(draft, Header(number="52/2018/TT-BTC")) is said


def entry(number: str, issued_on: str, territory: str | None = None) -> LibraryDocument:
    header = Header(
        number=number,
        issued_on=issued_on,
        territory=territory,
        level=Level.PROVINCE if territory else Level.MINISTRY,
    )
    return LibraryDocument(
        id=f"{number} {territory}", sha256="", path="", header=header, status=None, syllables=0, body_syllables=0
    )  # fmt: skip


def test_another_provinces_decision_of_that_number_is_not_what_was_replaced() -> None:
    old = entry("12/2010/QĐ-UBND", "2010-05-20", "Bến Tre")
    assert replacement_of(old, entry("20/2015/QĐ-UBND", "2015-01-02", "Bến Tre")) is not None
    assert replacement_of(old, entry("20/2015/QĐ-UBND", "2015-01-02", "Cà Mau")) is None
    assert replacement_of(old, entry("20/2009/QĐ-UBND", "2009-01-02", "Bến Tre")) is None


def old_circular(issued_on: str = "10/8/2020") -> str:
    text = parse(ISSUED / "48-2025-TT-BXD.txt").text
    body = text[text.index("Điều 1") : text.index("Điều 3")]
    return (
        "BỘ GIAO THÔNG VẬN TẢI\nSố: 16/2020/TT-BGTVT\nHà Nội, ngày 10 tháng 8 năm 2020\nTHÔNG TƯ\nCông bố vùng nước cảng "
        f"biển\n{body}"
    )


def draft_of(day: str) -> bytes:
    text = old_circular()
    return (
        f"ỦY BAN NHÂN DÂN TỈNH NINH BÌNH\nSố:      /KH-UBND\nNinh Bình, {day}\nKẾ HOẠCH\nQuản lý vùng nước cảng biển\n"
        "Căn cứ Thông tư số 16/2020/TT-BGTVT ngày 10 tháng 8 năm 2020 của Bộ trưởng Bộ Giao thông vận tải;\n"
        + text[text.index("Điều 1") :]
    ).encode()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    (folder / "16-2020.txt").write_text(old_circular(), encoding="utf-8")
    with Library.open(folder / "library", create=True) as library:
        library.add([folder / "16-2020.txt", ISSUED / "48-2025-TT-BXD.txt"])
    return folder / "library"


def test_a_repealed_source_is_said_to_be_and_the_basis_is_an_error_that_names_what_replaced_it(
    library: Path,
) -> None:
    from kl226_dedup import check

    report = check(parse(draft_of("ngày 05 tháng 5 năm 2026"), name="kh.txt"), library=library)
    members = [one for source in report.sources for one in (source.entry, *source.family)]
    (old,) = (one for one in members if one.header.number == "16/2020/TT-BGTVT")
    assert old.is_expired
    assert [one.number for one in old.replaced_by] == ["48/2025/TT-BXD"]
    (found,) = (one for one in report.findings if one.rule == "repealed-basis")
    assert "16/2020/TT-BGTVT đã hết hiệu lực" in found.message.vi
    assert "48/2025/TT-BXD" in found.message.vi


def test_a_basis_that_is_no_longer_in_force_is_for_review_unless_the_profile_sets_it_aside(
    library: Path,
) -> None:
    from kl226_dedup import check, read_profile

    plan = (
        "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nSố: /KH-UBND\nLong An, ngày 05 tháng 5 năm 2026\nKẾ HOẠCH\nTrực bến năm 2026\n"
        "Căn cứ Thông tư số 16/2020/TT-BGTVT ngày 12 tháng 8 năm 2020 của Bộ Giao thông vận tải;\nI. NHIỆM VỤ\n"
        "1. Sở Xây dựng lập lịch trực 12 bến, gửi bảng phân ca trước ngày 30/6/2026.\n"
        "2. Công an tỉnh kiểm tra 40 phương tiện chở khách, lập biên bản, báo cáo kết quả trước ngày 15/7/2026.\n"
    )
    report = check(parse(plan.encode(), name="kh.txt"), library=library)
    (reason,) = (one for one in report.verdict.reasons if one.code == "has_errors")
    assert report.verdict.label is VerdictLabel.REVIEW
    assert "1 lỗi phải sửa: 16/2020/TT-BGTVT đã hết hiệu lực" in reason.message.vi
    profile = read_profile(
        '[[suppress]]\nrule = "repealed-basis"\nreason = "Dẫn để nói lịch sử."\n', name="profile.toml"
    )
    aside = check(parse(plan.encode(), name="kh.txt"), library=library, profile=profile)
    assert aside.verdict.label is VerdictLabel.PASS


def test_before_it_was_repealed_it_was_in_force(library: Path) -> None:
    from kl226_dedup import check

    report = check(parse(draft_of("ngày 05 tháng 5 năm 2021"), name="kh.txt"), library=library)
    assert not any(source.entry.is_expired for source in report.sources)
    assert "repealed-basis" not in {one.rule for one in report.findings}


def test_the_library_says_what_is_known_of_force_with_files_in_memory_too() -> None:
    from kl226_dedup import check

    report = check(
        parse(draft_of("ngày 05 tháng 5 năm 2026"), name="kh.txt"),
        against=[parse(old_circular().encode(), name="16.txt"), ISSUED / "48-2025-TT-BXD.txt"],
    )
    assert "repealed-basis" in {one.rule for one in report.findings}
    assert report.sources[0].entry.header.number in {"16/2020/TT-BGTVT", "48/2025/TT-BXD"}


def test_a_consolidated_text_and_its_law_are_one_family_with_the_law_in_front(tmp_path: Path) -> None:
    from kl226_dedup import check

    law = parse(ISSUED / "04-2007-QH12.txt").text
    text = law[law.index("Điều 3.") : law.index("Điều 5.")]
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([ISSUED / "103-VBHN-VPQH.txt", ISSUED / "04-2007-QH12.txt"])
        report = check(
            ("UBND TỈNH LONG AN\nSố: /KH-UBND\nKẾ HOẠCH\nVề thuế\n" + text).encode(), library=library
        )
    (source,) = report.sources
    assert source.entry.header.number == "04/2007/QH12"
    assert [one.header.number for one in source.family] == ["103/VBHN-VPQH"]
