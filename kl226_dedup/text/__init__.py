"""Document -> Encoding: syllables, masked tokens; everything folded that does not change what is said."""

from kl226_dedup.text.encode import encode, encode_body
from kl226_dedup.text.masking import Masker, compile_masker
from kl226_dedup.text.stock import rare_tokens
from kl226_dedup.text.syllables import split_syllables

__all__ = ["Masker", "compile_masker", "encode", "encode_body", "rare_tokens", "split_syllables"]
