"""Text of a draft's own: facts, plans and complete tasks of invented places. Made from parts, so that drafts differ."""

# ruff: noqa: E501 - a paragraph of a draft is one line
from __future__ import annotations

import random

from generator.wording import FIELDS

_THINGS = (
    "trạm bơm", "tuyến kênh nội đồng", "điểm trường lẻ", "bến đò ngang", "nhà văn hóa ấp", "cụm loa thông minh",
    "hộ nuôi tôm quảng canh", "vườn sầu riêng", "lò giết mổ nhỏ", "chợ phiên", "trạm y tế", "đội thu gom rác",
    "bãi tập kết cát", "tổ công nghệ số", "hợp tác xã chè", "khu tái định cư", "cầu dân sinh", "đoạn đê xung yếu",
    "trạm quan trắc mặn", "nhà trọ công nhân", "lớp xóa mù chữ", "tàu cá dưới 12 mét", "ao nuôi cá tra", "giếng khoan",
    "xưởng mộc", "điểm bán thuốc", "bãi xe khách", "phòng khám tư", "hố rác tự phát", "kho lạnh",
)  # fmt: skip
_PLACES = (
    "Tân Lộc", "Phú Mỹ", "Hòa An", "Bình Khê", "Đông Thạnh", "Vĩnh Trạch", "Nậm Loỏng", "Mường Pồn", "Trà Leng",
    "Ia Rbol", "Ea Kiết", "Cư Yang", "Thạnh Phú", "Long Điền", "Cẩm Nhượng", "Quỳnh Lập", "Hải Ninh", "Kim Sơn",
    "Bản Phiệt", "Lũng Cú", "Tam Chung", "Sín Chéng", "Gò Nổi", "Đá Bạc", "Rạch Tàu", "Cồn Chim", "Hòn Yến", "Bàu Sen",
)  # fmt: skip
_VERBS = (
    "kiểm đếm", "sửa xong", "gắn đồng hồ cho", "vẽ lại sơ đồ", "đo đạc", "lắp đèn cho", "lập sổ theo dõi", "nạo vét quanh",
    "thay mái che của", "số hóa lý lịch", "trồng cây chắn gió quanh", "cấp mã số cho", "chuyển chỗ", "chụp ảnh hiện trạng",
)  # fmt: skip
_PRODUCTS = (
    "biên bản nghiệm thu", "bảng kê có chữ ký", "bản đồ tỷ lệ 1/2.000", "sổ cái điện tử", "báo cáo bốn trang",
    "danh sách niêm yết", "bộ ảnh trước và sau", "tờ trình kèm dự toán", "hồ sơ hoàn công", "phiếu đối chiếu",
)  # fmt: skip
_UNITS = (
    "Phòng Kinh tế xã {place}", "Trạm Khuyến nông liên xã {place}", "Ban Quản lý dự án khu vực {place}",
    "Trung tâm Dịch vụ công {place}", "Hạt Kiểm lâm {place}", "Sở {field}", "Chi cục Thủy lợi", "Đoàn thanh niên xã {place}",
    "Hội Nông dân xã {place}", "Ban Công tác Mặt trận ấp {place}",
)  # fmt: skip
_WHY = (
    "vì mùa mưa năm ngoái nước lên sớm mười một hôm", "do hai đợt sụt lún hồi tháng ba", "theo phản ánh của cử tri ấp {place}",
    "sau khi đoàn khảo sát đi thực địa chín buổi", "vì thợ tại chỗ chỉ rảnh sau vụ gặt", "do đường tránh {place} vừa thông xe",
    "vì giá vật tư quý trước tăng đột ngột", "theo biên bản làm việc với bà con xóm {place}",
)  # fmt: skip
_FACTS = (
    "Đến nay {place} còn {n} {thing} chưa {verb2}, tập trung ở xóm ven sông, {why}.",
    "Số liệu tổ khảo sát mang về: {n} {thing} tại {place}, {m} tại {other}; chênh {k} so với sổ cũ, {why}.",
    "Ở {place}, cứ mười {thing} thì ba cái hỏng nặng, năm cái chờ phụ tùng, hai cái dùng tạm qua tết.",
    "Bà con {place} góp {n} ngày công và {m} bao xi măng cho {thing}, phần còn lại {other} ứng trước.",
    "Chuyến đi {place} hôm mồng {k} cho thấy {thing} nằm lệch tim đường {m} mét, xe chở lúa phải vòng qua {other}.",
    "Mùa này {place} thiếu thợ: cả vùng chỉ {k} nhóm nhận việc {verb} {thing}, giá công nhích thêm {n} nghìn một buổi.",
    "Khác với {other}, {place} chọn {verb} từng {thing} một, xong cái nào bàn giao cái đó, {why}.",
    "Năm ngoái {n} {thing} ở {place} bỏ không suốt {k} tháng; năm nay xếp lịch luân phiên với {other}, {why}.",
    "Trưởng xóm {place} giữ chìa khóa {thing}, ghi giờ mở cửa lên bảng phấn, {k} hộ gần nhất trông nom hộ.",
    "Kinh nghiệm rút ra từ {other}: {verb} {thing} vào đầu tuần thì đỡ kẹt xe, {n} người qua lại vẫn thông suốt.",
    "Phần đất cạnh {thing} ở {place} rộng {n} mét vuông, đang phơi bắp; chủ đất bằng lòng cho mượn tới rằm tháng {k}.",
    "{place} và {other} dùng chung {k} máy đo, mỗi bên giữ nửa tháng, {why}.",
)  # fmt: skip
_TASKS = (
    "{unit} chủ trì {verb} {n} {thing} tại {place}, hoàn thành trước ngày {day} tháng {month} năm 2026; sản phẩm: {product}; kinh phí {m} triệu đồng.",
    "Giao {unit} chủ trì, phối hợp với {unit2} {verb} {n} {thing} ở {place} và {other}; xong trước ngày {day}/{month}/2026; sản phẩm là {product}.",
    "{unit} chủ trì {verb} {n} {thing} dọc tuyến {place} - {other}, thời hạn ngày {day} tháng {month} năm 2026, sản phẩm: {product} nộp về Văn phòng.",
)  # fmt: skip
_SHORT_TASKS = (
    "{unit} {verb} {n} {thing} tại {place}, xong trước ngày {day}/{month}/2026; sản phẩm: {product}.",
    "Giao {unit} lập {product} về {thing} ở {place}, trình trước ngày {day} tháng {month} năm 2026.",
    "Riêng {place}: {unit} {verb} {n} {thing}, gửi {product} trước ngày {day}/{month}/2026.",
)  # fmt: skip
_TITLES = (
    "Chấn chỉnh việc trông nom {thing} trên địa bàn tỉnh {province}",
    "Rà lại {thing} và công việc liên quan năm 2026 tại tỉnh {province}",
    "Thực hiện {matter} trên địa bàn tỉnh {province}",
)
_OBJECTS = (
    "dấu chìm trên phôi chứng chỉ nghề lặn", "giấy xác nhận nguồn gốc nhung hươu nuôi", "tem nhận biết muối hầm Bà Nà",
    "phép thử độ ẩm hạt điều rang", "mã nhận diện thuyền thúng composite", "bản vẽ giàn mướp nhà lưới",
    "sổ theo dõi đàn voi nhà", "chứng thư lô mật ong hoa cà phê", "thẻ thợ leo cột gió", "hồ sơ bến thủy nội đồng cấp ấp",
    "đăng bạ giống lúa mùa nổi", "phiếu kiểm định cân treo chợ cá", "giấy phép bay diều sáo cỡ lớn", "nhãn nhận biết nón ngựa Phú Gia",
    "chứng nhận nghệ nhân hát then", "biển hiệu nhà dài truyền thống", "bộ kit thử nhanh phẩm màu bún tươi", "máy sấy rong nho",
    "nồi hơi tráng bánh phở dưới 50 lít", "dây neo lồng bè ven đảo", "áo phao trẻ em đan tay", "khung ghép mộng nhà rường",
    "lưới chụp mực bốn tăng gông", "bẫy đèn bắt rầy", "bình gốm ủ mắm cáy", "xe kéo hàng chợ nổi", "cọc gỗ bờ kè sinh thái",
    "sân phơi cà phê lắp ghép", "lò đốt rác thôn bản", "chuông báo cháy rừng tràm",
)  # fmt: skip


