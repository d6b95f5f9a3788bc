"""Reports made by hand over real wording, one for every case a reader must understand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from kl226_dedup.domain.document import (
    Cell,
    Citation,
    Document,
    Header,
    Level,
    Provision,
    Step,
    System,
    Table,
    Zone,
    ZoneKind,
)
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.match import Change, ChangeType, Exclusion, Match, MatchKind, MatchStatus
from kl226_dedup.domain.report import (
    Failure,
    Finding,
    LibraryDocument,
    LibraryState,
    Measures,
    PairLabel,
    Relation,
    Report,
    Severity,
    Shares,
    Source,
    Task,
    Verdict,
    VerdictLabel,
)
from kl226_dedup.domain.span import Span

DATA = Path(__file__).parent / "data"
LONG_AN = (DATA / "chi_thi_19_2008_long_an.txt").read_text(encoding="utf-8")
PRIME_MINISTER = (DATA / "chi_thi_22_2008_ttg.txt").read_text(encoding="utf-8")

LONG_AN_HEADER = Header(
    number="19/2008/CT-UBND",
    type="Chỉ thị",
    issuer="Ủy ban nhân dân tỉnh Long An",
    level=Level.PROVINCE,
    system=System.STATE,
    issued_on="2008-10-16",
    title="Về việc tổ chức triển khai thực hiện Luật Thuế thu nhập cá nhân trên địa bàn tỉnh Long An",
    rank=40,
    territory="Long An",
)
PRIME_MINISTER_HEADER = Header(
    number="22/2008/CT-TTg",
    type="Chỉ thị",
    issuer="Thủ tướng Chính phủ",
    level=Level.CENTRAL,
    system=System.STATE,
    issued_on="2008-07-15",
    title="Về việc triển khai thực hiện Luật Thuế thu nhập cá nhân",
    rank=5,
)
PROFILE: tuple[tuple[str, str | float | int | bool], ...] = (
    ("name", "mặc định"),
    ("stop_copied", 0.6),
    ("review_copied", 0.2),
    ("semantic", True),
)
LIBRARY = LibraryState(documents=4771, fingerprint="5d0f5e9ae3f2c7b1a94d")

_PROVISION_LABEL = re.compile(r"^(?:([IVX]+)\. |(\d+)\. |([a-zđ])\) )", re.MULTILINE)


def two(vi: str, en: str) -> Bilingual:
    return Bilingual(vi=vi, en=en)


def at(text: str, first: str, last: str | None = None) -> Span:
    """The span from ``first`` to the end of ``last`` (the next one after it)."""
    start = text.index(first)
    end = start + len(first)
    if last is not None:
        end = text.index(last, start) + len(last)
    return Span(start=start, end=end)


def provisions(text: str) -> tuple[Provision, ...]:
    """Mục I. / 1. / a) by their labels: enough structure for a report."""
    starts: list[tuple[int, int, str]] = []
    for found in _PROVISION_LABEL.finditer(text):
        depth = next(i for i, group in enumerate(found.groups()) if group)
        word = ("Mục", "khoản", "điểm")[depth]
        starts.append((found.start(), depth, f"{word} {found.group(depth + 1)}"))
    units = []
    path: list[str] = []
    for i, (start, depth, name) in enumerate(starts):
        path = [*path[:depth], name]
        end = next((s for s, d, _ in starts[i + 1 :] if d <= depth), len(text))
        units.append(Provision(path=tuple(path), span=Span(start=start, end=end)))
    return tuple(units)


def zones(text: str, *marks: tuple[ZoneKind, str]) -> tuple[Zone, ...]:
    """Zones that start where each phrase stands, covering the whole text."""
    starts = [text.index(phrase) for _, phrase in marks]
    starts[0] = 0
    ends = [*starts[1:], len(text)]
    return tuple(
        Zone(kind=kind, span=Span(start=start, end=end))
        for (kind, _), start, end in zip(marks, starts, ends, strict=True)
    )


def document(
    name: str,
    text: str,
    header: Header,
    parts: tuple[Zone, ...] | None = None,
    warnings: tuple[Notice, ...] = (),
) -> Document:
    whole = (Zone(kind=ZoneKind.BODY, span=Span(start=0, end=len(text))),)
    return Document(
        name=name,
        sha256="9f" * 32,
        media_type="application/msword",
        text=text,
        header=header,
        zones=parts or whole,
        provisions=provisions(text),
        citations=(),
        warnings=warnings,
    )


def entry(key: str, header: Header, *, status: str | None = "còn hiệu lực") -> LibraryDocument:
    return LibraryDocument(
        id=key,
        sha256="ab" * 32,
        path=f"kho/{key}.doc",
        header=header,
        status=status,
        syllables=2500,
        body_syllables=2310,
    )


def changes(draft: str, mine: Span, source: str, theirs: Span) -> tuple[Change, ...]:
    """The word differences of a passage pair, typed by what the words look like."""
    left = [(m.group(), m.start() + mine.start, m.end() + mine.start) for m in _words(mine.of(draft))]
    right = [(m.group(), m.start() + theirs.start, m.end() + theirs.start) for m in _words(theirs.of(source))]
    found = []
    matcher = difflib.SequenceMatcher(a=[w.lower() for w, *_ in right], b=[w.lower() for w, *_ in left])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            words = " ".join(w for w, *_ in [*right[i1:i2], *left[j1:j2]])
            found.append(
                Change(
                    type=_change_type(words),
                    draft=Span(start=left[j1][1], end=left[j2 - 1][2]) if j1 < j2 else None,
                    source=Span(start=right[i1][1], end=right[i2 - 1][2]) if i1 < i2 else None,
                )
            )
    return tuple(found)


def _words(text: str) -> Iterable[re.Match[str]]:
    return re.finditer(r"\w+(?:/\w+)*", text)


def _change_type(words: str) -> ChangeType:
    if re.search(r"\d+/\d+|tháng|ngày|quý", words):
        return ChangeType.DATE
    if re.search(r"\d", words):
        return ChangeType.NUMBER
    if re.search(r"\b(phải|được|cần|có thể)\b", words):
        return ChangeType.MODALITY
    if re.search(r"\b(không|chưa)\b", words):
        return ChangeType.NEGATION
    if re.search(r"\b(Bộ|Sở|Cục|UBND|Ủy ban|Ban|Thủ trưởng|Chủ tịch)\b", words):
        return ChangeType.BODY
    return ChangeType.TEXT


def label_at(doc: Document, position: int) -> str | None:
    inside = [unit for unit in doc.provisions if unit.span.start <= position < unit.span.end]
    return min(inside, key=lambda unit: len(unit.span)).label if inside else None


def match(
    draft: Document,
    mine: Span,
    source: Document,
    theirs: Span,
    kind: MatchKind = MatchKind.EDITED,
    status: MatchStatus = MatchStatus.COPIED,
    *,
    exclusion: Exclusion | None = None,
    primary: bool = True,
    confidence: float = 0.94,
    similarity: float = 0.86,
    with_changes: bool = True,
) -> Match:
    return Match(
        draft=mine,
        source=theirs,
        draft_provision=label_at(draft, mine.start),
        source_provision=label_at(source, theirs.start),
        kind=kind,
        status=status,
        exclusion=exclusion,
        primary=primary,
        similarity=1.0 if kind is MatchKind.VERBATIM else similarity,
        confidence=confidence,
        changes=changes(draft.text, mine, source.text, theirs) if with_changes else (),
    )


def measures(syllables: int, body: int) -> Measures:
    return Measures(
        syllables=syllables,
        body_syllables=body,
        sentences=61,
        sentence_median=34.0,
        sentence_p90=71.0,
        long_sentences=0.23,
        speaking_minutes=syllables / 180,
    )


def task(text: str, first: str, last: str, **slots: str | bool | tuple[str, ...] | None) -> Task:
    span = at(text, first, last)
    values: dict[str, object] = {
        "own": False,
        "lead": None,
        "coordinators": (),
        "deadline": None,
        "resources": None,
        "product": None,
        "target": None,
        "authority": None,
        "responsibility": None,
        **slots,
    }
    return Task(span=span, task=span.of(text), **values)  # type: ignore[arg-type]


def long_an() -> Report:
    """REVIEW: a provincial directive that follows the Prime Minister's, with every kind, status and change."""
    draft = document(
        "chi-thi-thue-tncn.doc",
        LONG_AN,
        LONG_AN_HEADER,
        zones(
            LONG_AN,
            (ZoneKind.LETTERHEAD, "ỦY BAN"),
            (ZoneKind.BASIS, "Luật Thuế thu nhập cá nhân đã được"),
            (ZoneKind.BODY, "Để việc tổ chức"),
            (ZoneKind.CLOSING, "Nơi nhận:"),
        ),
        warnings=(
            Notice(
                code="line_wraps",
                message=two(
                    "Đã nối lại 12 dòng bị ngắt giữa câu khi đọc tệp .doc.",
                    "12 lines broken in mid-sentence were joined while reading the .doc file.",
                ),
                advice=two("Nên gửi tệp .docx gốc nếu có.", "Send the original .docx file if there is one."),
            ),
        ),
    )
    pm = document("22_2008_CT-TTg.doc", PRIME_MINISTER, PRIME_MINISTER_HEADER)
    mine, theirs = draft.text, pm.text
    higher = Source(
        entry=entry("D05655", PRIME_MINISTER_HEADER),
        document=pm,
        family=(entry("D05655-vb", Header(number="22/2008/CT-TTg (bản Công báo)")),),
        relation=Relation.HIGHER,
        label=PairLabel.OVERLAPPING,
        containment=0.342,
        reverse_containment=0.268,
        longest_match_syllables=78,
        advice=two(
            "Thay các đoạn chép bằng một câu viện dẫn Chỉ thị 22/2008/CT-TTg, chỉ giữ phần việc riêng của tỉnh.",
            "Replace the copied passages with one reference to 22/2008/CT-TTg; keep the province's own tasks.",
        ),
        matches=(
            match(
                draft,
                at(mine, "Luật Thuế thu nhập cá nhân đã được", "01/01/2009"),
                pm,
                at(theirs, "Luật Thuế thu nhập cá nhân đã được", "01 tháng 01 năm 2009"),
                MatchKind.EDITED,
                MatchStatus.BOILERPLATE,
                similarity=0.81,
            ),
            match(
                draft,
                at(mine, "Tham mưu, đề xuất với cấp ủy Đảng, HĐND", "yêu cầu đã đề ra"),
                pm,
                at(theirs, "Tham mưu, đề xuất với cấp ủy Đảng ở", "yêu cầu đã đề ra"),
                confidence=0.97,
            ),
            match(
                draft,
                at(mine, "Căn cứ chương trình, kế hoạch", "ở địa phương"),
                pm,
                at(theirs, "Căn cứ chương trình, kế hoạch", "ở địa phương"),
                confidence=0.98,
            ),
            match(
                draft,
                at(mine, "Từ nay đến cuối năm 2008, phải", "trên địa bàn"),
                pm,
                at(theirs, "Trong năm 2008, tập trung", "trên địa bàn"),
                confidence=0.91,
            ),
            match(
                draft,
                at(mine, "Cục Thuế tỉnh chủ trì, phối hợp với Sở Tư pháp, Sở", "hỗ trợ, hướng dẫn về thuế"),
                pm,
                at(theirs, "Bộ Tài chính chủ trì, phối hợp với Bộ Tư pháp, Bộ", "hỗ trợ, hướng dẫn về thuế"),
                confidence=0.99,
                similarity=0.92,
            ),
            match(
                draft,
                at(mine, "Đài Phát thanh và Truyền hình Long An", "về Luật Thuế thu nhập cá nhân, những"),
                pm,
                at(theirs, "Đài truyền hình Việt Nam", "về Luật thuế thu nhập cá nhân. Các báo"),
                MatchKind.PARAPHRASE,
                confidence=0.58,
                similarity=0.44,
                with_changes=False,
            ),
            match(
                draft,
                at(mine, "Phối hợp với các cơ quan, đơn vị", "cho các đối tượng này"),
                pm,
                at(theirs, "phối hợp với các cơ quan, đơn vị tổ chức", "cho các đối tượng này"),
                confidence=0.96,
            ),
            match(
                draft,
                at(mine, "Kiện toàn bộ phận", "quản lý thuế thu nhập cá nhân."),
                pm,
                at(theirs, "Kiện toàn bộ phận", "quản lý thuế thu nhập cá nhân;"),
                MatchKind.VERBATIM,
                confidence=0.99,
                with_changes=False,
            ),
        ),
    )
    return Report(
        draft=draft,
        languages=("vi",),
        measures=measures(2104, 1968),
        verdict=Verdict(
            label=VerdictLabel.REVIEW,
            reasons=(
                Notice(
                    code="copied_higher",
                    message=two(
                        "34% thân văn bản chép từ văn bản cấp trên (chủ yếu Chỉ thị 22/2008/CT-TTg) mà không dẫn "
                        "nguồn.",
                        "34% of the body is copied from higher-level documents (mainly 22/2008/CT-TTg) without "
                        "quotation.",
                    ),
                    advice=two(
                        "Viện dẫn chỉ thị thay vì chép lại, và giữ phần giao việc cụ thể của tỉnh.",
                        "Refer to the directive instead of copying it, and keep the province's own tasks.",
                    ),
                ),
                Notice(
                    code="incomplete_tasks",
                    message=two(
                        "3 trong 4 nhiệm vụ chưa ghi đủ đầu mối, thời hạn và sản phẩm.",
                        "3 of 4 tasks lack a lead, a deadline or a product.",
                    ),
                    advice=two(
                        "Bổ sung thời hạn và sản phẩm cho từng nhiệm vụ ở bảng cuối trang.",
                        "Add a deadline and a product to each task in the table at the end.",
                    ),
                ),
            ),
            shares=Shares(
                copied_higher=0.32,
                copied_same=0.03,
                copied_other=0.04,
                quoted=0.05,
                excluded=0.004,
                boilerplate=0.11,
                own=0.446,
            ),
            body_shares=Shares(
                copied_higher=0.342,
                copied_same=0.032,
                copied_other=0.043,
                quoted=0.053,
                excluded=0.004,
                boilerplate=0.04,
                own=0.486,
            ),
        ),
        sources=(higher, *_other_sources(draft)),
        tasks=(
            task(
                mine,
                "Chủ tịch UBND các huyện, thị xã chậm nhất",
                "ở địa bàn huyện, thị xã.",
                own=True,
                lead="Chủ tịch UBND các huyện, thị xã",
                deadline="chậm nhất đến ngày 25/10/2008",
                product="quyết định thành lập ban chỉ đạo",
                action="thành lập",
                object="ban chỉ đạo",
            ),
            task(
                mine,
                "Cục thuế tỉnh chủ trì, phối hợp với Sở Tư pháp và",
                "ban hành mới – thay thế).",
                own=True,
                lead="Cục thuế tỉnh",
                coordinators=("Sở Tư pháp", "các sở, ngành chức năng có liên quan"),
            ),
            task(
                mine,
                "Cục Thuế tỉnh chủ trì, phối hợp với Sở Tư pháp, Sở",
                "việc thực hiện.",
                lead="Cục Thuế tỉnh",
                coordinators=("Sở Tư pháp", "Sở Thông tin và Truyền thông"),
            ),
            task(mine, "Phối hợp với các cơ quan, đơn vị", "đối tượng này.", deadline="đến ngày 31/12/2008"),
        ),
        findings=(
            Finding(
                id="F1",
                rule="slogan.general_duty",
                severity=Severity.WARNING,
                span=at(mine, "triển khai, tổ chức thực hiện nghiêm túc chỉ thị này"),
                message=two(
                    "Câu giao trách nhiệm chung chung, không rõ người và thời hạn.",
                    "A general duty without a person or a deadline.",
                ),
                basis="KL 226-KL/TW, mục 2.1.4",
                suggestion=two(
                    "Nêu đơn vị, việc và thời hạn, hoặc bỏ câu.",
                    "Name the unit, work and deadline, or delete.",
                ),
            ),
            Finding(
                id="F2",
                rule="form.repeated_word",
                severity=Severity.ERROR,
                span=at(mine, "cho cho cán bộ"),
                message=two("Lặp từ “cho cho”.", "Repeated word “cho cho”."),
                basis="Nghị định 30/2020/NĐ-CP, Điều 8",
                suggestion=two("Bỏ một chữ “cho”.", "Delete one “cho”."),
            ),
            Finding(
                id="F3",
                rule="form.number_spelling",
                severity=Severity.NOTE,
                span=at(mine, "22/2008/CT-TTG"),
                message=two("Ký hiệu nên viết “22/2008/CT-TTg”.", "The symbol is spelt “22/2008/CT-TTg”."),
                basis="Nghị định 30/2020/NĐ-CP, Phụ lục III",
                suggestion=two("Sửa ký hiệu.", "Correct the symbol."),
                suppressed="profile: allow_old_symbols",
            ),
        ),
        library=LIBRARY,
        profile=PROFILE,
        tool_version="0.1.0",
        models=("kl226-static-v1",),
    )


