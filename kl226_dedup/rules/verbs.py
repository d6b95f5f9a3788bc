"""The verbs of assignments: what a unit is told to do begins with one of them."""

from __future__ import annotations


def _phrases(block: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in block.replace("\n", "").split("|"))


_NOT_OF_A_NOUN = {
    "trình": r"(?<!quá )(?<!chương )(?<!tờ )(?<!Tờ )(?<!quy )(?<!lộ )(?<!công )(?<!giáo )(?<!Chương )",
    "lập": r"(?<!công )(?<!độc )(?<!đối )",
    "ký": r"(?<!đăng )(?<!Đăng )(?<!chữ )",
}
"""What must not stand before a verb that is also the second syllable of nouns: "chương trình", "công lập", "chữ ký"."""


def _any_of(phrases: tuple[str, ...]) -> str:
    """Return an alternation, the longest first, with any blanks between syllables.

    It branches by first letter, then by first syllable: some hundred alternatives in a row are slow to fail.
    """
    guarded = [_NOT_OF_A_NOUN[one] + one for one in phrases if one in _NOT_OF_A_NOUN]
    rests: dict[str, dict[str, list[str]]] = {}
    for one in sorted(set(phrases) - _NOT_OF_A_NOUN.keys(), key=lambda phrase: (-len(phrase), phrase)):
        syllable, _, rest = one.partition(" ")
        rests.setdefault(one[0], {}).setdefault(syllable, []).append(
            rf"\s+{rest.replace(' ', chr(92) + 's+')}" if rest else ""
        )
    branches = [
        f"{letter}(?:"
        + "|".join(f"{syllable[1:]}(?:{'|'.join(found)})" for syllable, found in sorted(by_syllable.items()))
        + ")"
        for letter, by_syllable in sorted(rests.items())
    ]
    return "|".join([*branches, *guarded])


