"""Files as people have them -> documents: archives and mail opened, old office files converted, the rest read."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kl226_dedup.api.wiring import KeepingRecogniser, recogniser
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.read import Recogniser, read_document
from kl226_dedup.domain.document import Document, Header, SourceFile
from kl226_dedup.domain.errors import InputError, UnreadableFile, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.parsers.containers import expand
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import is_drawn, name_warning
from kl226_dedup.stores import office
from kl226_dedup.stores.files import read as from_disk
from kl226_dedup.stores.isolation import Workers, call_here
from kl226_dedup.stores.tables import load_tables

_APART = 8  # files; below, starting workers takes longer than reading
_LARGE = 8 << 20  # bytes of a file that may take memory and time by itself
# Files that are in memory at a time, and are read while the next are converted.
TOGETHER = 16
TOGETHER_BYTES = 64 << 20
_MOST_WORKERS = 8  # each takes memory of its own
_NAMED = 5  # members named when an archive is refused


def members_of(file: SourceFile, limits: ParseLimits) -> tuple[SourceFile | InputError, ...]:
    """Return the documents in an archive or a mail, or ``file`` itself; what can't be had is an error among them."""
    try:
        return expand(file, limits)
    except InputError as error:
        return (error,)


def only_member(file: SourceFile, limits: ParseLimits) -> SourceFile:
    """Return the single document in ``file``.

    :raises UnsupportedFormat: there are several, or none.
    """
    members = expand(file, limits)
    if len(members) == 1:
        (member,) = members
        if isinstance(member, InputError):
            raise member
        return member
    names = [member.subject if isinstance(member, InputError) else member.name for member in members]
    shown = "; ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
    raise UnsupportedFormat(
        file.name,
        problem=Bilingual(
            vi=f"Tệp chứa {len(names)} tệp khác: {shown}."
            if names
            else "Tệp nén hoặc thư không chứa tệp nào.",
            en=f"It holds {len(names)} other files: {shown}."
            if names
            else "The archive or mail holds no file.",
        ),
        next_step=Bilingual(
            vi="Lấy tệp cần đọc ra, hoặc dùng lệnh check và library add, vốn đọc từng tệp bên trong.",
            en="Take out the file you mean, or use the commands check and library add, which read each file inside.",
        ),
    )


