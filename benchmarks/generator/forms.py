"""Decisions that follow a form: appointment, award, team, charter of an association.

The corpus has too few of them, so the forms were written after the models in the annexes of Decree 30/2020/NĐ-CP, and
both the issued members that go into the library and the new ones are filled in by chance: names, places, dates, figures
and duties differ. What the members share is the form.
"""

# ruff: noqa: E501 - a paragraph of a draft is one line
from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from generator import own
from generator.corpus import grams_of
from generator.page import Draft, seeded
from generator.twins import LEAST, MOST
from generator.wording import FIELDS, PROVINCES

_HEAD = """ỦY BAN NHÂN DÂN
TỈNH {PROVINCE}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/QĐ-UBND
{province}, ngày {date}
QUYẾT ĐỊNH
{title}
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH {PROVINCE}
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
{basis}
Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số {paper}/TTr-SNV ngày {date2}.
QUYẾT ĐỊNH:
"""
_TAIL = """
Nơi nhận:
- Như Điều {last};
- Lưu: VT, NC.
CHỦ TỊCH"""

_FORMS: Mapping[str, tuple[str, str, str, str]] = {
    "appointment": (
        "Về việc bổ nhiệm Phó Giám đốc Sở {field}",
        "Căn cứ Nghị định số 138/2020/NĐ-CP ngày 27 tháng 11 năm 2020 của Chính phủ quy định về tuyển dụng, sử dụng và quản lý công chức;",
        """Điều 1. Bổ nhiệm ông {name}, sinh ngày {date3}, Trưởng phòng {what}, giữ chức vụ Phó Giám đốc Sở {field} kể từ ngày {date2}.
Thời hạn giữ chức vụ bổ nhiệm là 05 năm kể từ ngày quyết định có hiệu lực. Ông {name} được hưởng phụ cấp chức vụ lãnh đạo với hệ số {k},{k2} và các chế độ khác theo quy định hiện hành của Nhà nước.
Điều 2. Ông {name} có trách nhiệm thực hiện nhiệm vụ, quyền hạn theo sự phân công của Giám đốc Sở {field} và theo quy định của pháp luật; chấp hành nghiêm kỷ luật, kỷ cương hành chính; thường xuyên học tập, rèn luyện, nâng cao trình độ chuyên môn, nghiệp vụ. Trước mắt phụ trách: {fact}
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, Giám đốc Sở {field}, Thủ trưởng các cơ quan, đơn vị có liên quan và ông {name} chịu trách nhiệm thi hành Quyết định này./.""",
        "3",
    ),
    "award": (
        "Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh {province} cho các tập thể, cá nhân ngành {what}",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        """Điều 1. Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh {province} cho {k} tập thể và {n} cá nhân đã có thành tích xuất sắc trong {fact}
Điều 2. Mức tiền thưởng kèm theo Bằng khen thực hiện theo quy định tại Nghị định của Chính phủ quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng; kinh phí khen thưởng trích từ Quỹ thi đua, khen thưởng của tỉnh năm {year}: {n} triệu đồng.
Giao Sở Nội vụ tổ chức trao tặng bảo đảm trang trọng, tiết kiệm, hiệu quả; theo dõi việc bình xét ở cơ sở. {fact2}
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Nội vụ, Giám đốc Sở Tài chính, Thủ trưởng các cơ quan, đơn vị có liên quan và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này kể từ ngày ký./.""",
        "3",
    ),
    "team": (
        "Về việc thành lập Tổ công tác về {what} tỉnh {province}",
        "Căn cứ Quyết định số 23/2023/QĐ-TTg ngày 18 tháng 9 năm 2023 của Thủ tướng Chính phủ về thành lập, tổ chức và hoạt động của tổ chức phối hợp liên ngành;",
        """Điều 1. Thành lập Tổ công tác về {what} tỉnh {province} (sau đây gọi tắt là Tổ công tác), gồm các thành viên sau: Tổ trưởng là ông {name}, Phó Chủ tịch Ủy ban nhân dân tỉnh; Tổ phó thường trực là Giám đốc Sở {field}; {k} thành viên là đại diện lãnh đạo các sở, ngành có liên quan.
Điều 2. Nhiệm vụ của Tổ công tác
1. Giúp Chủ tịch Ủy ban nhân dân tỉnh nghiên cứu, chỉ đạo, phối hợp giải quyết những công việc quan trọng, liên ngành về {what}. {fact}
2. Đôn đốc các sở, ngành, Ủy ban nhân dân các xã, phường thực hiện nhiệm vụ được giao; tổng hợp, báo cáo Chủ tịch Ủy ban nhân dân tỉnh định kỳ và đột xuất. {task}
3. Tổ công tác làm việc theo chế độ kiêm nhiệm, tự giải thể sau khi hoàn thành nhiệm vụ; Tổ trưởng được sử dụng con dấu của Ủy ban nhân dân tỉnh, Tổ phó sử dụng con dấu của cơ quan mình để điều hành công việc.
Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở {field}, Thủ trưởng các sở, ban, ngành, đơn vị có liên quan và các thành viên Tổ công tác chịu trách nhiệm thi hành Quyết định này./.""",
        "3",
    ),
    "association_charter": (
        "Phê duyệt Điều lệ Hội {what} tỉnh {province}",
        "Căn cứ Nghị định số 126/2024/NĐ-CP ngày 08 tháng 10 năm 2024 của Chính phủ quy định về tổ chức, hoạt động và quản lý hội;",
        """Điều 1. Phê duyệt kèm theo Quyết định này Điều lệ Hội {what} tỉnh {province} đã được Đại hội lần thứ {k} của Hội thông qua ngày {date3}.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Chủ tịch Hội {what}, Giám đốc Sở Nội vụ và các cơ quan, tổ chức có liên quan chịu trách nhiệm thi hành Quyết định này./.
ĐIỀU LỆ HỘI
Chương I. QUY ĐỊNH CHUNG
Điều 1. Tên gọi, tôn chỉ, mục đích
Hội {what} tỉnh {province} là tổ chức xã hội - nghề nghiệp tự nguyện của công dân, tổ chức Việt Nam hoạt động trong lĩnh vực {what}. {fact}
Điều 2. Nguyên tắc tổ chức, hoạt động
Hội tổ chức, hoạt động theo nguyên tắc tự nguyện, tự quản, dân chủ, bình đẳng, công khai, minh bạch, tự bảo đảm kinh phí hoạt động, không vì mục đích lợi nhuận, tuân thủ Hiến pháp, pháp luật và Điều lệ Hội.
Điều 3. Quyền của Hội
1. Tuyên truyền tôn chỉ, mục đích của Hội; đại diện cho hội viên trong mối quan hệ đối nội, đối ngoại có liên quan đến chức năng, nhiệm vụ của Hội.
2. Bảo vệ quyền, lợi ích hợp pháp của Hội và hội viên phù hợp với tôn chỉ, mục đích của Hội theo quy định của pháp luật.
3. {fact2}
Điều 4. Hội viên
Công dân, tổ chức Việt Nam có đủ tiêu chuẩn, tán thành Điều lệ Hội, tự nguyện xin gia nhập Hội được Ban Chấp hành xem xét kết nạp; hội phí {n}.000 đồng một năm. {task}
Điều 5. Đại hội
Cơ quan lãnh đạo cao nhất của Hội là Đại hội nhiệm kỳ hoặc Đại hội bất thường. Đại hội nhiệm kỳ được tổ chức 05 năm một lần và được triệu tập khi có trên một phần hai tổng số hội viên chính thức có mặt. {fact3}""",
        "2",
    ),
}
_SPLITS = {"appointment": "dev", "award": "test", "team": "test", "association_charter": "dev"}
# What issued members say of their own; no word of it stands in the new ones.
_ISSUED_FACTS = (
    "Báo cáo của đơn vị {place} nêu ba nội dung cần hoàn thiện, gồm trang thiết bị, chỗ ngồi và giờ giấc.",
    "Kết quả bình xét cuối kỳ tại {place} đạt loại tốt, không có đơn thư kéo dài.",
    "Hai cuộc họp chuyên đề ở {place} đã thống nhất cách ghi chép và lịch trực thay nhau.",
    "Nhân sự dự kiến lấy từ {place}, ưu tiên người có chứng chỉ và từng qua cơ sở.",
    "Trụ sở tạm mượn của {place}, bàn giao lại khi công trình mới đi vào sử dụng.",
)
_NAMES = tuple(
    f"{family} {middle} {last}"
    for family in ("Nguyễn", "Trần", "Lê", "Phạm", "Lò", "Y", "Danh", "Vàng")
    for middle in ("Văn", "Minh", "Hữu", "A")
    for last in ("Thành", "Lâm", "Phúc", "Sơn", "Khởi", "Tính")
)
_ISSUED = 8  # members of each form in the library