def _other_sources(draft: Document) -> tuple[Source, ...]:
    mine = draft.text
    repeated = at(mine, "Thủ trưởng các sở, ngành tỉnh, chủ tịch UBND huyện", "trong phạm vi mình quản lý.")
    peer = document(
        "chi-thi-tien-giang.doc",
        "CHỈ THỊ\n1. Thủ trưởng các sở, ban, ngành tỉnh, Chủ tịch UBND các huyện, thị xã, xã, phường, thị trấn có "
        "trách nhiệm chỉ đạo công tác tuyên truyền, phổ biến về Luật Thuế thu nhập cá nhân trong phạm vi mình quản lý.\n",
        Header(
            number="21/2008/CT-UBND",
            type="Chỉ thị",
            issuer="Ủy ban nhân dân tỉnh Tiền Giang",
            level=Level.PROVINCE,
            system=System.STATE,
            issued_on="2008-09",
            title="Về triển khai Luật Thuế thu nhập cá nhân",
            rank=40,
            territory="Tiền Giang",
        ),
    )
    earlier_text = (
        "CHỈ THỊ\n3. Chậm nhất vào ngày 10 của tháng sau được tổng hợp, đánh giá tình hình thực hiện chỉ thị này "
        "trên địa bàn quản lý, báo cáo về Sở Tài chính để tổng hợp báo cáo Tỉnh ủy, HĐND tỉnh, UBND tỉnh.\n"
    )
    earlier = document(
        "chi-thi-2006.doc",
        earlier_text,
        Header(
            number="14/2006/CT-UBND",
            type="Chỉ thị",
            issuer="Ủy ban nhân dân tỉnh Long An",
            level=Level.PROVINCE,
            system=System.STATE,
            issued_on="2006",
            title="Về tăng cường quản lý thu ngân sách",
            rank=40,
        ),
    )
    law_text = (
        "Điều 24. Trách nhiệm của tổ chức, cá nhân trả thu nhập và trách nhiệm của đối tượng nộp thuế là cá nhân cư "
        "trú\n"
        + at(mine, "- Tổ chức, cá nhân trả thu nhập có trách nhiệm kê khai", "về quản lý thuế.").of(mine)
        + "\nĐiều 25. Thuế thu nhập cá nhân là thuế thu vào thu nhập của cá nhân.\n"
    )
    law = document(
        "luat-thue-tncn.doc",
        law_text,
        Header(
            number="04/2007/QH12",
            type="Luật",
            issuer="Quốc hội",
            level=Level.CENTRAL,
            system=System.STATE,
            issued_on="2007-11-21",
            title="Luật Thuế thu nhập cá nhân",
            rank=0,
        ),
    )
    english = document(
        "law-on-personal-income-tax.doc",
        "Article 26. Income-paying organizations and individuals shall withhold and remit tax into the state budget "
        "each time a non-resident taxpayer is paid a taxable income.\n",
        Header(
            number=None, type="Luật", issuer=None, title="Law on Personal Income Tax (English translation)"
        ),
    )
    foreign = at(mine, "Tổ chức, cá nhân trả thu nhập có trách nhiệm khấu trừ và nộp", "đối tượng nộp thuế.")
    return (
        Source(
            entry=entry("D00407", law.header),
            document=law,
            family=(
                entry("D00407-26", Header(number="26/2012/QH13")),
                entry("D00407-hn", Header(number="15/VBHN-VPQH")),
            ),
            relation=Relation.HIGHER,
            label=PairLabel.OVERLAPPING,
            containment=0.071,
            reverse_containment=0.62,
            longest_match_syllables=69,
            advice=two(
                "Luật đã có hiệu lực trực tiếp; chỉ cần dẫn Điều 24.",
                "The law applies directly; cite Article 24.",
            ),
            matches=(
                match(
                    draft,
                    at(mine, "- Tổ chức, cá nhân trả thu nhập có trách nhiệm kê khai", "về quản lý thuế."),
                    law,
                    at(law_text, "- Tổ chức, cá nhân", "về quản lý thuế."),
                    MatchKind.VERBATIM,
                    MatchStatus.QUOTED,
                    confidence=0.99,
                    with_changes=False,
                ),
                match(
                    draft,
                    at(mine, "thuế thu nhập cá nhân trong hệ thống ngành thuế"),
                    law,
                    at(law_text, "Thuế thu nhập cá nhân là thuế thu vào thu nhập của cá nhân"),
                    MatchKind.EDITED,
                    MatchStatus.COPIED,
                    primary=False,
                    confidence=0.41,
                    similarity=0.5,
                ),
                match(
                    draft,
                    at(mine, "Xác định đối tượng là người phụ thuộc", "giảm trừ gia cảnh"),
                    law,
                    at(law_text, "Thuế thu nhập cá nhân là", "cá nhân"),
                    MatchKind.EDITED,
                    MatchStatus.EXCLUDED,
                    exclusion=Exclusion.DEFINITION,
                    confidence=0.72,
                    with_changes=False,
                ),
            ),
        ),
        Source(
            entry=entry("D05701", peer.header, status=None),
            document=peer,
            family=(),
            relation=Relation.SAME,
            label=PairLabel.OVERLAPPING,
            containment=0.032,
            reverse_containment=0.9,
            longest_match_syllables=41,
            advice=two(
                "Kiểm tra xem đoạn này có cần cho tỉnh mình không.",
                "Check whether your province needs this passage.",
            ),
            matches=(match(draft, repeated, peer, at(peer.text, "Thủ trưởng các sở", "mình quản lý.")),),
        ),
        Source(
            entry=entry("D03111", earlier.header, status="hết hiệu lực một phần"),
            document=earlier,
            family=(),
            relation=Relation.SELF,
            label=PairLabel.RELATED,
            containment=0.028,
            reverse_containment=0.88,
            longest_match_syllables=44,
            advice=two("Nên dẫn chỉ thị năm 2006 của tỉnh.", "Refer to the province's directive of 2006."),
            matches=(
                match(
                    draft,
                    at(mine, "Chậm nhất vào ngày 05", "UBND tỉnh và Ban Chỉ đạo Trung ương"),
                    earlier,
                    at(earlier_text, "Chậm nhất vào ngày 10", "UBND tỉnh"),
                    confidence=0.88,
                ),
            ),
        ),
        Source(
            entry=entry("EN-04-2007", english.header),
            document=english,
            family=(),
            relation=Relation.UNKNOWN,
            label=PairLabel.RELATED,
            containment=0.018,
            reverse_containment=0.4,
            longest_match_syllables=0,
            advice=two("Dẫn Luật thay vì dịch lại.", "Cite the law instead of translating it back."),
            matches=(
                match(
                    draft,
                    foreign,
                    english,
                    at(english.text, "Income-paying", "taxable income"),
                    MatchKind.TRANSLATION,
                    confidence=0.52,
                    similarity=0.0,
                    with_changes=False,
                ),
            ),
        ),
    )


