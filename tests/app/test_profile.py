"""Profiles: every option can be set, nothing else is taken."""

from __future__ import annotations

import json

import pytest

from kl226_dedup import Profile, ProfileError, read_profile


def test_an_empty_profile_is_the_default() -> None:
    assert read_profile("", name="p.toml") == Profile()


def test_every_option_can_be_set_to_its_default() -> None:
    lines: list[str] = []
    stage = ""
    for name, value in Profile().values():
        section, option = name.split(".")
        if section != stage:
            lines.append(f"[{section}]")
            stage = section
        lines.append(f"{option} = {json.dumps(value)}")
    assert read_profile("\n".join(lines), name="p.toml") == Profile()


@pytest.mark.parametrize(
    "toml",
    [
        "[verdict]\nstop_copied = 0.5",
        "[verdicts]\nstop_copied_higher = 0.5",
        "verdict = 3",
        "[verdict]\nstop_copied_higher = 'much'",
        "[verdict]\nstop_copied_higher = -0.5",
        "[search]\ncandidates = 2.5",
        "[search]\ncandidates = true",
        "[verdict",
        "[verdict]\nreview_copied = 20",
        "[align]\nseed_length = 0",
        "[index]\ngram_length = 7",
    ],
)
def test_what_means_nothing_is_refused_with_the_profile_named(toml: str) -> None:
    with pytest.raises(ProfileError, match=r"p\.toml"):
        read_profile(toml, name="p.toml")