def _date(chance: random.Random, year: int) -> str:
    return f"{chance.randrange(1, 29):02} tháng {chance.randrange(1, 13):02} năm {year}"


def _fill(
    form: str, province: str, chance: random.Random, *, number: str, date: str, is_new: bool
) -> tuple[str, str]:
    """Return the title and the text of one member."""
    said = [
        own.facts(chance, 1)
        if is_new
        else chance.choice(_ISSUED_FACTS).format(place=chance.choice(PROVINCES))
        for _ in range(4)
    ]
    title, basis, body, last = _FORMS[form]
    values = {
        "province": province,
        "PROVINCE": province.upper(),
        "number": number,
        "date": date,
        "date2": _date(chance, chance.choice((2024, 2025, 2026))),
        "date3": _date(chance, chance.randrange(1968, 1990)),
        "paper": str(chance.randrange(20, 900)),
        "field": chance.choice(FIELDS),
        "name": chance.choice(_NAMES),
        "what": own.an_object(chance),
        "k": str(chance.randrange(2, 12)),
        "k2": str(chance.randrange(1, 10)),
        "n": str(chance.randrange(13, 300)),
        "year": str(chance.choice((2024, 2025, 2026))),
        "fact": said[0],
        "fact2": said[1],
        "fact3": said[2],
        "task": own.task(chance) if is_new else said[3],
        "last": last,
        "basis": basis,
    }
    values["title"] = title.format(**values)
    return values["title"], _HEAD.format(**values) + body.format(**values) + _TAIL.format(**values)


