"""What a library says when it refuses: its errors, in words for people."""

from __future__ import annotations

from pathlib import Path

from kl226_dedup.domain.errors import (
    DocumentNotFound,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryIncompatible,
    LibraryNotFound,
    LibraryReadOnly,
)
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import LibraryDocument
from kl226_dedup.stores.entries import LibraryFormat, short_id

_CANDIDATES_SHOWN = 10

_RESTORE = Bilingual(
    vi="Hãy chạy kl226 library verify, rồi khôi phục kho từ bản sao lưu hoặc thêm lại văn bản vào kho mới.",
    en="Run kl226 library verify, then restore the library from a backup or add the documents to a new one.",
)
_COPY_IT = Bilingual(
    vi="Hãy chép kho vào ổ đĩa của máy này, nơi bạn có quyền ghi và còn chỗ trống, rồi làm việc trên bản đó.",
    en="Copy the library to a disk of this machine where you may write and space is left, and work on that copy.",
)
_MAKE_ANEW = Bilingual(
    vi="Hãy tạo kho mới bằng lệnh kl226 library add --library KHO-MỚI TỆP…, hoặc dùng phiên bản chương trình đã tạo kho.",
    en="Make a new library with kl226 library add --library NEW-FOLDER FILES…, or use the program version that made it.",
)


def not_found(folder: Path) -> LibraryNotFound:
    """No library in the folder."""
    return LibraryNotFound(
        str(folder),
        problem=Bilingual(vi="không có kho văn bản ở đây.", en="there is no library here."),
        next_step=Bilingual(
            vi="Nếu kho ở thư mục khác, chỉ ra bằng --library THƯ-MỤC hoặc biến môi trường KL226_LIBRARY; nếu chưa có, "
            "tạo kho bằng lệnh kl226 library add. Muốn so với vài tệp thì không cần kho: kl226 check DỰ-THẢO "
            "--against TỆP.",
            en="If the library is in another folder, name it with --library FOLDER or the variable KL226_LIBRARY; if there "
            "is none, make one with kl226 library add. To compare with a few files no library is needed: kl226 check DRAFT "
            "--against FILE.",
        ),
    )


def incompatible(folder: Path, found: LibraryFormat, expected: LibraryFormat) -> LibraryIncompatible:
    """Encodings of the caller and of the library differ."""
    return LibraryIncompatible(
        str(folder),
        problem=Bilingual(
            vi=f"kho được tạo theo định dạng {_described(found)}; chương trình này dùng {_described(expected)}.",
            en=f"the library was made in the format {_described(found)}; this program uses {_described(expected)}.",
        ),
        next_step=_MAKE_ANEW,
    )


def other_version(folder: Path, found: int, expected: int) -> LibraryIncompatible:
    """The layout of files and tables is that of another version."""
    return LibraryIncompatible(
        str(folder),
        problem=Bilingual(
            vi=f"kho có định dạng phiên bản {found}, chương trình này đọc phiên bản {expected}.",
            en=f"the library has format version {found}, this program reads version {expected}.",
        ),
        next_step=_MAKE_ANEW,
    )


def busy(folder: Path) -> LibraryBusy:
    """Another process went on writing for longer than the caller would wait."""
    return LibraryBusy(
        str(folder),
        problem=Bilingual(
            vi="một chương trình khác đang ghi vào kho.", en="another process is writing to the library."
        ),
        next_step=Bilingual(
            vi="Hãy chờ việc đó xong rồi chạy lại.", en="Wait until it has finished, then run again."
        ),
    )


def read_only(folder: Path, obstacle: Bilingual) -> LibraryReadOnly:
    """Nothing can be written, because of ``obstacle``."""
    return LibraryReadOnly(str(folder), problem=obstacle, next_step=_COPY_IT)


def unwritable(folder: Path, error: Exception) -> LibraryReadOnly:
    """The disk refused a file."""
    return read_only(
        folder,
        Bilingual(
            vi=f"không đọc hoặc ghi được kho ({error}).",
            en=f"the library cannot be read or written ({error}).",
        ),
    )


