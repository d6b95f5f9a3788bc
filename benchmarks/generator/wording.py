"""Words of the generator: what a lower body writes instead, synonyms, look-alikes. Data only.

The synonyms were written for administrative Vietnamese and keep the meaning; none of them touches a modal verb, a
negation, a number or a unit, so that an edited draft has no changed value.
"""

from __future__ import annotations

PROVINCES = (
    "Cà Mau",
    "An Giang",
    "Đồng Tháp",
    "Vĩnh Long",
    "Tây Ninh",
    "Đồng Nai",
    "Lâm Đồng",
    "Đắk Lắk",
    "Gia Lai",
    "Khánh Hòa",
    "Quảng Ngãi",
    "Quảng Trị",
    "Hà Tĩnh",
    "Nghệ An",
    "Thanh Hóa",
    "Ninh Bình",
    "Hưng Yên",
    "Bắc Ninh",
    "Phú Thọ",
    "Thái Nguyên",
    "Lào Cai",
    "Tuyên Quang",
    "Sơn La",
    "Lai Châu",
    "Điện Biên",
    "Cao Bằng",
    "Lạng Sơn",
    "Quảng Ninh",
)

FIELDS = (
    "Tài chính",
    "Nội vụ",
    "Y tế",
    "Xây dựng",
    "Công Thương",
    "Tư pháp",
    "Nông nghiệp và Môi trường",
    "Khoa học và Công nghệ",
    "Giáo dục và Đào tạo",
    "Văn hóa, Thể thao và Du lịch",
    "Dân tộc và Tôn giáo",
)