FREQUENT_ACTIONS = _phrases("""
xây dựng|ban hành|trình|tham mưu|tổ chức|triển khai|thực hiện|phối hợp|kết hợp|hướng dẫn|chỉ đạo|rà soát|
kiểm tra|giám sát|theo dõi|đôn đốc|tổng hợp|báo cáo|bố trí|cân đối|cấp phát|cấp kinh phí|đẩy mạnh|đầu tư|
đẩy nhanh|tăng cường|nghiên cứu|đề xuất|cập nhật|hoàn thành|hoàn thiện|hoàn chỉnh|lập|biên soạn|biên tập|
cung cấp|công bố|công khai|phổ biến|tuyên truyền|quán triệt|tiếp tục|tập trung|chủ động|chủ trì|khẩn trương|
kịp thời|thường xuyên|tích cực|nghiêm túc|phân công|cử|tiếp nhận|tiến hành|đảm bảo|bảo đảm|dành|thành lập|
kiện toàn|quyết định|phê duyệt|thẩm định|gửi|đăng ký|chuẩn bị|đào tạo|tập huấn|bồi dưỡng|huy động|vận động|
xử lý|giải quyết|khắc phục|sửa đổi|bổ sung|quản lý|phát huy|nâng cao|đổi mới|đưa|xem xét|sử dụng|thống kê|
khảo sát|đánh giá|tạo điều kiện|hỗ trợ|phát triển|mở|số hóa|số hoá|kết nối|tích hợp|phát động|ký|tham gia|
duy trì|củng cố|lồng ghép|chuyển|điều động|thanh tra|ưu tiên|phát hiện|xác định|quy định|kiến nghị|giúp|
phân bổ|thu thập|tuyển|tuyển dụng|mua sắm|nghiệm thu|bàn giao|vận hành|cắt giảm|sắp xếp|tinh giản|đăng tải|
tiếp thu|nhân rộng|ứng dụng|điều tra|chấn chỉnh|nắm|nắm chắc|phân loại|thông báo|tổng kết|sơ kết|đề cao|
siết chặt|đấu tranh|lựa chọn|chọn lựa|niêm yết|trang bị|lắp đặt|cài đặt|sao lưu|chỉnh sửa|chỉnh lý|
giới thiệu|trao đổi|thu hút|khuyến khích|khai thác|chăm lo|chăm sóc|quan tâm|thiết lập|thiết kế|đóng góp|
góp ý|tham dự|khẳng định|phát hành|in ấn|phân tích|dự báo|cải thiện|cải tiến|cải cách|cải tạo|sửa chữa|
thay thế|bãi bỏ|hủy bỏ|thu hồi|xác minh|điều chỉnh|điều phối|đề ra|phấn đấu|khen thưởng|kỷ luật|bảo vệ|
ngăn chặn|phòng ngừa|hình thành|làm việc|làm tốt|thẩm tra|đào tạo lại|hệ thống hóa|cụ thể hóa|cụ thể hoá|
nêu cao|giao lưu|tăng tỷ lệ|rút ngắn|giải ngân|thanh toán|quyết toán|chi trả|truyền thông|chuyển giao|
tìm hiểu|ghi nhận|bồi thường|soạn|soạn thảo|đối chiếu|phúc tra|kiểm kê|kiểm đếm|xác nhận|lắp|cấp phép|
nhập số liệu|nhập dữ liệu|xử phạt|truy thu|nạo vét|sơ tán|di dời|cưỡng chế|phát sóng|đo đạc|lấy ý kiến|
tham vấn|bám sát|chấp hành|tuân thủ|áp dụng|trả lời|làm rõ|phản ánh|tạm dừng|tạm ngừng|ứng phó|chuẩn hóa|
rút kinh nghiệm|nhắc nhở|khuyến cáo|trả kết quả|khai báo|sẵn sàng|túc trực|trực ban|tạo lập|lãnh đạo|
định hướng|tuần tra|canh gác|phát dọn|khơi thông|tiêm phòng|phun|khử trùng|cứu trợ|khôi phục|mở rộng|
thí điểm|tái cơ cấu|thu gom|phân luồng|điều tiết|bảo trì|bảo dưỡng|duy tu|liên kết|ký kết|tổng rà soát|
tự kiểm tra|tự rà soát|tự đánh giá|nhận diện|kêu gọi|xúc tiến|quảng bá|tôn tạo|tu bổ|giữ vững|giữ gìn|
kéo giảm|hạn chế|ngăn ngừa|tháo gỡ|đối thoại|lắng nghe|chia sẻ|xếp loại|bình xét|kiểm soát|kiểm điểm|
kiểm định|kiểm nghiệm|dự trữ|bình ổn|phân phối|điều hành|lưu trữ|chuyển đổi|kích hoạt|truyền tải|cấp đổi|
biểu dương|tôn vinh|thăm hỏi|kê khai|luân phiên|phục hồi|trưng bày|dành thời gian|bố trí lại|tổng kiểm tra|
truy quét|triệt phá|xóa bỏ|xoá bỏ|loại bỏ|thu nộp|răn đe|vinh danh|tiêu hủy|giải đáp|tư vấn|đính chính|
đình chỉ|khoanh vùng|cảnh báo|hòa giải|luân chuyển|chấm điểm
""")
"""Verbs of nearly every paper; scans are read with them in mind (``rules.scans``)."""

ACTIONS = (
    *FREQUENT_ACTIONS,
    *_phrases("""
quay|quay phim|kẻ|kẻ lại|rút gọn|trả lại|trích|trích lục|trích lập|dùng|ghi|ghi hình|viết|gặp|gặp gỡ|
tính lại|tính toán|mời|chọn|giữ|lấy|cắt|cắt điện|xếp|xếp lại|treo|dán|trao|tặng|tăng|nâng|nâng cấp|
lên danh sách|lên lịch|lên bản vẽ|lên phương án|lên kế hoạch|thay mới|thay đổi|ra quyết định|
ra thông báo|ra văn bản|ra quân|ra mắt|ra đề|hoàn tất|hoàn trả|hoàn công|chốt danh sách|chốt số liệu|
chốt|tiết giảm|tiết kiệm|cắm biển|cắm mốc|phát quang|nhắn tin|gọi điện|liên hệ|chụp ảnh|đưa tin|viết bài|
đăng bài|đăng tin|đăng|sao chụp|sao gửi|in sao|nhận đỡ đầu|đỡ đầu|vận chuyển|bốc xếp|lưu giữ|cất giữ|
niêm phong|gia cố|chằng chống|che chắn|rải|thi công|giải trình|giải thích|phê bình|khiển trách|
thông tin kết luận|thông tin kịp thời|thông tin rộng rãi|thông tin đến|truyền đạt|phổ cập|xử trí|
tầm soát|tiêm chủng|khởi động|khởi công|ứng trước|hạch toán|nộp|tự cân đối|tự bảo đảm|tự chấm điểm|
trợ giúp|giúp đỡ|giải tỏa|di chuyển|tháo dỡ|trồng mới|trồng dặm|chốt chặn|hiệu chỉnh|kiểm thử|chạy thử|
vận hành thử|đấu nối|dò tìm|quan trắc|lấy mẫu|dự thảo|hiệu đính|thụ lý|tích cực tham gia|gửi lại|
trình lại|làm thủ tục|làm hồ sơ|làm mới|làm lại|làm việc với|xuất hóa đơn|xuất cấp|họp|điểm danh|
đối soát|khoanh nuôi|nuôi dưỡng|gia hạn|mở cửa|đóng cửa|phân nhóm|gắn biển|thăm|quét|đón|đón tiếp|
tiếp đón|bảo quản|bảo lãnh|tổng hợp lại|xin ý kiến|cho ý kiến|có ý kiến|giao cho|ủng hộ|quyên góp|
cấp giấy|tổng vệ sinh|diễn tập|huấn luyện|gỡ khó|xây mới|hiệp đồng|nghe
"""),
)
"""Verbs that say what is done wherever they stand after the name of a unit."""


