"""Does a matched passage count as copied."""

from __future__ import annotations

from dataclasses import replace

from verdict_samples import MINISTRY, PROVINCE, entry

from kl226_dedup.api import parse, resources
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.match import Exclusion, MatchStatus
from kl226_dedup.domain.report import LibraryDocument, Relation
from kl226_dedup.domain.span import Span
from kl226_dedup.verdict import MatchOptions, is_same_document, match_status, stock_clauses

OPTIONS = MatchOptions()
CIRCULAR = entry(MINISTRY, "9/2020/TT-BTC")
TASK = (
    "Cơ quan thu phí nộp toàn bộ số tiền phí thu được vào ngân sách trung ương, nguồn chi phí trang trải cho việc thẩm "
    "định và thu phí do ngân sách nhà nước bố trí trong dự toán hằng năm của tổ chức thu theo chế độ, định mức chi."
)


def draft(body: str) -> Document:
    page = (
        "ỦY BAN NHÂN DÂN\nTỈNH LONG AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số:      /KH-UBND\nKẾ HOẠCH\nThu phí năm 2026\n{body}\n"
    )
    return parse(page.encode(), name="draft.txt")


def status(
    document: Document,
    passage: str,
    *,
    source: LibraryDocument = CIRCULAR,
    relation: Relation = Relation.HIGHER,
    template: bool = False,
    only_here: bool = False,
    similarity: float = 1.0,
    stock_share: float = 0.0,
) -> tuple[MatchStatus, Exclusion | None]:
    start = document.text.index(passage)
    return match_status(
        document,
        Span(start=start, end=start + len(passage)),
        entry=source,
        relation=relation,
        template=template,
        only_here=only_here,
        similarity=similarity,
        stock_share=stock_share,
        clauses=stock_clauses(resources().tables.boilerplate),
        options=OPTIONS,
    )


def test_a_repeated_task_is_copied():
    assert status(draft(TASK), TASK) == (MatchStatus.COPIED, None)


def test_template_wording_is_excluded():
    assert status(draft(TASK), TASK, template=True) == (MatchStatus.EXCLUDED, Exclusion.TEMPLATE)


def test_stock_wording_is_boilerplate_unless_it_is_long_and_one_documents_own():
    document = draft(TASK)
    stock = OPTIONS.boilerplate_from
    assert status(document, TASK, stock_share=stock) == (MatchStatus.BOILERPLATE, None)
    assert status(document, TASK, stock_share=stock, only_here=True) == (MatchStatus.COPIED, None)
    assert (
        status(document, TASK, stock_share=stock, only_here=True, similarity=0.8)[0]
        == MatchStatus.BOILERPLATE
    )
    short = " ".join(TASK.split()[: OPTIONS.unique_syllables - 1])
    assert status(document, short, stock_share=stock, only_here=True)[0] == MatchStatus.BOILERPLATE


def test_a_stock_clause_inside_a_passage_of_its_own_does_not_make_it_boilerplate():
    clause = (
        "Quyền sở hữu tài sản trưng mua thuộc về Nhà nước kể từ thời điểm quyết định trưng mua tài sản có hiệu lực "
        "thi hành."
    )
    document = draft(clause)
    assert status(document, clause)[0] == MatchStatus.BOILERPLATE
    assert status(document, clause, only_here=True)[0] == MatchStatus.COPIED


def test_a_rank_is_stock_where_it_signs_and_not_in_a_sentence() -> None:
    sentence = "Phó Chủ tịch phụ trách được dùng dấu của nơi mình đang làm việc."
    assert status(draft(sentence), sentence) == (MatchStatus.COPIED, None)
    for signed in (
        "PHÓ CHỦ TỊCH\nNguyễn Văn A",
        "KT. Chủ tịch\nPhó Chủ tịch",
        "Chủ tịch (đã ký) Nguyễn Văn A",
    ):
        assert status(draft(signed), signed)[0] == MatchStatus.BOILERPLATE


