"""Where a folder lies: on a disk of this machine or on a network share."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.sshfs",
        "lustre",
    }
    | {"ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)
_WINDOWS_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_MOUNTS = Path("/proc/self/mounts")


def is_network_share(path: Path) -> bool:
    """Tell whether ``path`` lies on a network share, where SQLite's write-ahead log must not be used.

    The log's index is memory shared between processes, which machines do not share
    (https://www.sqlite.org/wal.html, "All processes using a database must be on the same host computer").
    Known from the drive type on Windows and from the mount table on Linux; elsewhere the answer is False.
    """
    resolved = path.resolve()
    if os.name == "nt":
        return _is_windows_share(resolved)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(PurePosixPath(resolved), mounts) in _NETWORK_FILE_SYSTEMS


def file_system(path: PurePosixPath, mounts: str) -> str | None:
    """Return the type of the file system that holds ``path`` by a mount table in the form of /proc/mounts."""
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount_point = PurePosixPath(fields[1].replace("\\040", " ").replace("\\011", "\t"))
        depth = len(mount_point.parts)
        # Of two mounts on one point the later hides the earlier.
        if path.is_relative_to(mount_point) and (best is None or depth >= best[0]):
            best = (depth, fields[2])
    return best[1] if best else None


def _is_windows_share(path: Path) -> bool:
    if path.drive.startswith("\\\\"):
        return True
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - typed only where it exists
    return bool(kernel.GetDriveTypeW(f"{path.drive}\\") == _WINDOWS_REMOTE_DRIVE)
