"""Document -> Encoding: syllables, masked tokens; everything folded that does not change what is said."""

from kl226_dedup.text.encode import encode
from kl226_dedup.text.masking import Masker, compile_masker
from kl226_dedup.text.syllables import TOKENIZER, split_syllables

__all__ = ["TOKENIZER", "Masker", "compile_masker", "encode", "split_syllables"]
