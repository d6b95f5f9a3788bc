"""The transformer encoder: the model's graph run by OpenVINO or ONNX Runtime, else its weights by sentence-transformers."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kl226_dedup.domain.embedding import ModelInfo, Reading
from kl226_dedup.domain.errors import ModelError
from kl226_dedup.domain.language import Bilingual, Notice
from kl226_dedup.stores.models.cache import expanded
from kl226_dedup.stores.models.folder import ModelFolder

GRAPH: Final = "model.onnx"
MEAN: Final = "mean_query.npy"
"""float32 [dimensions], the mean vector of Vietnamese legal sentences. e5 vectors all lie in one narrow cone (cosine .8
between unrelated texts); without their mean unrelated ones are at 0."""

TOKENS: Final = "tokens.npz"
"""``mean`` float32 [dimensions]: what token vectors have in common; ``weights`` float16 [vocabulary]: how much each token
says, the logarithm of one over the share of sentences that have it."""

_BATCH_TOKENS: Final = 256
"""Tokens, padding included, that go through the graph together: five sentences of 48. With 1,024 more is padding and the
last batch leaves cores idle: 148 passages of 6,477 tokens take 1.13 s on two cores, 0.92 s with 256."""

_MOST_STREAMS: Final = 4
"""Batches that OpenVINO computes side by side at most, each on cores of its own. Two on two cores take three quarters of
the processor time of one that has both (3.7 s against 4.9 s for 250 passages): nothing waits for the slower core."""

_WAITING: Final = 1
"""Batches that wait for a stream to be free, so that none waits for Python to prepare its next: 4 to 8 % less time."""

_SCALED_TOGETHER: Final = 128
"""Neighbouring numbers of a token that share a scale where layers multiply 8-bit integers. Tokens have cosine .9996 with
those of float32 (384: .9990, and of 57 sources of development drafts one is found less) and take three quarters of the time
of bfloat16: 0.68 s instead of 0.92 s of the clock for the 148 passages."""

_CPUINFO: Final = Path("/proc/cpuinfo")
"""Where Linux says what the processor can; numpy doesn't tell of AMX."""

_SMALLEST: Final = 1e-9
"""Largest weight of a row of zeros."""

_Batch = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Token ids and mask [texts, tokens]."""
_Vectors = tuple[NDArray[np.float32], NDArray[np.float32]]
"""The mean over the tokens [texts, dimensions], and each token's vector."""
_Forward = Callable[[Iterable[_Batch]], Iterator[_Vectors]]
"""Batches -> what each becomes, in their order."""


class Backend(StrEnum):
    """What runs a shipped transformer."""

    OPENVINO = "openvino"
    ONNXRUNTIME = "onnxruntime"
    TORCH = "torch"


