"""A model of the user's own, run by sentence-transformers: any that reads words in their context.

What all texts have in common in its vectors is taken away, as it is from the shipped model's: in most encoders it is so much
that unrelated texts have cosine .8. It is measured once on the sentences of ``kl226_dedup/data/sentences.txt``, and kept in
the cache by the checksum of the parameters.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.embedding import Reading
from kl226_dedup.domain.errors import ModelError, OutputError
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.stores.files import write
from kl226_dedup.stores.models.cache import cache_folder
from kl226_dedup.stores.models.transformer import (
    Backend,
    centred,
    is_installed,
    not_installed,
    sentence_transformer,
)

_SENTENCES: Final = "sentences.txt"
_VIETNAMESE: Final = "vi"

_READ: Final = 300
"""Vietnamese sentences that are read for the means; the tokens of all are counted. The mean of so many differs from that of
all sentences by a fiftieth of what it takes away (set by reasoning: it falls with the root of their number)."""

_LEAST_WEIGHT: Final = 0.1
"""Weight of a token that every sentence has, as in the shipped table."""

_PROBE_SECONDS: Final = 5.0
"""How long the hub may take to say that it is there; its own library tries for minutes."""

_HUB_NAME: Final = re.compile(r"\w[\w.-]*(/\w[\w.-]*)?")
"""What may be the name of a model of the hub; anything else is a path."""

_SMALLEST: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What texts have in common in a model.

    ``mean`` float32 [dimensions] of the vectors of Vietnamese sentences, at length 1; ``token_mean`` float32 [token
    dimensions] of the vectors of their tokens; ``weights`` float32 [vocabulary], how much each token says: the logarithm of
    one over the share of sentences that have it; ``languages``: the mean vector of another language, after ``mean`` is taken
    away.
    """

    mean: NDArray[np.float32] = field(repr=False)
    token_mean: NDArray[np.float32] = field(repr=False)
    weights: NDArray[np.float32] = field(repr=False)
    languages: Mapping[str, NDArray[np.float32]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """What the model makes of a text: ``vector`` float32 [dimensions]; ``ids`` [tokens] and ``tokens`` [tokens, token
    dimensions] of the text, without those of the prompt and the marks around them."""

    vector: NDArray[np.float32]
    ids: NDArray[np.int64]
    tokens: NDArray[np.float32]


class _Model:
    """A SentenceTransformer that tells what it makes of each token."""

    __slots__ = ("_before", "_marks", "_model", "_prompt", "dimensions", "vocabulary")

    def __init__(self, model: Any) -> None:
        """Wrap it; its default prompt, else the one called "query", precedes every text.

        :raises KeyError: it makes no vectors of tokens.
        """
        self._model = model
        self._prompt = model.default_prompt_name or ("query" if model.prompts.get("query") else None)
        prompt = model.prompts.get(self._prompt) or ""
        self._marks = np.array(sorted(model.tokenizer.all_special_ids), dtype=np.int64)
        self._before = len(self._ids([prompt.rstrip()])[0]) if prompt.strip() else 0
        self.vocabulary: int = len(model.tokenizer)
        self.dimensions: int = len(self.read(["văn bản"])[0].vector)

    def read(self, texts: Sequence[str]) -> list[_Raw]:
        """Read texts, none of them blank."""
        made = self._model.encode(
            list(texts), prompt_name=self._prompt, output_value=None, show_progress_bar=False
        )
        return [self._raw(one) for one in made]

    def count(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return how many of the texts have each token."""
        seen = np.zeros(self.vocabulary, dtype=np.int64)
        for ids in self._ids(texts):
            seen[list(set(ids))] += 1
        return seen

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        made: list[list[int]] = self._model.tokenizer(list(texts), add_special_tokens=False)["input_ids"]
        return made

    def _raw(self, made: Mapping[str, Any]) -> _Raw:
        ids = made["input_ids"].numpy()
        tokens = made["token_embeddings"].float().numpy()
        is_text = (made["attention_mask"].numpy() > 0) & ~np.isin(ids, self._marks)
        inner = np.flatnonzero(is_text)[self._before :]
        vector = made["sentence_embedding"].float().numpy()
        return _Raw(vector=_unit(vector), ids=ids[inner], tokens=tokens[inner])


class OwnEncoder:
    """A ``Reader`` over a model of the user's own."""

    __slots__ = ("_common", "_model", "dimensions", "identity", "name")

    def __init__(self, model: _Model, common: Common, *, name: str, identity: str) -> None:
        """Wrap a model and what texts have in common in it."""
        self._model = model
        self._common = common
        self.name: str = name
        self.identity: str = identity
        self.dimensions: int = model.dimensions

    @property
    def languages(self) -> Mapping[str, NDArray[np.float32]]:
        """Return the mean vector of each language but Vietnamese, whose is zero."""
        return self._common.languages

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Return what the user should hear: thresholds were set for another model."""
        return (_not_measured(self.name),)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32 [len(texts), dimensions], rows of length 1; zeros for a blank text."""
        return np.array([one.vector for one in self.read(texts)], dtype=np.float32).reshape(
            len(texts), self.dimensions
        )

    def read(self, texts: Sequence[str]) -> tuple[Reading, ...]:
        """Return what each text says, as a whole and token by token; a blank text has no tokens."""
        common = self._common
        nothing = np.zeros((0, len(common.token_mean)), dtype=np.float32)
        blank = Reading(
            vector=np.zeros(self.dimensions, dtype=np.float32), tokens=nothing, weights=nothing[:, 0]
        )
        readings = [blank] * len(texts)
        full = [place for place, text in enumerate(texts) if text.strip()]
        for place, raw in zip(full, self._model.read([texts[place] for place in full]), strict=True):
            weights = common.weights[raw.ids]
            readings[place] = Reading(
                vector=centred(raw.vector[None], common.mean)[0],
                tokens=_unit(raw.tokens - common.token_mean),
                weights=weights / max(float(weights.sum()), _SMALLEST),
            )
        return tuple(readings)


def load(given: str) -> OwnEncoder:
    """Load a folder, or else a model of the Hugging Face hub, with sentence-transformers.

    The first time, what texts have in common in it is measured (e5-small: about ten seconds on one core).

    :raises ModelError: sentence-transformers is not installed, it cannot load the model, or the model reads no words.
    """
    if not is_installed("sentence_transformers"):
        raise not_installed(Backend.TORCH)
    path = Path(given)
    local = path.exists()
    try:
        loaded = sentence_transformer(given, local=True) if local else _from_hub(given)
    except ModelError:
        raise
    except Exception as error:  # the libraries below raise whatever they like
        raise _unloadable(given, error, local=local) from error
    try:
        model = _Model(loaded)
    except Exception as error:  # no tokenizer, no tokens, or vectors of none of them
        raise reads_no_words(given) from error
    identity = _identity(given, loaded)
    return OwnEncoder(
        model, _common_in(model, identity), name=path.name if local else given, identity=identity
    )


def _from_hub(given: str) -> Any:
    """Load a model of the hub: the copy on this machine where there is one, else download it.

    :raises ModelError: it is no name of a model, or the hub cannot be reached.
    """
    if not _HUB_NAME.fullmatch(given):
        raise _no_folder(given)
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it tells of every attempt that failed
    if _is_downloaded(given):
        with contextlib.suppress(Exception):  # not all of it is here
            return sentence_transformer(given, local=True)
    try:
        HfApi().model_info(given, timeout=_PROBE_SECONDS)
    except RepositoryNotFoundError:
        pass  # under its short name perhaps, which sentence-transformers knows
    except Exception as error:
        raise _unreachable(given) from error
    return sentence_transformer(given, local=False)


def _is_downloaded(given: str) -> bool:
    """Tell whether the hub's own cache holds something of a model; far faster than to try."""
    from huggingface_hub import try_to_load_from_cache

    names = (given,) if "/" in given else (given, f"sentence-transformers/{given}")
    return any(
        isinstance(try_to_load_from_cache(name, file), str)
        for name in names
        for file in ("modules.json", "config.json")
    )


def _identity(given: str, model: Any) -> str:
    """Return the name with a checksum: of the parameters, which alone make the vectors."""
    digest = hashlib.sha256(json.dumps(model.prompts, sort_keys=True).encode())
    for name, one in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(one.float().contiguous().numpy().data)
    return f"{Path(given).name if os.path.exists(given) else given}@{digest.hexdigest()[:12]}"  # noqa: PTH110


def _common_in(model: _Model, identity: str) -> Common:
    """Return what texts have in common in a model, from the cache or measured now."""
    checksum = identity.rpartition("@")[2]
    path = cache_folder() / "models" / f"own-{checksum}-{_sentences_checksum()}.npz"
    try:
        return _unpacked(path.read_bytes())
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):  # not there yet, or damaged
        common = measured(model)
    with contextlib.suppress(OutputError, OSError):  # it is measured again next time
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, _packed(common))
    return common


