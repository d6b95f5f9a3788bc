"""A speech is held against the papers it accompanies."""

from __future__ import annotations

import pytest

from kl226_dedup import Report, check, lint, parse
from kl226_dedup.domain.document import Document, Header
from kl226_dedup.domain.match import Exclusion
from kl226_dedup.domain.report import Shares
from kl226_dedup.rules.measures import FASTEST, SLOWEST
from kl226_dedup.verdict import reread_share

PARAGRAPHS = (
    (
        "Năm 2026 xã đã lập bản đồ 12 điểm tập kết rác, lắp 30 thùng phân loại tại ba chợ và ký cam kết với 412 hộ "
        "kinh doanh ven kênh."
    ),
    (
        "Khối lượng rác vớt được là 84 tấn, giảm 17 tấn so với năm trước; hai điểm đen tại cầu Ông Thìn và bến đò "
        "Rạch Cát đã được xóa."
    ),
    (
        "Đoàn thanh niên tổ chức bốn buổi ra quân, mỗi buổi có từ 60 đến 85 người dân tham gia, hội phụ nữ vận động "
        "được 26 triệu đồng."
    ),
    "Tồn tại lớn nhất là xe gom chỉ chạy ba chuyến mỗi tuần, nên cuối tuần rác vẫn tràn ra lòng đường ở chợ.",
)
PAPER = "BÁO CÁO\nTình hình thu gom rác thải trên kênh Trị Yên năm 2026\n" + "\n".join(PARAGRAPHS) + "\n"
OPENING = "BÀI PHÁT BIỂU\nKính thưa các đồng chí!\nKính thưa toàn thể hội nghị!\n"
OWN = (
    "Tôi chỉ nói một điều chưa có trong báo cáo: ba tuần nay bà con ở ấp Bắc tự chèo ghe đi vớt lục bình từ bốn giờ sáng. "
    "Đề nghị hội nghị bàn cách trả công cho họ, vì nếu không thì sang mùa nước nổi sẽ chẳng còn ai làm việc ấy nữa. "
    "Ý kiến của tôi là lấy tiền phạt xả rác bù vào, mỗi ghe hai trăm nghìn một ngày, ghi sổ tại nhà văn hóa ấp.\n"
)
READ_OUT = "\n".join(PARAGRAPHS[:3]) + "\n"


def test_a_speech_that_reads_its_paper_is_to_be_reviewed():
    report = check_speech(OPENING + READ_OUT)
    (reason,) = report.verdict.reasons
    assert (report.verdict.label, reason.code) == ("review", "rereads_paper")
    assert report.measures.reread_share is not None
    assert report.measures.reread_share > 0.7
    assert "160–130 chữ/phút" in reason.message.vi


def test_a_speech_that_says_what_is_new_passes():
    report = check_speech(OPENING + OWN)
    assert (report.verdict.label, report.measures.reread_share) == ("pass", 0.0)


def test_a_speech_that_passes_says_how_long_it_takes_and_how_much_of_it_people_have():
    said = {reason.code: reason.message.vi for reason in check_speech(OPENING + OWN).verdict.reasons}
    assert "phút" in said["speaking_time"]
    assert "0% đọc lại tài liệu" in said["speaking_time"]


def test_without_papers_only_the_time_is_said():
    said = {reason.code: reason.message.vi for reason in check(parsed(OPENING + OWN)).verdict.reasons}
    assert "đọc lại" not in said["speaking_time"]


def test_who_reads_out_the_paper_itself_rereads_all_of_it():
    head = "ỦY BAN NHÂN DÂN\nXÃ MỸ LỘC\nSố: 88/BC-UBND\nMỹ Lộc, ngày 10 tháng 01 năm 2026\n"
    paper = parse((head + PAPER).encode(), name="bao-cao.txt")
    read_out = parse((head + PAPER).encode(), name="bai-noi.txt", known=Header(type="speech"))
    report = check(read_out, against=[paper])
    assert (report.verdict.label, report.verdict.reasons[0].code) == ("review", "rereads_paper")
    assert report.measures.reread_share is not None
    assert report.measures.reread_share > 0.9
    assert "hai bản là một văn bản" not in report.sources[0].advice.vi
    assert check(parse((head + PAPER).encode(), name="ban-sao.txt"), against=[paper]).verdict.label == "pass"


def test_what_is_excused_in_a_document_is_read_out_all_the_same():
    body = Shares(copied_higher=0.1, quoted=0.1, excluded=0.6, own=0.2)
    excused = ((Exclusion.DEFINITION, 0.3), (Exclusion.TEMPLATE, 0.3))
    assert reread_share(body, excused) == pytest.approx(0.5)


def test_a_speech_is_not_asked_for_what_documents_need():
    report = check_speech("UBND XÃ MỸ LỘC\nMỹ Lộc, ngày 20 tháng 01 năm 2026\n" + OPENING + READ_OUT)
    assert report.verdict.label == "review"
    assert "direction_unknown" not in [one.code for one in report.draft.warnings]
    assert {one.rule for one in report.findings}.isdisjoint({"number-line-missing", "recipients-missing"})
    assert "viện dẫn" not in report.sources[0].advice.vi


def test_speaking_time_has_a_range():
    measures = check_speech(OPENING + OWN).measures
    assert measures.speaking_shortest == round(measures.body_syllables / FASTEST, 2)
    assert measures.speaking_longest == round(measures.body_syllables / SLOWEST, 2)


def test_what_is_no_speech_has_no_share_read_again():
    assert check_speech(PAPER).measures.reread_share is None


def test_a_recognised_speech_is_held_to_its_minutes_without_any_paper():
    opening = "BÀI PHÁT BIỂU KHAI MẠC\nKính thưa các đồng chí!\n" + OWN * 25
    rules = {finding.rule for finding in lint(parse(opening.encode(), name="khai-mac.txt"))}
    assert "opening-speech-too-long" in rules


def parsed(text: str) -> Document:
    return parse(text.encode(), name="bai-noi.txt")


def check_speech(text: str) -> Report:
    paper = parse(PAPER.encode(), name="bao-cao.txt")
    return check(parse(text.encode(), name="bai-noi.txt"), against=[paper])
