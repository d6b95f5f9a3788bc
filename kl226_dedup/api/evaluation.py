"""evaluate: labelled data in, scores out."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from kl226_dedup.api.calls import parse
from kl226_dedup.api.library import Added, Library
from kl226_dedup.api.threads import ONE_THREAD
from kl226_dedup.api.wiring import require_model, resources
from kl226_dedup.app.evaluate import Holder, Question, evaluate_case, summarise
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.dataset import Case, Dataset, DocumentReference, Split
from kl226_dedup.domain.document import Document
from kl226_dedup.domain.errors import DatasetError, DocumentNotFound, InputError
from kl226_dedup.domain.evaluation import CaseResult, EvaluationReport
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.domain.number import number_key
from kl226_dedup.domain.report import Failure, LibraryDocument
from kl226_dedup.domain.span import Span
from kl226_dedup.stores import files
from kl226_dedup.stores.datasets import PairKinds, read_dataset, refuse
from kl226_dedup.stores.families import may_be_one_act


def evaluate(
    dataset: str | Path,
    *,
    library: Library | str | Path | None = None,
    split: Split | None = None,
    profile: Profile | None = None,
    pairs: PairKinds | None = None,
    seed: int = 226,
    watch: Callable[[Sequence[Case]], Iterable[Case]] = iter,
) -> EvaluationReport:
    """Check labelled drafts and measure how right the reports are (docs/evaluation.md).

    A draft that is itself in the library is left out of it while it is checked; other copies of it stay.

    :param dataset: a ``kl226.dataset/1`` folder, or a table of pairs (.csv), which needs a library.
    :param library: what to check against; None makes a temporary library from the files the data set names.
    :param split: measure only these cases; None = all.
    :param pairs: what the kinds of a pairs table mean.
    :param seed: of the bootstrap; the same seed gives the same intervals.
    :param watch: goes through the cases one by one, for a caller that shows progress.
    :raises DatasetError: the data set does not follow its format, fits neither its files nor the library, or has no
        cases in the split.
    :raises LibraryError: there is no usable library. :raises ModelError: the profile names a model that cannot be used.
    """
    used = profile or Profile()
    require_model(used)
    folder = Path(dataset).parent if Path(dataset).is_file() else Path(dataset)
    data = read_dataset(Path(dataset), pairs)
    cases = [case for case in data.cases if split is None or case.split is split]
    if not cases:
        raise refuse(data.cases_file, "không có trường hợp nào để đo", "there are no cases to measure")
    results: list[CaseResult] = []
    failures: list[Failure] = []
    with ExitStack() as stack:
        opened, warnings = stack.enter_context(_shelf(data, folder, library, used))
        stack.enter_context(opened.reading())
        questions = _Questions(data, folder, opened, used)
        for case in watch(cases):
            try:
                question = questions.ask(case)
            except InputError as error:
                failures.append(Failure.of(error))
            else:
                with ONE_THREAD:
                    results.append(evaluate_case(question, opened, resources=resources(), profile=used))
        return summarise(
            data,
            results,
            split=split,
            failures=failures,
            warnings=[*_left_out(data), *warnings, *_moved(questions.moved)],
            library=opened.state(),
            profile=used,
            seed=seed,
        )


@contextmanager
def _shelf(
    data: Dataset,
    folder: Path,
    library: Library | str | Path | None,
    profile: Profile,
) -> Iterator[tuple[Library, tuple[Notice, ...]]]:
    if isinstance(library, Library):
        yield library, ()
    elif library is not None:
        with Library.open(library) as opened:
            yield opened, ()
    elif not data.library:
        raise DatasetError(
            data.name,
            problem=Bilingual(
                vi="Bộ dữ liệu này không kèm văn bản nguồn.",
                en="This data set brings no documents to check against.",
            ),
            next_step=Bilingual(vi="Chỉ ra kho bằng --library.", en="Name a library with --library."),
        )
    else:
        # Windows keeps mapped files; what cannot be deleted there is left to the system's own clearing of its folder.
        with (
            tempfile.TemporaryDirectory(prefix="kl226-", ignore_cleanup_errors=True) as temporary,
            Library.open(temporary, create=True) as made,
        ):
            added = made.add([folder / name for name in data.library], profile=profile)
            yield made, _refused(added)


class _Questions:
    """Makes cases ready: parses drafts, finds the documents they name, and holds the truth against the texts."""

    def __init__(self, data: Dataset, folder: Path, library: Library, profile: Profile) -> None:
        self._data = data
        self._folder = folder
        self._library = library
        self._profile = profile
        self.moved = 0
        self._by_content = {entry.sha256: entry for entry in library.documents()}

    def ask(self, case: Case) -> Question:
        """Return the case with its draft.

        :raises InputError: the draft cannot be read.
        :raises DatasetError: the library lacks a document that the case names, or a passage is not where it should be.
        """
        documents = dict.fromkeys(
            [*(one.document for one in case.sources), *(one.document for one in case.passages or ())]
        )
        holders = tuple(self._holder(case, document) for document in documents)
        draft, itself = self._draft(case)
        exclude = (itself.id,) if itself else ()
        named = frozenset[str]().union(*(holder.family for holder in holders))
        copies = self._family(itself) - {*exclude} - named if itself else frozenset[str]()
        return Question(
            case=self._located(case, draft, holders),
            draft=draft,
            exclude=exclude,
            copies=copies,
            holders=holders,
        )

    def _draft(self, case: Case) -> tuple[Document, LibraryDocument | None]:
        """Return the draft, and what the library knows of it when it holds the draft too."""
        if case.draft.id is not None:
            itself = self._entry(case, case.draft)
            return self._library.load(itself.id), itself
        document = parse(self._path(case.draft), profile=self._profile, known=case.header)
        return document, self._by_content.get(document.sha256)

    def _holder(self, case: Case, document: DocumentReference) -> Holder:
        entry = self._entry(case, document)
        return Holder(document=document, id=entry.id, family=self._family(entry))

    def _entry(self, case: Case, document: DocumentReference) -> LibraryDocument:
        if document.id is not None:
            try:
                return self._library.get(document.id)
            except DocumentNotFound as error:
                raise self._not_in_library(case, document) from error
        content = files.read(self._path(document), self._profile.limits).content
        entry = self._by_content.get(hashlib.sha256(content).hexdigest())
        if entry is None:
            raise self._not_in_library(case, document)
        return entry

    def _family(self, entry: LibraryDocument) -> frozenset[str]:
        """Return the ids of all documents with the number of ``entry`` that may be the same act, its own included."""
        same_number = self._library.by_number_key(number_key(entry.header.number))
        return frozenset((entry.id, *(one.id for one in same_number if may_be_one_act(entry, one))))

    def _located(self, case: Case, draft: Document, holders: tuple[Holder, ...]) -> Case:
        """Return the case with its passages where the texts have them now."""
        if not case.passages:
            return case
        ids = {holder.document: holder.id for holder in holders}
        return replace(
            case,
            passages=tuple(
                replace(
                    passage,
                    draft=self._locate(case, passage.draft, passage.draft_text, draft.text, case.draft),
                    source=self._locate(
                        case,
                        passage.source,
                        passage.source_text,
                        self._library.text(ids[passage.document]),
                        passage.document,
                    ),
                )
                for passage in case.passages
            ),
        )

    def _locate(self, case: Case, span: Span, stated: str, text: str, name: DocumentReference) -> Span:
        """Return where ``stated`` stands: at its span, or at the one place where a newer parser puts the words."""
        if span.of(text) == stated:
            return span
        found = list(re.finditer(r"\s+".join(map(re.escape, stated.split())), text))
        if len(found) != 1:
            raise self._refuse(
                case,
                f"đoạn [{span.start}, {span.end}) của {name} không đọc ra như đã ghi",
                f"[{span.start}, {span.end}) of {name} does not read as stated",
            )
        self.moved += 1
        return Span(start=found[0].start(), end=found[0].end())

    def _path(self, document: DocumentReference) -> Path:
        return self._folder / (document.path or "")

    def _not_in_library(self, case: Case, document: DocumentReference) -> DatasetError:
        return self._refuse(
            case, f"kho không có văn bản {document}", f"the library has no document {document}"
        )

    def _refuse(self, case: Case, vi: str, en: str) -> DatasetError:
        return refuse(f"{self._data.cases_file}:{case.line}", vi, en)


def _refused(added: Added) -> tuple[Notice, ...]:
    """Say in one sentence what could not become part of the temporary library."""
    if not added.refused:
        return ()
    names = ", ".join(one.name for one in added.refused[:3]) + (" …" if len(added.refused) > 3 else "")
    count = len(added.refused)
    return (
        Notice(
            code="library_refused",
            message=Bilingual(
                vi=f"{count} tệp hoặc dòng không đưa được vào kho tạm: {names}",
                en=f"{count} files or rows could not be added to the temporary library: {names}",
            ),
        ),
    )


def _moved(count: int) -> tuple[Notice, ...]:
    if not count:
        return ()
    return (
        Notice(
            code="passages_moved",
            message=Bilingual(
                vi=f"{count} đoạn không còn ở vị trí đã ghi; đã tìm lại theo câu chữ.",
                en=f"{count} passages are no longer where the data set puts them; they were found by their words.",
            ),
        ),
    )


def _left_out(data: Dataset) -> tuple[Notice, ...]:
    if not data.left_out:
        return ()
    return (
        Notice(
            code="pairs_left_out",
            message=Bilingual(
                vi=f"{data.left_out} cặp có loại không thuộc nhóm cùng nội dung hay khác nội dung, không tính.",
                en=f"{data.left_out} pairs are of a kind that is neither same nor different text and are left out.",
            ),
        ),
    )
