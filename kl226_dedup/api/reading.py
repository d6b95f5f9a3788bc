"""Files as people have them -> documents: archives and mail opened, old office files converted, the rest read."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kl226_dedup.api.wiring import recogniser, resources
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.read import read_document
from kl226_dedup.domain.document import Document, Header, SourceFile
from kl226_dedup.domain.errors import InputError, UnsupportedFormat
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.parsers.containers import expand
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.parsers.sniff import name_warning
from kl226_dedup.stores import office
from kl226_dedup.stores.isolation import Workers

_APART = 8  # files; below, starting workers takes longer than reading
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
    return _read(file, office.convert(file, profile.limits), profile, known, progress)


def workers_for(profile: Profile) -> Workers:
    """Return the processes for ``read_files``, one per core; none is started before it is needed."""
    seconds = profile.limits.file_seconds + (profile.ocr.file_seconds if profile.ocr.enabled else 0)
    return Workers(_cores(), seconds=seconds, megabytes=profile.limits.file_megabytes)


def read_files(
    files: Sequence[SourceFile], profile: Profile, workers: Workers
) -> Iterator[Document | InputError]:
    """Read several files, whose conversions share a run of LibreOffice; the results come in their order.

    From eight files on they are read in ``workers``, unless the profile says otherwise: starting those takes a second.
    """
    conversions = list(office.convert_all(files, profile.limits))
    apart = profile.limits.isolated and len(files) >= _APART and bool(sys.executable)
    if apart:  # the cores are taken: each worker reads one page of a scan at a time
        profile = replace(profile, ocr=replace(profile.ocr, workers=profile.ocr.workers or 1))
    tasks = [
        _Task(file=file, conversion=conversion, profile=profile)
        for file, conversion in zip(files, conversions, strict=True)
        if not isinstance(conversion, InputError)
    ]
    documents = workers.map(_read_task, tasks, name_of=_name_of) if apart else map(_attempt, tasks)
    for conversion in conversions:
        yield conversion if isinstance(conversion, InputError) else next(documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A file to read, with what LibreOffice made of it, if that was needed."""

    file: SourceFile
    conversion: office.Conversion | None
    profile: Profile


def _read_task(task: _Task) -> Document:
    return _read(task.file, task.conversion, task.profile, None, None)


def _attempt(task: _Task) -> Document | InputError:
    try:
        return _read_task(task)
    except InputError as error:
        return error


def _name_of(task: _Task) -> str:
    return task.file.name


def _cores() -> int:
    return min(os.cpu_count() or 1, _MOST_WORKERS)


def _read(
    file: SourceFile,
    conversion: office.Conversion | None,
    profile: Profile,
    known: Header | None,
    progress: Callable[[int, int], None] | None,
) -> Document:
    document = read_document(
        file if conversion is None else conversion.file,
        tables=resources().tables,
        limits=profile.limits,
        known=known,
        recognise=recogniser(profile, progress),
    )
    return document if conversion is None else _as_original(document, file, conversion)


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
