"""Real wording for the engine's tests: two directives on one tax law, a superior's and a province's that follows it."""

from __future__ import annotations

from kl226_dedup.api import resources
from kl226_dedup.domain.document import Document, SourceFile
from kl226_dedup.domain.encoding import Encoding
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.structure import structure
from kl226_dedup.parsers.txt import extract
from kl226_dedup.text import encode, encode_body

SUPERIOR = """\
1. Bộ Tài chính chủ trì, phối hợp với Bộ Tư pháp, Bộ Thông tin và Truyền thông tổ chức tốt việc tuyên truyền về mục đích, \
ý nghĩa, các nội dung cơ bản của Luật, các văn bản hướng dẫn và thủ tục hành chính về thuế thu nhập cá nhân đến tất cả các \
cơ quan, doanh nghiệp và mọi người dân hiểu, thực hiện và giám sát việc thực hiện.
2. Phối hợp với các cơ quan, đơn vị tổ chức việc đăng ký thuế đến tất cả các đối tượng có thu nhập thuộc diện chịu thuế và \
đơn vị chi trả thu nhập. Chậm nhất đến ngày 31 tháng 12 năm 2008 phải hoàn thành việc đăng ký thuế cho các đối tượng này.
3. Kiện toàn bộ phận chuyên trách quản lý thuế thu nhập cá nhân trong hệ thống ngành thuế; tăng cường bố trí cán bộ có \
trình độ chuyên môn, có phẩm chất đạo đức tốt tham gia quản lý thuế thu nhập cá nhân."""

PROVINCE = """\
1. Sở Tài chính chủ trì, phối hợp với Sở Tư pháp, Sở Thông tin và Truyền thông tổ chức tốt việc tuyên truyền về mục đích, \
ý nghĩa, các nội dung cơ bản của Luật, các văn bản hướng dẫn và thủ tục hành chính về thuế thu nhập cá nhân đến tất cả các \
cơ quan, doanh nghiệp và mọi người dân hiểu, thực hiện và giám sát việc thực hiện.
2. Phối hợp với các cơ quan, đơn vị tổ chức việc đăng ký thuế đến tất cả các đối tượng có thu nhập thuộc diện chịu thuế và \
đơn vị chi trả thu nhập. Chậm nhất đến ngày 30 tháng 11 năm 2008 phải hoàn thành việc đăng ký thuế cho các đối tượng này.
3. Kiện toàn bộ phận chuyên trách quản lý thuế thu nhập cá nhân trong hệ thống ngành thuế; tăng cường bố trí cán bộ có \
trình độ chuyên môn, có phẩm chất đạo đức tốt tham gia quản lý thuế thu nhập cá nhân."""

OTHER = """\
1. Các trường học rà soát bếp ăn bán trú, ký hợp đồng với cơ sở cung ứng thực phẩm có giấy chứng nhận, lưu mẫu thức ăn \
đủ hai mươi bốn giờ và công khai thực đơn hằng tuần trên bảng tin của nhà trường để cha mẹ học sinh theo dõi.
2. Trạm y tế cử nhân viên kiểm tra nguồn nước, dụng cụ chế biến và sức khỏe của người nấu ăn vào tuần đầu mỗi học kỳ, \
ghi biên bản và gửi hiệu trưởng trong ba ngày."""


def encoded(text: str) -> Encoding:
    """Encode a text as body."""
    return encode_body(text, resources().masker)


def document(text: str, name: str = "van-ban.txt") -> Document:
    """Parse a text as a file of its own."""
    source = SourceFile(name=name, content=text.encode("utf-8"))
    return structure(source, extract(source, ParseLimits()), resources().tables)


def encoded_document(parsed: Document) -> Encoding:
    """Encode a parsed document with its zones."""
    return encode(parsed.text, parsed.zones, resources().masker)


def words(text: str, encoding: Encoding) -> list[str]:
    """Return the words behind each token."""
    return [
        text[encoding.syllable_starts[first] : encoding.syllable_ends[last - 1]]
        for first, last in zip(encoding.token_first, encoding.token_last, strict=True)
    ]
