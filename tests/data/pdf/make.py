"""Draw the PDF files of this folder but for font_fallback.pdf: python make.py SERIF.ttf (a font with Vietnamese letters)."""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
WIDTH, HEIGHT = A4
LEFT, RIGHT = 85.0, WIDTH - 57.0
SIZE, LEADING = 13.0, 18.0

BODY = tuple((HERE / "body.txt").read_text("utf-8").splitlines())


def wrapped(text: str, width: float, size: float, first: float = 0.0) -> list[str]:
    """Break a text into lines; the first is shorter by ``first``."""
    lines, line = [], ""
    for word in text.split():
        candidate = f"{line} {word}".strip()
        room = width - (first if not lines else 0.0)
        if line and pdfmetrics.stringWidth(candidate, "Serif", size) > room:
            lines.append(line)
            line = word
        else:
            line = candidate
    return [*lines, line]


def paragraph(canvas: Canvas, text: str, y: float, left: float = LEFT, right: float = RIGHT) -> float:
    """Draw a justified paragraph and return the y below it."""
    indent, size = 28.0, SIZE
    lines = wrapped(text, right - left, size, indent)
    for i, line in enumerate(lines):
        start = left + (indent if i == 0 else 0.0)
        words = line.split()
        spare = right - start - pdfmetrics.stringWidth(line, "Serif", size)
        write = canvas.beginText(start, y)
        write.setFont("Serif", size)
        if i + 1 < len(lines) and len(words) > 1:
            # word spacing does nothing for composite fonts, so each word is placed
            x = start
            for word in words:
                write.setTextOrigin(x, y)
                write.textOut(word + " ")
                x += pdfmetrics.stringWidth(word + " ", "Serif", size) + spare / (len(words) - 1)
        else:
            write.textOut(line)
        canvas.drawText(write)
        y -= size / SIZE * LEADING
    return y


def centred(canvas: Canvas, text: str, x: float, y: float, size: float = SIZE) -> None:
    """Draw a centred line."""
    canvas.setFont("Serif", size)
    canvas.drawCentredString(x, y, text)


