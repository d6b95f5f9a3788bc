"""What was done to a file says by which parser it was read."""

from __future__ import annotations

import parser_samples as samples
import pytest

import kl226_dedup

TEXT = ["Điều 1. Phạm vi điều chỉnh", "Văn bản này quy định chế độ báo cáo."]


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "pptx", "rtf", "html", "txt"])
def test_the_first_step_names_the_parser(kind: str) -> None:
    document = kl226_dedup.parse(getattr(samples, kind)(TEXT), name=f"a.{kind}")
    assert (document.steps[0].action, document.steps[0].detail) == ("parsed", kind)