# A province writes these instead of the words of the centre; longest first wins. {P} is the name of the province.
SUBSTITUTIONS = (
    (
        "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
        "Chủ tịch Ủy ban nhân dân các xã, phường",
    ),
    ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", "Ủy ban nhân dân các xã, phường"),
    ("Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương", "Ủy ban nhân dân xã, phường"),
    ("Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương", "Ủy ban nhân dân xã, phường"),
    ("các tỉnh, thành phố trực thuộc Trung ương", "các xã, phường thuộc tỉnh {P}"),
    ("các tỉnh, thành phố trực thuộc trung ương", "các xã, phường thuộc tỉnh {P}"),
    ("tỉnh, thành phố trực thuộc trung ương", "xã, phường"),
    ("tỉnh, thành phố trực thuộc Trung ương", "xã, phường"),
    ("Thủ tướng Chính phủ", "Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Văn phòng Chính phủ", "Văn phòng Ủy ban nhân dân tỉnh"),
    ("các bộ, cơ quan ngang bộ", "các sở, cơ quan thuộc Ủy ban nhân dân tỉnh"),
    ("bộ, cơ quan ngang bộ", "sở, ban, ngành"),
    ("Bộ, cơ quan ngang Bộ", "sở, ban, ngành"),
    ("các Bộ, ngành", "các sở, ngành"),
    ("các bộ, ngành", "các sở, ngành"),
    ("Bộ, ngành", "sở, ngành"),
    ("bộ, ngành", "sở, ngành"),
    ("Bộ Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường"),
    ("Bộ Lao động - Thương binh và Xã hội", "Sở Nội vụ"),
    ("Bộ Văn hóa, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
    ("Bộ Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường"),
    ("Bộ Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
    ("Bộ Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo"),
    ("Bộ Khoa học và Công nghệ", "Sở Khoa học và Công nghệ"),
    ("Bộ Kế hoạch và Đầu tư", "Sở Tài chính"),
    ("Bộ Giao thông vận tải", "Sở Xây dựng"),
    ("Bộ Công Thương", "Sở Công Thương"),
    ("Bộ Tài chính", "Sở Tài chính"),
    ("Bộ Xây dựng", "Sở Xây dựng"),
    ("Bộ Nội vụ", "Sở Nội vụ"),
    ("Bộ Tư pháp", "Sở Tư pháp"),
    ("Bộ Y tế", "Sở Y tế"),
    ("Bộ Công an", "Công an tỉnh"),
    ("Bộ Quốc phòng", "Bộ Chỉ huy Quân sự tỉnh"),
    ("Ngân hàng Nhà nước Việt Nam", "Ngân hàng Nhà nước Khu vực"),
    ("Bộ trưởng", "Giám đốc"),
    ("Thứ trưởng", "Phó Giám đốc"),
    ("Ủy ban nhân dân cấp tỉnh", "Ủy ban nhân dân cấp xã"),
    ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân xã"),
    ("Hội đồng nhân dân cấp tỉnh", "Hội đồng nhân dân cấp xã"),
    ("trong phạm vi cả nước", "trên địa bàn tỉnh {P}"),
    ("trên phạm vi cả nước", "trên địa bàn tỉnh {P}"),
    ("trong cả nước", "trong toàn tỉnh"),
    ("cả nước", "toàn tỉnh"),
    ("trên phạm vi toàn quốc", "trên địa bàn tỉnh {P}"),
    ("trên toàn quốc", "trên toàn tỉnh"),
    ("toàn quốc", "toàn tỉnh"),
    ("ngân sách trung ương", "ngân sách tỉnh"),
    ("ngân sách Trung ương", "ngân sách tỉnh"),
    ("ở Trung ương", "ở tỉnh"),
    ("Chính phủ", "Ủy ban nhân dân tỉnh"),
    ("Quốc hội", "Hội đồng nhân dân tỉnh"),
    ("Nghị định này", "Kế hoạch này"),
    ("Thông tư này", "Kế hoạch này"),
    ("Quyết định này", "Kế hoạch này"),
    ("Nghị quyết này", "Kế hoạch này"),
    ("Chỉ thị này", "Kế hoạch này"),
    ("Luật này", "Kế hoạch này"),
)

# Words that stand for one another in this register: any other of its row may replace the first.
SYNONYMS = (
    ("triển khai thực hiện", "tổ chức thực hiện", "tổ chức triển khai"),
    ("chủ trì", "đứng ra chủ trì"),
    ("phối hợp với", "cùng với", "phối hợp cùng"),
    ("hướng dẫn", "chỉ dẫn"),
    ("kiểm tra", "xem xét, kiểm tra"),
    ("bảo đảm", "đảm bảo"),
    ("tăng cường", "đẩy mạnh"),
    ("nâng cao", "cải thiện"),
    ("xây dựng", "soạn thảo"),
    ("thường xuyên", "đều đặn"),
    ("kịp thời", "nhanh chóng"),
    ("đầy đủ", "trọn vẹn"),
    ("tiếp nhận", "nhận"),
    ("cung cấp", "đưa ra"),
    ("thông báo", "báo tin"),
    ("báo cáo", "báo cáo lại"),
    ("giải quyết", "xử lý xong"),
    ("xử lý", "giải quyết"),
    ("theo quy định của pháp luật", "theo pháp luật hiện hành", "đúng pháp luật"),
    ("theo quy định tại", "căn cứ vào quy định tại", "như quy định tại"),
    ("theo quy định", "đúng quy định"),
    ("có trách nhiệm", "chịu trách nhiệm"),
    ("cơ quan nhà nước có thẩm quyền", "cơ quan có thẩm quyền của Nhà nước"),
    ("cơ quan có thẩm quyền", "cấp có thẩm quyền"),
    ("tổ chức, cá nhân", "các tổ chức và cá nhân", "cá nhân, tổ chức"),
    ("người dân", "nhân dân"),
    ("có liên quan", "liên quan"),
    ("nhằm", "để", "với mục đích"),
    ("trong trường hợp", "nếu"),
    ("Trường hợp", "Nếu"),
    ("bao gồm", "gồm có", "gồm"),
    ("thực hiện", "thi hành", "tiến hành"),
    ("sử dụng", "dùng"),
    ("quản lý", "quản trị"),
    ("công tác", "hoạt động"),
    ("nhiệm vụ", "phần việc"),
    ("giải pháp", "biện pháp"),
    ("hiệu quả", "có hiệu quả"),
    ("phát triển", "mở rộng"),
    ("tạo điều kiện", "tạo thuận lợi"),
    ("khuyến cáo", "lưu ý"),
    ("bố trí", "sắp xếp"),
    ("kinh phí", "nguồn kinh phí"),
    ("hoạt động", "công việc"),
    ("đề nghị", "yêu cầu"),
    ("xác định", "định rõ"),
    ("đánh giá", "nhận xét"),
    ("hình thức", "dạng"),
    ("phương thức", "cách thức"),
    ("đồng thời", "cùng lúc đó"),
    ("ngoài ra", "bên cạnh đó"),
    ("phù hợp với", "thích hợp với", "hợp với"),
    ("đáp ứng", "thỏa mãn"),
    ("yêu cầu", "đòi hỏi"),
    ("cập nhật", "bổ sung, cập nhật"),
    ("lưu trữ", "lưu giữ"),
    ("bảo vệ", "giữ gìn"),
    ("tham gia", "góp mặt"),
    ("tiến độ", "nhịp độ"),
    ("chất lượng", "phẩm chất"),
    ("các quy định", "những quy định"),
    ("các đơn vị", "những đơn vị"),
    ("nội dung", "phần nội dung"),
    ("kết quả", "các kết quả"),
    ("sau khi", "khi đã"),
    ("trước khi", "trước lúc"),
    ("hoặc", "hay"),
)

OPENERS = ("và", "hoặc", "của", "theo", "trong", "về", "để", "cho", "từ", "bởi", "trên", "khi", "nếu", "mà")
"""Words before which another may be put in without tearing a word of two syllables apart."""

INSERTED = (
    "cơ bản",
    "nói chung",
    "nêu trên",
    "nói trên",
    "trên thực tế",
    "trước hết",
    "thường ngày",
    "tương ứng",
    "cụ thể",
)
"""Words that are put in between two words without changing a rule."""

DROPPED = ("các", "những", "việc", "một số", "thì", "là", "mà", "đã", "của")
"""Words that are left out."""

# The deciding body becomes another one; neither side may be part of a longer name.
BODIES = (
    "Bộ Y tế",
    "Bộ Công an",
    "Bộ Tài chính",
    "Bộ Nội vụ",
    "Bộ Tư pháp",
    "Bộ Xây dựng",
    "Bộ Công Thương",
    "Bộ Quốc phòng",
    "Thủ tướng Chính phủ",
    "Chính phủ",
    "Ủy ban nhân dân cấp tỉnh",
    "Ủy ban nhân dân cấp huyện",
    "Ủy ban nhân dân cấp xã",
    "Hội đồng nhân dân cấp tỉnh",
)

MODALITIES = (
    ("phải", "có thể"),
    ("phải", "nên"),
    ("có thể", "phải"),
    ("có trách nhiệm", "có thể"),
    ("nên", "phải"),
)
NEGATIONS = (
    ("không được", "được"),
    ("không phải", "phải"),
    ("được phép", "không được phép"),
    ("có quyền", "không có quyền"),
)
UNITS = (
    ("ngày làm việc", "tháng"),
    ("ngày làm việc", "giờ"),
    ("triệu đồng", "tỷ đồng"),
    ("tháng", "tuần"),
    ("giờ", "tuần"),
    ("tấn", "kg"),
    ("km", "m"),
)
"""(from, to): the unit right after a number."""

# Cyrillic and Greek letters that look like Latin ones in print.
HOMOGLYPHS = {
    **dict(zip("aeopcyxi", "аеорсухі", strict=True)),
    **dict(zip("ABEKMHOPCTX", "АВЕКМНОРСТХ", strict=True)),
    "đ": "ð",
}

# The other placement of the tone mark: (hòa, hoà).
TONE_PLACES = tuple(
    pair
    for new, old in (
        ("òa óa ỏa õa ọa", "oà oá oả oã oạ"),
        ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"),
        ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
    )
    for pair in zip(new.split(), old.split(), strict=True)
)