def _slots(chance: random.Random) -> dict[str, str]:
    place, other = chance.sample(_PLACES, 2)
    unit, unit2 = (
        template.format(place=place, field=chance.choice(FIELDS)) for template in chance.sample(_UNITS, 2)
    )
    return {
        "place": place,
        "other": other,
        "thing": chance.choice(_THINGS),
        "verb": chance.choice(_VERBS),
        "verb2": chance.choice(("sửa chữa", "đấu điện", "gắn biển", "kiểm định", "bàn giao")),
        "n": str(chance.randrange(3, 480)),
        "m": str(chance.randrange(11, 900)),
        "k": str(chance.randrange(2, 12)),
        "unit": unit,
        "unit2": unit2,
        "product": chance.choice(_PRODUCTS),
        "day": str(chance.randrange(1, 29)),
        "month": str(chance.randrange(2, 13)),
        "why": chance.choice(_WHY).format(place=other),
    }


def facts(chance: random.Random, sentences: int) -> str:
    """Return a paragraph of facts without a task."""
    return " ".join(one.format(**_slots(chance)) for one in chance.sample(_FACTS, sentences))


def task(chance: random.Random) -> str:
    """Return one task with a lead, a deadline and a product."""
    return chance.choice(_TASKS).format(**_slots(chance))


def short_task(chance: random.Random) -> str:
    """Return one task in a sentence of some twenty syllables, with a lead, a deadline and a product."""
    return chance.choice(_SHORT_TASKS).format(**_slots(chance))


def title(chance: random.Random, province: str, matter: str | None) -> str:
    """Return a title; ``matter`` is what the draft carries out."""
    template = _TITLES[2] if matter else chance.choice(_TITLES[:2])
    return template.format(thing=chance.choice(_THINGS), province=province, matter=matter)


def an_object(chance: random.Random) -> str:
    """Return the object of a template's new member."""
    return chance.choice(_OBJECTS)