def measured(model: _Model) -> Common:
    """Measure what texts have in common."""
    sentences = _sentences()
    vietnamese = sentences[_VIETNAMESE]
    read = model.read(vietnamese[:_READ])
    mean = _mean([one.vector for one in read])
    seen = model.count(vietnamese)
    return Common(
        mean=mean,
        token_mean=_mean([token for one in read for token in one.tokens]),
        weights=(np.log((len(vietnamese) + 1) / (seen + 1)) + _LEAST_WEIGHT).astype(np.float32),
        languages={
            language: _mean(centred(np.array([one.vector for one in model.read(texts)]), mean))
            for language, texts in sorted(sentences.items())
            if language != _VIETNAMESE
        },
    )


def _mean(vectors: Sequence[NDArray[np.float32]] | NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(np.mean(vectors, axis=0, dtype=np.float64), dtype=np.float32)


def _packed(common: Common) -> bytes:
    stream = BytesIO()
    means = {f"language-{name}": one for name, one in common.languages.items()}
    np.savez(
        stream,
        allow_pickle=False,
        mean=common.mean,
        token_mean=common.token_mean,
        weights=common.weights,
        **means,
    )
    return stream.getvalue()


def _unpacked(content: bytes) -> Common:
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return Common(
            mean=stored["mean"],
            token_mean=stored["token_mean"],
            weights=stored["weights"],
            languages={
                name.removeprefix("language-"): stored[name]
                for name in stored.files
                if name.startswith("language-")
            },
        )


@cache
def _sentences() -> dict[str, list[str]]:
    """Return the shipped sentences by language."""
    by_language: defaultdict[str, list[str]] = defaultdict(list)
    for line in _content().decode("utf-8").splitlines():
        language, _, sentence = line.partition("\t")
        by_language[language].append(sentence)
    return dict(by_language)


@cache
def _sentences_checksum() -> str:
    return hashlib.sha256(_content()).hexdigest()[:8]


def _content() -> bytes:
    return files("kl226_dedup").joinpath("data", _SENTENCES).read_bytes()


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors at length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, _SMALLEST), dtype=np.float32)