def near_copy() -> Report:
    """STOP: the Prime Minister's directive under a province's name, number and date left blank."""
    text = (
        PRIME_MINISTER.replace("THỦ TƯỚNG CHÍNH PHỦ\n", "ỦY BAN NHÂN DÂN TỈNH LONG AN\n", 1)
        .replace("22/2008/CT-TTg", "…/CT-UBND", 1)
        .replace("ngày 15 tháng 07", "ngày … tháng …", 1)
        .replace("Bộ Tài chính", "Sở Tài chính")
    )
    header = Header(
        type="Chỉ thị",
        issuer="Ủy ban nhân dân tỉnh Long An",
        level=Level.PROVINCE,
        system=System.STATE,
        title="Về việc triển khai thực hiện Luật Thuế thu nhập cá nhân",
        rank=40,
        is_draft=True,
    )
    draft = document("du-thao.docx", text, header)
    pm = document("22_2008_CT-TTg.doc", PRIME_MINISTER, PRIME_MINISTER_HEADER)
    return Report(
        draft=draft,
        languages=("vi",),
        measures=measures(2500, 2310),
        verdict=Verdict(
            label=VerdictLabel.STOP,
            reasons=(
                Notice(
                    code="copied_higher_most",
                    message=two(
                        "93% thân văn bản chép từ Chỉ thị 22/2008/CT-TTg; dự thảo không có nhiệm vụ riêng nào đủ đầu "
                        "mối, thời hạn và sản phẩm.",
                        "93% of the body is copied from 22/2008/CT-TTg; the draft adds no complete task of its own.",
                    ),
                    advice=two(
                        "Không ban hành lại: gửi bản sao Chỉ thị 22/2008/CT-TTg kèm công văn giao việc cụ thể.",
                        "Don't issue it again: send a copy of 22/2008/CT-TTg with a letter that assigns the work.",
                    ),
                ),
            ),
            shares=Shares(copied_higher=0.88, boilerplate=0.08, own=0.04),
            body_shares=Shares(copied_higher=0.93, boilerplate=0.01, own=0.06),
        ),
        sources=(
            Source(
                entry=entry("D05655", PRIME_MINISTER_HEADER),
                document=pm,
                family=(),
                relation=Relation.HIGHER,
                label=PairLabel.NEAR_IDENTICAL,
                containment=0.93,
                reverse_containment=0.95,
                longest_match_syllables=612,
                advice=two("Gửi bản sao thay vì ban hành lại.", "Send a copy instead of issuing it again."),
                matches=tuple(
                    match(draft, at(text, first, last), pm, at(PRIME_MINISTER, theirs, last), confidence=0.99)
                    for first, theirs, last in (
                        (
                            "Luật Thuế thu nhập cá nhân đã được",
                            "Luật Thuế thu nhập cá nhân đã được",
                            "nhiệm vụ sau:",
                        ),
                        ("1. Trong tháng 7", "1. Trong tháng 7", "tính giảm trừ gia cảnh."),
                        ("III. ĐẨY MẠNH", "III. ĐẨY MẠNH", "chịu trách nhiệm tổ chức thi hành Chỉ thị này."),
                    )
                ),
            ),
        ),
        tasks=(),
        findings=(),
        library=LIBRARY,
        profile=PROFILE,
        tool_version="0.1.0",
    )


