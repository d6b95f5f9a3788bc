"""models/build makes what is shipped: the parts that need no download."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from distil import DIMENSIONS, distil, write_static
from graph import OPSET
from sentences import held_out, read_corpus, training_sentences
from tokenizers import Tokenizer
from transformer import PACKED, kept_tokens, take_learned, trimmed
from tune import FIRST, Lesson, pack_layers, read_lessons, tune

from kl226_dedup.domain.embedding import ModelKind
from kl226_dedup.stores.models import expand_model, folder, static
from kl226_dedup.stores.models.tensors import Q4_MARK, Q8_MARK, expand, read_tensors

MODELS = Path(__file__).parents[1] / "models"
E5 = MODELS / "e5-small-vi"
ACT = [
    f"Cơ quan số {number} báo cáo kết quả thực hiện nhiệm vụ trước ngày 15 hằng tháng."
    for number in range(40)
]


def own(name: str) -> tuple[str, str]:
    return name, "\n".join(
        f"Văn bản {name} quy định riêng về việc thứ {number} của địa phương." for number in range(30)
    )


def test_the_shipped_tokenizer_has_the_tokens_that_are_kept() -> None:
    kept = kept_tokens()
    assert kept == sorted(set(kept))
    stated = json.loads((E5 / "tokenizer.json").read_text(encoding="utf-8"))
    assert len(stated["model"]["vocab"]) == len(kept)
    assert (E5 / "tokenizer.json").read_bytes() == (MODELS / "static-vi-256" / "tokenizer.json").read_bytes()


def test_trimming_numbers_the_tokens_anew() -> None:
    pieces = [["<s>", 0], ["a", -1], ["b", -2], ["<mask>", 0]]
    tokenizer = {"model": {"type": "Unigram", "vocab": pieces}, "added_tokens": [{"id": 0}, {"id": 3}]}
    made = trimmed(tokenizer, [0, 2, 3])
    assert [piece for piece, _ in made["model"]["vocab"]] == ["<s>", "b", "<mask>"]
    assert made["added_tokens"] == [{"id": 0}, {"id": 2}]


def test_the_graph_points_into_the_weights_of_the_expanded_folder() -> None:
    model = onnx.load(E5 / "model.onnx", load_external_data=False)
    assert [one.version for one in model.opset_import] == [OPSET]
    places = [{entry.key: entry.value for entry in one.external_data} for one in model.graph.initializer]
    outside = [one for one in places if one]
    assert {one["location"] for one in outside} == {"model.safetensors"}
    size = folder.read_manifest(E5).expanded["model.safetensors"].size
    assert max(int(one["offset"]) + int(one["length"]) for one in outside) <= size


def test_no_sentence_of_a_family_held_out_is_learned_from() -> None:
    documents = [own(f"d{number}") for number in range(60)]
    documents += [
        ("act", "\n".join(ACT)),
        ("edition", "\n".join([*ACT[:30], *(f"{one} Sửa đổi." for one in ACT[30:])])),
    ]
    made = training_sentences(documents, 10_000, seed=1)
    out = {name for name, _ in documents if held_out(name)}
    assert out
    for name, text in documents[:60]:
        assert bool(set(text.split("\n")) & set(made)) == (name not in out)
    together = [bool(set(text.split("\n")) & set(made)) for _, text in documents[60:]]
    assert (
        together[0] == together[1]
    )  # two editions of one act are one family, held out together or not at all
    assert len(made) == len(set(made))
    assert made == training_sentences(documents, 10_000, seed=1)


def test_a_corpus_may_be_a_folder_of_texts(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("hai", encoding="utf-8")
    (tmp_path / "a.txt").write_text("một", encoding="utf-8")
    assert read_corpus(tmp_path) == [("a", "một"), ("b", "hai")]


def test_a_static_encoder_learns_what_its_teacher_holds_alike(tmp_path: Path) -> None:
    # Two subjects: the teacher puts sentences of one near each other, whatever words they share.
    farm = [f"Trồng lúa, nuôi cá, chăm vườn vụ {number}, thôn {number % 7}." for number in range(600)]
    school = [f"Dạy chữ, chấm bài, họp lớp kỳ {number}, trường {number % 7}." for number in range(600)]
    random = np.random.default_rng(1)
    axes = random.standard_normal((2, 384)).repeat(600, axis=0) + 0.3 * random.standard_normal((1200, 384))
    teacher = (axes / np.linalg.norm(axes, axis=1, keepdims=True)).astype(np.float32)
    tokenizer = E5 / "tokenizer.json"
    told: list[str] = []
    weights = distil([*farm, *school], teacher, Tokenizer.from_file(str(tokenizer)), seed=1, say=told.append)
    write_static(tmp_path / "static", weights, tokenizer)
    stated = folder.read_manifest(tmp_path / "static")
    assert (stated.info.kind, stated.info.dimensions) == (ModelKind.STATIC, DIMENSIONS)
    first, second, third = static.load(stated).encode(
        ["Trồng lúa, nuôi cá.", "Chăm vườn, nuôi cá.", "Dạy chữ, chấm bài."]
    )
    assert first @ second > first @ third + 0.5
    assert len(told) == 8


LESSONS = read_lessons(MODELS / "build" / "paraphrases.jsonl")


def test_every_paraphrase_has_its_provision_beside_others_of_the_document() -> None:
    assert len(LESSONS) > 200
    assert sum(len(one.restated) for one in LESSONS) > 2000
    assert sum(len(one.own) for one in LESSONS) > 400
    for lesson in LESSONS:
        assert len(lesson.provisions) >= 3
        assert {name for _, name in lesson.restated} <= set(lesson.provisions)
        for text, name in lesson.restated:
            assert text.casefold() != lesson.provisions[name].casefold()


def test_nothing_that_quality_is_measured_on_was_learned_from() -> None:
    samples = MODELS.parent / "corpus_samples"
    measured = set()
    for path in samples.glob("paraphrased/*.jsonl"):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if "label" in row:
                measured |= {row["text"], row["source"]["text"]}
            for passage in row.get("passages") or []:
                measured |= {passage["draft"]["text"], passage["source"]["text"]}
    folded = {" ".join(one.split()).casefold() for one in measured if one}
    assert len(folded) > 1000
    learned = {" ".join(text.split()).casefold() for lesson in LESSONS for text in lesson.texts()}
    assert not folded & learned


def test_packed_layers_are_what_was_learned_to_one_step_of_their_scale() -> None:
    random = np.random.default_rng(1)
    name = f"encoder.layer.{FIRST}.output.dense.weight"
    learned = {name: random.standard_normal((4, 64)).astype(np.float32)}
    tensors = {name + Q4_MARK: np.zeros((4, 2, 18), dtype=np.uint8)}
    pack_layers(tensors, learned)
    assert name + Q4_MARK not in tensors
    off = np.abs(expand(tensors)[name] - learned[name])
    assert (off <= np.abs(learned[name]).max(axis=1, keepdims=True) / 127 / 2 + 1e-6).all()


def test_what_was_learned_is_taken_over_from_the_shipped_folder() -> None:
    shipped = read_tensors(E5 / PACKED)
    tensors = {
        name.replace(Q8_MARK, Q4_MARK): np.zeros(1)
        for name in shipped
        if name.startswith(f"encoder.layer.{FIRST}.")
    }
    take_learned(tensors, E5)
    assert set(tensors) == {
        name for name in shipped if any(name.startswith(f"encoder.layer.{one}.") for one in range(FIRST, 12))
    }


def short(lesson: Lesson) -> Lesson:
    """The two shortest paraphrases of a lesson, with their provisions."""
    restated = sorted(lesson.restated, key=lambda pair: len(pair[0]))[:2]
    return Lesson(
        provisions={name: lesson.provisions[name] for _, name in restated},
        restated=restated,
        own=lesson.own[:1],
    )


def test_a_lesson_brings_the_paraphrase_nearer_to_its_provision() -> None:
    told: list[str] = []
    learned = tune(
        expand_model("e5-small-vi"),
        [short(one) for one in LESSONS[-3:]],
        ["A plan is drawn up.", *(f"Điều khoản số {number} giữ nguyên." for number in range(10))],
        prefix="query: ",
        mean=np.load(E5 / "mean_query.npy"),
        weights=np.load(E5 / "tokens.npz")["weights"].astype(np.float32),
        seed=1,
        say=told.append,
        epochs=20,
    )
    assert {int(name.split(".")[2]) for name in learned} == set(range(FIRST, 12))
    losses = [float(one.split("loss ")[1].split()[0]) for one in told]
    assert losses[1] < losses[0]