def issued(seed: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of the members that stand in the library."""
    for form in _FORMS:
        chance = seeded(seed, "issued", form)
        for place, province in enumerate(chance.sample(PROVINCES[: len(PROVINCES) // 2], _ISSUED)):
            number = f"{chance.randrange(100, 3000)}"
            year = chance.choice((2024, 2025))
            title, text = _fill(form, province, chance, number=number, date=_date(chance, year), is_new=False)
            yield {
                "doc_id": f"FORM-{form}-{place + 1}",
                "number": f"{number}/QĐ-UBND",
                "title": title,
                "doc_type": "Quyết định",
                "issuer": f"Ủy ban nhân dân tỉnh {province}",
                "level": "province",
                "issue_date": str(year),
                "status": "còn hiệu lực",
                "text": text,
            }


def new_members(seed: int, count: int) -> Iterator[Draft]:
    """Yield up to ``count`` new members of each form that lie within the bounds of shared wording."""
    library = list(issued(seed))
    for form, split in _SPLITS.items():
        members = [row for row in library if row["doc_id"].startswith(f"FORM-{form}-")]
        known = [np.unique(grams_of(row["text"])) for row in members]
        for place in range(count):
            name = f"{split}-twin-{form}-{place + 1:03}"
            chance = seeded(seed, name)
            province = chance.choice(PROVINCES[len(PROVINCES) // 2 :])
            _, text = _fill(
                form, province, chance, number="     ", date="     tháng      năm 2026", is_new=True
            )
            grams = np.unique(grams_of(text))
            containment = max(float(np.isin(grams, one).mean()) for one in known)
            if not LEAST <= containment <= MOST:
                continue
            case = {
                "id": name,
                "draft": f"drafts/{split}/{name}.txt",
                "split": split,
                "kind": f"twin_{form}",
                "verdict": "pass",
                "header": {},
                "sources": [
                    {
                        "document": {"id": row["doc_id"]},
                        "number": row["number"],
                        "label": None,
                        "relation": "same",
                        "secondary": True,
                    }
                    for row in members
                ],
                "passages": [],
            }
            yield Draft(id=name, text=text, case=case)
