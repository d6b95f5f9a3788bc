"""Pre-issue control against duplicated content in Vietnamese administrative documents (Conclusion 226-KL/TW).

::

    from kl226_dedup import check

    report = check("du-thao.docx", against=["22-2008-CT-TTg.docx"])
    print(report.verdict.label, report.verdict.body_shares.copied_higher)

What ``__all__`` names is the promise; everything else may change.
"""

from kl226_dedup.api import Added, Library, Source, check, compare, lint, parse, parse_all, parse_each
from kl226_dedup.app.profile import Profile, read_profile
from kl226_dedup.domain.document import Document, Header, SourceFile
from kl226_dedup.domain.errors import (
    DatasetError,
    DocumentNotFound,
    EmptyFile,
    EncryptedFile,
    InputError,
    Kl226Error,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryIncompatible,
    LibraryNotFound,
    LibraryReadOnly,
    LimitExceeded,
    OutputError,
    ProfileError,
    SecretDocument,
    UnreadableFile,
    UnsupportedFormat,
)
from kl226_dedup.domain.language import Language
from kl226_dedup.domain.match import MatchKind, MatchStatus
from kl226_dedup.domain.report import (
    Finding,
    LibraryDocument,
    PairLabel,
    Relation,
    Report,
    Severity,
    Task,
    Verdict,
    VerdictLabel,
)
from kl226_dedup.domain.version import VERSION as _VERSION

__version__ = _VERSION

__all__ = [
    "Added",
    "DatasetError",
    "Document",
    "DocumentNotFound",
    "EmptyFile",
    "EncryptedFile",
    "Finding",
    "Header",
    "InputError",
    "Kl226Error",
    "Language",
    "Library",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryDocument",
    "LibraryError",
    "LibraryIncompatible",
    "LibraryNotFound",
    "LibraryReadOnly",
    "LimitExceeded",
    "MatchKind",
    "MatchStatus",
    "OutputError",
    "PairLabel",
    "Profile",
    "ProfileError",
    "Relation",
    "Report",
    "SecretDocument",
    "Severity",
    "Source",
    "SourceFile",
    "Task",
    "UnreadableFile",
    "UnsupportedFormat",
    "Verdict",
    "VerdictLabel",
    "__version__",
    "check",
    "compare",
    "lint",
    "parse",
    "parse_all",
    "parse_each",
    "read_profile",
]
