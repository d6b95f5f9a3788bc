"""The domain tables: document types, issuers, boilerplate, abbreviations. Read once by a store, passed as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NORMATIVE_WITH_YEAR = frozenset({"Nghị quyết", "Quyết định", "Chỉ thị"})
_YEAR_IN_SYMBOL = re.compile(r"/(?:19|20)\d\d/")
_ISSUES_RULES = frozenset({"Nghị quyết", "Quyết định"})
_REGULATING_TITLE = re.compile(
    r"^(?:về việc\s+)?(?:ban hành\s+)?(?:quy định|quy chế|điều lệ|nội quy)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """One issuing body. ``levels`` holds every level its abbreviation may stand for, highest first.

    ``rank`` 0 (National Assembly) to 80 (a branch); ``successor`` is the abbreviation or name of the body that took
    over, None while it is active.
    """

    abbreviation: str
    name: str
    system: str
    levels: tuple[str, ...]
    rank: int
    successor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """A document type by name ("Chỉ thị") and its abbreviations in symbols ("CT"); ``system`` "S" or "P".

    ``normative`` types regulate; ``concretisation`` says what is expected of a subordinate document of the type:
    "full", "partial" or "exempt".
    """

    name: str
    abbreviation: str | None
    system: str
    normative: bool
    concretisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoilerplatePhrase:
    """A stock phrase; ``weight`` in [0, 1] is what a match of it counts: 0 never, 1 fully."""

    phrase: str
    category: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province before the 2025 reform and the one that holds it now (equal where nothing changed).

    ``kind`` is what it is called today: "tỉnh" or "thành phố".
    """

    old_name: str
    new_name: str
    kind: str


PERCENTILES = (5, 10, 25, 50, 75, 90, 95)
"""The percentiles a row of ``data/tables/measures.tsv`` gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How a measure is spread over ``documents`` issued documents of one type; "*" = all administrative types.

    ``values`` are its percentiles at ``PERCENTILES``, ascending.
    """

    type: str
    measure: str
    documents: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DomainTables:
    """All tables, in file order.

    Compared and hashed by identity, so that what is compiled from the tables can be cached per tables at no cost.
    ``abbreviations`` are (short, long) pairs with one reading each; abbreviations of several readings are left out.
    ``slogans`` are phrases that administrative prose uses far more often than laws do, as patterns (``Condition``): the
    rule slogan-density and the measure of the same name count the same ones.
    """

    issuers: tuple[Issuer, ...]
    types: tuple[DocumentType, ...]
    provinces: tuple[Province, ...]
    boilerplate: tuple[BoilerplatePhrase, ...]
    abbreviations: tuple[tuple[str, str], ...]
    slogans: tuple[str, ...] = ()
    distributions: tuple[Distribution, ...] = ()

    def regulates(self, type_name: str | None, number: str | None, title: str | None = None) -> bool:
        """Tell whether a document of this type, number and title lays down general rules (văn bản quy phạm pháp luật).

        Types such as Luật, Nghị định, Thông tư always do. Nghị quyết, Quyết định and Chỉ thị do when their symbol
        carries the year ("15/2020/QĐ-UBND"), which is how normative documents are numbered (Decree 30/2020/NĐ-CP
        numbers all others without it). A draft's number is blank, so that a Nghị quyết or Quyết định does as well when
        ``title`` says that it issues rules ("Ban hành Quy định về …"). Unknown type: False.
        """
        if type_name in _ISSUES_RULES and _REGULATING_TITLE.match(title or ""):
            return True
        if type_name in _NORMATIVE_WITH_YEAR:
            return number is not None and _YEAR_IN_SYMBOL.search(number) is not None
        return any(row.normative and row.name == type_name for row in self.types)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskPhrase:
    """A phrase that matching masks. ``kind``: head and field combine into agency names; entity stands alone;
    connector joins names; time and document words mask with what follows them.
    """

    kind: str
    phrase: str
