"""The shipped models: found, whole, unpacked once, and giving the vectors that sentence-transformers gives."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kl226_dedup.align.agreement import agreement
from kl226_dedup.domain.embedding import Encoder, ModelKind
from kl226_dedup.domain.errors import ModelDamaged, ModelError, ModelNotFound
from kl226_dedup.stores import models
from kl226_dedup.stores.models import cache, folder, tensors
from kl226_dedup.stores.models import own as own_models
from kl226_dedup.stores.models.transformer import _multiplies_tiles, _openvino, centred

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "models"
ISSUED = ROOT / "corpus_samples" / "issued"
SENTENCES = [
    line.strip()
    for path in sorted(ISSUED.glob("*.txt"))[:6]
    for line in path.read_text(encoding="utf-8").splitlines()
    if 60 <= len(line.strip()) <= 400
][:60]
ODD = [
    unicodedata.normalize("NFD", SENTENCES[0]), "Điều 3.\u00a0Hiệu lực", "dòng một\ndòng hai", "a\u200bb", "x\x1cy",
    "…½ <s> abc<mask>d", "123/2024/NĐ-CP",
    "ｆｕｌｌ\u3000ｗｉｄｔｈ", "a\u00adb", "\ufeffabc", "The People's Committee shall report",
    "hai  dấu cách ", " ".join(SENTENCES[:20]), "x1y2" * 300 + " là mã hồ sơ",
]  # fmt: skip
COPIES = (
    "Ủy ban nhân dân các cấp chịu trách nhiệm quản lý nhà nước về đất đai tại địa phương.",
    "Chính quyền các cấp ở địa phương có trách nhiệm quản lý đất đai trên địa bàn.",
    "Học sinh được nghỉ hè ba tháng mỗi năm.",
)


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KL226_CACHE", os.fspath(tmp_path_factory.mktemp("cache")))
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.delenv("KL226_MODELS", raising=False)
        yield


@pytest.fixture(scope="module")
def static() -> models.StaticEncoder:
    return models.load_static()


@pytest.fixture(scope="module")
def transformer() -> models.TransformerEncoder:
    return models.load_transformer(backend=models.Backend.ONNXRUNTIME)


def by_sentence_transformers(path: Path, texts: list[str], prompt: str | None) -> NDArray[np.float32]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(os.fspath(path), device="cpu", local_files_only=True)
    return np.asarray(model.encode(texts, prompt=prompt, show_progress_bar=False), dtype=np.float32)


def copied(tmp_path: Path, name: str) -> Path:
    target = tmp_path / "models" / name
    shutil.copytree(SHIPPED / name, target)
    return target


def test_the_shipped_models_are_small_and_whole() -> None:
    listed = {one.name: one for one in models.verify_models()}
    assert {name: one.kind for name, one in listed.items()} == {
        models.STATIC: ModelKind.STATIC,
        models.TRANSFORMER: ModelKind.TRANSFORMER,
    }
    assert all(one.damaged == () for one in listed.values())
    files = [one for one in SHIPPED.rglob("*") if one.is_file()]
    assert sum(one.stat().st_size for one in files) <= 60_000_000


def test_each_model_has_a_card_and_the_sums_are_right() -> None:
    for line in (SHIPPED / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        found = folder.mark(SHIPPED / name)
        assert found is not None
        assert found.sha256 == digest, name
    for name in (models.STATIC, models.TRANSFORMER):
        card = (SHIPPED / name / "CARD.md").read_text(encoding="utf-8")
        assert all(
            f"## {part}" in card for part in ("Origin", "Licence", "Training data", "Quality", "Limits")
        )


def test_the_static_encoder_gives_what_sentence_transformers_gives(static: models.StaticEncoder) -> None:
    texts = SENTENCES + ODD
    theirs = by_sentence_transformers(models.expand_model(models.STATIC), texts, None)
    np.testing.assert_allclose(static.encode(texts), theirs, atol=1e-5)


def test_the_graph_gives_what_sentence_transformers_gives(transformer: models.TransformerEncoder) -> None:
    texts = SENTENCES[:16] + ODD[:4]
    path = models.expand_model(models.TRANSFORMER)
    theirs = centred(by_sentence_transformers(path, texts, "query: "), np.load(path / "mean_query.npy"))
    np.testing.assert_allclose(transformer.encode(texts), theirs, atol=1e-5)


@pytest.mark.parametrize("backend", [models.Backend.OPENVINO, models.Backend.TORCH])
def test_all_backends_agree(transformer: models.TransformerEncoder, backend: models.Backend) -> None:
    other = models.load_transformer(backend=backend)
    assert other.backend is backend
    assert other.identity == transformer.identity
    cosines = (other.encode(SENTENCES[:12]) * transformer.encode(SENTENCES[:12])).sum(axis=1)
    assert cosines.min() > 0.9995  # bfloat16 on processors that have it
    both = zip(other.read(SENTENCES[:12]), transformer.read(SENTENCES[:12]), strict=True)
    least = min(float(one.vector @ reference.vector) for one, reference in both)
    assert least > 0.995  # 8-bit integers on processors that multiply them
    assert backend is models.Backend.OPENVINO or least > 0.99999


def test_integers_say_nearly_what_floating_point_says() -> None:
    path = models.expand_model(models.TRANSFORMER)
    ids = Tokenizer.from_file(str(path / "tokenizer.json")).encode("query: " + SENTENCES[0]).ids
    batch = np.array([ids]), np.ones((1, len(ids)), dtype=np.int64)
    for ours, theirs in zip(
        *(next(iter(_openvino(path, integers=integers)([batch]))) for integers in (True, False)), strict=True
    ):
        lengths = np.linalg.norm(ours, axis=-1) * np.linalg.norm(theirs, axis=-1)
        assert ((ours * theirs).sum(axis=-1) / lengths).min() > 0.995


@pytest.mark.parametrize(
    ("flags", "has_tiles"),
    [("fpu avx512_vnni amx_bf16 amx_tile", True), ("fpu avx512_vnni avx512_bf16", False), ("", False)],
)
def test_linux_tells_whether_a_processor_multiplies_tiles(
    tmp_path: Path, flags: str, has_tiles: bool
) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t: amx_bf16\n")
    assert _multiplies_tiles(tmp_path / "cpuinfo") is has_tiles
    assert not _multiplies_tiles(tmp_path / "nowhere")


@pytest.mark.parametrize("which", ["static", "transformer"])
def test_an_encoder_keeps_its_promise(which: str, request: pytest.FixtureRequest) -> None:
    encoder: Encoder = request.getfixturevalue(which)
    texts = [*COPIES, "", "   "]
    vectors = encoder.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (5, encoder.dimensions)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0, 0], atol=1e-6)
    assert vectors.tobytes() == encoder.encode(texts).tobytes()
    assert encoder.encode([]).shape == (0, encoder.dimensions)
    assert encoder.identity.startswith(f"{encoder.name}@")


@pytest.mark.parametrize("which", ["static", "transformer"])
def test_a_restated_sentence_is_near_and_another_matter_is_far(
    which: str, request: pytest.FixtureRequest
) -> None:
    first, restated, other = request.getfixturevalue(which).encode(COPIES)
    assert first @ restated > 0.5
    assert first @ other < 0.25


def test_a_text_is_read_as_a_whole_and_word_by_word(transformer: models.TransformerEncoder) -> None:
    readings = transformer.read([*COPIES, "", "   "])
    vectors = np.array([one.vector for one in readings])
    np.testing.assert_allclose(vectors, transformer.encode([*COPIES, "", "   "]), atol=1e-6)
    assert [len(one.tokens) for one in readings[3:]] == [0, 0]
    for one in readings[:3]:
        assert one.tokens.shape == (len(one.weights), transformer.dimensions)
        np.testing.assert_allclose(np.linalg.norm(one.tokens, axis=1), 1.0, atol=1e-5)
        assert one.weights.min() > 0
        assert one.weights.sum() == pytest.approx(1.0, abs=1e-5)
    said = agreement(readings[:1], readings[1:3])[0]
    assert said[0] > said[1] + 0.2


def test_threads_that_read_at_once_get_what_each_gets_alone(transformer: models.TransformerEncoder) -> None:
    parts = [SENTENCES[start::4] for start in range(4)]
    alone = [transformer.encode(one) for one in parts]
    with ThreadPoolExecutor(4) as pool:
        for one, other in zip(alone, pool.map(transformer.encode, parts), strict=True):
            assert (one * other).sum(axis=1).min() > 0.9999


def test_the_backends_read_the_same_words(transformer: models.TransformerEncoder) -> None:
    by_torch = models.load_transformer(backend=models.Backend.TORCH).read(COPIES)
    for one, other in zip(transformer.read(COPIES), by_torch, strict=True):
        np.testing.assert_allclose(one.tokens, other.tokens, atol=1e-4)
        np.testing.assert_array_equal(one.weights, other.weights)


def test_words_that_were_seen_before_change_nothing(static: models.StaticEncoder) -> None:
    fresh = models.load_static()
    static.encode(SENTENCES)
    np.testing.assert_array_equal(static.encode(SENTENCES[::-1])[::-1], fresh.encode(SENTENCES))


def test_the_static_encoder_loads_neither_torch_nor_sentence_transformers() -> None:
    code = (
        "import sys; from kl226_dedup.stores.models import load_static; load_static().encode(['văn bản']); "
        "print([one for one in ('torch', 'sentence_transformers', 'transformers', 'onnxruntime', 'openvino', "
        "'sklearn', 'huggingface_hub') if one in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "[]"


def test_the_transformer_runs_without_torch(transformer: models.TransformerEncoder) -> None:
    code = (
        "import sys; from kl226_dedup.stores.models import load_transformer; "
        "load_transformer().encode(['văn bản']); "
        "print([one for one in ('torch', 'sentence_transformers', 'transformers') if one in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.strip() == "[]"


def test_a_folder_of_the_user_goes_before_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = copied(tmp_path, models.STATIC)
    monkeypatch.setenv("KL226_MODELS", os.fspath(target.parent))
    listed = {one.name: Path(one.folder) for one in models.list_models()}
    assert listed[models.STATIC] == target
    assert listed[models.TRANSFORMER] == SHIPPED / models.TRANSFORMER


def test_a_missing_model_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_PACKAGE", Path("nowhere") / "kl226_dedup")
    with pytest.raises(ModelNotFound) as caught:
        models.load_static()
    assert "KL226_MODELS" in caught.value.message()
    assert models.list_models() == ()


@pytest.mark.parametrize(
    ("name", "file"),
    [(models.STATIC, "model_q8.safetensors"), (models.TRANSFORMER, "model_packed.safetensors")],
)
def test_one_changed_byte_is_found(
    name: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = copied(tmp_path, name)
    with (target / file).open("r+b") as weights:
        weights.seek(1_000_000)
        byte = weights.read(1)
        weights.seek(1_000_000)
        weights.write(bytes([byte[0] ^ 1]))
    monkeypatch.setenv("KL226_MODELS", os.fspath(target.parent))
    monkeypatch.setenv("KL226_CACHE", os.fspath(tmp_path / "cache"))
    assert {one.name: one.damaged for one in models.verify_models()}[name] == (file,)
    with pytest.raises(ModelDamaged, match=file):
        models.load_static() if name == models.STATIC else models.load_model(name)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": "kl226.model/2"}'])
def test_a_broken_manifest_is_an_error_of_ours(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = copied(tmp_path, models.STATIC)
    (target / "model.json").write_text(content, encoding="utf-8")
    monkeypatch.setenv("KL226_MODELS", os.fspath(target.parent))
    with pytest.raises(ModelDamaged):
        models.load_static()


def test_a_manifest_cannot_name_files_elsewhere(tmp_path: Path) -> None:
    target = copied(tmp_path, models.STATIC)
    stated = json.loads((target / "model.json").read_text(encoding="utf-8"))
    stated["files"]["../outside"] = {"size": 1, "sha256": ""}
    (target / "model.json").write_text(json.dumps(stated), encoding="utf-8")
    with pytest.raises(ModelDamaged):
        folder.read_manifest(target)


def test_several_at_once_unpack_one_whole_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KL226_CACHE", os.fspath(tmp_path))
    with ThreadPoolExecutor(3) as pool:
        made = set(pool.map(lambda _: models.expand_model(models.STATIC), range(3)))
    (path,) = made
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert cache.damaged_files(path, folder.find(models.STATIC).expanded) == ()


def test_a_truncated_copy_in_the_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KL226_CACHE", os.fspath(tmp_path))
    path = models.expand_model(models.STATIC)
    os.truncate(path / cache.WEIGHTS, 1000)
    assert models.expand_model(models.STATIC) == path
    assert cache.damaged_files(path, folder.find(models.STATIC).expanded) == ()


def test_where_the_cache_cannot_be_written_the_model_works_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("KL226_CACHE", os.fspath(tmp_path / "file"))
    path, notices = cache.expanded(folder.find(models.STATIC))
    assert (path / cache.WEIGHTS).is_file()
    assert [one.code for one in notices] == ["model_cache_unwritable"]


def test_tensors_are_written_as_safetensors_reads_them(tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    made = {"b": np.arange(6, dtype=np.float32).reshape(2, 3), "a|q8": np.array([[-1, 2]], dtype=np.int8)}
    tensors.write_tensors(tmp_path / "x.safetensors", made)
    for read in (load_file(tmp_path / "x.safetensors"), tensors.read_tensors(tmp_path / "x.safetensors")):
        assert read.keys() == made.keys()
        for name, one in made.items():
            np.testing.assert_array_equal(read[name], one)


def test_a_block_of_four_bits_is_read_as_its_layout_says() -> None:
    block = np.zeros((1, 1, 18), dtype=np.uint8)
    block[0, 0, :2] = np.frombuffer(np.float16(0.5).tobytes(), dtype=np.uint8)
    block[0, 0, 2:] = 0x80
    block[0, 0, 2] = 0xF1
    weights = tensors.from_blocks(block)[0]
    assert (weights[0], weights[16]) == (-3.5, 3.5)
    assert (weights[1], weights[17]) == (-4.0, 0.0)


@pytest.fixture(scope="module")
def own() -> models.OwnEncoder:
    """The shipped weights as a model that the user brought."""
    loaded = models.load_model(os.fspath(models.expand_model(models.TRANSFORMER)))
    assert isinstance(loaded, models.OwnEncoder)
    return loaded


def test_a_folder_of_ones_own_is_read_nearly_as_the_shipped_model_is(
    own: models.OwnEncoder, transformer: models.TransformerEncoder
) -> None:
    assert own.name == models.expand_model(models.TRANSFORMER).name
    assert own.dimensions == transformer.dimensions
    texts = SENTENCES[:12]
    ours, theirs = own.read(texts), transformer.read(texts)
    assert [len(one.tokens) for one in ours] == [len(one.tokens) for one in theirs]
    cosines = [np.array([one.vector for one in read]) for read in (ours, theirs)]
    assert np.abs(cosines[0] @ cosines[0].T - cosines[1] @ cosines[1].T).max() < 0.1
    assert np.abs(agreement(ours, ours) - agreement(theirs, theirs)).max() < 0.06


def test_texts_in_a_model_of_ones_own_have_nothing_in_common_but_what_they_say(
    own: models.OwnEncoder,
) -> None:
    vectors = own.encode([*SENTENCES, "", "  "])
    np.testing.assert_allclose(
        np.linalg.norm(vectors, axis=1), [1.0] * len(SENTENCES) + [0.0, 0.0], atol=1e-5
    )
    first, restated, other = own.encode(COPIES)
    assert first @ restated > 0.5
    assert first @ other < 0.25
    said = agreement(own.read(COPIES[:1]), own.read(COPIES[1:]))[0]
    assert said[0] > said[1] + 0.2
    english = own.encode(["The committee shall report to the ministry."])
    assert set(own.languages) == {"en", "nl", "ro"}
    assert float(english[0] @ own.languages["en"]) > 0.2


def test_what_texts_have_in_common_is_measured_once_and_anew_where_the_file_is_damaged(
    own: models.OwnEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept,) = (cache.cache_folder() / "models").glob("own-*.npz")
    content = kept.read_bytes()
    given = os.fspath(models.expand_model(models.TRANSFORMER))
    with monkeypatch.context() as patch:
        patch.setattr(own_models, "measured", lambda _: pytest.fail("measured again"))
        again = models.load_model(given)
    np.testing.assert_array_equal(again.encode(COPIES), own.encode(COPIES))
    kept.write_bytes(content[: len(content) // 2])
    models.load_model(given)
    assert kept.read_bytes() == content


def test_a_model_of_ones_own_says_that_no_threshold_was_measured_with_it(own: models.OwnEncoder) -> None:
    (notice,) = own.notices
    assert notice.code == "own_model"
    assert own.name in notice.message.vi


def test_a_shipped_model_can_be_named() -> None:
    assert models.load_model(models.TRANSFORMER).identity == models.load_transformer().identity


@pytest.mark.parametrize("given", ["name", "packed", "expanded"])
def test_a_model_that_reads_no_words_cannot_confirm(given: str) -> None:
    named = {"name": models.STATIC, "packed": os.fspath(SHIPPED / models.STATIC)}
    with pytest.raises(ModelError, match="không đọc từng từ") as caught:
        models.load_model(named.get(given) or os.fspath(models.expand_model(models.STATIC)))
    assert "--model" in caught.value.next_step.en


@pytest.mark.parametrize("given", ["./nope", "khong/co/thu-muc", "C:\\mo-hinh", "nope/no-model"])
def test_a_name_that_nothing_has_is_told_at_once_and_without_the_noise_of_libraries(
    given: str, tmp_path: Path
) -> None:
    """With a hub that answers nobody: names of folders never ask it, other names once."""
    code = (
        "import sys\n"
        "from kl226_dedup.domain.errors import ModelError\n"
        "from kl226_dedup.stores import models\n"
        "try:\n    models.load_model(sys.argv[1])\n"
        "except ModelError as error:\n    print(ascii(error.message()), ascii(error.problem.en))"
    )
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    hub = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": os.fspath(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", code, given], capture_output=True, encoding="utf-8", check=True,
        env=environment | hub, timeout=120,
    )  # fmt: skip
    assert ascii(given)[1:-1] in run.stdout
    assert "no such model folder" in run.stdout or "could not be reached" in run.stdout
    assert run.stderr == ""


@pytest.mark.parametrize("made", [True, False])
def test_what_is_no_model_is_told_in_vietnamese(made: bool, tmp_path: Path) -> None:
    given = tmp_path / "khong-phai-mo-hinh"
    if made:
        given.mkdir()
    with pytest.raises(ModelError) as caught:
        models.load_model(os.fspath(given))
    assert "mô hình" in caught.value.message()


def test_no_encoder_opens_a_network_connection_or_lets_another_process_do_it(tmp_path: Path) -> None:
    """A process of its own has hooks of its own, so that starting one counts; what reports often leaves an id at home."""
    code = (
        "import sys\n"
        "calls = []\n"
        "watched = ('socket.connect', 'socket.getaddrinfo', 'os.fork', 'os.posix_spawn', 'subprocess.Popen')\n"
        "sys.addaudithook(lambda event, _: calls.append(event) if event in watched else None)\n"
        "from kl226_dedup.stores import models\n"
        "models.load_static().encode(['văn bản'])\n"
        "for one in models.Backend:\n"
        "    models.load_transformer(backend=one).encode(['văn bản'])\n"
        "models.load_model(str(models.expand_model(models.TRANSFORMER))).encode(['văn bản'])\n"
        "print(calls)"
    )
    environment = {name: value for name, value in os.environ.items() if name not in ("HF_HUB_OFFLINE", "CI")}
    cache = environment.get("KL226_CACHE", os.fspath(Path.home() / ".cache" / "kl226"))
    home = {"HOME": os.fspath(tmp_path), "USERPROFILE": os.fspath(tmp_path), "KL226_CACHE": cache}
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=environment | home,
    )
    assert run.stdout.strip() == "[]"
    assert {one.name for one in tmp_path.iterdir()} <= {".cache"}


def test_a_backend_that_cannot_be_loaded_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "openvino.py").write_text("raise ImportError('DLL load failed')", encoding="utf-8")
    code = "from kl226_dedup.stores.models import load_transformer; print(load_transformer().backend)"
    environment = {**os.environ, "PYTHONPATH": os.fspath(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=environment
    )
    assert run.stdout.strip() == "onnxruntime"


def test_when_nothing_can_run_the_model_the_reasons_are_said(tmp_path: Path) -> None:
    for name in ("openvino", "onnxruntime", "sentence_transformers"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('DLL load failed')", encoding="utf-8")
    code = (
        "from kl226_dedup.domain.errors import ModelError\n"
        "from kl226_dedup.stores.models import load_transformer\n"
        "try:\n    load_transformer()\nexcept ModelError as error:\n    print(ascii(error.message()))"
    )
    environment = {**os.environ, "PYTHONPATH": os.fspath(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=environment
    )
    assert run.stdout.count("DLL load failed") == 3
    assert "--no-semantic" in run.stdout
