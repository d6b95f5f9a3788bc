"""What is loaded once per process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache

from kl226_dedup.app.ports import Encoders, Resources
from kl226_dedup.app.profile import Profile
from kl226_dedup.app.read import Recogniser
from kl226_dedup.domain.document import Recognition, SourceFile
from kl226_dedup.domain.errors import ModelError
from kl226_dedup.domain.language import Notice
from kl226_dedup.stores.background import load_background
from kl226_dedup.stores.lexicon import load_masker
from kl226_dedup.stores.tables import load_tables
from kl226_dedup.stores.verifier import load_verifier


@cache
def resources() -> Resources:
    """Load what a check needs: domain tables, masker, background table, rules; once per process (about half a second)."""
    from kl226_dedup.stores.reader import load_reader
    from kl226_dedup.stores.rules import load_rules

    masker = load_masker()
    return Resources(
        tables=load_tables(),
        masker=masker,
        background=load_background(masker.identity),
        verifier=load_verifier(),
        rules=load_rules(),
        encoders=encoders,
        reader=load_reader,
    )


@cache
def load_encoders(model: str = "") -> Encoders:
    """Load what compares meaning, once per process.

    :param model: the encoder that confirms, "" = the shipped one.
    :raises ModelError: the models are not there or damaged, or what runs them is not installed.
    """
    from kl226_dedup.stores.semantic import ModelEncoders

    return ModelEncoders(model)


@cache
def encoders(model: str) -> Encoders | Notice:
    """Return what compares meaning as checks want it: where it cannot be loaded, a notice that says why."""
    try:
        return load_encoders(model)
    except ModelError as error:
        from kl226_dedup.app.semantic import meaning_unavailable

        return meaning_unavailable(error)


def require_model(profile: Profile) -> None:
    """Load the model that the profile names, if any: one that was asked for is not done without.

    :raises ModelError: it cannot be loaded, or doesn't read words.
    """
    if profile.semantic.enabled and profile.semantic.model:
        load_encoders(profile.semantic.model).transformer()


def recogniser(profile: Profile, progress: Callable[[int, int], None] | None = None) -> Recogniser | None:
    """Return what reads pages that are pictures, or None where the profile switches it off.

    :param progress: called with the number of pages done and of pages in all, for each file.
    """
    if not profile.ocr.enabled:
        return None

    def recognise(source: SourceFile, pages: Sequence[int]) -> Recognition:
        from kl226_dedup.stores import ocr

        return ocr.recognise(source, pages, profile.ocr, progress=progress)

    return recognise


class KeepingRecogniser:
    """A Recogniser for one library document, which takes what was kept of it; ``keep`` it once the document is read."""

    def __init__(self, recognise: Recogniser, profile: Profile) -> None:
        """Set what reads what was not kept, and the profile that limits what is kept."""
        self._recognise = recognise
        self._most_bytes = profile.limits.kept_bytes
        self._new: list[tuple[str, str, Recognition]] = []

    def __call__(self, source: SourceFile, pages: Sequence[int]) -> Recognition:
        """Read the pages, or take what was kept."""
        from kl226_dedup.stores import kept, ocr

        how = ocr.how(pages)
        if how is None:
            return self._recognise(source, pages)
        digest = hashlib.sha256(source.content).hexdigest()
        content = kept.load(digest, how)
        if content is not None:
            return kept.pages_from_bytes(content)
        recognition = self._recognise(source, pages)
        if not recognition.warnings:  # all pages were read
            self._new.append((digest, how, recognition))
        return recognition

    def keep(self) -> None:
        """Keep what was read."""
        from kl226_dedup.stores import kept

        for digest, how, recognition in self._new:
            kept.keep(digest, how, kept.pages_to_bytes(recognition), most_bytes=self._most_bytes)