def _not_measured(name: str) -> Notice:
    return Notice(
        code="own_model",
        message=Bilingual(
            vi=f"Nghĩa được so bằng mô hình {name}, không phải mô hình kèm theo phần mềm: các ngưỡng chưa được đo với mô "
            "hình này, nên đoạn viết lại có thể bị bỏ sót hoặc chỉ nhầm nhiều hơn.",
            en=f"Meaning was compared with the model {name}, not the one that comes with the program: thresholds were not "
            "measured with it, so more restated passages may be missed or shown wrongly.",
        ),
        advice=Bilingual(
            vi="Khi cần kết quả đã đo chất lượng, chạy lại không có --model.",
            en="For results of measured quality, run again without --model.",
        ),
    )


def reads_no_words(given: str) -> ModelError:
    """Return the error about a model that looks words up one by one, such as the static encoder."""
    return ModelError(
        given,
        problem=Bilingual(
            vi="Mô hình này không đọc từng từ trong câu, nên không xác nhận được đoạn viết lại (mô hình tĩnh chỉ dùng để "
            "tìm trong kho).",
            en="This model doesn't read words in their sentence and cannot confirm restated passages (a static one only "
            "searches the archive).",
        ),
        next_step=Bilingual(
            vi="Bỏ --model để dùng mô hình kèm theo, hoặc chỉ ra một mô hình transformer của sentence-transformers.",
            en="Leave out --model for the one that comes with the program, or name a transformer for sentence-transformers.",
        ),
    )


def _unloadable(given: str, error: Exception, *, local: bool) -> ModelError:
    why = " ".join(str(error).split())[:200]
    if local:
        return ModelError(
            given,
            problem=Bilingual(
                vi=f"Không nạp được mô hình từ thư mục này ({why}).",
                en=f"No model could be loaded from this folder ({why}).",
            ),
            next_step=Bilingual(
                vi="Chỉ ra thư mục do SentenceTransformer.save() ghi (có modules.json hoặc config.json).",
                en="Give a folder that SentenceTransformer.save() wrote (with modules.json or config.json).",
            ),
        )
    return ModelError(
        given,
        problem=Bilingual(
            vi=f"Không có thư mục này, và trên Hugging Face không tải được mô hình cùng tên ({why}).",
            en=f"There is no such folder, and no model of that name could be had from Hugging Face ({why}).",
        ),
        next_step=_NAME_AGAIN,
    )


def _no_folder(given: str) -> ModelError:
    return ModelError(
        given,
        problem=Bilingual(vi="Không có thư mục mô hình này.", en="There is no such model folder."),
        next_step=_NAME_AGAIN,
    )


def _unreachable(given: str) -> ModelError:
    return ModelError(
        given,
        problem=Bilingual(
            vi="Trên máy không có thư mục hay mô hình nào tên như vậy, và không kết nối được Hugging Face để tải.",
            en="No folder or model of that name is on this machine, and Hugging Face could not be reached to download it.",
        ),
        next_step=_NAME_AGAIN,
    )


_NAME_AGAIN: Final = Bilingual(
    vi="Kiểm tra lại tên và kết nối mạng, hoặc tải mô hình về rồi chỉ ra thư mục; bỏ --model để dùng mô hình kèm theo.",
    en="Check the name and the network, or download the model and give its folder; leave out --model for the one that comes "
    "with the program.",
)
