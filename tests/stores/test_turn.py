"""What turns vectors of the transformer into those of the static encoder."""

from __future__ import annotations

import numpy as np

from kl226_dedup.api.wiring import load_encoders
from kl226_dedup.stores.semantic import turn_to_static

TEXTS = [
    "Cơ quan, tổ chức, cá nhân có trách nhiệm phối hợp với cơ quan nhà nước trong việc bảo vệ môi trường nước.",
    "Giáo viên được nghỉ hằng năm theo quy định của Bộ luật Lao động và quy chế của nhà trường.",
    "Mức phạt tiền đối với hành vi điều khiển xe quá tốc độ là từ 800.000 đồng đến 1.000.000 đồng.",
    "Hồ sơ đề nghị cấp giấy phép gồm đơn, bản sao giấy đăng ký kinh doanh và sơ đồ mặt bằng.",
]


def test_a_turned_vector_is_nearest_to_that_of_the_same_text() -> None:
    encoders = load_encoders()
    turned = encoders.as_static(encoders.encode_in("vi", TEXTS))
    assert turned is not None
    cosines = turned @ encoders.static.encode(TEXTS).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert np.diag(cosines).min() > 0.6


def test_a_translation_is_turned_to_what_it_says() -> None:
    encoders = load_encoders()
    english = ["The fine for driving faster than the speed limit is between 800,000 and 1,000,000 dong."]
    turned = encoders.as_static(encoders.encode_in("en", english))
    assert turned is not None
    assert (turned @ encoders.static.encode(TEXTS).T).argmax() == 2


def test_for_other_models_nothing_is_known() -> None:
    encoders = load_encoders()
    assert turn_to_static("another", encoders.static.identity) is None
    assert turn_to_static(encoders.transformer().identity, "another") is None