class TransformerEncoder:
    """A ``Reader`` over a graph: prefix, tokens, mean over them, length 1, mean of all texts taken away, length 1."""

    __slots__ = (
        "_before",
        "_exact",
        "_forward",
        "_info",
        "_mean",
        "_prefix",
        "_token_mean",
        "_tokenizer",
        "_weights",
        "backend",
        "notices",
    )

    def __init__(
        self,
        info: ModelInfo,
        tokenizer: Any,
        forward: _Forward,
        exact: Callable[[], _Forward],
        *,
        mean: NDArray[np.float32],
        token_mean: NDArray[np.float32],
        weights: NDArray[np.float32],
        prefix: str,
        backend: Backend,
        notices: tuple[Notice, ...],
    ) -> None:
        """Wrap what computes token ids and mask into vectors.

        :param exact: starts what computes them in floating point alone, for ``encode``: languages lie so close together
            in the vectors that 8-bit integers cost a fifteenth of the translated passages.
        :param notices: what the user should hear about.
        """
        self._info = info
        self._tokenizer = tokenizer
        self._forward = forward
        self._exact = exact
        self._mean = mean
        self._token_mean = token_mean
        self._weights = weights
        self._prefix = prefix
        self._before = (
            len(tokenizer.encode(prefix.rstrip()).ids) - 1
        )  # tokens of the prefix, and the first mark
        self.backend = backend
        self.notices = notices

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._info.name

    @property
    def identity(self) -> str:
        """Return the name with a checksum of the model."""
        return self._info.identity

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        return self._info.dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32 [len(texts), dimensions], rows of length 1; zeros for a blank text.

        What exceeds 512 tokens (about 350 syllables) is left out.
        """
        result = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for places, _, vectors, _ in self._run(texts, self._exact()):
            result[places] = vectors
        return result

    def read(self, texts: Sequence[str]) -> tuple[Reading, ...]:
        """Return what each text says, as a whole and token by token; a blank text has no tokens."""
        nothing = np.zeros((0, self.dimensions), dtype=np.float32)
        blank = Reading(
            vector=np.zeros(self.dimensions, dtype=np.float32), tokens=nothing, weights=nothing[:, 0]
        )
        readings = [blank] * len(texts)
        for places, batch, vectors, tokens in self._run(texts, self._forward):
            for row, (place, ids) in enumerate(zip(places, batch, strict=True)):
                inner = slice(self._before, len(ids) - 1)
                moved = tokens[row, inner] - self._token_mean
                weights = self._weights[ids[inner]]
                readings[place] = Reading(
                    vector=vectors[row],
                    tokens=moved / np.linalg.norm(moved, axis=1, keepdims=True),
                    weights=weights / weights.sum(),
                )
        return tuple(readings)

    def token_mean(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the mean vector of all tokens of some texts, float32 [dimensions]."""
        total, count = np.zeros(self.dimensions), 0
        for _, batch, _, tokens in self._run(texts, self._exact()):
            for row, ids in enumerate(batch):
                inner = tokens[row, self._before : len(ids) - 1]
                total, count = total + inner.sum(axis=0), count + len(inner)
        return np.asarray(total / max(1, count), dtype=np.float32)

    def _run(
        self, texts: Sequence[str], forward: _Forward
    ) -> Iterator[tuple[list[int], list[list[int]], NDArray[np.float32], NDArray[np.float32]]]:
        """Yield batch by batch: places of the texts, their token ids, their centred vectors, their tokens' vectors."""
        full = [place for place, text in enumerate(texts) if text.strip()]
        ids = [
            one.ids
            for one in self._tokenizer.encode_batch_fast([self._prefix + texts[place] for place in full])
        ]
        batches = list(_batches([len(one) for one in ids]))
        made = forward(_padded([ids[place] for place in batch]) for batch in batches)
        for batch, (vectors, tokens) in zip(batches, made, strict=True):
            yield (
                [full[place] for place in batch],
                [ids[place] for place in batch],
                centred(vectors, self._mean),
                tokens,
            )


