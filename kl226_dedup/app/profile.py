"""The profile: every stage's options, gathered, and read from TOML text."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace

from kl226_dedup.align import AlignOptions
from kl226_dedup.app.options import SemanticOptions
from kl226_dedup.domain.errors import ProfileError
from kl226_dedup.domain.language import Bilingual
from kl226_dedup.domain.report import Severity
from kl226_dedup.index import SearchOptions, VectorSearchOptions
from kl226_dedup.parsers.options import OcrOptions, ParseLimits
from kl226_dedup.rules.options import RuleOptions, Suppression
from kl226_dedup.verdict import FamilyOptions, MatchOptions, VerdictOptions

Value = str | float | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All options by stage; a TOML profile has one table per field (``[verdict]``), one key per option."""

    limits: ParseLimits = field(default_factory=ParseLimits)
    ocr: OcrOptions = field(default_factory=OcrOptions)
    search: SearchOptions = field(default_factory=SearchOptions)
    align: AlignOptions = field(default_factory=AlignOptions)
    family: FamilyOptions = field(default_factory=FamilyOptions)
    match: MatchOptions = field(default_factory=MatchOptions)
    semantic: SemanticOptions = field(default_factory=SemanticOptions)
    vectors: VectorSearchOptions = field(default_factory=VectorSearchOptions)
    verdict: VerdictOptions = field(default_factory=VerdictOptions)
    rules: RuleOptions = field(default_factory=RuleOptions)

    def values(self) -> tuple[tuple[str, Value], ...]:
        """Return ("stage.option", value) pairs in order, as the report shows them."""
        return (
            tuple(
                (f"{stage}.{option}", value)
                for stage, options in asdict(replace(self, rules=RuleOptions())).items()
                for option, value in options.items()
                if stage != "rules"
            )
            + self._rules()
        )

    def _rules(self) -> tuple[tuple[str, Value], ...]:
        severities = tuple(
            (f"rules.{rule}", "off" if severity is None else str(severity))
            for rule, severity in self.rules.severities
        )
        return severities + tuple(
            (f"suppress.{one.id or one.rule}", one.reason) for one in self.rules.suppressions
        )


def read_profile(toml: str, *, name: str) -> Profile:
    """Read a profile; options that are not named keep their defaults.

    :raises ProfileError: not TOML, an unknown stage or option, or a value of the wrong type.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise _refused(name, f"không phải TOML hợp lệ ({error})", f"not valid TOML ({error})") from error
    profile = Profile(
        rules=RuleOptions(
            severities=_severities(name, tables.pop("rules", {})),
            suppressions=tuple(_suppression(name, row) for row in _rows(name, tables.pop("suppress", []))),
        )
    )
    for stage, options in tables.items():
        current = getattr(profile, stage, None) if stage in {f.name for f in fields(Profile)} else None
        if current is None or not isinstance(options, Mapping):
            raise _refused(name, f"không có phần [{stage}]", f"there is no section [{stage}]")
        defaults = asdict(current)
        for option, value in options.items():
            if option not in defaults:
                raise _refused(
                    name, f"không có tùy chọn {stage}.{option}", f"there is no option {stage}.{option}"
                )
            if not _fits(value, defaults[option]):
                raise _refused(
                    name,
                    f"giá trị {stage}.{option} = {value!r} không hợp lệ",
                    f"{stage}.{option} = {value!r} is not a valid value",
                )
        profile = replace(profile, **{stage: replace(current, **options)})
    return profile


def _severities(name: str, rows: object) -> tuple[tuple[str, Severity | None], ...]:
    if not isinstance(rows, Mapping):
        raise _refused(name, "[rules] không phải một phần", "[rules] is not a section")
    levels = {"off": None, **{str(one): one for one in Severity}}
    for rule, level in rows.items():
        if not isinstance(level, str) or level not in levels:
            raise _refused(
                name,
                f"giá trị rules.{rule} = {level!r} không hợp lệ (error, warning, note, off)",
                f"rules.{rule} = {level!r} is not a valid value (error, warning, note, off)",
            )
    return tuple((rule, levels[level]) for rule, level in rows.items())


def _rows(name: str, rows: object) -> list[Mapping[str, object]]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _refused(name, "[[suppress]] không phải danh sách", "[[suppress]] is not a list of tables")
    return rows


def _suppression(name: str, row: Mapping[str, object]) -> Suppression:
    """One [[suppress]] table: rule or id, and a reason, without which nobody knows later why."""
    rule, id_, reason = (row.get(key) for key in ("rule", "id", "reason"))
    words = [one for one in (rule, id_, reason) if isinstance(one, str) and one.strip()]
    if not isinstance(reason, str) or len(words) != 2 or len(row) != 2 or not reason.strip():
        raise _refused(
            name,
            "mỗi [[suppress]] cần rule hoặc id, và reason",
            "each [[suppress]] needs a rule or an id, and a reason",
        )
    return Suppression(
        rule=rule if isinstance(rule, str) else None, id=id_ if isinstance(id_, str) else None, reason=reason
    )


def _fits(value: object, default: object) -> bool:
    """Shares lie in [0, 1] (20 for 20% means nothing), counts and lengths are 1 or more, and no value changes its type."""
    if isinstance(value, bool) or isinstance(default, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, float):
        return isinstance(value, int | float) and 0 <= value <= (1 if default <= 1 else math.inf)
    if isinstance(default, int):
        return isinstance(value, int) and value >= min(default, 1)
    return isinstance(value, type(default))


def _refused(name: str, vi: str, en: str) -> ProfileError:
    return ProfileError(
        name,
        problem=Bilingual(vi=f"Hồ sơ cấu hình {vi}.", en=f"The profile is refused: {en}."),
        next_step=Bilingual(
            vi="Xem docs/profile.md, sửa dòng đó rồi chạy lại.",
            en="See docs/profile.md, correct it and run again.",
        ),
    )
