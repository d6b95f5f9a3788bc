"""Every error this product raises on purpose.

::

    Kl226Error
    ├── InputError                 a file that cannot become a Document
    │   ├── UnreadableFile         broken, truncated, not what it claims to be
    │   ├── UnsupportedFormat      a format we do not read (yet)
    │   ├── EncryptedFile          needs a password
    │   ├── EmptyFile              no bytes, or no text at all
    │   ├── LimitExceeded          larger, deeper or slower than the limits allow
    │   └── SecretDocument         carries a mark of state secrecy
    ├── LibraryError               the library folder
    │   ├── LibraryNotFound
    │   ├── LibraryDamaged
    │   ├── LibraryIncompatible    made by another format version, tokenizer or hash seed
    │   ├── LibraryBusy            another process is writing
    │   ├── LibraryReadOnly        nothing can be written there: rights, network share, full disk
    │   └── DocumentNotFound
    ├── ModelError                 a model that cannot be used, or a library it needs
    │   ├── ModelNotFound
    │   └── ModelDamaged
    ├── OutputError                a result that cannot be written
    ├── ProfileError               an option or profile value that means nothing
    └── DatasetError               an evaluation dataset that does not follow its format

Each carries the file (or other thing) it is about, the problem and the next step, in Vietnamese and English,
so that a clerk reads what to do and a program reads ``code``.
"""

from __future__ import annotations

from typing import ClassVar

from kl226_dedup.domain.language import Bilingual, Language


class Kl226Error(Exception):
    """Base of the tree; catch it to catch everything this product raises on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, subject: str, *, problem: Bilingual, next_step: Bilingual) -> None:
        """State what the error is about, what is wrong and what to do.

        :param subject: the file name, document id or option concerned, as the user wrote it.
        """
        super().__init__(subject, problem, next_step)
        self.subject = subject
        self.problem = problem
        self.next_step = next_step

    def message(self, language: Language = Language.VI) -> str:
        """Return one line: subject, problem, next step."""
        return f"{self.subject}: {self.problem.in_(language)} {self.next_step.in_(language)}"

    def __str__(self) -> str:
        return self.message(Language.VI)


class InputError(Kl226Error):
    """A file that cannot become a Document."""

    code = "input_error"


class UnreadableFile(InputError):
    """Broken, truncated, or not what it claims to be."""

    code = "unreadable_file"


class UnsupportedFormat(InputError):
    """A format that is not read."""

    code = "unsupported_format"


class EncryptedFile(InputError):
    """The content needs a password."""

    code = "encrypted_file"


class EmptyFile(InputError):
    """No bytes, or no text at all."""

    code = "empty_file"


class LimitExceeded(InputError):
    """Larger, deeper or slower than the limits of the profile allow."""

    code = "limit_exceeded"


class SecretDocument(InputError):
    """It carries a mark of state secrecy, and the profile does not allow such documents."""

    code = "secret_document"


class LibraryError(Kl226Error):
    """Something about the library folder."""

    code = "library_error"


class LibraryNotFound(LibraryError):
    """No library at the given place."""

    code = "library_not_found"


class LibraryDamaged(LibraryError):
    """A file of the library is missing or fails its checksum."""

    code = "library_damaged"


class LibraryIncompatible(LibraryError):
    """Made by another format version, tokenizer or hash seed."""

    code = "library_incompatible"


class LibraryBusy(LibraryError):
    """Another process is writing to the library."""

    code = "library_busy"


class LibraryReadOnly(LibraryError):
    """The library cannot be written where it lies: no right to, a network share, a full disk."""

    code = "library_read_only"


class DocumentNotFound(LibraryError):
    """The library holds no document with this id."""

    code = "document_not_found"


class ModelError(Kl226Error):
    """A model that cannot be used, or a library that it needs and that is not installed."""

    code = "model_error"


class ModelNotFound(ModelError):
    """A shipped model is not on this machine."""

    code = "model_not_found"


class ModelDamaged(ModelError):
    """A file of a shipped model is missing or fails its checksum."""

    code = "model_damaged"


class OutputError(Kl226Error):
    """A result that cannot be written where it was asked for."""

    code = "output_error"


class ProfileError(Kl226Error):
    """An option or profile value that means nothing."""

    code = "profile_error"


class DatasetError(Kl226Error):
    """An evaluation dataset that does not follow its format."""

    code = "dataset_error"
