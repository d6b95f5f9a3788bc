"""Two documents -> the passages they share, with exact spans and the changes inside."""

from kl226_dedup.align.align import align
from kl226_dedup.align.describe import Description, describe
from kl226_dedup.align.options import AlignOptions

__all__ = ["AlignOptions", "Description", "align", "describe"]
