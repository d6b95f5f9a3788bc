"""OLE compound files written from nested mappings of streams, and what is kept in them: .doc and .msg."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(tree: Tree) -> bytes:
    """A compound file of version 3; small streams lie in the mini stream, as the format demands."""
    entries: list[list[int | str | bytes]] = [
        ["Root Entry", 5, _FREE, _FREE, b""]
    ]  # name, kind, next, child, content

    def add(children: Tree, parent: int) -> None:
        before = -1
        for name, content in sorted(children.items(), key=lambda item: (len(item[0]), item[0].upper())):
            number = len(entries)
            data = content if isinstance(content, bytes) else b""
            entries.append([name, 2 if isinstance(content, bytes) else 1, _FREE, _FREE, data])
            if before < 0:
                entries[parent][3] = number
            else:
                entries[before][2] = number
            before = number
            if not isinstance(content, bytes):
                add(content, number)

    add(tree, 0)
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        first = len(sectors)
        pieces = [data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    mini, mini_fat, starts, sizes = b"", [], {}, {}
    for number, entry in enumerate(entries):
        data = entry[4]
        assert isinstance(data, bytes)
        sizes[number] = len(data)
        if entry[1] == 2 and data and len(data) < _CUTOFF:
            starts[number] = len(mini_fat)
            count = -(-len(data) // _MINI)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END]
            mini += data.ljust(count * _MINI, b"\0")
        else:
            starts[number] = store(data)
    starts[0], sizes[0] = store(mini), len(mini)
    mini_fat_start = store(
        struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff")
    )
    directory = b"".join(
        _entry(str(name), int(kind), int(following), int(child), starts[number], sizes[number])
        for number, (name, kind, following, child, _) in enumerate(entries)
    )
    directory_start = store(directory)
    fat_sectors = 1
    while (len(fat) + fat_sectors) > fat_sectors * 128:
        fat_sectors += 1
    fat_start = len(sectors)
    fat += [_FAT] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * _SECTOR, b"\xff")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fat_sectors, directory_start, 0,
        _CUTOFF, mini_fat_start, -(-len(mini_fat) // 128), _END, 0, fat_start,
    )  # fmt: skip
    difat = struct.pack(f"<{fat_sectors}I", *range(fat_start, fat_start + fat_sectors))
    return (header[:-4] + difat).ljust(_SECTOR, b"\xff") + b"".join(sectors) + table


def _entry(name: str, kind: int, following: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        encoded,
        len(encoded),
        kind,
        1,
        _FREE,
        following,
        child,
        b"",
        0,
        0,
        0,
        start,
        size,
    )


def message(subject: str, body: str, attachments: Mapping[str, bytes]) -> bytes:
    """An Outlook message (.msg)."""
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": bytes(32),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, (name, content) in enumerate(attachments.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": content,
        }
    return compound(tree)


def doc(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word 97 document of one piece of UTF-16 text, with the paragraph properties that make a table."""
    stretches = [*((paragraph + "\r", b"") for paragraph in paragraphs), *_table(rows)]
    text = "".join(part for part, _ in stretches)
    start = 0x800
    main = bytearray(start)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<i", main, 0x4C, len(text))
    main += text.encode("utf-16-le")
    main += bytes(-len(main) % 512)
    page_number = len(main) // 512
    main += _page(stretches, start) if rows else b""
    pieces = struct.pack("<IIHIH", 0, len(text), 0, start, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    bounds = struct.pack("<III", start, start + 2 * len(text), page_number) if rows else b""
    struct.pack_into("<II", main, 0x102, 0, len(bounds))
    struct.pack_into("<II", main, 0x1A2, len(bounds), len(clx))
    return compound({"WordDocument": bytes(main).ljust(4096, b"\0"), "1Table": bounds + clx})


def _table(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, bytes]]:
    in_table, row_end = struct.pack("<HB", 0x2416, 1), struct.pack("<HBHB", 0x2416, 1, 0x2417, 1)
    for row in rows:
        for cell in row:
            yield cell + "\x07", in_table
        yield "\x07", row_end


def _page(stretches: Sequence[tuple[str, bytes]], start: int) -> bytes:
    """A formatted disk page: where each paragraph starts, and its properties."""
    page = bytearray(512)
    count = len(stretches)
    page[511] = count
    place, free = start, 510
    written: dict[bytes, int] = {}
    for number, (text, properties) in enumerate(stretches):
        struct.pack_into("<I", page, 4 * number, place)
        place += 2 * len(text)
        if properties:
            if properties not in written:
                body = struct.pack("<H", 0) + properties
                body += bytes((len(body) + 1) % 2)
                free = (free - len(body) - 1) // 2 * 2
                page[free : free + 1 + len(body)] = bytes(((len(body) + 1) // 2,)) + body
                written[properties] = free // 2
            page[4 * (count + 1) + 13 * number] = written[properties]
    struct.pack_into("<I", page, 4 * count, place)
    return bytes(page)
