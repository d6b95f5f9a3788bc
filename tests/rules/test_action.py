import json
from pathlib import Path

import pytest

from kl226_dedup.domain.span import Span
from kl226_dedup.rules.action import fill_work

SAMPLES = Path(__file__).resolve().parents[2] / "corpus_samples"


def read(text: str, **known: str) -> tuple[str | None, str | None, str | None]:
    """Return action, object and target of a task; ``known`` are words of other slots."""
    found = {
        slot: (Span(start=text.index(words), end=text.index(words) + len(words)),)
        for slot, words in known.items()
    }
    fill_work(text, Span(start=0, end=len(text)), found)
    action, thing, target = (
        found[slot][0].of(text) if slot in found else None for slot in ("action", "object", "target")
    )
    return action, thing, target


@pytest.mark.parametrize(
    ("text", "known", "action", "thing"),
    [
        (
            "Chủ trì, phối hợp với Sở Tài chính rà soát, lập danh mục dự án gửi Sở Nội vụ trước ngày 15/3",
            {"coordinators": "Sở Tài chính", "deadline": "trước ngày 15/3"},
            "rà soát, lập",
            "danh mục dự án",
        ),
        (
            "Trong thời hạn 05 ngày, người ra quyết định kiểm tra phải ký thông báo kết quả kiểm tra và gửi cơ sở",
            {"lead": "người ra quyết định kiểm tra"},
            "ký",
            "thông báo kết quả kiểm tra",
        ),
        (
            "Tham mưu Ủy ban nhân dân tỉnh ban hành Kế hoạch cụ thể để tổ chức thực hiện",
            {},
            "ban hành",
            "Kế hoạch cụ thể",
        ),
        ("Tham mưu công tác cán bộ", {}, "Tham mưu", "công tác cán bộ"),
        ("Cấp mã số thuế cho 48.600 cá nhân", {}, "Cấp", "mã số thuế"),
        (
            "Hằng năm, trước ngày 05 tháng 12, báo cáo Bộ Nội vụ kết quả thực hiện chính sách theo Mẫu số 01",
            {"deadline": "trước ngày 05 tháng 12"},
            "báo cáo",
            "kết quả thực hiện chính sách",
        ),
        (
            "Hướng dẫn các sở, ban, ngành xây dựng kế hoạch hằng năm",
            {},
            "Hướng dẫn",
            "các sở, ban, ngành",
        ),
        (
            "Ban hành quy định về trích lập, sử dụng quỹ phát triển sự nghiệp",
            {},
            "Ban hành",
            "quy định về trích lập, sử dụng quỹ phát triển sự nghiệp",
        ),
        (
            "Các đơn vị có trách nhiệm tiếp tục tổ chức kiểm tra việc thực hiện Kế hoạch này",
            {"lead": "Các đơn vị"},
            "tổ chức kiểm tra",
            "việc thực hiện Kế hoạch này",
        ),
        ("Giải quyết dứt điểm khiếu nại của người dân", {}, "Giải quyết", "khiếu nại của người dân"),
        (
            "Thành lập câu lạc bộ khởi nghiệp: đồng chí Phó Chủ tịch Hội phụ trách",
            {"lead": "đồng chí Phó Chủ tịch Hội"},
            "Thành lập",
            "câu lạc bộ khởi nghiệp",
        ),
        ("Theo dõi, đôn đốc, định kỳ báo cáo Ban Thường vụ", {}, "Theo dõi, đôn đốc", None),
    ],
)
def test_the_work_is_what_stands_behind_leads_and_words_of_duty(text, known, action, thing):
    assert read(text, **known)[:2] == (action, thing)


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch tuyên truyền",
        "Luật sửa đổi, bổ sung một số điều của Luật Công chứng",
        "Quyết định phê duyệt danh mục dự án",
        "Huấn luyện viên trưởng, vận động viên các đội tuyển",
        "Cơ quan chuyên môn, tổ chức sự nghiệp thuộc Ủy ban nhân dân cấp tỉnh",
    ],
)
def test_what_only_names_a_thing_has_no_action(text):
    assert read(text)[:2] == (None, None)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Tổ chức khám cuốn chiếu tại 12 thôn, mỗi thôn 02 buổi", "12 thôn"),
        ("Số hóa 3.000 hồ sơ hộ tịch", "3.000 hồ sơ hộ tịch"),
        ("tổ chức 02 lớp tập huấn", "02 lớp tập huấn"),
        ("Triển khai sổ sức khỏe điện tử, đạt tối thiểu 70% dân số", "đạt tối thiểu 70% dân số"),
        ("Cấp mã số thuế cho 48.600 cá nhân", "48.600 cá nhân"),
        ("Đầu tư 12 trạm ra đa, 300 trạm đo mưa", "12 trạm ra đa, 300 trạm đo mưa"),
        ("Ký cam kết với 100% hàng quán, nhà nghỉ, chủ đò", "100% hàng quán, nhà nghỉ, chủ đò"),
        ("Sơ tán 63 hộ ngoài đê vào trường tiểu học", "63 hộ ngoài đê"),
    ],
)
def test_a_figure_that_measures_the_work_is_its_target(text, target):
    assert read(text)[2] == target


@pytest.mark.parametrize(
    "text",
    [
        "Thu hồi nợ tiền thuê ki-ốt 412 triệu đồng",
        "Bố trí 02 cán bộ trực tại bộ phận một cửa",
        "Gửi báo cáo trong thời hạn 05 ngày làm việc",
        "Gửi 01 bộ hồ sơ về Sở Nội vụ",
        "Thực hiện quy định tại khoản 2 Điều 20 Thông tư này",
        "Trường hợp giá điện tăng từ 10% trở lên, kiểm tra phương án giá",
        "Chi trả tiền lương đối với Kiểm soát viên tại tổ chức do Nhà nước nắm giữ 100% vốn điều lệ",
        "Cử mỗi đội 05 đoàn viên tham gia",
        "Ôn tập cho học sinh lớp 12 trước kỳ thi",
        "Lập danh sách cơ sở phát sinh nước thải trên 500 m3/ngày đêm",
        "Phân loại nạn nhân bằng thẻ 4 màu",
        "Liên hệ số điện thoại 0912345678",
        "Họp giao ban mỗi tháng 01 lần",
    ],
)
def test_money_staff_terms_numbers_and_conditions_are_no_targets(text):
    assert read(text)[2] is None


def test_the_figure_of_another_slot_is_no_target():
    text = "Mua thiết bị cho trạm y tế, 30 máy tính lấy từ kho"
    assert read(text)[2] == "30 máy tính lấy"
    assert read(text, resources="30 máy tính")[2] is None


def test_the_labels_of_actions_stand_in_the_papers_that_rules_may_be_tuned_with():
    with (SAMPLES / "tasks.jsonl").open(encoding="utf-8") as lines:
        papers = {entry["id"]: entry for entry in map(json.loads, lines) if entry["split"] == "dev"}
    with (SAMPLES / "task_actions.jsonl").open(encoding="utf-8") as lines:
        labels = [json.loads(line) for line in lines]
    assert {label["part"] for label in labels} == {"tuned", "unseen"}
    for label in labels:
        paper = papers[label["id"]]
        assert (label["start"], label["end"]) in {(task["start"], task["end"]) for task in paper["tasks"]}
        words = " ".join(paper["text"][label["start"] : label["end"]].split())
        values = [label[slot] for slot in ("action", "object", "target") if label.get(slot) is not None]
        assert "target" in label
        assert all(value in words for value in values)