def unfinished(folder: Path, obstacle: Bilingual) -> LibraryReadOnly:
    """Nothing can be written, and reading would need it: a write-ahead log lies beside the catalogue."""
    return LibraryReadOnly(
        str(folder),
        problem=Bilingual(
            vi=f"{obstacle.vi} Lần ghi gần nhất chưa kết thúc hoặc đang diễn ra.",
            en=f"{obstacle.en} Its last writer has not finished or is still at work.",
        ),
        next_step=Bilingual(
            vi="Hãy mở kho một lần trên máy chứa nó (kl226 library stats), hoặc chép kho vào ổ đĩa của máy này.",
            en="Open it once on the machine that holds it (kl226 library stats), or copy it to a disk of this machine.",
        ),
    )


def catalogue_damaged(path: Path, detail: str) -> LibraryDamaged:
    """SQLite cannot make sense of the catalogue."""
    return LibraryDamaged(
        str(path),
        problem=Bilingual(
            vi=f"tệp danh mục của kho bị hỏng ({detail}).",
            en=f"the library's catalogue is damaged ({detail}).",
        ),
        next_step=Bilingual(
            vi="Hãy khôi phục kho từ bản sao lưu, hoặc tạo kho mới và thêm lại văn bản.",
            en="Restore the library from a backup, or make a new one and add the documents again.",
        ),
    )


def segment_damaged(path: Path) -> LibraryDamaged:
    """A segment file is missing, cut short or not a segment."""
    return LibraryDamaged(
        str(path),
        problem=Bilingual(
            vi="tệp chỉ mục này của kho bị thiếu hoặc bị hỏng.",
            en="this index file of the library is missing or damaged.",
        ),
        next_step=_RESTORE,
    )


def text_damaged(document_id: str) -> LibraryDamaged:
    """A stored text cannot be unpacked."""
    return LibraryDamaged(
        document_id,
        problem=Bilingual(
            vi="nội dung văn bản lưu trong kho bị hỏng.", en="its text in the library is damaged."
        ),
        next_step=_RESTORE,
    )


def no_document(words: str, candidates: tuple[LibraryDocument, ...]) -> DocumentNotFound:
    """No document, or several ``candidates``, for what the user wrote."""
    if not candidates:
        return DocumentNotFound(
            words,
            problem=Bilingual(vi="kho không có văn bản này.", en="the library holds no such document."),
            next_step=Bilingual(
                vi="Hãy xem danh sách bằng lệnh kl226 library list.",
                en="See what it holds with kl226 library list.",
            ),
        )
    listed = "; ".join(
        " ".join(
            filter(
                None,
                (
                    short_id(one.id),
                    one.header.number,
                    one.header.issued_on,
                    one.header.issuer,
                    f"({one.path})",
                ),
            )
        )
        for one in candidates[:_CANDIDATES_SHOWN]
    )
    return DocumentNotFound(
        words,
        problem=Bilingual(
            vi=f"có {len(candidates)} văn bản khớp: {listed}.",
            en=f"{len(candidates)} documents match: {listed}.",
        ),
        next_step=Bilingual(vi="Hãy ghi mã (id) của một văn bản.", en="Give the id of one of them."),
    )


def not_a_date(document_id: str, value: str) -> LibraryError:
    """A date that is not ISO 8601 shortened to what is known."""
    return LibraryError(
        document_id,
        problem=Bilingual(vi=f"“{value}” không phải là ngày.", en=f"“{value}” is not a date."),
        next_step=Bilingual(
            vi="Hãy viết năm-tháng-ngày, ví dụ 2011-05-20, 2011-05 hoặc 2011.",
            en="Write year-month-day, for instance 2011-05-20, 2011-05 or 2011.",
        ),
    )


def _described(layout: LibraryFormat) -> str:
    return f"{layout.tokenizer}, seed {layout.hash_seed}, {layout.gram_length}-gram, window {layout.window}"
