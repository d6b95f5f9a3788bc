"""Files of the user: read within limits, found in folders, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import InputError, OutputError, UnreadableFile
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.refusals import file_too_large

_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
_IGNORED_PREFIXES = (".", "~$", "~wr")  # hidden; owner files and recovery files of Word
_IGNORED_SUFFIXES = (".tmp", ".part", ".crdownload")


def read(path: Path, limits: ParseLimits) -> SourceFile:
    """Return the bytes of ``path`` under the name that the caller wrote.

    The size is looked up first, and no more than ``limits.file_bytes`` are ever read.

    :raises LimitExceeded: larger than ``limits.file_bytes``.
    :raises UnreadableFile: missing, a folder, no regular file, no permission, or the disk fails.
    """
    name = display_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _is_folder(name)
        if not stat.S_ISREG(status.st_mode):
            raise _is_special(name)
        if status.st_size > limits.file_bytes:
            raise file_too_large(name, status.st_size, limits)
        with path.open("rb") as file:
            content = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise _unreadable(name, error) from error
    except ValueError as error:  # a NUL inside the path
        raise _missing(name) from error
    if len(content) > limits.file_bytes:  # it grew meanwhile
        raise file_too_large(name, len(content), limits)
    return SourceFile(name=name, content=content)


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files among ``paths`` and inside its folders: each folder's files by name, then its sub-folders.

    Hidden and temporary files ("~$x.docx", ".x", "Thumbs.db", "*.tmp") inside folders are skipped; a file that is
    named itself is always yielded, also when it does not exist, so that reading it says so. Links to folders are
    followed, no folder is walked twice.
    """
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            yield from _walk_folder(path, seen)
        else:
            yield path


def write(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, creating its folder: afterwards the file is there whole, or as it was before.

    :raises OutputError: no permission, no space, the target is a folder, or another program holds it open.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, temporary)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except (OSError, ValueError) as error:
        raise unwritable(display_name(path)) from error


def display_name(path: Path) -> str:
    """Return ``path`` as text that can be printed and put into JSON: undecodable bytes become "?"."""
    return str(path).encode("utf-8", errors="replace").decode("utf-8")


def _walk_folder(folder: Path, seen: set[str]) -> Iterator[Path]:
    pending = [folder]
    while pending:
        folder = pending.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        folders = []
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            raise _unreadable(display_name(folder), error) from error
        for entry in entries:
            if _is_ignored(entry.name):
                continue
            if entry.is_dir():
                folders.append(entry)
            elif entry.is_file():
                yield entry
        pending += reversed(folders)


def _is_ignored(name: str) -> bool:
    name = name.lower()
    return name in _IGNORED_NAMES or name.startswith(_IGNORED_PREFIXES) or name.endswith(_IGNORED_SUFFIXES)


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where folders can be opened (not on Windows)."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network shares refuse; the file itself is on disk
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unreadable(name: str, error: OSError) -> InputError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return _missing(name)
    if isinstance(error, PermissionError):
        return UnreadableFile(
            name,
            problem=Bilingual(vi="Không có quyền đọc tệp.", en="No permission to read the file."),
            next_step=Bilingual(
                vi="Đóng tệp nếu đang mở trong Word, hoặc xin quyền đọc.",
                en="Close it if it is open in Word, or ask for the right to read it.",
            ),
        )
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi=f"Không đọc được tệp từ đĩa ({error.strerror}).",
            en=f"The disk cannot read it ({error.strerror}).",
        ),
        next_step=Bilingual(
            vi="Chép tệp sang ổ đĩa khác rồi thử lại.", en="Copy the file to another disk and try again."
        ),
    )


def _missing(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(vi="Không tìm thấy tệp.", en="There is no such file."),
        next_step=Bilingual(vi="Kiểm tra lại đường dẫn và tên tệp.", en="Check the path and the name."),
    )


def _is_folder(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(vi="Đây là thư mục, không phải tệp.", en="This is a folder, not a file."),
        next_step=Bilingual(vi="Chọn một tệp trong thư mục.", en="Choose a file inside it."),
    )


def _is_special(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        problem=Bilingual(
            vi="Đây là thiết bị hoặc ống dẫn, không phải tệp văn bản.",
            en="This is a device or a pipe, not a file.",
        ),
        next_step=Bilingual(vi="Chọn tệp văn bản.", en="Choose a document."),
    )


def unwritable(name: str) -> OutputError:
    """Return the error of a result that cannot be written, with what to do about it."""
    return OutputError(
        name,
        problem=Bilingual(vi="Không ghi được tệp.", en="The file cannot be written."),
        next_step=Bilingual(
            vi="Đóng tệp nếu đang mở, kiểm tra dung lượng đĩa và quyền ghi, hoặc chọn nơi khác.",
            en="Close it if it is open, check free space and permissions, or choose another place.",
        ),
    )
