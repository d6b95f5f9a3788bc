"""The streams of an OLE compound file (MS-CFB), which .doc, .xls, .ppt and .msg are; read by olefile, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import UnreadableFile
from kl226_dedup.domain.language import Bilingual

if TYPE_CHECKING:
    from olefile import OleFileIO

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER: Final = 512  # bytes before the first sector
_LARGEST_SECTOR: Final = 12  # as a power of two: 4,096 bytes


class Streams:
    """The streams by their path inside the file, such as ("__attach_version1.0_#00000000", "__substg1.0_37010102")."""

    __slots__ = ("_name", "_ole", "paths")

    def __init__(self, name: str, ole: OleFileIO[str]) -> None:
        """Index the streams; see :func:`open_streams`."""
        self._name = name
        self._ole = ole
        self.paths = frozenset(tuple(path) for path in ole.listdir())

    def read(self, *path: str) -> bytes | None:
        """Return the bytes of a stream, None where there is none; never more than the file itself holds.

        :raises UnreadableFile: the chain of its sectors is broken.
        """
        if path not in self.paths:
            return None
        try:
            content: bytes = self._ole.openstream(list(path)).read()
        except Exception as error:  # olefile fails in many ways on damaged chains, none of them documented
            raise damaged(self._name) from error
        return content


def open_streams(source: SourceFile) -> Streams:
    """Open the compound file in ``source``.

    :raises UnreadableFile: truncated, damaged, or no compound file.
    """
    import io

    from olefile import OleFileIO

    try:
        return Streams(source.name, OleFileIO(io.BytesIO(source.content)))
    except Exception as error:  # as above
        raise damaged(source.name) from error


def is_cut(content: bytes) -> bool:
    """Tell whether a compound file ends before its directory ([MS-CFB] 2.2), so that nothing in it can be named."""
    sector, directory = int.from_bytes(content[30:32], "little"), int.from_bytes(content[48:52], "little")
    return len(content) < _HEADER or (directory + 2) << min(sector, _LARGEST_SECTOR) > len(content)


def damaged(name: str) -> UnreadableFile:
    """Build the error for a compound file that cannot be opened."""
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Tệp bị cắt cụt hoặc hỏng: không đọc được mục lục bên trong.",
            en="The file is truncated or damaged: its inner directory cannot be read.",
        ),
        next_step=Bilingual(
            vi="Mở bằng Word rồi lưu lại, hoặc lấy lại bản gốc.",
            en="Open it in Word and save it again, or fetch the original once more.",
        ),
    )
