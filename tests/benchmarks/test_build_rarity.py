"""What the table of rare pairs counts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from build_rarity import counted

from kl226_dedup.domain.rarity import as_keys
from kl226_dedup.stores import rarity as stored


def test_pairs_in_too_few_documents_are_left_out_and_others_counted_once_a_document(tmp_path: Path) -> None:
    table = counted(["Nhà nước và nhà nước", "nhà nước, danh nhân", "danh nhân; Nhà nước"], floor=2)
    known = dict(zip(table.keys.tolist(), table.holders.tolist(), strict=True))
    assert known == {int(as_keys(["nhà nước"])[0]): 3, int(as_keys(["danh nhân"])[0]): 2}
    stored.save_rarity(tmp_path / "rarity.npz", table)
    with np.load(tmp_path / "rarity.npz") as packed:
        np.testing.assert_array_equal(np.cumsum(packed["gaps"], dtype=np.uint32), table.keys)
        assert (int(packed["documents"]), int(packed["floor"])) == (3, 2)
