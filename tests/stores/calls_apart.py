"""Functions for test_isolation, in a module that a worker process can import."""

from __future__ import annotations

import os
import sys
import time

from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import EmptyFile, ProfileError
from kl226_dedup.domain.language import Bilingual


def behave(file: SourceFile) -> tuple[str, int]:
    """Do what the file says; return its text and the process."""
    match file.content:
        case b"die":
            os._exit(7)
        case b"hang":
            time.sleep(600)
        case b"eat":
            return str(len(bytes(4 << 30))), os.getpid()
        case b"fail":
            raise RuntimeError("a library's own bug")
        case b"empty":
            raise EmptyFile(
                file.name, problem=Bilingual(vi="Rỗng.", en="Empty."), next_step=Bilingual(vi="", en="")
            )
        case b"profile":
            raise ProfileError(
                "a", problem=Bilingual(vi="Sai.", en="Wrong."), next_step=Bilingual(vi="", en="")
            )
        case b"print":
            print("noise on standard output")
            sys.stdout.flush()
    return file.content.decode(), os.getpid()
