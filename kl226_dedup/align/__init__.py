"""Two documents -> the passages they share, as token ranges."""

from kl226_dedup.align.align import align, alignment_of
from kl226_dedup.align.options import AlignOptions

__all__ = ["AlignOptions", "align", "alignment_of"]
