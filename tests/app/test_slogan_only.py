"""A plan that only exhorts is one to look at again; one that is short but says who does what by when passes."""

from __future__ import annotations

import pytest

from kl226_dedup import VerdictLabel, check, parse

HEAD = """ỦY BAN NHÂN DÂN
TỈNH {place}
Số:      /{symbol}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{kind}
{title}

{body}

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""


def draft(
    body: str, *, kind: str = "KẾ HOẠCH", symbol: str = "KH-UBND", title: str = "Thực hiện nhiệm vụ năm 2026"
) -> bytes:
    return HEAD.format(place="VĨNH LONG", symbol=symbol, kind=kind, title=title, body=body).encode()


LISTED = """I. MỤC ĐÍCH, YÊU CẦU
Nâng cao nhận thức, trách nhiệm của cán bộ, công chức; tạo sự chuyển biến mạnh mẽ trong toàn tỉnh.
II. NHIỆM VỤ
1. Quán triệt sâu sắc các chủ trương của Đảng về cải cách hành chính trong tình hình mới.
2. Đẩy mạnh tuyên truyền bằng nhiều hình thức phong phú, đa dạng, tạo sự đồng thuận cao trong xã hội.
3. Tăng cường kiểm tra, giám sát, kịp thời chấn chỉnh, xử lý nghiêm các biểu hiện lệch lạc.
4. Phát huy vai trò nêu gương của người đứng đầu, nói đi đôi với làm.
III. TỔ CHỨC THỰC HIỆN
Các cơ quan, đơn vị nghiêm túc triển khai thực hiện Kế hoạch này./."""
PROSE = """Thời gian qua, công tác bảo vệ môi trường trên địa bàn tỉnh đã đạt nhiều kết quả quan trọng. Tuy \
nhiên, ý thức của một bộ phận người dân còn hạn chế, công tác phối hợp có lúc, có nơi chưa chặt chẽ.
Trong thời gian tới, cần tiếp tục nâng cao hơn nữa vai trò, trách nhiệm của cả hệ thống chính trị, huy động sự \
vào cuộc đồng bộ, quyết liệt của các cấp, các ngành, khơi dậy tinh thần tự giác trong nhân dân. Từng bước xây \
dựng môi trường sống xanh, sạch, đẹp, đáp ứng yêu cầu phát triển trong giai đoạn mới.
Phải quyết tâm cao, nỗ lực lớn, hành động quyết liệt, làm việc nào dứt việc đó, tạo bước đột phá trong công tác \
quản lý, góp phần thực hiện thắng lợi các mục tiêu phát triển kinh tế - xã hội của tỉnh./."""
ADDRESSED = """1. Các sở, ban, ngành tỉnh tăng cường lãnh đạo, chỉ đạo công tác phòng, chống tham nhũng, tiêu cực.
2. Ủy ban nhân dân các xã, phường đẩy mạnh tuyên truyền sâu rộng trong các tầng lớp nhân dân.
3. Thủ trưởng các cơ quan, đơn vị phát huy tinh thần trách nhiệm, dám nghĩ, dám làm, dám chịu trách nhiệm.
4. Các cơ quan báo chí thực hiện tốt công tác thông tin, kịp thời biểu dương các điển hình tiên tiến./."""
BULLETS = """I. NHIỆM VỤ, GIẢI PHÁP
1. Về nhận thức
- Tiếp tục đổi mới mạnh mẽ phương thức lãnh đạo, lề lối làm việc theo hướng chuyên nghiệp, hiện đại.
- Không ngừng nâng cao chất lượng đội ngũ cán bộ, đáp ứng yêu cầu nhiệm vụ trong tình hình mới.
2. Về tổ chức
- Siết chặt kỷ luật, kỷ cương hành chính.
- Chú trọng công tác phối hợp giữa các ngành, bảo đảm chặt chẽ, đồng bộ, hiệu quả./."""
PROGRAMME = """I. QUAN ĐIỂM
Kiên trì đổi mới, sáng tạo, lấy người dân, doanh nghiệp làm trung tâm.
II. NHIỆM VỤ TRỌNG TÂM
1. Đẩy mạnh chuyển đổi số toàn diện, sâu rộng.
2. Phát triển nhanh và bền vững kinh tế số, xã hội số.
3. Từng bước hoàn thiện thể chế, chính sách.
4. Tập trung nguồn lực cho hạ tầng số đồng bộ, hiện đại.
5. Khơi dậy khát vọng vươn lên trong kỷ nguyên mới./."""
TWO_LINES = """1. Các cấp, các ngành tập trung chỉ đạo quyết liệt công tác chăm sóc người có công, coi đây là \
nhiệm vụ chính trị quan trọng, thường xuyên, phát huy truyền thống tốt đẹp của dân tộc, tạo sự lan tỏa sâu rộng \
trong xã hội và sự đồng thuận cao trong nhân dân.
2. Tổ chức thực hiện nghiêm túc, hiệu quả, thiết thực, tránh hình thức, lãng phí./."""
SECTIONS = """Điều 1. Nâng cao nhận thức
Tăng cường giáo dục, nâng cao ý thức trách nhiệm của cán bộ, đảng viên và nhân dân về an toàn giao thông.
Điều 2. Tăng cường quản lý
Các lực lượng chức năng thường xuyên kiểm tra, kiên quyết xử lý nghiêm vi phạm, không có vùng cấm, không có ngoại lệ.
Điều 3. Phát huy sức mạnh tổng hợp
Huy động cả hệ thống chính trị vào cuộc, xây dựng văn hóa giao thông văn minh, an toàn, thân thiện./."""
QUOTING_SIX = """1. Quán triệt phương châm rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm, rõ \
thẩm quyền.
2. Nâng cao hiệu lực, hiệu quả quản lý nhà nước về đất đai.
3. Kịp thời tháo gỡ khó khăn, vướng mắc cho người dân, doanh nghiệp.
4. Đề cao trách nhiệm người đứng đầu, đổi mới tư duy, hành động quyết liệt./."""
EXHORTING = """Trong bối cảnh tình hình thế giới diễn biến phức tạp, khó lường, Ủy ban nhân dân tỉnh yêu cầu các đơn \
vị nêu cao quyết tâm, đổi mới tư duy, hành động quyết liệt, dám nghĩ, dám làm, dám chịu trách nhiệm vì lợi ích chung; \
phát huy truyền thống đoàn kết, nỗ lực vượt mọi khó khăn, thử thách, hoàn thành xuất sắc mọi nhiệm vụ \
được giao, góp phần xây dựng quê hương./."""
TRANSMITTING = """Ủy ban nhân dân tỉnh nhận được Công văn số 1234/BNV-CCHC ngày 02/3/2026 của Bộ Nội vụ về cải cách \
hành chính.
Về việc này, Ủy ban nhân dân tỉnh chuyển các sở, ban, ngành văn bản nêu trên để biết, nghiên cứu, tiếp tục đẩy mạnh \
tuyên truyền và triển khai thực hiện theo quy định.
Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh về Sở Nội vụ để tổng hợp./."""
ANSWERING = """Trả lời Công văn số 56/UBND-NV của Ủy ban nhân dân xã về chế độ phụ cấp, Sở Nội vụ có ý kiến như sau:
Người hoạt động không chuyên trách được hưởng phụ cấp theo mức khoán quy định tại Nghị quyết của Hội đồng nhân dân tỉnh. \
Trường hợp kiêm nhiệm thì được hưởng thêm một nửa mức phụ cấp của chức danh kiêm nhiệm.
Đề nghị Ủy ban nhân dân xã căn cứ quy định nêu trên để thực hiện, bảo đảm đúng đối tượng, nâng cao chất lượng đội ngũ./."""
SLOGANS = {
    "letter": draft(EXHORTING, kind="CÔNG VĂN", symbol="UBND-VP"),
    "listed": draft(LISTED),
    "prose": draft(PROSE, kind="CHỈ THỊ", symbol="CT-UBND"),
    "addressed": draft(ADDRESSED, kind="CHỈ THỊ", symbol="CT-UBND"),
    "bullets": draft(BULLETS),
    "programme": draft(PROGRAMME, kind="CHƯƠNG TRÌNH HÀNH ĐỘNG", symbol="CTr-UBND"),
    "two lines": draft(TWO_LINES),
    "sections": draft(SECTIONS, kind="CHỈ THỊ", symbol="CT-UBND"),
    "six clear": draft(QUOTING_SIX),
}
TERSE = {
    "transmittal": draft(TRANSMITTING, kind="CÔNG VĂN", symbol="UBND-NC"),
    "answer": draft(ANSWERING, kind="CÔNG VĂN", symbol="SNV-TCBC"),
    "good wishes": draft(
        f"Nhân dịp năm mới, Ủy ban nhân dân tỉnh gửi lời chúc mừng tốt đẹp nhất.\n{EXHORTING}",
        kind="CÔNG VĂN",
        symbol="UBND-VP",
    ),
    "one task": draft(
        "1. Văn phòng Ủy ban nhân dân tỉnh lập danh mục 85 báo cáo định kỳ, đề xuất bỏ 30 báo cáo trước ngày 31/3/2026./."
    ),
    "table of three": draft(
        "1. Sở Y tế lập danh sách 1.200 người cao tuổi chưa có thẻ bảo hiểm trước ngày 15/4/2026.\n"
        "2. Bảo hiểm xã hội tỉnh cấp 1.200 thẻ trước ngày 30/5/2026.\n"
        "3. Sở Tài chính bố trí 970 triệu đồng từ dự phòng ngân sách trong tháng 4/2026./."
    ),
    "directive": draft(
        "1. Công an tỉnh kiểm tra 62 quán karaoke, gửi biên bản kiểm tra về Ủy ban nhân dân tỉnh trước ngày 20/6/2026.\n"
        "2. Sở Văn hóa, Thể thao và Du lịch thu hồi giấy phép các quán vi phạm trong 10 ngày kể từ ngày có biên bản./.",
        kind="CHỈ THỊ",
        symbol="CT-UBND",
    ),
    "labelled": draft(
        "1. Sửa 4 cầu treo dân sinh\n- Đơn vị chủ trì: Sở Xây dựng\n- Thời gian hoàn thành: trước ngày 31/8/2026\n"
        "- Sản phẩm: 4 biên bản nghiệm thu\n2. Đánh giá 38 cầu còn lại\n- Đơn vị chủ trì: Sở Xây dựng\n"
        "- Thời gian hoàn thành: 30/11/2026\n- Sản phẩm: báo cáo đánh giá"
    ),
}


@pytest.mark.parametrize("name", SLOGANS)
def test_a_plan_of_slogans_is_to_be_reviewed(name: str) -> None:
    report = check(parse(SLOGANS[name], name="draft.txt"))
    assert report.verdict.label is VerdictLabel.REVIEW, [reason.code for reason in report.verdict.reasons]


def test_slogans_are_not_saved_by_a_missing_letterhead() -> None:
    report = check(parse(EXHORTING.encode(), name="draft.txt"))
    assert "only_slogans" in [reason.code for reason in report.verdict.reasons]


@pytest.mark.parametrize("name", TERSE)
def test_a_short_plan_that_assigns_its_work_passes(name: str) -> None:
    report = check(parse(TERSE[name], name="draft.txt"))
    assert report.verdict.label is VerdictLabel.PASS, [reason.message.en for reason in report.verdict.reasons]