def read_file(
    file: SourceFile,
    profile: Profile,
    *,
    known: Header | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """Read one file that is no container.

    :raises InputError: the file cannot become a Document.
    """
    return _read(file, office.convert(file, profile.limits), profile, known, recogniser(profile, progress))


def workers_for(profile: Profile) -> Workers:
    """Return the processes for ``read_files``, one per core; none is started before it is needed."""
    seconds = profile.limits.file_seconds + (profile.ocr.file_seconds if profile.ocr.enabled else 0)
    return Workers(_cores(), seconds=seconds, megabytes=profile.limits.file_megabytes)


def batches(
    paths: Iterable[Path], limits: ParseLimits
) -> Iterator[tuple[tuple[SourceFile | InputError, ...], ...]]:
    """Read files from disk, as many at a time as are read together: for each path the documents in it.

    What can't be had is an error in its place.
    """
    batch: list[tuple[SourceFile | InputError, ...]] = []
    count = size = 0
    for path in paths:
        found = _found_in(path, limits)
        batch.append(found)
        count += len(found)
        size += sum(len(one.content) for one in found if isinstance(one, SourceFile))
        if count >= TOGETHER or size > TOGETHER_BYTES:
            yield tuple(batch)
            batch, count, size = [], 0, 0
    if batch:
        yield tuple(batch)


def read_each(
    paths: Iterable[Path], profile: Profile, *, known: Header | None = None
) -> Iterator[Iterator[Document | InputError]]:
    """Read files, several at a time: for each path what is in it, which has to be taken before the next.

    :param known: see ``read_file``; of every document.
    """
    with workers_for(profile) as workers:
        for batch in batches(paths, profile.limits):
            files = [one for found in batch for one in found if isinstance(one, SourceFile)]
            documents = read_files(files, profile, workers, known=known)
            for found in batch:
                yield (one if isinstance(one, InputError) else next(documents) for one in found)


def read_files(
    files: Sequence[SourceFile],
    profile: Profile,
    workers: Workers,
    *,
    known: Header | None = None,
    keeps: bool = False,
) -> Iterator[Document | InputError]:
    """Read several files; the results come in their order.

    They are read in ``workers``, unless the profile says otherwise, where these run already or are worth the second that
    starting them takes: from eight files on, or where a file could take the process with it. LibreOffice converts
    one while the workers read those before it.

    :param keeps: the files go into a library: what LibreOffice and OCR make of those that can be read is kept on disk
        (``stores.kept``), unless secret documents are let in.
    """
    keeps = keeps and not profile.limits.allow_secret
    apart = profile.limits.isolated and bool(sys.executable) and _is_worth_workers(files, workers)
    if apart:  # the workers share the cores
        pages = profile.ocr.workers or max(1, _cores() // len(files))
        profile = replace(profile, ocr=replace(profile.ocr, workers=pages))
    conversions: deque[office.Conversion | InputError | None] = deque()
    tasks = _tasks(files, conversions, profile, known, keeps=keeps)
    documents = workers.map(_read_task, tasks, name_of=_name_of) if apart else map(_attempt, tasks)
    for file, document in zip(files, documents, strict=True):
        conversion = conversions.popleft()
        # Not before it was read: a document that is marked secret must leave nothing behind.
        if keeps and isinstance(conversion, office.Conversion) and isinstance(document, Document):
            office.keep(file, conversion, profile.limits)
        yield document


def _tasks(
    files: Sequence[SourceFile],
    conversions: deque[office.Conversion | InputError | None],
    profile: Profile,
    known: Header | None,
    *,
    keeps: bool,
) -> Iterator[_Task]:
    """Convert the files one by one as they are asked for; ``conversions`` gets what became of each."""
    for file, conversion in zip(
        files, office.convert_each(files, profile.limits, use_kept=keeps), strict=True
    ):
        conversions.append(conversion)
        yield _Task(file=file, conversion=conversion, profile=profile, known=known, keeps=keeps)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A file to read, with what LibreOffice made of it, if that was needed, or why it could not."""

    file: SourceFile
    conversion: office.Conversion | InputError | None
    profile: Profile
    known: Header | None
    keeps: bool


def _found_in(path: Path, limits: ParseLimits) -> tuple[SourceFile | InputError, ...]:
    try:
        return members_of(from_disk(path, limits), limits)
    except InputError as error:
        return (error,)


def _is_worth_workers(files: Sequence[SourceFile], workers: Workers) -> bool:
    if not files:
        return False
    return workers.are_started or len(files) >= _APART or any(map(_is_risky, files))


def _is_risky(file: SourceFile) -> bool:
    """Tell whether a file is read by native code that a crafted one could crash, or is large."""
    return len(file.content) > _LARGE or is_drawn(file.content)


def _read_task(task: _Task) -> Document:
    recognise = recogniser(task.profile)
    if recognise is None or not task.keeps:
        return _read(task.file, task.conversion, task.profile, task.known, recognise)
    keeping = KeepingRecogniser(recognise, task.profile)
    document = _read(task.file, task.conversion, task.profile, task.known, keeping)
    keeping.keep()
    return document


def _attempt(task: _Task) -> Document | InputError:
    return call_here(_read_task, task, name=task.file.name)


def _name_of(task: _Task) -> str:
    return task.file.name


def _cores() -> int:
    return min(os.cpu_count() or 1, _MOST_WORKERS)


def _read(
    file: SourceFile,
    conversion: office.Conversion | InputError | None,
    profile: Profile,
    known: Header | None,
    recognise: Recogniser | None,
) -> Document:
    def read(one: SourceFile) -> Document:
        return read_document(
            one, tables=load_tables(), limits=profile.limits, known=known, recognise=recognise
        )

    if isinstance(conversion, office.Conversion):
        return _as_original(read(conversion.file), file, conversion)
    if conversion is None:
        return read(file)
    try:  # the reader that stands in for LibreOffice
        document = read(file)
    except (UnreadableFile, UnsupportedFormat):
        raise conversion from None
    return replace(document, warnings=(_office_failed(conversion), *document.warnings))


def _office_failed(error: InputError) -> Notice:
    return Notice(code="libreoffice_failed", message=error.problem, advice=error.next_step)


def _as_original(document: Document, file: SourceFile, conversion: office.Conversion) -> Document:
    """Return a document read from a conversion as one of the file that people have."""
    warning = name_warning(file)
    warnings = tuple(one for one in document.warnings if one.code != "wrong_extension")
    return replace(
        document,
        sha256=hashlib.sha256(file.content).hexdigest(),
        media_type=conversion.media_type,
        steps=(conversion.step, *document.steps),
        warnings=warnings if warning is None else (*warnings, warning),
    )
