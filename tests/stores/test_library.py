"""The library keeps what it answered for, gives back what it was given, and says what is wrong with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from stores.library_samples import LAYOUT, entry, numbered, open_library, text_of

from kl226_dedup.domain.document import Header, Level
from kl226_dedup.domain.errors import (
    DocumentNotFound,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryIncompatible,
    LibraryNotFound,
    LibraryReadOnly,
)
from kl226_dedup.domain.number import number_key
from kl226_dedup.index import IndexOptions, SearchOptions, find
from kl226_dedup.stores.catalogue import FILE_NAME
from kl226_dedup.stores.entries import AddResult, DocumentRelation, NewEntry
from kl226_dedup.stores.families import may_be_one_act
from kl226_dedup.stores.library import SEGMENTS_FOLDER, LibraryStore
from kl226_dedup.stores.records import read_records

WRITER = Path(__file__).with_name("library_writer.py")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[LibraryStore]:
    with open_library(tmp_path / "kho", create=True) as opened:
        yield opened


def _ids_found(library: LibraryStore, sought: NewEntry) -> list[str]:
    hits = find(
        library.segments(),
        sought.encoding.token_keys,
        dead=library.dead_rows(),
        options=IndexOptions(gram_length=LAYOUT.gram_length, window=LAYOUT.window),
        search=SearchOptions(),
    )
    return [library.entry_by_row(hit.row).id for hit in hits]


# ---- in and out --------------------------------------------------------------------------------------------------


def test_a_document_comes_out_as_it_went_in(tmp_path: Path) -> None:
    given = numbered(1)
    with open_library(tmp_path, create=True) as library:
        assert library.add_entries([given]) == AddResult(added=("D1",))
    with open_library(tmp_path) as library:
        kept = library.get("D1")
        assert (kept.header, kept.status, kept.path, kept.sha256) == (
            *(given.header, given.status, given.path, given.sha256),
        )
        assert (kept.syllables, kept.body_syllables) == (
            given.encoding.syllables,
            given.encoding.body_syllables,
        )
        document = library.load("D1")
        assert (document.text, document.zones, document.header) == (given.text, given.zones, given.header)
        assert "Điều 3" in [provision.label for provision in document.provisions]
        assert library.documents() == (kept,)
        assert library.entry_by_row(library.row_of("D1")) == kept


def test_what_was_added_is_found_by_its_wording_at_once(library: LibraryStore) -> None:
    library.add_entries(map(numbered, range(20)))
    assert _ids_found(library, numbered(7))[0] == "D7"
    library.add_entries([numbered(21)])
    assert _ids_found(library, numbered(21))[0] == "D21"


def test_without_an_id_the_content_hash_is_the_id(library: LibraryStore) -> None:
    given = entry(text_of(1))
    assert library.add_entries([given]).added == (given.sha256,)


def test_adding_the_same_again_changes_nothing(library: LibraryStore) -> None:
    library.add_entries([numbered(1), entry(text_of(2))])
    before = (library.state(), library.stats())
    again = library.add_entries(
        [numbered(1), entry(text_of(2)), entry(text_of(1)), replace(numbered(1), sha256="00" * 32)]
    )
    assert (again.added, again.replaced) == ((), ())
    assert again.unchanged == ("D1", entry(text_of(2)).sha256, "D1", "D1")
    assert (library.state(), library.stats()) == before


def test_the_same_content_twice_in_one_call_is_added_once(library: LibraryStore) -> None:
    result = library.add_entries([entry(text_of(1)), entry(text_of(1)), numbered(2), entry(text_of(2))])
    assert len(result.added) == len(library) == 2
    assert len(result.unchanged) == 2


def test_an_id_with_another_text_gets_the_new_text(library: LibraryStore) -> None:
    library.add_entries([numbered(1), numbered(2)])
    changed = replace(entry(text_of(99), id="D1"), header=Header(title="Mới"))
    assert library.add_entries([changed]).replaced == ("D1",)
    assert library.text("D1") == text_of(99)
    assert len(library) == len(library.documents()) == 2
    assert _ids_found(library, changed)[0] == "D1"
    assert "D1" not in _ids_found(library, numbered(1))[:1]
    assert library.verify() == ()


def test_of_two_texts_for_one_id_in_one_call_the_later_stays(library: LibraryStore) -> None:
    result = library.add_entries([numbered(1), entry(text_of(5), id="D1")])
    assert (result.added, result.replaced) == (("D1",), ("D1",))
    assert library.text("D1") == text_of(5)


def test_known_contents_and_ids_can_be_skipped(library: LibraryStore) -> None:
    library.add_entries(map(numbered, range(3)))
    library.remove(["D2"])
    assert library.known(numbered(n).sha256 for n in range(5)) == {numbered(0).sha256, numbered(1).sha256}
    assert library.known_ids(["D1", "D2", "D9"]) == {("D1", numbered(1).sha256)}


def test_an_export_read_as_a_table_gives_the_documents_back(library: LibraryStore, tmp_path: Path) -> None:
    relation = DocumentRelation(kind="amends", number="1/2020/QĐ-UBND")
    library.add_entries([replace(numbered(1), relations=(relation,)), numbered(2)])
    path = tmp_path / "xuat.jsonl"
    path.write_text("\n".join(library.export()), encoding="utf-8")
    first, second = read_records(path)
    assert (first.doc_id, first.text, first.relations) == ("D1", text_of(1), (relation,))
    assert (second.number, second.level, second.issue_date) == (
        "2/2026/QĐ-UBND",
        Level.PROVINCE,
        "2026-05-20",
    )
    assert not first.warnings
    assert json.loads(next(library.export()))["sha256"] == numbered(1).sha256


def test_no_document_and_no_segment_is_a_library_too(library: LibraryStore) -> None:
    assert (len(library), library.fingerprint(), library.segments(), library.verify()) == (0, "", (), ())
    assert library.add_entries([]) == AddResult()
    assert library.stats().documents == 0
    assert len(library.live_rows()) == 0


# ---- finding by hand ---------------------------------------------------------------------------------------------


def test_a_document_is_found_by_id_by_number_and_by_the_start_of_its_id(library: LibraryStore) -> None:
    library.add_entries(
        [numbered(1), numbered(2), entry(text_of(3), id="abc-đ"), entry(text_of(4), id="abd")]
    )
    assert library.find_id("D1") == "D1"
    assert library.find_id("02 / 2026/QĐ–UBND") == "D2"
    assert library.find_id("abc") == "abc-đ"


def test_an_ambiguous_name_lists_its_candidates(library: LibraryStore) -> None:
    library.add_entries([numbered(1), entry(text_of(2), id="D1b", header=Header(number="1/2026/QĐ-UBND"))])
    with pytest.raises(DocumentNotFound, match=r"D1 1/2026/QĐ-UBND 2026-05-20 .*; D1b"):
        library.find_id("1/2026/QĐ-UBND")
    assert library.find_id("D1") == "D1"
    for nothing in ("D9", "", "%"):
        with pytest.raises(DocumentNotFound):
            library.find_id(nothing)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("05/QĐ-UBND", "5 / QD–UBND"),
        ("226-KL/TW", "226 - KL/TW"),
        ("178/QĐ/TTg", "178/QĐ-TTG"),
        ("157-NQ_BCSĐ", "157-NQ/BCSĐ"),
        ("01/2010/NQLT-CP", "1/2010/nqlt-cp"),
    ],
)
def test_spellings_of_one_number_have_one_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("5/QĐ-UBND", "50/QĐ-UBND"), ("30a/2008/NQ-CP", "30/2008/NQ-CP")])
def test_different_numbers_have_different_keys(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


def test_a_number_without_content_has_no_key() -> None:
    assert (number_key(None), number_key(" - / "), number_key("")) == (None, None, None)


def family_of(library: LibraryStore, id_: str) -> list[str]:
    """The other documents of one act, as far as number, date and place tell."""
    entry = library.get(id_)
    return [
        one.id
        for one in library.documents()
        if one.id != id_ and entry.act and one.act == entry.act and may_be_one_act(entry, one)
    ]


def test_a_family_is_the_act_its_editions_and_its_amendments(library: LibraryStore) -> None:
    amends = (DocumentRelation(kind="amends", number="22/2008/CT-TTg"),)
    many = (*amends, DocumentRelation(kind="amends", number="9/2009/QĐ-TTg"))

    def act(id_: str, number: str, date: str | None = None, **more: tuple[DocumentRelation, ...]) -> NewEntry:
        return entry(f"{id_}\n{number}", id=id_, header=Header(number=number, issued_on=date), **more)

    library.add_entries(
        [
            act("act", "22/2008/CT-TTg", "2008-07-15"),
            act("edition", "22/2008/CT–TTg", "2008"),
            act("other-year", "22/2008/CT-TTg", "2018-07-15"),
            act("amendment", "30/2010/CT-TTg", "2010-01-01", relations=amends),
            act("omnibus", "31/2010/CT-TTg", "2010-01-01", relations=many),
            act("unnumbered", "", None),
        ]
    )

    def family(id_: str) -> list[str]:
        return family_of(library, id_)

    assert family("act") == ["edition", "amendment"]
    assert family("amendment") == ["act", "edition", "other-year"]
    assert family("omnibus") == family("unnumbered") == []
    assert [one.id for one in library.related_to(number_key("9/2009/QĐ-TTg"), kind="amends")] == ["omnibus"]
    assert library.relations("omnibus") == many


def test_provinces_share_numbers_but_are_no_family(library: LibraryStore) -> None:
    places = [("a", "Long An"), ("b", "Lâm Đồng"), ("c", None)]
    library.add_entries(
        entry(f"{id_}\nMột", id=id_, header=Header(number="12/2011/QĐ-UBND", territory=place))
        for id_, place in places
    )
    assert family_of(library, "a") == ["c"]


# ---- corrections -------------------------------------------------------------------------------------------------


def test_a_correction_is_seen_and_the_old_value_is_kept(library: LibraryStore) -> None:
    library.add_entries([numbered(1)])
    before = library.fingerprint()
    after = library.set(
        "D1", issuer="UBND tỉnh Tây Ninh", level=Level.MINISTRY, rank=None, corrected_at="2026-11-21"
    )
    assert library.get("D1") == after
    assert (after.header.issuer, after.header.level, after.header.rank) == (
        "UBND tỉnh Tây Ninh",
        Level.MINISTRY,
        None,
    )
    assert library.load("D1").header == after.header
    kept = [(one.field, one.old, one.new, one.made_at) for one in library.corrections("D1")]
    assert kept == [
        ("issuer", "Ủy ban nhân dân tỉnh Long An", "UBND tỉnh Tây Ninh", "2026-11-21"),
        ("level", "province", "ministry", "2026-11-21"),
        ("rank", "40", None, "2026-11-21"),
    ]
    assert library.fingerprint() != before
    library.set("D1", issuer="Ủy ban nhân dân tỉnh Long An", level=Level.PROVINCE, rank=40)
    assert library.fingerprint() == before
    assert library.verify() == ()


def test_a_corrected_number_is_the_one_that_is_found(library: LibraryStore) -> None:
    library.add_entries([numbered(1)])
    library.set("D1", number="7/2020/QĐ-UBND")
    assert library.by_number_key(number_key("1/2026/QĐ-UBND")) == ()
    assert library.find_id("7/2020/QĐ-UBND") == "D1"


def test_setting_what_is_there_already_is_no_correction(library: LibraryStore) -> None:
    library.add_entries([numbered(1)])
    state = library.state()
    library.set("D1", status="Còn hiệu lực", is_draft=False)
    assert (library.corrections("D1"), library.state()) == ((), state)


def test_a_correction_of_nothing_or_to_nonsense_changes_nothing(library: LibraryStore) -> None:
    library.add_entries([numbered(1)])
    with pytest.raises(LibraryError, match="2011-05-20"):
        library.set("D1", issued_on="20/5/2011")
    with pytest.raises(DocumentNotFound):
        library.set("D9", title="Không có")
    assert library.get("D1").header == numbered(1).header


# ---- removing and merging ----------------------------------------------------------------------------------------


def test_a_removed_document_is_gone_and_can_be_added_again(library: LibraryStore) -> None:
    library.add_entries(map(numbered, range(4)))
    library.remove(["D1", "D1"])
    assert len(library) == 3
    assert _ids_found(library, numbered(1))[:1] != ["D1"]
    for read in (library.get, library.text, library.load, library.row_of):
        with pytest.raises(DocumentNotFound):
            read("D1")
    assert library.add_entries([numbered(1)]).added == ("D1",)
    assert _ids_found(library, numbered(1))[0] == "D1"
    assert library.verify() == ()


def test_removing_is_all_or_nothing(library: LibraryStore) -> None:
    library.add_entries([numbered(1)])
    with pytest.raises(DocumentNotFound, match="D9"):
        library.remove(["D1", "D9"])
    assert len(library) == 1


def test_many_small_additions_leave_few_segments(library: LibraryStore) -> None:
    for number in range(40):
        library.add_entries([numbered(number)])
    assert len(library.segments()) < 16
    assert len(list((library.path / SEGMENTS_FOLDER).iterdir())) == len(library.segments())
    assert [_ids_found(library, numbered(n))[0] for n in (0, 19, 39)] == ["D0", "D19", "D39"]
    rows = np.sort(np.concatenate([segment.rows for segment in library.segments()]))
    assert rows.tolist() == library.live_rows().tolist()
    assert library.verify() == ()


def test_removed_documents_give_their_space_back(library: LibraryStore) -> None:
    library.add_entries(map(numbered, range(60)))
    size = library.stats().size
    library.remove(f"D{number}" for number in range(50))
    library.compact()
    stats = library.stats()
    assert (stats.documents, stats.removed, stats.segments) == (10, 0, 1)
    assert stats.size < size / 2
    assert _ids_found(library, numbered(55))[0] == "D55"
    assert library.verify() == ()
    library.remove(f"D{number}" for number in range(50, 60))
    library.compact()
    assert (len(library), library.segments(), library.fingerprint()) == (0, (), "")


def test_the_fingerprint_depends_on_the_documents_and_not_on_their_history(tmp_path: Path) -> None:
    with open_library(tmp_path / "a", create=True) as one, open_library(tmp_path / "b", create=True) as other:
        one.add_entries(map(numbered, range(5)))
        other.add_entries([numbered(9)])
        for number in reversed(range(5)):
            other.add_entries([numbered(number)])
        assert one.fingerprint() != other.fingerprint()
        other.remove(["D9"])
        other.compact()
        assert one.state() == other.state()


def test_a_library_is_counted(library: LibraryStore) -> None:
    library.add_entries(
        [numbered(1), numbered(2), entry(text_of(3), id="x", header=Header(issued_on="2011"))]
    )
    stats = library.stats()
    assert stats.by_level == (("province", 2), (None, 1))
    assert stats.by_year == (("2011", 1), ("2026", 2))
    assert stats.by_type == (("Quyết định", 2), (None, 1))
    assert stats.by_status == (("Còn hiệu lực", 2), (None, 1))
    assert (stats.without_issuer, stats.without_date, stats.without_number) == (1, 0, 1)
    assert stats.syllables == sum(one.syllables for one in library.documents())


# ---- others reading and writing ----------------------------------------------------------------------------------


def test_a_reader_sees_what_another_wrote(library: LibraryStore) -> None:
    with open_library(library.path) as reader:
        assert len(reader.segments()) == 0
        library.add_entries([numbered(1)])
        assert _ids_found(reader, numbered(1)) == ["D1"]
        before = reader.segments()
        assert all(one is other for one, other in zip(before, reader.segments(), strict=True))


def test_inside_reading_nothing_changes(library: LibraryStore) -> None:
    library.add_entries(map(numbered, range(9)))
    with open_library(library.path) as reader:
        with reader.reading():
            segments = reader.segments()
            library.remove(["D1"])
            library.add_entries([numbered(10)])
            library.compact()
            assert _ids_found(reader, numbered(1))[0] == "D1"
            assert reader.text("D1") == text_of(1)
            assert reader.segments() == segments
            assert len(reader) == 9
        assert _ids_found(reader, numbered(10))[0] == "D10"
        with pytest.raises(DocumentNotFound):
            reader.text("D1")


def test_a_library_is_not_changed_inside_reading(library: LibraryStore) -> None:
    with library.reading(), pytest.raises(RuntimeError):
        library.add_entries([numbered(1)])


def test_a_second_writer_is_told_to_wait_and_readers_are_not_kept(library: LibraryStore) -> None:
    library.add_entries([numbered(1)])
    holder = subprocess.Popen(
        [sys.executable, WRITER, "hold", library.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_environment(),
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"
        with open_library(library.path, busy_seconds=0.2) as other:
            with pytest.raises(LibraryBusy):
                other.add_entries([numbered(2)])
            assert other.text("D1") == text_of(1)
            assert _ids_found(other, numbered(1)) == ["D1"]
        holder.kill()
    library.add_entries([numbered(2)])
    assert len(library) == 2


# ---- opening -----------------------------------------------------------------------------------------------------


def test_nothing_is_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound):
        open_library(tmp_path / "kho")
    assert list(tmp_path.iterdir()) == []


def test_another_format_is_refused_and_both_are_named(library: LibraryStore) -> None:
    with pytest.raises(LibraryIncompatible, match=r"test-1, seed 226, 5-gram.*test-2, seed 226, 5-gram"):
        LibraryStore.open(library.path, layout=replace(LAYOUT, tokenizer="test-2"))
    with LibraryStore.open(library.path) as opened:
        assert opened.layout == LAYOUT


def test_a_later_format_version_is_refused(tmp_path: Path) -> None:
    import sqlite3

    open_library(tmp_path, create=True).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryIncompatible, match="99"):
        open_library(tmp_path)


def test_a_half_made_library_is_completed(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(LibraryNotFound):
        open_library(tmp_path)
    with open_library(tmp_path, create=True) as library:
        library.add_entries([numbered(1)])


@pytest.mark.parametrize("content", [b"khong phai SQLite" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_catalogue_is_called_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(LibraryDamaged):
        open_library(tmp_path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.executescript("CREATE TABLE theirs (a); PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(LibraryDamaged):
        open_library(tmp_path, create=True)


@contextmanager
def _without_rights(folder: Path) -> Iterator[None]:
    """Take the right to write; root keeps it whatever the mode, so root becomes nobody for a while."""
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.name != "nt" and os.getuid() == 0
    parents = (
        [parent for parent in folder.parents if parent.stat().st_mode & 0o055 != 0o055] if is_root else []
    )
    modes = [parent.stat().st_mode for parent in parents]
    for parent, mode in zip(parents, modes, strict=True):
        parent.chmod(mode | 0o055)
    if is_root:
        os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        if is_root:
            os.setresuid(0, 0, 0)
        for parent, mode in zip(parents, modes, strict=True):
            parent.chmod(mode)
        for path in paths:
            if path.exists():
                path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.skipif(os.name == "nt", reason="folder rights are not file modes on Windows")
def test_a_read_only_folder_is_read_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    with open_library(folder, create=True) as library:
        library.add_entries([numbered(1)])
        library.load("D1")  # imports what the reader below needs
    before = sorted(folder.rglob("*"))
    with _without_rights(folder), open_library(folder) as reader:
        assert reader.load("D1").text == text_of(1)
        assert _ids_found(reader, numbered(1)) == ["D1"]
        assert reader.verify() == ()
        assert reader.stats().documents == 1
        for write in (
            lambda: reader.add_entries([numbered(2)]),
            lambda: reader.remove(["D1"]),
            reader.compact,
        ):
            with pytest.raises(LibraryReadOnly):
                write()
    assert sorted(folder.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="folder rights are not file modes on Windows")
def test_a_read_only_folder_with_unfinished_writing_is_not_misread(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    writer = open_library(folder, create=True)
    writer.add_entries([numbered(1)])
    # A writer that died left its log and not the memory that indexes it.
    log = (folder / f"{FILE_NAME}-wal").read_bytes()
    catalogue = (folder / FILE_NAME).read_bytes()
    writer.close()
    (folder / FILE_NAME).write_bytes(catalogue)
    (folder / f"{FILE_NAME}-wal").write_bytes(log)
    with _without_rights(folder), pytest.raises(LibraryReadOnly, match="kl226 library stats"):
        open_library(folder)
    with open_library(folder) as library:
        assert library.text("D1") == text_of(1)


@pytest.mark.skipif(os.name == "nt", reason="folder rights are not file modes on Windows")
def test_who_may_only_read_sees_what_a_writer_at_work_has_committed(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    with open_library(folder, create=True) as writer:
        writer.add_entries([numbered(1)])
        with _without_rights(folder), open_library(folder) as reader:
            assert reader.text("D1") == text_of(1)
            assert _ids_found(reader, numbered(1)) == ["D1"]


def test_what_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("không phải thư mục")
    with pytest.raises(LibraryReadOnly):
        open_library(tmp_path / "tep" / "kho", create=True)


# ---- damage ------------------------------------------------------------------------------------------------------


def _only_segment(library: LibraryStore) -> Path:
    (path,) = (library.path / SEGMENTS_FOLDER).iterdir()
    return path


def _codes(library: LibraryStore) -> list[str]:
    return [problem.code for problem in library.verify()]


def test_a_changed_byte_in_a_segment_is_found(tmp_path: Path) -> None:
    with open_library(tmp_path, create=True) as library:
        library.add_entries(map(numbered, range(5)))
        path = _only_segment(library)
        content = bytearray(path.read_bytes())
        content[-100] ^= 1
        path.write_bytes(content)
        assert _codes(library) == ["segment_damaged"]


@pytest.mark.parametrize("kept", [0, 30, 64, 1000])
def test_a_segment_cut_short_is_found_before_it_is_mapped(tmp_path: Path, kept: int) -> None:
    with open_library(tmp_path, create=True) as library:
        library.add_entries(map(numbered, range(5)))
    with open_library(tmp_path) as library:
        path = _only_segment(library)
        path.write_bytes(path.read_bytes()[:kept])
        with pytest.raises(LibraryDamaged, match=path.name):
            library.segments()
        assert _codes(library) == ["segment_damaged"]


def test_a_missing_segment_is_found(tmp_path: Path) -> None:
    with open_library(tmp_path, create=True) as library:
        library.add_entries(map(numbered, range(5)))
    with open_library(tmp_path) as library:
        _only_segment(library).unlink()
        with pytest.raises(LibraryDamaged, match="verify"):
            library.segments()
        assert _codes(library) == ["segment_missing"]


def test_damage_inside_the_catalogue_is_found(tmp_path: Path) -> None:
    import sqlite3

    with open_library(tmp_path, create=True) as library:
        library.add_entries(map(numbered, range(5)))
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    with connection:
        connection.execute("UPDATE texts SET text = x'0102' WHERE row = 2")
        connection.execute("UPDATE documents SET title = 'Khác' WHERE row = 3")
        connection.execute("INSERT INTO documents SELECT 99, 0, 'ma', sha256, path, media_type, number, type, issuer, "
                           "level, system, issued_on, title, rank, territory, is_draft, status, syllables, "
                           "body_syllables, number_key, root_key, added_at FROM documents WHERE row = 1")  # fmt: skip
    connection.close()
    with open_library(tmp_path) as library:
        assert _codes(library) == ["not_indexed", "text_damaged", "state_wrong"]
        with pytest.raises(LibraryDamaged):
            library.text("D1")


def test_files_left_by_a_killed_writer_are_ignored_and_cleared_away(library: LibraryStore) -> None:
    folder = library.path / SEGMENTS_FOLDER
    for name in ("00000009-abc.segment", "00000010.unfinished"):
        (folder / name).write_bytes(b"half")
    (folder / "ghi-chu.txt").write_text("của người dùng")
    assert library.verify() == ()
    library.add_entries([numbered(1)])
    assert sorted(path.suffix for path in folder.iterdir()) == [".segment", ".txt"]
    assert len(library.segments()) == 1


def _environment() -> dict[str, str]:
    tests = Path(__file__).parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(tests), str(tests.parent)))}
