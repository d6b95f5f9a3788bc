"""Network shares are told from disks by the mount table."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from kl226_dedup.stores.location import file_system, is_network_share

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
//server/van-ban /mnt/van\\040thu cifs rw,vers=3.0 0 0
/dev/sdb1 /mnt/van\\040thu/o-cung ext4 rw 0 0
old:/export /srv/kho nfs4 rw 0 0
/dev/sdc1 /srv/kho xfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/kho", "ext4"),
        ("/tmp", "tmpfs"),
        ("/tmporary", "ext4"),
        ("/mnt/van thu/kho", "cifs"),
        ("/mnt/van thu/o-cung/kho", "ext4"),
        ("/srv/kho/a", "xfs"),
    ],
)
def test_the_innermost_and_latest_mount_holds_a_path(path: str, kind: str) -> None:
    assert file_system(PurePosixPath(path), MOUNTS) == kind


def test_a_folder_of_this_machine_is_no_share(tmp_path: Path) -> None:
    assert not is_network_share(tmp_path / "chua-co")