def own_plan() -> Report:
    """PASS: a short plan of complete tasks, nothing shared but its letterhead."""
    text = (
        "ỦY BAN NHÂN DÂN XÃ MỸ LỆ\nKẾ HOẠCH\nThu gom rác thải nhựa trên kênh Trị Yên năm 2026\n"
        "1. Công chức Địa chính – Môi trường chủ trì lập bản đồ 12 điểm tập kết rác trên kênh Trị Yên, trình Chủ tịch "
        "Ủy ban nhân dân xã trước ngày 15/3/2026.\n"
        "2. Đoàn Thanh niên xã chủ trì tổ chức bốn buổi ra quân thu gom, báo cáo khối lượng trước ngày 30 hằng tháng.\n"
    )
    draft = document(
        "ke-hoach.docx",
        text,
        Header(
            number="07/KH-UBND",
            type="Kế hoạch",
            issuer="Ủy ban nhân dân xã Mỹ Lệ",
            level=Level.COMMUNE,
            system=System.STATE,
            issued_on="2026-02-02",
            title="Thu gom rác thải nhựa trên kênh Trị Yên năm 2026",
        ),
        zones(text, (ZoneKind.LETTERHEAD, "ỦY BAN"), (ZoneKind.BODY, "1. Công chức")),
    )
    return Report(
        draft=draft,
        languages=("vi",),
        measures=measures(96, 74),
        verdict=Verdict(
            label=VerdictLabel.PASS,
            reasons=(),
            shares=Shares(boilerplate=0.2, own=0.8),
            body_shares=Shares(boilerplate=0.03, own=0.97),
        ),
        sources=(),
        tasks=(
            task(
                text,
                "Công chức Địa chính",
                "15/3/2026.",
                own=True,
                lead="Công chức Địa chính – Môi trường",
                deadline="trước ngày 15/3/2026",
                product="bản đồ 12 điểm tập kết rác",
                authority="Chủ tịch Ủy ban nhân dân xã",
            ),
            task(
                text,
                "Đoàn Thanh niên",
                "hằng tháng.",
                own=True,
                lead="Đoàn Thanh niên xã",
                deadline="trước ngày 30 hằng tháng",
                product="báo cáo khối lượng",
                target="bốn buổi ra quân",
            ),
        ),
        findings=(),
        library=LIBRARY,
        profile=PROFILE,
        tool_version="0.1.0",
    )


