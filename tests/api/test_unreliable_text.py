from __future__ import annotations

import kl226_dedup as kl226

JUNK = "Càüng hoìa xaî häüi chuí nghéa Viãût Nam, Âäüc láûp, Tæû do, Haûnh phuïc. " * 20


def test_a_draft_that_nobody_can_read_is_left_to_a_person_and_not_scored() -> None:
    report = kl226.check(JUNK.encode(), against=[JUNK.encode()])
    assert report.verdict.label == "review"
    assert [reason.code for reason in report.verdict.reasons] == ["unreliable_text"]
    assert report.sources == ()
    assert "unreliable_text" in [warning.code for warning in report.draft.warnings]


def test_a_draft_in_an_old_encoding_is_found_to_be_copied() -> None:
    text = (
        "Ủy ban nhân dân tỉnh giao các sở, ban, ngành thực hiện đúng quy định của năm nay về báo cáo, kiểm tra và khen "
        "thưởng; thủ trưởng các đơn vị chịu trách nhiệm trước pháp luật về kết quả của mình. "
    ) * 2
    tcvn3 = (
        "ñy ban nh©n d©n tØnh giao c¸c së, ban, ngµnh thùc hiÖn ®óng quy ®Þnh cña n¨m nay vÒ b¸o c¸o, kiÓm tra vµ khen "
        "th­ëng; thñ tr­ëng c¸c ®¬n vÞ chÞu tr¸ch nhiÖm tr­íc ph¸p luËt vÒ kÕt qu¶ cña m×nh. "
    ) * 2
    report = kl226.compare(tcvn3.encode("latin-1"), text.encode())
    assert report.sources
    assert report.sources[0].containment > 0.9