def letterhead(canvas: Canvas, y: float) -> float:
    """Draw a two-column letterhead, the left column first, and return the y below it."""
    for i, text in enumerate(("ỦY BAN NHÂN DÂN", "TỈNH BÌNH AN", "Số:      /UBND-NC")):
        centred(canvas, text, 165, y - 17 * i, 12)
    for i, text in enumerate(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")):
        centred(canvas, text, 410, y - 17 * i, 12)
    centred(canvas, "Bình An, ngày      tháng 9 năm 2025", 410, y - 34, 12)
    for i, text in enumerate(("V/v rà soát văn bản trùng lặp và", "không sao chép văn bản cấp trên")):
        centred(canvas, text, 165, y - 53 - 14 * i, 11)
    return y - 110


def closing(canvas: Canvas, y: float) -> None:
    """Draw recipients beside the signature, row by row across both columns."""
    canvas.setFont("Serif", 11)
    left = (
        "Nơi nhận:",
        "- Như trên;",
        "- Chủ tịch, các Phó Chủ tịch (để báo cáo);",
        "- Sở Nội vụ;",
        "- Lưu: VT, NC.",
    )
    right = {0: "TM. ỦY BAN NHÂN DÂN", 1: "KT. CHỦ TỊCH", 2: "PHÓ CHỦ TỊCH"}
    for i, text in enumerate(left):
        canvas.setFont("Serif", 11)
        canvas.drawString(LEFT, y - 15 * i, text)
        if i in right:
            centred(canvas, right[i], 430, y - 15 * i - 1, 12)
    centred(canvas, "Nguyễn Văn Ước", 430, y - 110)


def running_heads(path: Path) -> None:
    """Five pages with running head, foot and page number, a paragraph over each page break, footnotes on page 2."""
    canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
    text = " ".join(BODY[i % 2].removeprefix("1. ") for i in range(11))
    lines = wrapped(text, RIGHT - LEFT, SIZE)
    y = 0.0
    for number in range(1, 6):
        canvas.setFont("Serif", 11)
        canvas.drawString(
            LEFT, HEIGHT - 40, f"CÔNG BÁO/Số {100 + number}/Ngày 15-9-2025" if number % 2 else "TỈNH BÌNH AN"
        )
        centred(canvas, str(number), WIDTH / 2, HEIGHT - 56, 11)
        y = HEIGHT - 85
        canvas.setFont("Serif", SIZE)
        if number == 1:
            canvas.drawString(LEFT + 28, y, f"Điều {number}. Nội dung thứ {number}")
            y -= LEADING
        for line in lines[(number - 1) * 7 : number * 7]:
            words = line.split()
            spare = RIGHT - LEFT - pdfmetrics.stringWidth(line, "Serif", SIZE) if line is not lines[-1] else 0
            x = LEFT
            for word in words:
                canvas.drawString(x, y, word + " ")
                x += pdfmetrics.stringWidth(word + " ", "Serif", SIZE) + spare / (len(words) - 1)
            if number == 2 and line is lines[8]:
                canvas.setFont("Serif", 8)
                canvas.drawString(x - 3, y + 5, "7")
                canvas.setFont("Serif", SIZE)
            y -= LEADING
        if number == 2:
            canvas.setFont("Serif", 8)
            canvas.drawString(LEFT, 92, "7")
            canvas.setFont("Serif", 10)
            canvas.drawString(LEFT + 6, 88, "Khoản này được sửa đổi theo Quyết định số 12/QĐ-UBND.")
        canvas.setFont("Serif", 10)
        canvas.drawString(LEFT, 40, "Bản điện tử của Văn phòng tỉnh")
        canvas.showPage()
    canvas.save()


def two_columns(path: Path) -> None:
    """A page set in two columns, drawn line by line across both."""
    canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
    middle = WIDTH / 2
    columns = []
    for side in (BODY[:2], BODY[2:]):
        lines: list[tuple[float, str]] = []
        for text in side:
            parts = wrapped(text, middle - LEFT - 12, 11, 14)
            lines.extend((14.0 if i == 0 else 0.0, part) for i, part in enumerate(parts))
        columns.append(lines)
    y = HEIGHT - 90
    centred(canvas, "TẠP CHÍ TỔ CHỨC NHÀ NƯỚC", WIDTH / 2, y)
    y -= 40
    canvas.setFont("Serif", 11)
    for i in range(max(map(len, columns))):
        for x, lines in zip((LEFT, middle + 12), columns, strict=True):
            if i < len(lines):
                canvas.drawString(x + lines[i][0], y, lines[i][1])
        y -= 15
    canvas.showPage()
    canvas.save()


def table(path: Path) -> None:
    """A rotated page with a ruled table: wrapped cells, an empty cell, a merged cell; text above and below."""
    canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
    canvas.setPageRotation(90)
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    y = WIDTH - 70
    centred(canvas, "PHỤ LỤC NHIỆM VỤ NĂM 2025", HEIGHT / 2, y)
    xs, ys = (80, 120, 400, 560, 740), (y - 30, y - 60, y - 110, y - 150, y - 190)
    rows = (
        (("TT",), ("Nhiệm vụ",), ("Cơ quan chủ trì",), ("Thời hạn",)),
        (
            ("1",),
            ("Rà soát toàn bộ văn bản đã ban hành", "trong năm của tỉnh"),
            ("Sở Tư pháp",),
            ("Tháng 10 năm", "2025"),
        ),
        (("2",), ("Xây dựng phần mềm kiểm tra trùng lặp",), (), ("Quý IV",)),
    )
    for i, row in enumerate(rows):
        for x, cell in zip(xs, row, strict=False):
            for k, line in enumerate(cell):
                canvas.setFont("Serif", 12)
                canvas.drawString(x + 5, ys[i] - 18 - 15 * k, line)
    canvas.drawString(xs[0] + 5, ys[3] - 18, "Tổng cộng: 02 nhiệm vụ giao cho các cơ quan của tỉnh")
    for line in ys:
        canvas.line(xs[0], line, xs[-1], line)
    for i, x in enumerate(xs):
        canvas.line(x, ys[0], x, ys[-1] if i in (0, 4) else ys[3])
    canvas.drawString(80, ys[-1] - 40, "Ghi chú: thời hạn tính từ ngày ký.")
    canvas.showPage()
    canvas.save()


def stamped(path: Path) -> None:
    """A signed letter with the visible stamp of the signature in the corner."""
    canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
    stamp = (
        "Ký bởi: VĂN PHÒNG ỦY BAN",
        "NHÂN DÂN TỈNH BÌNH AN",
        "Email: vanphong@binhan.gov.vn",
        "Thời gian ký: 20/09/2025 08:15:02 +07:00",
    )
    canvas.setFont("Serif", 7)
    for i, text in enumerate(stamp):
        canvas.drawString(430, HEIGHT - 24 - 8 * i, text)
    y = letterhead(canvas, HEIGHT - 70)
    for text in BODY:
        y = paragraph(canvas, text, y) - 6
    closing(canvas, y - 20)
    canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    pdfmetrics.registerFont(TTFont("Serif", sys.argv[1]))
    for draw in (running_heads, two_columns, table, stamped):
        draw(HERE / f"{draw.__name__}.pdf")