HOSTILE = '</script><script>alert("x")</script><img src=x onerror=alert(1)>\u202egnuht\u202c " \' & {{ 7*7 }} \x1b[31m'


def hostile() -> Report:
    """A draft and a source whose every word tries to become markup, a template, a terminal command."""
    text = f"{HOSTILE} một hai ba bốn năm sáu\n[bold]bảy tám[/bold] chín mười\n"
    draft = document(HOSTILE, text, Header(number=HOSTILE, title=HOSTILE, issuer=HOSTILE, type=HOSTILE))
    source = document("s", text, Header(number=HOSTILE, title=HOSTILE, issuer=HOSTILE))
    whole = Span(start=0, end=len(text) - 1)
    evil = two(HOSTILE, HOSTILE)
    return Report(
        draft=draft,
        languages=("vi",),
        measures=measures(10, 10),
        verdict=Verdict(
            label=VerdictLabel.REVIEW,
            reasons=(Notice(code="x", message=evil, advice=evil),),
            shares=Shares(copied_other=1.0, own=0.0),
            body_shares=Shares(copied_other=1.0, own=0.0),
        ),
        sources=(
            Source(
                entry=LibraryDocument(
                    id=HOSTILE,
                    sha256="",
                    path=HOSTILE,
                    header=source.header,
                    status=HOSTILE,
                    syllables=1,
                    body_syllables=1,
                ),
                document=source,
                family=(),
                relation=Relation.UNKNOWN,
                label=PairLabel.IDENTICAL,
                containment=1.0,
                reverse_containment=1.0,
                longest_match_syllables=10,
                advice=evil,
                matches=(match(draft, whole, source, whole, MatchKind.VERBATIM, with_changes=False),),
            ),
        ),
        tasks=(),
        findings=(
            Finding(
                id=HOSTILE,
                rule=HOSTILE,
                severity=Severity.NOTE,
                span=whole,
                message=evil,
                basis=HOSTILE,
                suggestion=evil,
            ),
        ),
        library=LIBRARY,
        profile=((HOSTILE, HOSTILE),),
        tool_version="0.1.0",
    )


