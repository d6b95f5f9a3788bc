"""What the table of rare pairs counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from build_rarity import counted

from kl226_dedup.domain.rarity import as_keys
from kl226_dedup.stores.rarity import read_rarity, save_rarity


def test_pairs_in_too_few_documents_are_left_out_and_others_counted_once_a_document(tmp_path: Path) -> None:
    table = counted(["Nhà nước và nhà nước", "nhà nước, danh nhân", "danh nhân; Nhà nước"], floor=2)
    known = dict(zip(table.keys.tolist(), table.holders.tolist(), strict=True))
    assert known == {int(as_keys(["nhà nước"])[0]): 3, int(as_keys(["danh nhân"])[0]): 2}
    save_rarity(tmp_path / "rarity.npz", table)
    again = read_rarity((tmp_path / "rarity.npz").read_bytes())
    np.testing.assert_array_equal(again.keys, table.keys)
    np.testing.assert_array_equal(again.holders, table.holders)
    assert (again.documents, again.floor) == (3, 2)


def test_a_table_that_tells_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="floor 5"):
        counted(["nhà nước"] * 3, floor=5)
