from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kl226_dedup.domain.document import Document, Extraction, SourceFile, ZoneKind
from kl226_dedup.domain.span import Span
from kl226_dedup.parsers.structure import structure
from kl226_dedup.stores.tables import load_tables

DATA = Path(__file__).parents[1] / "data" / "structure"
FILES = sorted(path.stem for path in DATA.glob("*.txt"))


def parsed(text: str, footnotes: tuple[Span, ...] = ()) -> Document:
    extraction = Extraction(media_type="text/plain", text=text, footnotes=footnotes)
    return structure(SourceFile(name="văn bản", content=b""), extraction, load_tables())


def sample(name: str) -> Document:
    return parsed((DATA / f"{name}.txt").read_text(encoding="utf-8"))


def parts(document: Document, kind: ZoneKind) -> list[str]:
    return [zone.span.of(document.text) for zone in document.zones if zone.kind is kind]


def assert_partition(document: Document) -> None:
    assert "".join(zone.span.of(document.text) for zone in document.zones) == document.text
    assert all(a.span.end == b.span.start for a, b in zip(document.zones, document.zones[1:], strict=False))


@pytest.mark.parametrize("name", FILES)
def test_zones_partition_a_real_document(name: str) -> None:
    document = sample(name)
    assert_partition(document)
    for provision in document.provisions:
        assert provision.span.end <= len(document.text)
    for citation in document.citations:
        assert citation.span.of(document.text).strip()