def very_long(syllables: int = 300_000) -> Report:
    """A draft of ``syllables`` syllables of which the last paragraph alone is copied."""
    filler = "Ủy ban nhân dân xã tự rà soát kết quả thực hiện nhiệm vụ của đơn vị mình trong năm.\n"
    copied = at(LONG_AN, "Kiện toàn bộ phận", "quản lý thuế thu nhập cá nhân.").of(LONG_AN)
    text = filler * (syllables // 20) + copied + "\n"
    draft = document("dai.docx", text, Header(type="Báo cáo"))
    pm = document("22_2008_CT-TTg.doc", PRIME_MINISTER, PRIME_MINISTER_HEADER)
    base = long_an()
    higher = base.sources[0]
    return Report(
        draft=draft,
        languages=("vi",),
        measures=measures(syllables, syllables),
        verdict=base.verdict,
        sources=(
            Source(
                entry=higher.entry,
                document=pm,
                family=(),
                relation=higher.relation,
                label=PairLabel.RELATED,
                containment=0.0002,
                reverse_containment=0.02,
                longest_match_syllables=48,
                advice=higher.advice,
                matches=(
                    match(
                        draft,
                        at(text, copied),
                        pm,
                        at(PRIME_MINISTER, "Kiện toàn bộ phận", "quản lý thuế thu nhập cá nhân;"),
                        MatchKind.VERBATIM,
                        with_changes=False,
                    ),
                ),
            ),
        ),
        tasks=(),
        findings=(),
        library=LIBRARY,
        profile=PROFILE,
        tool_version="0.1.0",
    )


UNREADABLE = Failure(
    name="hong.pdf",
    code="encrypted_file",
    message=two(
        "hong.pdf: tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
        "hong.pdf: the file needs a password. Remove it and try again.",
    ),
)


def parsed() -> Document:
    """A document with everything a parser can find in it."""
    text = "Căn cứ Luật số 04/2007/QH12\nĐiều 1. Mức phí\nLoại\tĐồng\nA\t1.000\nChú thích\n"
    return Document(
        name="phi.docx",
        sha256="cd" * 32,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        text=text,
        header=Header(type="Thông tư", issued_on="2011-05"),
        zones=(
            Zone(kind=ZoneKind.BASIS, span=Span(start=0, end=28)),
            Zone(kind=ZoneKind.BODY, span=Span(start=28, end=len(text))),
        ),
        provisions=(Provision(path=("Điều 1",), span=Span(start=28, end=len(text))),),
        citations=(Citation(span=at(text, "Luật số 04/2007/QH12"), number="04/2007/QH12", type="Luật"),),
        tables=(
            Table(
                span=at(text, "Loại", "1.000"),
                rows=2,
                columns=2,
                cells=(
                    Cell(row=0, column=0, span=at(text, "Loại")),
                    Cell(row=0, column=1, span=at(text, "Đồng")),
                    Cell(row=1, column=0, span=at(text, "A")),
                    Cell(row=1, column=1, span=None),
                ),
            ),
        ),
        footnotes=(at(text, "Chú thích"),),
        steps=(Step(action="dropped", detail="comments", count=2),),
        warnings=(Notice(code="empty_cell", message=two("Một ô trống.", "An empty cell.")),),
    )
