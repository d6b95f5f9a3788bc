"""Which language a passage is in."""

from __future__ import annotations

import pytest

from kl226_dedup.text.language import UNKNOWN, language_of, languages_of

PASSAGES = {
    "vi": "Các cơ quan, đơn vị tổ chức việc đăng ký thuế đến tất cả các đối tượng có thu nhập thuộc diện chịu thuế.",
    "en": "The provincial committees shall report on the results of this work to the Ministry of Health by 31 December.",
    "nl": "De leiding van het centrum is verantwoordelijk voor de uitvoering van deze regels en brengt verslag uit.",
    "ro": "Comitetele populare sunt obligate să prezinte raportul privind rezultatele acestei activități și să îl publice.",
}


@pytest.mark.parametrize(("language", "text"), PASSAGES.items())
def test_the_language_of_a_sentence_is_told(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "12 345", "UBND"])
def test_of_a_few_words_nothing_is_said(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Cac co quan, don vi to chuc viec dang ky thue den tat ca",
        "Kieu giay cao co, nep giay co o-de luon day buoc, hai ben than ong",
        "Cua cac nha khai thac tau bay de cu van phong la dau moi",  # words of Dutch and Romanian too
    ],
)
def test_vietnamese_without_diacritics_is_told_by_how_its_words_are_built(text: str) -> None:
    assert language_of(text) == "vi"


OTHERS = {
    "French": "Le garant doit confirmer et prouver dans les dix jours suivant la demande si le bien relève de ces cas.",
    "German": "Das Justizministerium leitet den Aufbau des Gesetzesregals und verwaltet es landesweit einheitlich.",
    "Spanish": "El banco informa al garante de sus derechos y de las obligaciones que tiene con la entidad.",
    "Portuguese": "O banco informa o garante dos seus direitos e das obrigações que tem para com a instituição.",
    "Italian": "La banca informa il garante dei suoi diritti e degli obblighi che sono previsti dalla legge.",
    "Indonesian": "Bank memberi tahu penjamin tentang hak dan kewajiban yang diatur dalam peraturan ini.",
    "Chinese": "担保人应在收到请求之日起十个工作日内确认并证明该财产是否属于上述情况。",
    "Russian": "Поручитель обязан подтвердить и доказать это в течение десяти рабочих дней со дня запроса.",
    "Lao": "ຜູ້ຄ້ຳປະກັນຕ້ອງຢືນຢັນ ແລະ ພິສູດພາຍໃນສິບວັນ",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_another_language_is_not_taken_for_a_known_one(text: str) -> None:
    assert language_of(text) == UNKNOWN
    assert languages_of(text) == (UNKNOWN,)


@pytest.mark.parametrize(
    "text",
    [
        "cei mai mulți caută zahărul, iar o treime caută data.",
        "Către: - Experții programului; - Arhivă. COORDONATOR (Proiect)",
        "Mobilier à l'hôtel, côté forêt: fenêtres, lumière, crème brûlée",
    ],
)
def test_letters_that_vietnamese_shares_with_others_make_no_text_vietnamese(text: str) -> None:
    assert language_of(text) != "vi"


@pytest.mark.parametrize(
    "text",
    [
        "Dự án do Ngân hàng Phát triển châu Á (Asian Development Bank) tài trợ theo Hiệp định vay số 3354-VIE.",
        "Phần mềm được ghi bằng tiếng Trung Quốc là 人事管理系统 và dùng cho toàn tỉnh.",
        "Đoàn gồm ông Jean-Marie de la Tour và bà Anna van den Berg, do Sở Ngoại vụ đón tiếp.",
    ],
)
def test_foreign_names_leave_a_sentence_vietnamese(text: str) -> None:
    assert language_of(text) == "vi"