def centred(vectors: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vectors at length 1, minus ``mean``, at length 1 again."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    moved = unit - mean
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts of like length together, so that little is padding; long ones first."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda one: (-lengths[one], one)):
        if batch and lengths[batch[0]] * (len(batch) + 1) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _padded(ids: Sequence[Sequence[int]]) -> _Batch:
    shape = (len(ids), max(map(len, ids)))
    tokens, mask = np.ones(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)  # 1 is <pad>
    for row, one in enumerate(ids):
        tokens[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return tokens, mask


def load(folder: ModelFolder, backend: Backend | None = None) -> TransformerEncoder:
    """Load a shipped transformer.

    :param backend: None takes the fastest that is here: OpenVINO, which computes in 8-bit integers and bfloat16 where the
        processor does (two fifths of the time of float32), else ONNX Runtime, else torch.
    :raises ModelDamaged: a shipped file is missing or fails its checksum.
    :raises ModelError: ``backend``, or all of them, are not installed.
    """
    from tokenizers import Tokenizer

    path, notices = expanded(folder)
    chosen, forward = _runner(path, backend)
    integers = chosen is Backend.OPENVINO and _multiplies_integers()
    tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
    tokenizer.enable_truncation(folder.longest)
    tokenizer.no_padding()
    with np.load(path / TOKENS, allow_pickle=False) as stored:
        token_mean, weights = stored["mean"], stored["weights"].astype(np.float32)
    return TransformerEncoder(
        folder.info,
        tokenizer,
        forward,
        cache(lambda: _openvino(path, integers=False) if integers else forward),
        mean=np.load(path / MEAN, allow_pickle=False),
        token_mean=token_mean,
        weights=weights,
        prefix=folder.prefix,
        backend=chosen,
        notices=notices,
    )


def _runner(path: Path, backend: Backend | None) -> tuple[Backend, _Forward]:
    """Start the first backend that works: an installed library may still fail to load, on Windows for want of a DLL."""
    failures = []
    for one in Backend if backend is None else (backend,):
        module, start = _BACKENDS[one]
        if is_installed(module):
            try:
                return one, start(path)
            except Exception as error:  # the libraries raise whatever they like
                failures.append(f"{module}: {' '.join(str(error).split())[:200]}")
    if failures:
        raise _unusable(path.name, "; ".join(failures))
    raise not_installed(backend or Backend.ONNXRUNTIME)


@cache
def _multiplies_integers() -> bool:
    """Tell whether the processor multiplies 8-bit integers faster than anything else.

    It does with AVX512_VNNI, unless it multiplies whole tiles of bfloat16 (AMX), which takes two thirds of the time.
    """
    try:
        known = import_module("numpy._core._multiarray_umath")
    except ImportError:  # numpy 1.26.0
        return False
    return bool(getattr(known, "__cpu_features__", {}).get("AVX512VNNI")) and not _multiplies_tiles(_CPUINFO)


def _multiplies_tiles(cpuinfo: Path) -> bool:
    """Tell whether Linux says that the processor has AMX for bfloat16; where there is no such file nobody tells."""
    try:
        said = cpuinfo.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    flags = next((line for line in said.splitlines() if line.startswith("flags")), "")
    return "amx_bf16" in flags.split()


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_installed(name: str) -> bool:
    """Tell whether a library is there."""
    return find_spec(name) is not None


def _onnxruntime(path: Path) -> _Forward:
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # on Windows it reports its use to the system
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors; warnings about missing GPUs are of no use here
    session = onnxruntime.InferenceSession(str(path / GRAPH), options, providers=["CPUExecutionProvider"])

    def forward(batches: Iterable[_Batch]) -> Iterator[_Vectors]:
        for tokens, mask in batches:
            vectors, words = session.run(None, {"input_ids": tokens, "attention_mask": mask})
            yield np.asarray(vectors, dtype=np.float32), np.asarray(words, dtype=np.float32)

    return forward


def _openvino(path: Path, *, integers: bool | None = None) -> _Forward:
    """Start OpenVINO; ``integers``: let layers multiply 8-bit integers, None = where the processor can."""
    # With this module, an import of openvino reports to a server on the internet, on Linux from a process that it forks, and
    # leaves an id in the home folder; without it openvino takes a stub of its own.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    core = openvino.Core()
    streams = min(_MOST_STREAMS, _cores())
    model = core.read_model(path / GRAPH)
    scaled = 0
    if _multiplies_integers() if integers is None else integers:
        _hold_as_integers(model)
        scaled = _SCALED_TOGETHER
    bfloat16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    compiled = core.compile_model(
        model,
        "CPU",
        {
            "INFERENCE_PRECISION_HINT": "bf16" if bfloat16 else "f32",
            "NUM_STREAMS": str(streams),
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": str(scaled),
        },
    )

    def finished(request: Any) -> _Vectors:
        request.wait()
        vectors, words = (
            np.array(request.get_output_tensor(place).data, dtype=np.float32) for place in (0, 1)
        )
        return vectors, words  # copies: the buffers are used again

    idle: deque[Any] = deque()  # requests that no call is using: another thread may be reading too

    def request_of_its_own() -> Any:
        try:
            return idle.popleft()
        except IndexError:
            return compiled.create_infer_request()  # takes a tenth of a second

    def forward(batches: Iterable[_Batch]) -> Iterator[_Vectors]:
        running: deque[Any] = deque()
        for tokens, mask in batches:
            if len(running) < streams + _WAITING:
                request = request_of_its_own()
            else:
                request = running.popleft()
                yield finished(request)
            request.start_async({"input_ids": tokens, "attention_mask": mask})
            running.append(request)
        for request in running:
            made = finished(request)
            idle.append(request)
            yield made

    return forward


def _hold_as_integers(model: Any) -> None:
    """Let the matrices of a model that OpenVINO read be 8-bit integers, with a scale for each row."""
    from openvino import opset13 as operators

    for node in model.get_ordered_ops():
        matrix = _matrix_of(node) if node.get_type_name() == "MatMul" else None
        if matrix is None:
            continue
        scale = np.maximum(np.abs(matrix.data).max(axis=1, keepdims=True), _SMALLEST) / 127
        whole = operators.constant(np.rint(matrix.data / scale).astype(np.int8))
        weights = operators.multiply(operators.convert(whole, "f32"), operators.constant(scale))
        product = operators.matmul(node.input_value(0), weights, transpose_a=False, transpose_b=True)
        node.output(0).replace(product.output(0))


def _matrix_of(product: Any) -> Any:
    """Return the constant [outputs, inputs] that a product multiplies with; None where both sides are computed.

    As ``models/build/graph.py`` writes them: turned round, and no product that turns a side itself.
    """
    turned = product.input_value(1).get_node()
    if turned.get_type_name() != "Transpose":
        return None
    matrix = turned.input_value(0).get_node()
    return matrix if matrix.get_type_name() == "Constant" else None


def _torch(path: Path) -> _Forward:
    model = sentence_transformer(os.fspath(path), local=True)
    import torch

    def forward(batches: Iterable[_Batch]) -> Iterator[_Vectors]:
        for tokens, mask in batches:
            with torch.inference_mode():
                made = model(
                    {"input_ids": torch.from_numpy(tokens), "attention_mask": torch.from_numpy(mask)}
                )
            vectors, words = made["sentence_embedding"].numpy(), made["token_embeddings"].numpy()
            yield np.asarray(vectors, dtype=np.float32), np.asarray(words, dtype=np.float32)

    return forward


_BACKENDS: Final[dict[Backend, tuple[str, Callable[[Path], _Forward]]]] = {
    Backend.OPENVINO: ("openvino", _openvino),
    Backend.ONNXRUNTIME: ("onnxruntime", _onnxruntime),
    Backend.TORCH: ("sentence_transformers", _torch),
}
"""The library each needs, and what starts it on an expanded folder."""


def sentence_transformer(given: str, *, local: bool) -> Any:
    """Load a SentenceTransformer.

    :param local: open no network connection.
    """
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(given, device="cpu", local_files_only=local)


def _unusable(name: str, why: str) -> ModelError:
    return ModelError(
        name,
        problem=Bilingual(vi=f"Không chạy được mô hình ({why}).", en=f"The model cannot be run ({why})."),
        next_step=Bilingual(
            vi='Cài lại bằng: pip install --force-reinstall "kl226_dedup[semantic]" '
            "(trên Windows cần cả Microsoft Visual C++ Redistributable), hoặc chạy với --no-semantic.",
            en='Reinstall with: pip install --force-reinstall "kl226_dedup[semantic]" '
            "(Windows needs the Microsoft Visual C++ Redistributable too), or run with --no-semantic.",
        ),
    )


def not_installed(what: str) -> ModelError:
    """Return the error about a missing library."""
    return ModelError(
        what,
        problem=Bilingual(
            vi="Chưa cài thư viện cần cho phần so nghĩa.",
            en="The library that comparing meaning needs is not installed.",
        ),
        next_step=Bilingual(
            vi='Cài thêm bằng: pip install "kl226_dedup[semantic]", hoặc chạy với --no-semantic.',
            en='Install it with: pip install "kl226_dedup[semantic]", or run with --no-semantic.',
        ),
    )