_OPENING_ACTIONS = _phrases("""
cứu hộ|cứu nạn|tìm kiếm|chứng nhận|công nhận|giám định|điền|nộp|nhập|giáo dục|cung ứng|phản biện|sưu tầm|
trực|giữ|giảm|tăng|nâng|lấy|tạo|trồng|xây|mua|thuê|in|phát|treo|dán|chọn|xét|trả|đóng|tháo|
dỡ|gắn|vẽ|đo|đếm|ghi|nêu|họp|thăm|tặng|trao|vệ sinh|tắt|bật|dọn|quét|bảo quản|bảo tồn|thăm dò|
thử nghiệm|thực nghiệm|thông qua|thống nhất|thỏa thuận|thoả thuận|xin|hỏi|mời|triệu tập|phục vụ|đón|tiếp|
bồi hoàn|miễn|giãn|khoanh|gia hạn|bảo lãnh|cho vay|thế chấp|đấu giá|đấu thầu|chỉ định|bổ nhiệm|
giao ban|khen|phạt|tước|thu giữ|niêm phong|phong tỏa|truy tố|xét xử|thi hành|áp giải|bắt|khởi tố|cấm|ngừng|
dừng|hoãn|rút|giới hạn|quyên góp|mã hóa|đồng bộ|liên thông|đa dạng|đa dạng hóa|đa dạng hoá|học tập|
ôn luyện|luyện tập|diễn tập|huấn luyện|tập luyện|thi đua|hưởng ứng|cam kết|đăng cai|chào mừng|kỷ niệm|viếng|
tri ân|gặp mặt|xã hội hóa|xã hội hoá|hiện đại hóa|hiện đại hoá|chính quy hóa|thuyên chuyển|
điều chuyển|sáp nhập|hợp nhất|giải thể|chia|tách|kết thúc|bắt đầu|khởi công|khánh thành|hoàn trả|san lấp|
đào|đắp|nâng cấp|mở mới|chiếu sáng|cấp nước|thoát nước|đặt hàng|lên phương án|lên kế hoạch|làm đầu mối|
kết luận|phân cấp|phân quyền|ủy quyền|uỷ quyền|phân định|thay mặt|trực tiếp
""")
"""Verbs that do so only at the beginning of an item: elsewhere they are parts of names ("Ban … tìm kiếm cứu nạn")."""

ACTION = (
    r"(?:(?!trình\s+(?:độ|tự|bày)(?![^\W_])|giúp\s+việc)"
    r"(?!tổ\s+chức(?:\s*,|\s+(?:và\s+cá|đơn\s+vị|cá\s+nhân|đảng|chính\s+trị|xã\s+hội|trong\s+và"
    r"|khác|có\s+liên|liên\s+quan"
    r"|thành\s+viên|tín\s+dụng|trực\s+thuộc)))"
    rf"(?:{_any_of(ACTIONS)}|(?:in|phát|đặt|thu|cấp|nộp|trồng|xây|mua|khám|tiêm|chốt|treo|giao)(?=\s+\d))(?![^\W_]))"
)
"""A verb that opens what is to be done, lower case."""

OPENING_ACTION = rf"(?:{ACTION}|(?:{_any_of(_OPENING_ACTIONS)})(?![^\W_]))"
"""A verb that opens an item."""
