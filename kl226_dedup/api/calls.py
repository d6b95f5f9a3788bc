"""parse, check, compare, lint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kl226_dedup.api.library import Library
from kl226_dedup.api.reading import members_of, only_member, read_each, read_file
from kl226_dedup.api.threads import ONE_THREAD
from kl226_dedup.api.wiring import require_model, resources
from kl226_dedup.app.memory import MemoryShelf
from kl226_dedup.app.ports import Shelf
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.unread import refuse_unread
from kl226_dedup.domain.document import Document, Header, SourceFile
from kl226_dedup.domain.errors import InputError
from kl226_dedup.domain.report import Finding, Report
from kl226_dedup.stores import files
from kl226_dedup.stores.tables import load_tables

Source = str | Path | bytes | Document
"""A path, the bytes of a file, or a parsed document."""


def parse(
    source: Source,
    *,
    name: str | None = None,
    profile: Profile | None = None,
    known: Header | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """Parse a file into a Document; of an archive or a mail the only document in it.

    :param source: a path, the file's bytes (give ``name``), or a Document, which is returned as it is.
    :param name: the name shown for ``source``; for bytes it defaults to "document".
    :param known: header fields that the document does not say itself (a blank draft); they win where not None.
    :param progress: called with the number of pages done and of all pages that are pictures, while they are recognised.
    :raises InputError: the file cannot become a Document.
    """
    if isinstance(source, Document):
        return source
    used = profile or Profile()
    file = _source_file(source, name, used)
    return read_file(only_member(file, used.limits), used, known=known, progress=progress)


def parse_all(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    profile: Profile | None = None,
    known: Header | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Document | InputError]:
    """Parse each document in an archive or a mail, or the one that ``source`` is; parameters as of ``parse``.

    What cannot be read is an InputError among the results, named like "hồ sơ.zip/tờ trình.docx".
    """
    used = profile or Profile()
    try:
        members = members_of(_source_file(source, name, used), used.limits)
    except InputError as error:
        members = (error,)
    for member in members:
        if isinstance(member, InputError):
            yield member
            continue
        try:
            yield read_file(member, used, known=known, progress=progress)
        except InputError as error:
            yield error


def parse_each(
    paths: Iterable[str | Path], *, profile: Profile | None = None, known: Header | None = None
) -> Iterator[Iterator[Document | InputError]]:
    """Parse several files, in processes of their own where there are many or one could take this process with it.

    For each path, in order, the documents in it as ``parse_all`` gives them; take them before the next path's.

    :param known: header fields of every document; see ``parse``.
    """
    return read_each(map(Path, paths), profile or Profile(), known=known)


def _source_file(source: str | Path | bytes, name: str | None, profile: Profile) -> SourceFile:
    if isinstance(source, bytes):
        return SourceFile(name=name or "document", content=source)
    read = files.read(Path(source), profile.limits)
    return SourceFile(name=name or read.name, content=read.content)


def check(
    draft: Source,
    *,
    library: Library | str | Path | None = None,
    against: Iterable[Source] = (),
    exclude: Iterable[str] = (),
    profile: Profile | None = None,
) -> Report:
    """Check a draft against a library, or against a few documents only.

    :param library: a Library or its folder.
    :param against: documents to compare with instead; no library is needed then.
    :param exclude: ids of library documents to leave out, such as the draft itself.
    :raises InputError: the draft or a document of ``against`` cannot be read, or holds no text.
    :raises LibraryError: there is no usable library, or no document with an excluded id.
    :raises ModelError: the profile names a model that cannot be used; without the shipped one wording alone is compared.
    """
    used = profile or Profile()
    require_model(used)
    document = parse(draft, profile=used)
    if library is None:
        return check_on(document, shelf_of(against, used), used, exclude=exclude)
    if isinstance(library, Library):
        with library.reading():
            return check_on(document, library, used, exclude=exclude)
    with Library.open(library) as opened, opened.reading():
        return check_on(document, opened, used, exclude=exclude)


def shelf_of(documents: Iterable[Source], profile: Profile) -> MemoryShelf:
    """Index a few documents in memory.

    :raises InputError: one of them cannot be read, or holds no text.
    """
    parsed = [parse(one, profile=profile) for one in documents]
    for document in parsed:
        refuse_unread(document)
    return MemoryShelf(parsed, resources())


def compare(a: Source, b: Source, *, profile: Profile | None = None) -> Report:
    """Compare two documents: the report of ``a`` as the draft with ``b`` as its only source."""
    return check(a, against=(b,), profile=profile)


def lint(draft: Source, *, profile: Profile | None = None) -> tuple[Finding, ...]:
    """Return where a draft breaks a rule against formalism, in text order; those the profile sets aside too.

    :raises InputError: the draft cannot be read, or holds no text.
    """
    from kl226_dedup.app.lint import lint_document
    from kl226_dedup.stores.reader import load_reader
    from kl226_dedup.stores.rules import load_rules

    used = profile or Profile()
    document = parse(draft, profile=used)
    refuse_unread(document)
    with ONE_THREAD:
        return lint_document(
            document, tables=load_tables(), rules=load_rules(), options=used.rules, reader=load_reader
        )


def check_on(
    document: Document,
    shelf: Shelf,
    profile: Profile,
    *,
    exclude: Iterable[str] = (),
    explained: bool = False,
) -> Report:
    """Check a parsed draft on an open shelf; for callers that check many drafts on one.

    :param explained: the report says how its verdict came about.
    :raises InputError: the draft holds no text. :raises ModelError: the profile names a model that cannot be used.
    """
    refuse_unread(document)
    require_model(profile)
    # Some hundred modules that commands which check nothing are spared.
    from kl226_dedup.app import check as checking

    with ONE_THREAD:
        return checking.check(
            document, shelf, resources=resources(), profile=profile, exclude=exclude, explained=explained
        )