PIECES = st.sampled_from(
    [
        *(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 1/QĐ-UBND",
            "QUYẾT ĐỊNH",
            "Căn cứ Luật;",
            "Kính gửi: Bộ",
            "V/v",
        ),
        *("Điều 1. A", "1. B", "a) C", "Mục 1", "I. X", "1.1. Y", "khoản 1 Điều 2 Nghị định số 3/2020/NĐ-CP"),
        *("“", "”", '"', "mười hai tiếng một hai ba bốn năm sáu bảy tám chín", "|", "\t", "_____", "\n", " "),
        *("Nơi nhận:", "PHỤ LỤC I", "./.", "TM. CHÍNH PHỦ"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_zones_partition_any_text_and_provisions_nest(pieces: list[str]) -> None:
    document = parsed("".join(pieces))
    assert_partition(document)
    open_spans: list[Span] = []
    for provision in document.provisions:
        while open_spans and open_spans[-1].end <= provision.span.start:
            open_spans.pop()
        assert not open_spans or open_spans[-1].contains(provision.span)
        open_spans.append(provision.span)


def test_a_directives_opening_narrative_is_body() -> None:
    for name in ("chi_thi_19_2008_long_an", "chi_thi_22_2008_ttg"):
        document = sample(name)
        assert parts(document, ZoneKind.BASIS) == []
        assert parts(document, ZoneKind.BODY)[0].lstrip().startswith("Luật")


def test_the_closing_begins_with_the_recipients() -> None:
    document = sample("chi_thi_22_2008_ttg")
    assert parts(document, ZoneKind.CLOSING)[0].startswith("Nơi nhận:")
    assert document.zones[-1].kind is ZoneKind.CLOSING


def test_the_end_mark_belongs_to_the_body() -> None:
    assert parts(sample("chi_thi_19_2008_long_an"), ZoneKind.BODY)[-1].rstrip().endswith("./.")


def test_bases_and_the_enacting_formula_are_basis() -> None:
    basis = parts(sample("nghi_dinh_344_2025"), ZoneKind.BASIS)
    assert len(basis) == 1
    assert basis[0].startswith("Căn cứ Luật Tổ chức Chính phủ")
    assert "Chính phủ ban hành Nghị định" in basis[0]


def test_the_command_word_after_the_bases_is_letterhead() -> None:
    assert parts(sample("quyet_dinh_59_2000_da_nang"), ZoneKind.LETTERHEAD)[-1].strip() == "QUYẾT ĐỊNH"


def test_a_letters_sentence_with_theo_de_nghi_is_body_not_basis() -> None:
    document = sample("cong_van_ocr_quang_ngai_2025")
    assert parts(document, ZoneKind.BASIS) == []
    assert parts(document, ZoneKind.LETTERHEAD)[0].rstrip().endswith("Kính gửi: Sở Tài chính")
    assert parts(document, ZoneKind.BODY)[0].startswith("Theo đề nghị của Bộ Tài chính")


def test_quoted_amendments_are_quoted_and_their_instructions_are_body() -> None:
    document = sample("luat_36_2013")
    quoted = parts(document, ZoneKind.QUOTED)
    assert any(text.startswith("8. Thuê, cho thuê") for text in quoted)
    assert not any("Sửa đổi, bổ sung khoản" in text for text in quoted)


def test_an_attached_programme_is_appendix() -> None:
    appendix = "".join(parts(sample("quyet_dinh_435_2020_kon_tum_web"), ZoneKind.APPENDIX))
    assert appendix.startswith("I. MỤC ĐÍCH, YÊU CẦU")


HEAD = "BỘ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/2020/TT-BNV\nTHÔNG TƯ\nVề một việc\n"
LONG = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai"


def test_a_forgotten_closing_mark_does_not_swallow_the_document() -> None:
    document = parsed(
        f"{HEAD}Điều 1. Sửa đổi khoản 1 như sau:\n“1. {LONG}.\nĐiều 2. Hiệu lực thi hành\nThông tư có hiệu lực.\n"
    )
    assert parts(document, ZoneKind.QUOTED) == [f"1. {LONG}."]
    assert [p.path for p in document.provisions] == [("Điều 1",), ("Điều 2",)]


def test_an_unclosed_inline_mark_quotes_nothing() -> None:
    document = parsed(f"{HEAD}Điều 1. Cụm từ “{LONG}\nĐiều 2. Khác “a” và {LONG}\n")
    assert parts(document, ZoneKind.QUOTED) == []


def test_a_quotation_over_several_articles_is_one() -> None:
    block = f"Điều 5. {LONG}\n1. {LONG} “nghĩa hẹp” khác.\n2. {LONG}"
    document = parsed(f"{HEAD}Điều 1. Sửa đổi Điều 5 như sau:\n“{block}.”.\nĐiều 2. Thi hành\n")
    assert parts(document, ZoneKind.QUOTED) == [f"{block}."]


def test_short_quotations_stay_in_the_body() -> None:
    assert parts(parsed(f"{HEAD}Điều 1. Gọi là “dự án nhóm A”.\n"), ZoneKind.QUOTED) == []


def test_footnotes_are_appendix_wherever_they_stand() -> None:
    text = f"{HEAD}Điều 1. Nội dung\nXem công báo số 1.\n1. Một\nĐiều 2. Khác\n"
    start = text.index("Xem công báo")
    document = parsed(text, (Span(start=start, end=start + 19),))
    assert parts(document, ZoneKind.APPENDIX) == ["Xem công báo số 1.\n"]
    assert [p.path for p in document.provisions] == [("Điều 1",), ("Điều 1", "khoản 1"), ("Điều 2",)]


def test_what_follows_an_appendix_head_stays_appendix() -> None:
    document = parsed(
        f"{HEAD}Điều 1. Ban hành Quy chế./.\nNơi nhận:\n- Như trên.\nBỘ TRƯỞNG\nNguyễn Văn A\n"
        "QUY CHẾ\nLàm việc\n(Ban hành kèm theo Thông tư số 1/2020/TT-BNV)\nĐiều 1. Phạm vi\n1. Một./.\nNơi nhận:\n- Lưu.\n"
    )
    assert [zone.kind for zone in document.zones][-2:] == [ZoneKind.CLOSING, ZoneKind.APPENDIX]
    assert document.provisions[-1].path == ("Quy chế", "Điều 1", "khoản 1")
    assert document.provisions[-1].label == "khoản 1 Điều 1"


def test_a_text_that_is_an_appendix_is_appendix() -> None:
    document = parsed("Phụ lục II\nVIẾT HOA\n(Kèm theo Nghị định số 30/2020/NĐ-CP)\nI. VIẾT HOA\n1. Một\n")
    assert [zone.kind for zone in document.zones] == [ZoneKind.APPENDIX]
    assert document.provisions[-1].path == ("Phụ lục II", "mục I", "1")


def test_a_sample_signature_in_a_text_about_layout_does_not_close_it() -> None:
    prose = (
        "Trường hợp ký thay người đứng đầu cơ quan thì phải ghi chữ viết tắt vào trước chức vụ của người ấy. "
        * 3
    )
    document = parsed(f"{HEAD}Điều 1. Thể thức\nTM. HỘI ĐỒNG NHÂN DÂN\n{prose}\nĐiều 2. Khác\n")
    assert parts(document, ZoneKind.CLOSING) == []


def test_two_megabytes_of_marks_and_numbers_stay_linear() -> None:
    for piece in ("“a\n", '"', "1/", "“", "Điều 1. ", "\n1. a", "_", "Nơi nhận:\n", "a”\n", "ngày 1 tháng "):
        document = parsed(HEAD + piece * (2_000_000 // len(piece)))
        assert document.zones


@pytest.mark.parametrize("closing", ["", "Nơi nhận:\n- Như trên.\n"])
def test_short_lines_without_a_mark_are_not_all_title(closing: str) -> None:
    body = "Văn phòng UBND xã in 200 băng rôn\nCông an xã lập sơ đồ điểm trực\nĐoàn Thanh niên huy động 100 đoàn viên\n"
    document = parsed(f"KẾ HOẠCH\nRa quân làm sạch bãi biển\nvà trồng cây\n{body}{closing}")
    assert parts(document, ZoneKind.BODY) == [body]
    assert document.header.title == "Ra quân làm sạch bãi biển và trồng cây"


LETTER = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 12/UBND-NC

V/v phối hợp với nhà tài trợ

Kính gửi: Sở Y tế

Đề nghị Sở Y tế nghiên cứu bản ghi nhớ kèm theo và trả lời trước ngày 20 tháng 6 năm 2026.

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
Nguyễn Văn An
"""


@pytest.mark.parametrize("head", ["ANNEX", "APPENDIX 1", "Annex 2. Memorandum", "MEMORANDUM", "ANNEXE"])
def test_an_annex_in_another_language_is_no_part_of_the_closing(head: str) -> None:
    document = parsed(f"{LETTER}\n{head}\nChildren have the right to say what they think and wish.\n")
    assert parts(document, ZoneKind.APPENDIX) == [
        f"{head}\nChildren have the right to say what they think and wish.\n"
    ]


@pytest.mark.parametrize(
    "line", ["- Annex Holdings Ltd;", "Bà Anexa Popescu", "- Công ty Appendix (để biết);"]
)
def test_a_recipient_with_such_a_name_stays_in_the_closing(line: str) -> None:
    document = parsed(LETTER.replace("- Như trên;", f"- Như trên;\n{line}"))
    assert parts(document, ZoneKind.APPENDIX) == []
