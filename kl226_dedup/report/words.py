"""The words of the report in both languages, and how numbers and dates are written in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from kl226_dedup.domain.document import Level
from kl226_dedup.domain.language import Bilingual, Language, grouped
from kl226_dedup.domain.report import LIMITS, Relation, VerdictLabel
from kl226_dedup.domain.report_json import DueJson
from kl226_dedup.domain.tables import PERCENTILES


def _two(vi: str, en: str) -> Bilingual:
    return Bilingual(vi=vi, en=en)


WORDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        # The verdict and what to do next
        "verdict.pass": _two("Đạt", "Pass"),
        "verdict.review": _two("Cần xem xét", "Needs review"),
        "verdict.stop": _two("Không nên ban hành", "Should not be issued"),
        "limited": _two(
            "kho có thể thiếu văn bản cần đối chiếu", "the library may lack what it should be compared with"
        ),
        "some_copied": _two(
            "{} nội dung trùng hoặc nói lại, không dẫn nguồn", "{} of the body shared or restated, not cited"
        ),
        "wording_alone": _two(
            "chưa tìm đoạn viết lại bằng lời khác", "passages in other words were not looked for"
        ),
        "verdict.uncompared": _two("Chỉ xét nhiệm vụ và cách viết", "Tasks and wording alone"),
        "next.pass": _two(
            "Không thấy phần chép lại đáng kể từ các văn bản đã so. Có thể đi tiếp quy trình.",
            "No considerable copying from the documents compared was found. The draft can go on.",
        ),
        "next.pass_some": _two(
            "Có phần chép lại, chưa tới mức phải xem xét: nên sửa theo gợi ý dưới đây rồi đi tiếp quy trình.",
            "There is some copying, not enough for a review: mend it as advised below, then the draft can go on.",
        ),
        "next.pass_same": _two(
            "Không phải dự thảo mới: đây là một văn bản đã đem so. Ngoài chính nó, không thấy phần chép lại đáng kể.",
            "This is no new draft but one of the documents compared with. Apart from it, no considerable copying was found.",
        ),
        "next.pass_wording": _two(
            "Không thấy phần chép nguyên câu chữ đáng kể, nhưng chưa tìm đoạn viết lại bằng lời khác. Khắc phục như dưới "
            "đây rồi kiểm tra lại.",
            "No considerable copying of wording was found, but passages restated in other words were not looked for. Put "
            "that right as said below and check again.",
        ),
        "next.pass_limited": _two(
            "Không thấy phần chép lại, nhưng có thể đã thiếu văn bản cần so: xem các điểm dưới đây trước khi đi tiếp.",
            "No copying was found, but documents to compare with may be missing: see below before the draft goes on.",
        ),
        "next.pass_partly": _two(
            "Phần đọc được không có đoạn chép lại đáng kể, nhưng tệp chưa đọc được hết: kiểm tra lại bản đầy đủ.",
            "No considerable copying in what could be read, but a part of the file is unread: check the whole.",
        ),
        "next.pass_compared": _two(
            "Phần đã so không có đoạn chép lại đáng kể, nhưng một phần viết bằng tiếng khác chưa so: nhờ người đối chiếu.",
            "No considerable copying in what was compared, but a part in another language was not: let a person compare it.",
        ),
        "next.pass_short": _two(
            "Văn bản quá ngắn nên chưa nói được gì về việc sao chép: cần người đọc.",
            "The text is too short to say anything about copying: a person should read it.",
        ),
        "next.review": _two(
            "Trước khi trình ký, cần có người đọc các đoạn nêu dưới đây và quyết định sửa hay giữ.",
            "Before signature a person should read the passages shown below and decide what to change.",
        ),
        "next.review_speech": _two(
            "Trước khi đọc tại hội nghị, nên bỏ phần nói lại tài liệu người dự đã có.",
            "Before it is read out, leave out what the papers people have say already.",
        ),
        "next.review_tasks": _two(
            "Trước khi trình ký, cần ghi rõ các nhiệm vụ: ai chủ trì, xong khi nào, ra sản phẩm gì.",
            "Before signature the tasks should be made clear: who leads, until when, with what product.",
        ),
        "next.review_unread": _two(
            "Máy chưa đối chiếu được văn bản này: cần người đọc toàn văn.",
            "This text could not be compared: a person should read the whole of it.",
        ),
        "next.stop": _two(
            "Không nên trình ký bản này. Sửa theo các điểm dưới đây, hoặc dùng bản sao văn bản gốc.",
            "Do not submit this version. Revise it as advised below, or send a copy of the original.",
        ),
        "next.stop_conflict": _two(
            "Không nên trình ký bản này: kiểm tra các giá trị khác nhau nêu dưới đây, sửa lại cho khớp hoặc nêu rõ vì sao "
            "khác.",
            "Do not submit this version: check the differing values below, bring them into line or say why they differ.",
        ),
        "next.nothing_compared": _two(
            "Lần này không so với văn bản nào, nên không kết luận được về việc sao chép.",
            "Nothing was compared this time, so nothing can be said about copying.",
        ),
        "failed": _two("Không đọc được", "Could not be read"),
        "reasons": _two("Vì sao", "Why"),
        "advice": _two("Nên làm", "Advice"),
        "no_reasons": _two("Không có điểm nào phải xem lại.", "There is nothing to look at."),
        # Shares
        "shares": _two("Nội dung dự thảo từ đâu ra", "Where the content comes from"),
        "shares.body": _two("Tính trên thân văn bản", "Of the body text"),
        "shares.all": _two("Tính trên toàn văn", "Of the whole text"),
        "share.copied_higher": _two("Chép từ cấp trên", "Copied from higher level"),
        "share.copied_same": _two("Chép từ cùng cấp", "Copied from same level"),
        "share.copied_other": _two("Chép từ văn bản khác", "Copied from other documents"),
        "share.quoted": _two("Trích dẫn có nguồn", "Quoted with source"),
        "share.excluded": _two("Trùng, không tính", "Shared, not counted"),
        "share.boilerplate": _two("Câu mẫu, thể thức", "Stock wording, form"),
        "share.own": _two("Nội dung riêng", "Its own"),
        "share_hint.copied_other": _two(
            "cấp dưới, văn bản cũ của chính cơ quan, hoặc chưa rõ nơi ban hành",
            "lower level, own earlier documents, or unknown issuer",
        ),
        "copied_total": _two(
            "thân văn bản là chép, không dẫn nguồn", "of the body is copied without a source"
        ),
        "sources_count": _two("văn bản có đoạn trùng", "documents share passages"),
        "sources_count.one": _two("văn bản có đoạn trùng", "document shares passages"),
        "tasks_count": _two(
            "nhiệm vụ đủ đầu mối, thời hạn, sản phẩm", "tasks have lead, deadline and product"
        ),
        "findings_count": _two(
            "lỗi, cảnh báo về thể thức và cách viết", "errors and warnings on form and wording"
        ),
        "findings_count.one": _two(
            "lỗi, cảnh báo về thể thức và cách viết", "error or warning on form and wording"
        ),
        # Header
        "title": _two("Kiểm tra trước khi ban hành", "Pre-issue check"),
        "conclusion": _two("Kết luận 226-KL/TW", "Conclusion 226-KL/TW"),
        "draft": _two("Dự thảo", "Draft"),
        "drafts": _two("Các dự thảo", "Drafts"),
        "drafts.count": _two("{} dự thảo", "{} drafts"),
        "file": _two("Tệp", "File"),
        "number": _two("Số, ký hiệu", "Number"),
        "type": _two("Loại", "Type"),
        "issuer": _two("Cơ quan ban hành", "Issuer"),
        "level": _two("Cấp", "Level"),
        "issued_on": _two("Ngày", "Date"),
        "length": _two("Độ dài", "Length"),
        "syllables": _two("chữ", "syllables"),
        "syllables_of_which_body": _two("trong đó thân văn bản", "of which body"),
        "speaking": _two("Đọc thành tiếng khoảng", "Read aloud about"),
        "minutes": _two("phút", "minutes"),
        "sentences": _two("Câu", "Sentences"),
        "sentences.said": _two(
            "một nửa số câu không quá {half} chữ, 9/10 số câu không quá {most} chữ",
            "half have no more than {half} syllables, 9 in 10 no more than {most}",
        ),
        "slogans": _two("Khẩu hiệu, từ chung chung", "Stock phrases"),
        "slogans.none": _two("không thấy", "none"),
        "slogans.unit": _two("trên 1.000 chữ", "in 1,000 syllables"),
        "reread": _two("Đọc lại tài liệu đã có", "Read again from the papers"),
        "measures": _two("Độ dài, độ rõ", "Length and clarity"),
        "standing": _two(
            "hơn {percentile}% văn bản {type} lấy làm mốc",
            "more than {percentile}% of {type} taken as the yardstick",
        ),
        "standing.lowest": _two(
            "thuộc nhóm thấp nhất so với văn bản {type} lấy làm mốc",
            "among the lowest of {type} taken as the yardstick",
        ),
        "standing.highest": _two(
            "thuộc nhóm cao nhất so với văn bản {type} lấy làm mốc",
            "among the highest of {type} taken as the yardstick",
        ),
        "standing.any": _two("hành chính", "administrative documents"),
        "unknown": _two("chưa rõ", "unknown"),
        "blank": _two("để trống", "left blank"),
        "level.central": _two("trung ương", "central"),
        "level.ministry": _two("bộ, ngành", "ministry"),
        "level.province": _two("tỉnh", "province"),
        "level.district": _two("huyện", "district"),
        "level.commune": _two("xã", "commune"),
        "level.unit": _two("đơn vị", "unit"),
        "system.P": _two("Đảng", "Party"),
        "system.S": _two("Nhà nước", "State"),
        "system.M": _two("Mặt trận, đoàn thể", "Front, mass organisations"),
        "system.C": _two("Tòa án", "courts"),
        "system.V": _two("Viện kiểm sát", "procuracy"),
        "system.A": _two("Quân đội", "army"),
        "warnings": _two("Lưu ý khi đọc tệp", "Notes on reading the file"),
        # Sources
        "sources": _two("Văn bản có đoạn trùng với dự thảo", "Documents that share passages with the draft"),
        "sources.none": _two(
            "Không tìm thấy văn bản nào trùng trong kho đã so.",
            "No shared wording in the documents compared.",
        ),
        "source": _two("Nguồn", "Source"),
        "relation.higher": _two("Cấp trên", "Higher level"),
        "relation.higher_perhaps": _two("Cấp trên, nếu cùng tỉnh", "Higher level, if of the same province"),
        "relation.same": _two("Cùng cấp", "Same level"),
        "relation.lower": _two("Cấp dưới", "Lower level"),
        "relation.itself": _two("Chính văn bản này", "This very document"),
        "relation.self": _two("Văn bản cũ của chính cơ quan", "Own earlier document"),
        "relation.unknown": _two("Chưa rõ quan hệ", "Relation unknown"),
        "label.identical": _two("giống hệt", "identical"),
        "label.near_identical": _two("gần như giống hệt", "nearly identical"),
        "label.derived": _two("phần lớn lấy từ đây", "largely derived"),
        "label.overlapping": _two("trùng một số đoạn", "some passages shared"),
        "label.related": _two("không có đoạn chép dài", "no long copied passage"),
        "containment": _two("dự thảo trùng với văn bản này", "of the draft is found in it"),
        "reverse_containment": _two("văn bản này có trong dự thảo", "of it is found in the draft"),
        "stock_only": _two("chỉ trùng câu mẫu, thể thức", "only stock wording is shared"),
        "longest": _two("Đoạn trùng dài nhất", "Longest match"),
        "family": _two("Bản khác, văn bản gần như giống", "Other copies, texts nearly alike"),
        "copies": _two("{} bản khác của {}", "{} more copies of {}"),
        "copies.one": _two("một bản khác của {1}", "one more copy of {1}"),
        "status": _two("Hiệu lực", "Status"),
        "status.unknown": _two(
            "chưa rõ hiệu lực, tạm coi là còn hiệu lực", "status unknown, taken as in force"
        ),
        "passages": _two("đoạn", "passages"),
        "passages.one": _two("đoạn", "passage"),
        "go_first": _two("Xem đoạn đầu", "First passage"),
        # Matches
        "compare": _two("Đối chiếu từng đoạn", "Side by side"),
        "draft_pane": _two("Toàn văn dự thảo", "Full text of the draft"),
        "source_pane": _two("Đoạn tương ứng trong nguồn", "The matching source passages"),
        "keys": _two(
            "Bấm vào một đoạn để xem nguồn của nó. Bàn phím: j hoặc ↓ đoạn sau, k hoặc ↑ đoạn trước, Enter sang "
            "bên kia, Esc bỏ chọn.",
            "Click a passage to see its source. Keys: j or ↓ next, k or ↑ previous, Enter to the other side, Esc "
            "to clear.",
        ),
        "nothing_marked": _two(
            "Không có đoạn nào trùng để đối chiếu.", "There is no shared passage to show."
        ),
        "kind.verbatim": _two("Nguyên văn", "Verbatim"),
        "kind.edited": _two("Có sửa chữ", "Edited"),
        "kind.paraphrase": _two("Diễn đạt lại", "Paraphrase"),
        "kind.translation": _two("Bản dịch", "Translation"),
        "maybe_restated": _two("Có thể diễn đạt lại", "Perhaps a paraphrase"),
        "match_status.copied": _two("Chép", "Copied"),
        "match_status.quoted": _two("Trích dẫn có nguồn", "Quoted with source"),
        "match_status.boilerplate": _two("Câu mẫu", "Stock wording"),
        "match_status.excluded": _two("Trùng, không tính", "Shared, not counted"),
        "reuse": _two("Dùng lại hợp lệ", "Legitimate reuse"),
        "not_counted": _two("không tính là chép", "not counted as copying"),
        "exclusion.amended_text": _two("trích nguyên văn phần được sửa đổi", "quotes the text it amends"),
        "exclusion.consolidation": _two("văn bản hợp nhất", "consolidation"),
        "exclusion.stamped_copy": _two("bản sao của chính văn bản này", "a copy of the same document"),
        "exclusion.template": _two("mẫu quy định", "prescribed template"),
        "exclusion.definition": _two("định nghĩa của luật", "legal definition"),
        "exclusion.later_document": _two("văn bản ban hành sau dự thảo", "a document issued after the draft"),
        "exclusion.replaced_document": _two(
            "văn bản bị dự thảo thay thế, bãi bỏ", "a document that the draft replaces or repeals"
        ),
        "exclusion.data_rows": _two("dòng số liệu, danh mục", "rows of data"),
        "confidence": _two("Độ chắc chắn", "Certainty"),
        "confidence.high": _two("cao", "high"),
        "confidence.good": _two("khá", "fair"),
        "confidence.low": _two("thấp, cần người đọc xác nhận", "low, a person should confirm"),
        "also_in": _two("Cũng thấy ở", "Also found in"),
        "in_draft": _two("Trong dự thảo", "In the draft"),
        "in_source": _two("Trong nguồn", "In the source"),
        "back_to_draft": _two("Về chỗ này trong dự thảo", "Back to the draft"),
        "close": _two("Đóng", "Close"),
        "places": _two("chỗ", "places"),
        "changed": _two("chỗ khác nhau", "differences"),
        "changed.one": _two("chỗ khác nhau", "difference"),
        "no_changes": _two("không khác chữ nào", "no word differs"),
        "change.number": _two("số liệu", "number"),
        "change.date": _two("ngày, hạn", "date"),
        "change.modality": _two("mức bắt buộc", "obligation"),
        "change.unit": _two("đơn vị tính", "unit"),
        "change.negation": _two("thêm hoặc bỏ từ phủ định", "negation added or dropped"),
        "change.body": _two("cơ quan", "body"),
        "cut": _two("ký tự ở giữa không hiện ở đây", "characters in the middle are not shown here"),
        "marks": _two(
            "Chữ trong {+…+} chỉ có ở dự thảo, chữ trong [-…-] chỉ có ở nguồn.",
            "Words in {+…+} are the draft's alone, words in [-…-] the source's alone.",
        ),
        "legend": _two("Chú giải", "Legend"),
        "legend.changed": _two("chữ khác nhau", "changed words"),
        "legend.muted": _two("không tính là chép", "not counted"),
        "filter": _two("Lọc", "Show"),
        "filter.source": _two("Theo nguồn", "By source"),
        "filter.status": _two("Theo cách tính", "By status"),
        "fold.same": _two("phần dự thảo không trùng", "unmatched text"),
        "fold.matched": _two("phần tiếp của đoạn trùng", "rest of the shared passage"),
        "zone.letterhead": _two("Phần thể thức, không tính", "Letterhead, not counted"),
        "zone.basis": _two("Căn cứ, không tính", "Bases, not counted"),
        "zone.body": _two("Nội dung", "Body"),
        "zone.closing": _two("Chữ ký, nơi nhận, không tính", "Closing, not counted"),
        "zone.appendix": _two("Phụ lục", "Appendix"),
        "zone.quoted": _two("Phần trích", "Quoted text"),
        # Tasks and findings
        "tasks": _two("Nhiệm vụ dự thảo giao", "Tasks the draft assigns"),
        "tasks.none": _two(
            "Máy không nhận ra nhiệm vụ nào; máy có thể bỏ sót cách viết lạ. Nếu dự thảo giao việc, nên ghi: "
            "“Giao … chủ trì, phối hợp với … thực hiện …, hoàn thành trước ngày …/…/…”.",
            "No task was recognised; unusual wording may be missed. Where the draft assigns work, write: "
            "“… leads, together with …, …, done before …/…/…”.",
        ),
        "tasks.summary": _two(
            "nhiệm vụ đủ đầu mối, thời hạn và sản phẩm", "tasks have lead, deadline and product"
        ),
        "tasks.own": _two("trong đó nhiệm vụ riêng của dự thảo", "of which the draft's own"),
        "added": _two("So với các văn bản nguồn", "Against the sources"),
        "added.new": _two("{} mới", "{} new"),
        "added.repeated": _two("{} lặp lại", "{} repeated"),
        "added.tasks": _two("việc", "tasks"),
        "added.deadlines": _two("thời hạn", "deadlines"),
        "added.units": _two("đơn vị", "units"),
        "added.resources": _two("nguồn lực", "means"),
        "added.figures": _two("số liệu", "figures"),
        "task": _two("Nhiệm vụ", "Task"),
        "clear.person": _two("Rõ người", "Person"),
        "clear.work": _two("Rõ việc", "Work"),
        "clear.time": _two("Rõ thời gian", "Time"),
        "clear.responsibility": _two("Rõ trách nhiệm", "Responsibility"),
        "clear.authority": _two("Rõ thẩm quyền", "Authority"),
        "clear.product": _two("Rõ sản phẩm", "Product"),
        "clear.yes": _two("rõ", "clear"),
        "clear.no": _two("không nêu riêng", "not stated"),
        "clear.shared": _two("nhiều đầu mối", "several leads"),
        "clear.title": _two("Bảng 6 rõ", "The six that must be clear"),
        "clear.hint": _two(
            "6 rõ theo Kết luận 226-KL/TW, mục 2.3. Dấu ✓ là dự thảo có nêu, ✕ là chưa thấy nêu, – là không nêu riêng; kinh "
            "phí nêu chung cho cả văn bản được tính cho từng việc.",
            "The six of Conclusion 226-KL/TW, section 2.3. ✓ stated in the draft, ✕ not found, – not stated on its own; "
            "money stated for the whole document counts for each task.",
        ),
        "clear.unsaid": _two(
            "Dấu – ở trách nhiệm, thẩm quyền không phải lỗi: hai điều này thường đã có trong quy chế làm việc; chỉ cần nêu "
            "khi khác quy chế.",
            "A – for responsibility and authority is no fault: the rules of procedure mostly settle both; state them where "
            "this task differs.",
        ),
        "slot.lead": _two("Đầu mối", "Lead"),
        "slot.deadline": _two("Thời hạn", "Deadline"),
        "due": _two("tức là hết ngày", "that is, by"),
        "slot.product": _two("Sản phẩm", "Product"),
        "slot.resources": _two("Nguồn lực", "Resources"),
        "slot.target": _two("Chỉ tiêu", "Target"),
        "slot.authority": _two("Thẩm quyền", "Authority"),
        "slot.responsibility": _two("Trách nhiệm", "Responsibility"),
        "coordinators": _two("phối hợp", "with"),
        "missing": _two("Còn thiếu", "Missing"),
        "nothing_missing": _two("đủ", "complete"),
        "own": _two("Của riêng", "Own"),
        "yes": _two("có", "yes"),
        "repeated": _two("lặp lại nguồn", "repeated"),
        "missing_slot": _two("thiếu", "missing"),
        "findings": _two("Thể thức và cách viết", "Form and wording"),
        "findings.none": _two("Không có lỗi thể thức hay cách viết.", "Nothing found."),
        "findings.suppressed": _two("mục được bỏ qua theo cấu hình", "set aside by the profile"),
        "suppressed": _two("Bỏ qua vì", "Set aside:"),
        "severity.error": _two("Lỗi", "Error"),
        "severity.warning": _two("Cảnh báo", "Warning"),
        "severity.note": _two("Ghi chú", "Note"),
        "basis": _two("Căn cứ", "Basis"),
        "rule": _two("Mã quy tắc", "Rule"),
        "more_places": _two("và {} chỗ khác", "and {} more places"),
        "more_places.one": _two("và {} chỗ khác", "and {} more place"),
        "see_in_text": _two("Xem trong dự thảo", "See in the draft"),
        # How the verdict came about
        "explanation": _two("Kết quả này từ đâu ra", "How the verdict came about"),
        "zones": _two("chữ theo phần của dự thảo", "syllables by part of the draft"),
        "stage.syllables": _two("chữ của dự thảo", "syllables of the draft"),
        "stage.body_syllables": _two("trong đó thân văn bản", "of which body"),
        "stage.rare_tokens": _two(
            "đơn vị so khớp không phải câu mẫu", "matching units that are not stock wording"
        ),
        "stage.documents": _two("văn bản trong kho đem so", "documents compared with"),
        "stage.candidates": _two("văn bản có nét giống, được xem kỹ", "candidates looked at"),
        "stage.aligned": _two("văn bản có đoạn khớp khi gióng từng chữ", "documents with aligned passages"),
        "stage.families": _two("họ văn bản (các bản của một văn bản)", "families (editions of one act)"),
        "stage.sources": _two("nguồn nêu trong báo cáo", "sources in the report"),
        "stage.passages": _two("đoạn của dự thảo được gán cho nguồn", "passages attributed to a source"),
        "directions": _two("Vì sao là cấp trên, cùng cấp hay cấp dưới:", "Why higher, same or lower:"),
        "bounds": _two(
            "Đối chiếu với các ngưỡng (đổi được bằng --profile):", "Against the bounds (set with --profile):"
        ),
        "signals": _two(
            "Độ chắc chắn của từng đoạn chép, và đo từ đâu:",
            "How sure each copied passage is, and made of what:",
        ),
        "characters": _two("ký tự", "characters"),
        "signal.order": _two("trật tự chữ", "order of words"),
        "signal.density": _two("độ khít", "density"),
        "signal.length": _two("độ dài", "length"),
        "signal.rivalry": _two("văn bản khác cũng có", "held by another document"),
        "signal.reach": _two("phần dự thảo nguồn này giải thích", "reach of the source"),
        "signal.neighbours": _two("đoạn khác cùng nguồn", "other passages of the source"),
        "bound.body_floor": _two("chữ thân văn bản để xét tỷ lệ", "body syllables for shares to be judged"),
        "bound.stop_copied_higher": _two(
            "chép từ cấp trên, nguyên văn hoặc có sửa chữ (chưa kể phần nói lại bằng lời khác)",
            "copied from higher level, word for word or edited (what is said in other words is not counted)",
        ),
        "bound.stop_copied_higher.document": _two(
            "chép hoặc nói lại một văn bản cấp trên (tỷ lệ nhỏ hơn trong hai bên)",
            "copied or restated of one higher document (the lesser share of the two sides)",
        ),
        "bound.review_copied": _two("chép hoặc nói lại từ mọi nguồn", "copied or restated from anywhere"),
        "bound.review_restated": _two(
            "chép hoặc nói lại từ mọi nguồn, phần lớn bằng lời khác",
            "copied or restated from anywhere, most of it in other words",
        ),
        "bound.review_slogans": _two(
            "khẩu hiệu, từ chung chung trên 1.000 chữ, không có việc nào rõ",
            "stock phrases in 1,000 syllables, without one clear task",
        ),
        "bound.stop_repeated.document": _two(
            "trùng hai chiều với một văn bản còn hiệu lực", "shared both ways with one document in force"
        ),
        "bound.derived_from.document": _two(
            "lấy lại từ văn bản cũ của chính cơ quan", "taken over from an own earlier document"
        ),
        "bound.review_tasks": _two("số nhiệm vụ để xét độ đầy đủ", "tasks for completeness to be judged"),
        "bound.review_incomplete": _two(
            "nhiệm vụ thiếu ít nhất hai trong đầu mối, thời hạn, sản phẩm",
            "tasks without two of lead, deadline and product",
        ),
        "bound.below": _two(
            "phải dưới {needed} thì điểm này mới hết", "below {needed} this would not be said"
        ),
        "bound.from": _two(
            "từ {needed} trở lên mới là “{verdict}”", "from {needed} on it speaks for “{verdict}”"
        ),
        "bound.not_judged": _two("chưa đủ để xét", "too few to judge"),
        # Footer
        "about": _two("Về kết quả này", "About this result"),
        "disclaimer": _two(
            "Đây là kết quả máy, dùng để hỗ trợ. Người soạn thảo và người có thẩm quyền quyết định. Máy có thể bỏ sót "
            "đoạn trùng với văn bản chưa có trong kho, và có thể đánh dấu nhầm.",
            "This result is made by a program to support a decision. People decide. It misses what the library does "
            "not hold, and it can be wrong.",
        ),
        "compared.library": _two("Kho văn bản", "Library"),
        "compared.files": _two("So với", "Compared with"),
        "documents": _two("văn bản", "documents"),
        "documents.one": _two("văn bản", "document"),
        "fingerprint": _two("dấu nhận dạng", "fingerprint"),
        "profile": _two(
            "Hồ sơ cấu hình của lần kiểm tra này (chỉ cần khi kiểm tra lại kết quả)",
            "Profile of this check (needed only to repeat it)",
        ),
        "profile.about": _two(
            "Người soạn thảo không cần xem phần này. Ai kiểm tra lại bằng đúng các giá trị dưới đây, với chương trình, mô "
            "hình và các văn bản nêu ở trên, sẽ được đúng kết quả này; tên gọi như trong tệp của --profile.",
            "Nobody who drafts needs this. Whoever repeats the check with just these values, and with the program, models "
            "and documents named above, gets this result; the names are those of the file of --profile.",
        ),
        "profile.limits": _two("Giới hạn khi đọc tệp", "Limits on reading files"),
        "profile.ocr": _two("Nhận dạng chữ trong trang quét", "Recognising scanned pages"),
        "profile.search": _two("Tìm văn bản trùng câu chữ", "Finding documents that share wording"),
        "profile.align": _two("Đối chiếu từng chữ", "Comparing word by word"),
        "profile.family": _two("Gộp các bản của một văn bản", "Grouping the copies of a document"),
        "profile.match": _two("Đoạn nào tính là trùng, lấy từ đâu", "Which passages count, and where from"),
        "profile.semantic": _two("Tìm đoạn nói lại bằng lời khác", "Finding passages in other words"),
        "profile.vectors": _two("Tìm văn bản nói cùng một ý", "Finding documents that say the same"),
        "profile.verdict": _two("Các mức để kết luận", "Bounds of the verdict"),
        "profile.rules": _two(
            "Quy tắc thể thức, cách viết được đặt khác đi", "Rules on form and wording set otherwise"
        ),
        "profile.suppress": _two("Điểm được bỏ qua, và vì sao", "What is set aside, and why"),
        "models": _two("Mô hình", "Models"),
        "tool": _two("Công cụ", "Tool"),
        "save_json": _two("Lưu số liệu (JSON)", "Save the data (JSON)"),
        "more_passages": _two("đoạn khác", "more passages"),
        "more_passages.one": _two("đoạn khác", "more passage"),
        "full_page": _two(
            "Xem đối chiếu đầy đủ: chạy lại với --format html --output ket-qua.html",
            "For the full side-by-side view run again with --format html --output report.html",
        ),
        "skip": _two("Tới phần đối chiếu", "Skip to the side-by-side view"),
    }
)


_UNREAD = {"unreliable_text", "language_unknown"}
_UNCLEAR = {"tasks_incomplete", "only_slogans"}
# Reasons of a review for which marked passages have to be read.
_SHARED = {
    "copies_higher_with_tasks", "copied_considerably", "restated", "restates_higher", "recycles_own",
    "conflicting_values", "values_changed", "meaning_turned",
}  # fmt: skip

# Reasons of a stop for which a copy of the original does as well as the draft.
_COPIES = {"copies_higher", "restates_higher", "repeats_document"}


def next_step(label: str, documents: int, reasons: Iterable[str]) -> str:
    """Return the key of the sentence under the verdict.

    :param documents: number of documents compared with.
    :param reasons: codes of the verdict's reasons.
    """
    if not documents:
        return "next.nothing_compared"
    said = set(reasons)
    if label == VerdictLabel.REVIEW and said & _UNREAD:
        return "next.review_unread"
    if label == VerdictLabel.REVIEW and "rereads_paper" in said:
        return "next.review_speech"
    if label == VerdictLabel.REVIEW and said & _UNCLEAR and said.isdisjoint(_SHARED):
        return "next.review_tasks"
    if label == VerdictLabel.STOP and "conflicting_values" in said and said.isdisjoint(_COPIES):
        return "next.stop_conflict"
    if label != VerdictLabel.PASS:
        return f"next.{label}"
    if "partly_read" in said:
        return "next.pass_partly"
    if "meaning_not_compared" in said:
        return "next.pass_wording"
    if "partly_compared" in said:
        return "next.pass_compared"
    if "same_document" in said:
        return "next.pass_same"
    if "too_short" in said:
        return "next.pass_short"
    if "some_copied" in said:
        return "next.pass_some"
    return "next.pass" if said.isdisjoint(LIMITS) else "next.pass_limited"


def relation_key(
    relation: str, level: str | None, warnings: Iterable[str], *, is_itself: bool = False
) -> str:
    """Return the key of the word for a relation: in doubt where a commune's draft does not say its province.

    :param level: the level of the source.
    :param warnings: codes of the draft's warnings.
    :param is_itself: the source is the draft.
    """
    if is_itself:
        return "relation.itself"
    if relation == Relation.HIGHER and level == Level.PROVINCE and "province_unknown" in warnings:
        return "relation.higher_perhaps"
    return f"relation.{relation}"


ShareName = Literal[
    "copied_higher", "copied_same", "copied_other", "quoted", "excluded", "boilerplate", "own"
]

SHARE_NAMES: tuple[ShareName, ...] = (
    "copied_higher",
    "copied_same",
    "copied_other",
    "quoted",
    "excluded",
    "boilerplate",
    "own",
)
"""The shares in the order they are shown: what to worry about first."""

RESULTS = ("verdict.stop", "failed", "verdict.review", "verdict.pass", "verdict.uncompared")
"""The keys of the words for what became of a draft, the most serious first."""

AddedName = Literal["tasks", "deadlines", "units", "resources", "figures"]

ADDED: tuple[AddedName, ...] = ("tasks", "deadlines", "units", "resources", "figures")
"""What is counted as added, in the order shown."""

SIX_CLEAR = ("person", "work", "time", "product", "responsibility", "authority")
"""The "6 rõ" in the order of the matrix: what must be there to follow a task up comes first."""

SETTLED_ELSEWHERE = ("responsibility", "authority")
"""Those of ``SIX_CLEAR`` that rules of procedure mostly settle: where a draft is silent on them, that is no fault."""

PLACES_SHOWN = 3
"""Places that are shown of the findings of one rule; the JSON has them all, the page folds the others away."""

CONFIDENCE_HIGH = 0.9
"""From here a match is shown as certain; below ``CONFIDENCE_LOW`` the page asks a person to confirm."""
CONFIDENCE_LOW = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words in one language."""

    language: Language

    def __call__(self, key: str) -> str:
        """Return the word for ``key``; an unknown key is a mistake of ours (KeyError)."""
        return WORDS[key].in_(self.language)

    def section(self, name: str) -> str:
        """Return what a section of the profile is about; "" for one that this version does not know."""
        return self(key) if (key := f"profile.{name}") in WORDS else ""

    def form(self, key: str, count: int) -> str:
        """Return the word for ``count`` things: the key's own, or that of its ``.one`` for one thing."""
        return self(f"{key}.one" if count == 1 else key)

    def number(self, value: int) -> str:
        """Return a count with thousands separated: 4.771 or 4,771."""
        return grouped(value) if self.language is Language.VI else f"{value:,}"

    def decimal(self, value: float) -> str:
        """Return a number with one decimal: 11,7 or 11.7."""
        text = f"{value:.1f}"
        return text.replace(".", ",") if self.language is Language.VI else text

    def percent(self, share: float) -> str:
        """Return a share in [0, 1] as whole per cent; what is not nothing is never shown as 0%."""
        if 0 < share < 0.005:
            return "<1%"
        if 0.995 <= share < 1:
            return ">99%"
        return f"{share:.0%}"

    def percents(self, shares: Sequence[float]) -> list[str]:
        """Return shares that add to 1 as whole per cents that add to 100; next to "<1%" there is no 100%."""
        texts = []
        for share, whole in zip(shares, whole_percents(shares), strict=True):
            rounded_off = (whole == 0 and share > 0) or (whole == 100 and share < 1)
            texts.append(("<1%" if whole == 0 else ">99%") if rounded_off else f"{whole}%")
        return texts

    def date(self, iso: str | None) -> str | None:
        """Return an ISO date, shortened to what is known, as people write it: 15/07/2008, 07/2008, 2008."""
        if iso is None or self.language is Language.EN:
            return iso
        return "/".join(reversed(iso.split("-")))

    def last_day(self, deadline: str | None, due: DueJson | None) -> str | None:
        """Return the last day that a deadline means where its words leave part of it out: "Quý IV", "trước 24/6"."""
        return None if due is None else self.day_meant(deadline, due["end"])

    def day_meant(self, deadline: str | None, end: str | None) -> str | None:
        """Return the ISO date ``end`` as people write it where the words of the deadline leave part of it out."""
        if deadline is None or end is None:
            return None
        named = {int(number) for number in re.findall(r"\d{1,4}", deadline)}
        return None if {int(part) for part in end.split("-")} <= named else self.date(end)

    def standing(self, percentile: int, type_: str) -> str:
        """Return where a measure stands: "hơn 85% văn bản Công văn đã so"; at the ends of the table in words."""
        key = "standing"
        if percentile <= PERCENTILES[0]:
            key = "standing.lowest"
        elif percentile >= PERCENTILES[-1]:
            key = "standing.highest"
        return self(key).format(percentile=percentile, type=self("standing.any") if type_ == "*" else type_)

    def family(self, name: str, others: Iterable[str]) -> str:
        """Name the documents of the family of ``name``, each once; those of the same name are counted."""
        counts = Counter(others)
        copies = counts.pop(name, 0)
        said = [self.form("copies", copies).format(copies, name)] if copies else []
        return f"{self('family')}: {'; '.join((*said, *counts))}"

    def overview(self, results: Sequence[str]) -> str:
        """Count the drafts by result, the most serious first: "3 dự thảo: 1 không nên ban hành, 2 đạt".

        :param results: for each draft the key of the word for its result, of ``RESULTS``.
        """
        counts = [f"{results.count(key)} {self(key).lower()}" for key in RESULTS if key in results]
        return f"{self('drafts.count').format(len(results))}: {', '.join(counts)}"

    def beside(self, reasons: Iterable[str], copied: float) -> list[str]:
        """Return what a list of drafts says beside a verdict, in a few words each; nothing where a pass is a plain pass.

        :param reasons: the codes of the verdict's reasons.
        :param copied: share of the body that is copied without quotation, in [0, 1].
        """
        codes = set(reasons)
        said = [self("some_copied").format(self.percent(copied))] if "some_copied" in codes else []
        said += [self("wording_alone")] if "meaning_not_compared" in codes else []
        return said if codes.isdisjoint(LIMITS) else [*said, self("limited")]

    def sentences(self, half: float, most: float) -> str:
        """Return how long sentences are, in whole syllables: of half of them, and of nine in ten."""
        return self("sentences.said").format(half=self.number(round(half)), most=self.number(round(most)))

    def slogans(self, density: float) -> str:
        """Return how thick stock phrases stand, in 1,000 syllables."""
        return f"{self.decimal(density)} {self('slogans.unit')}" if density else self("slogans.none")

    def added(self, counts: Iterable[tuple[str, int, int]]) -> str:
        """Return what the tasks bring that no source has: "việc: 3 mới, 1 lặp lại; thời hạn: 3 mới".

        :param counts: each kind of ``ADDED`` with how many are new and how many repeat a source; of what there is.
        """
        said = []
        for name, new, repeated in counts:
            parts = [self("added.new").format(new)] if new or repeated else []
            parts += [self("added.repeated").format(repeated)] if repeated else []
            if parts:
                said.append(f"{self(f'added.{name}')}: {', '.join(parts)}")
        return "; ".join(said)

    def confidence(self, value: float) -> str:
        """Return a confidence in [0, 1] in words."""
        if value >= CONFIDENCE_HIGH:
            return self("confidence.high")
        return self("confidence.good" if value >= CONFIDENCE_LOW else "confidence.low")


def letters(index: int) -> str:
    """Return the name of the source at ``index`` (0-based): A … Z, AA, AB …"""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Round shares that add to 1 to whole per cents that add to 100 (largest remainder)."""
    exact = [share * 100 for share in shares]
    whole = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    for i in order[: max(0, round(sum(exact)) - sum(whole))]:
        whole[i] += 1
    return whole