def test_a_quotation_with_its_source_is_quoted_and_one_without_is_copied():
    cited = draft(f"Theo khoản 1 Điều 5 Thông tư số 9/2020/TT-BTC: “{TASK}”")
    assert status(cited, TASK) == (MatchStatus.QUOTED, None)
    assert status(draft(f"“{TASK}”"), TASK) == (MatchStatus.COPIED, None)


def test_amended_text_in_quotation_marks_is_excluded():
    amending = draft(f"Khoản 2 Điều 5 Thông tư số 9/2020/TT-BTC được sửa đổi, bổ sung như sau:\n“{TASK}”")
    assert status(amending, TASK) == (MatchStatus.EXCLUDED, Exclusion.AMENDED_TEXT)


def test_the_title_of_a_repealed_document_repeats_nothing():
    title = (
        "ban hành các Quy chuẩn kỹ thuật quốc gia về chất lượng an toàn kỹ thuật và bảo vệ môi trường, tiêu thụ năng lượng "
        "xe cơ giới; xe máy chuyên dùng; phụ tùng xe cơ giới; thiết bị an toàn cho trẻ em"
    )
    named = (
        f"Thông tư số 48/2024/TT-BGTVT ngày 15 tháng 11 năm 2024 của Bộ trưởng Bộ Giao thông vận tải {title}"
    )
    assert status(draft(f"Bãi bỏ khoản 1 Điều 1 {named}."), title)[0] is MatchStatus.BOILERPLATE
    assert status(draft(f"Các đơn vị thực hiện theo {named}."), title)[0] is MatchStatus.COPIED
    amending = draft(f"Sửa đổi Điều 5 Thông tư số 48/2024/TT-BGTVT như sau: {TASK}")
    assert status(amending, TASK)[0] is MatchStatus.COPIED


def test_what_a_document_issued_later_shares_is_no_copy():
    document = draft(TASK)
    dated = replace(document, header=replace(document.header, issued_on="2020-01-05"))
    later = replace(CIRCULAR, header=replace(CIRCULAR.header, issued_on="2020-03-01"))
    assert status(dated, TASK, source=later)[0] == MatchStatus.EXCLUDED


def test_the_same_file_is_the_same_document_and_so_is_one_of_its_number_and_issuer():
    document = draft(TASK)
    numbered = replace(document, header=replace(entry(PROVINCE, "1/KH-UBND").header))
    assert is_same_document(document, replace(CIRCULAR, sha256=document.sha256))
    assert is_same_document(numbered, entry(PROVINCE, "1/KH-UBND"))
    assert not is_same_document(numbered, entry(PROVINCE, "2/KH-UBND"))
    assert not is_same_document(document, CIRCULAR)
    same = replace(CIRCULAR, sha256=document.sha256)
    assert status(document, TASK, source=same) == (MatchStatus.EXCLUDED, Exclusion.STAMPED_COPY)


def test_who_is_to_carry_a_document_out_is_stock_however_many_bodies_are_named() -> None:
    bodies = (
        "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các Sở: Tài chính, Tư pháp, Y tế, Xây dựng, Nội vụ; "
    )
    clause = f"{bodies.replace(';', ',') * 3}Chủ tịch Ủy ban nhân dân các xã chịu trách nhiệm thi hành Quyết định này."
    assert status(draft(clause), clause) == (MatchStatus.BOILERPLATE, None)
    clause = f"Điều 3. {clause}"
    assert status(draft(clause), clause) == (MatchStatus.BOILERPLATE, None)
    listed = "Chánh Văn phòng Sở và các ông, bà có tên trong danh sách thực hiện quyết định này;"
    assert status(draft(listed), listed) == (MatchStatus.BOILERPLATE, None)
    longer = f"{TASK} {clause}"
    assert status(draft(longer), longer) == (MatchStatus.COPIED, None)


def test_a_task_with_its_time_is_no_stock_though_it_ends_in_carrying_the_document_out() -> None:
    task = (
        "Sở Công Thương chủ trì xây dựng quy hoạch mạng lưới chợ và siêu thị trên địa bàn tỉnh, trình Ủy ban nhân dân "
        "tỉnh phê duyệt trong quý III năm 2026 và chịu trách nhiệm thực hiện Quy hoạch này."
    )
    assert status(draft(task), task)[0] is MatchStatus.COPIED
