"""Two documents -> the passages they share, with exact spans and the changes inside."""

from kl226_dedup.align.align import align
from kl226_dedup.align.describe import Description, describe
from kl226_dedup.align.options import AlignOptions
from kl226_dedup.align.seeds import PreparedDraft, breaks_of, prepare

__all__ = ["AlignOptions", "Description", "PreparedDraft", "align", "breaks_of", "describe", "prepare"]
