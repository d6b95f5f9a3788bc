"""Relationships between the parts of an office package (OPC, ECMA-376 part 2, 8.5)."""

from __future__ import annotations

from typing import Final

from kl226_dedup.domain.errors import UnreadableFile
from kl226_dedup.parsers.opc import Package, parse_xml
from kl226_dedup.parsers.options import ParseLimits

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def targets_of(name: str, package: Package, part: str, limits: ParseLimits) -> dict[str, str]:
    """Return the parts inside the package that ``part`` ("" = the package) refers to, by id, in their order."""
    folder, _, file_name = part.rpartition("/")
    rels = f"{folder}/_rels/{file_name}.rels"
    data = package.read(rels)
    if data is None:
        return {}
    try:
        root, _damaged = parse_xml(name, rels, data, limits)
    except UnreadableFile:
        return {}
    return {
        relationship.get("Id", ""): _resolve(folder, relationship.get("Target", ""))
        for relationship in root.iterchildren(_RELATIONSHIP)
        if relationship.get("TargetMode") != "External"
    }


def _resolve(folder: str, target: str) -> str:
    """Return the part that a relative or absolute target names. It is a key into the package, never a path."""
    segments: list[str] = [] if target.startswith("/") else list(filter(None, folder.split("/")))
    for segment in target.replace("\\", "/").split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return "/".join(segments)
