"""LibreOffice at the edge: what it keeps, how it is held, and what happens without it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import parser_samples
import psutil
import pytest
from ole_builder import compound

import kl226_dedup
from kl226_dedup.app.profile import Profile
from kl226_dedup.domain.document import SourceFile
from kl226_dedup.domain.errors import EncryptedFile, InputError, LimitExceeded, UnreadableFile
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.stores import office, office_worker

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LIMITS = ParseLimits()
PROGRAM = office.find_office()

with_office = pytest.mark.skipif(
    PROGRAM is None,
    reason="LibreOffice is not installed (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui,"
    " libreoffice-impress-nogui)",
)

needs_signals = pytest.mark.skipif(
    PROGRAM is None or os.name == "nt", reason="LibreOffice is not installed, or the system has no signals"
)


def run(text: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def paragraph(*runs: str, level: int | None = None) -> str:
    numbered = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{numbered}</w:pPr>{''.join(runs)}</w:p>"


def docx() -> bytes:
    """Automatic numbers, tracked changes, hidden text and a table, as Word writes them."""
    change = 'w:id="1" w:author="a" w:date="2020-01-01T00:00:00Z"'
    cells = "".join(f"<w:tc><w:tcPr/>{paragraph(run(text))}</w:tc>" for text in ("Ô1", "Ô2"))
    body = "".join(
        [
            paragraph(run("Phạm vi"), level=0),
            paragraph(run("Khoản một"), level=1),
            paragraph(run("Khoản hai"), level=1),
            paragraph(run("Đối tượng"), level=0),
            paragraph(
                run("Câu "),
                f"<w:del {change}>{run('GONE ', tag='delText')}</w:del>",
                f"<w:ins {change}>{run('mới ')}</w:ins>",
                run("SECRET ", "<w:vanish/>"),
                run("hết."),
            ),
            f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{f'<w:tr>{cells}</w:tr>' * 2}</w:tbl>",
            paragraph(run("Cuối")),
        ]
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("Điều %1.", "%2."))
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    package = parser_samples.office_zip(
        "word/document.xml",
        {"word/numbering.xml": "numbering"},
        {
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        },
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{main}.document.main+xml"/><Override PartName="/word/numbering.xml" '
        f'ContentType="{main}.numbering+xml"/></Types>'
    )
    return parser_samples.replaced(package, {"[Content_Types].xml": types})


def saved_as(kind: str, source: bytes, folder: Path, suffix: str = "docx") -> SourceFile:
    """Have LibreOffice write a file of an old format."""
    assert PROGRAM is not None
    command = [
        *office_worker._command(PROGRAM, folder / "profile"),
        *office_worker._conversion(kind, folder, folder / f"mau.{suffix}"),
    ]
    (folder / f"mau.{suffix}").write_bytes(source)
    subprocess.run(command, env=office_worker.environment(), capture_output=True, timeout=120, check=True)
    if not (folder / f"mau.{kind}").exists():
        part = "impress" if kind in ("ppt", "odp") else "calc"
        pytest.skip(f"LibreOffice lacks what writes .{kind} (Debian: libreoffice-{part}-nogui)")
    return SourceFile(name=f"mau.{kind}", content=(folder / f"mau.{kind}").read_bytes())


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SourceFile]:
    folder = tmp_path_factory.mktemp("old")
    return {kind: saved_as(kind, docx(), folder) for kind in ("doc", "odt", "rtf")}


@with_office
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_automatic_numbers_survive_and_deleted_text_does_not(
    old_files: dict[str, SourceFile], kind: str
) -> None:
    file = old_files[kind]
    document = kl226_dedup.parse(file.content, name=file.name)
    assert document.text == (
        "Điều 1. Phạm vi\n1. Khoản một\n2. Khoản hai\nĐiều 2. Đối tượng\nCâu mới hết.\nÔ1\tÔ2\nÔ1\tÔ2\nCuối"
    )
    assert len(document.tables) == 1
    assert (document.name, document.warnings) == (file.name, ())
    if kind != "rtf":  # which is read as it is
        assert document.steps[0].action == "converted"
        assert document.steps[0].detail.endswith(f": {kind} -> docx")


@with_office
@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_without_libreoffice_the_same_words_are_read_with_a_warning(
    old_files: dict[str, SourceFile], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = old_files[kind]
    with_it = kl226_dedup.parse(file.content, name=file.name)
    monkeypatch.setenv("KL226_SOFFICE", "none")
    without = kl226_dedup.parse(file.content, name=file.name)
    assert [warning.code for warning in without.warnings] == ["converted_without_libreoffice"]
    numbers = {"doc": ("Điều 1. ", "Điều 2. ", "1. ", "2. "), "odt": ()}[kind]
    expected = with_it.text
    for number in numbers:
        expected = expected.replace(number, "")
    assert without.text == expected
    assert without.sha256 == with_it.sha256
    assert without.media_type == with_it.media_type


def offices() -> set[int]:
    """The process numbers of the LibreOffice programs that this process keeps running."""
    return {
        one.pid for one in psutil.Process().children(recursive=True) if one.name().startswith("soffice.bin")
    }


def made(outcomes: Iterable[object]) -> list[bool]:
    return [isinstance(one, office.Conversion) for one in outcomes]


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@with_office
def test_one_broken_file_spoils_no_other(old_files: dict[str, SourceFile]) -> None:
    broken = SourceFile(name="hỏng.doc", content=compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(200)}))
    text = SourceFile(name="a.txt", content=b"x")
    first, second, third, last = office.convert_each(
        [old_files["doc"], broken, text, old_files["odt"]], LIMITS
    )
    assert isinstance(first, office.Conversion)
    assert not isinstance(second, LimitExceeded)
    assert third is None
    assert isinstance(last, office.Conversion)


@with_office
@pytest.mark.parametrize(
    ("name", "refusal"),
    [("hỏng.odt", UnreadableFile), ("hỏng.doc", UnreadableFile), ("mật khẩu.doc", EncryptedFile)],
)
def test_what_nobody_can_read_is_refused_without_libreoffice(
    old_files: dict[str, SourceFile], name: str, refusal: type[InputError]
) -> None:
    content = {
        "hỏng.odt": old_files["odt"].content[:3000],
        "hỏng.doc": compound({"WordDocument": bytes(5000)}),
        "mật khẩu.doc": compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(5000)}),
    }[name]
    office.stop()
    with pytest.raises(refusal):
        kl226_dedup.parse(content, name=name)
    assert offices() == set()


@with_office
def test_one_libreoffice_serves_all_files_also_after_one_that_it_refuses(
    old_files: dict[str, SourceFile],
) -> None:
    office.stop()
    content = old_files["odt"].content
    broken = SourceFile(
        name="hỏng.odt",
        content=content.replace(b"PK\x03\x04", b"PK\x03\x05").replace(b"PK\x03\x05", b"PK\x03\x04", 1),
    )
    files = [old_files["doc"], old_files["odt"], broken, old_files["doc"], old_files["odt"]]
    seen = [(isinstance(one, office.Conversion), offices()) for one in office.convert_each(files, LIMITS)]
    assert [was_made for was_made, _ in seen] == [True, True, False, True, True]
    assert len(seen[0][1]) == 1
    assert all(running == seen[0][1] for _, running in seen)
    office.stop()
    assert offices() == set()


@with_office
def test_files_of_several_threads_get_their_own_results_from_one_libreoffice(
    old_files: dict[str, SourceFile],
) -> None:
    office.stop()
    kinds = ["doc", "odt"] * 4
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda kind: office.convert(old_files[kind], LIMITS), kinds))
        assert len(offices()) == 1
    for kind, one in zip(kinds, outcomes, strict=True):
        assert isinstance(one, office.Conversion)
        assert one.step.detail.endswith(f"{kind} -> docx")


@with_office
def test_a_libreoffice_that_is_killed_is_replaced_and_the_file_converted(
    old_files: dict[str, SourceFile],
) -> None:
    assert isinstance(office.convert(old_files["doc"], LIMITS), office.Conversion)
    (before,) = offices()
    psutil.Process(before).kill()
    assert isinstance(office.convert(old_files["doc"], LIMITS), office.Conversion)
    assert offices().isdisjoint({before})


@needs_signals
def test_a_libreoffice_that_is_killed_over_a_file_is_replaced_and_the_file_converted(
    old_files: dict[str, SourceFile],
) -> None:
    assert isinstance(office.convert(old_files["doc"], LIMITS), office.Conversion)
    (before,) = (psutil.Process(one) for one in offices())
    before.suspend()  # so that it is killed while the file is in its hands
    timer = threading.Timer(0.5, before.kill)
    timer.start()
    assert isinstance(office.convert(old_files["odt"], LIMITS), office.Conversion)
    timer.join()
    assert offices().isdisjoint({before.pid})


@needs_signals
def test_a_file_over_which_libreoffice_hangs_is_refused_and_the_next_is_converted(
    old_files: dict[str, SourceFile],
) -> None:
    assert isinstance(office.convert(old_files["doc"], LIMITS), office.Conversion)
    (hanging,) = (psutil.Process(one) for one in offices())
    hanging.suspend()
    refused = office.convert(old_files["doc"], ParseLimits(office_seconds=1))
    assert isinstance(refused, LimitExceeded)
    assert "LibreOffice cần hơn 1 giây" in refused.problem.vi
    assert is_gone(hanging)
    assert made([office.convert(old_files["odt"], LIMITS)]) == [True]


@with_office
def test_a_libreoffice_is_replaced_after_many_files(
    old_files: dict[str, SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.stop()
    monkeypatch.setattr(office_worker, "_FILES", 2)
    seen = [next(iter(offices())) for _ in office.convert_each([old_files["doc"]] * 4, LIMITS)]
    assert seen[0] == seen[1]
    assert seen[2] == seen[3]
    assert seen[1] != seen[2]


@with_office
def test_a_libreoffice_without_work_is_ended(
    old_files: dict[str, SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_worker, "_IDLE_SECONDS", 0.0)
    assert made([office.convert(old_files["doc"], LIMITS)]) == [True]
    while office._worker(PROGRAM)._running is not None:  # type: ignore[arg-type] - it is installed
        time.sleep(0.01)
    assert offices() == set()


CONVERTS_AND = """
import os, signal, sys, time
from pathlib import Path
from kl226_dedup.domain.document import SourceFile
from kl226_dedup.parsers.options import ParseLimits
from kl226_dedup.stores import office, office_worker
file = SourceFile(name="mau.doc", content=Path(sys.argv[1]).read_bytes())
assert isinstance(office.convert(file, ParseLimits()), office.Conversion)
(worker,) = (office._worker(office.find_office()),)
socket = office_worker._pipe(worker._running.folder)
assert os.name == "nt" or Path(socket).is_socket()
print(worker._running._keeper.pid, flush=True)
print(socket, flush=True)
"""


@pytest.fixture
def doc_path(old_files: dict[str, SourceFile], tmp_path: Path) -> Path:
    path = tmp_path / "mau.doc"
    path.write_bytes(old_files["doc"].content)
    return path


@needs_signals
@pytest.mark.parametrize(
    "ending",
    [
        "",
        "raise SystemExit(3)",
        "1 / 0",
        "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)",
        "os.kill(os.getpid(), signal.SIGTERM); time.sleep(60)",
        "os.kill(os.getpid(), signal.SIGKILL); time.sleep(60)",
    ],
    ids=["end", "exit", "exception", "SIGINT", "SIGTERM", "SIGKILL"],
)
def test_however_a_process_ends_nothing_is_left_of_its_libreoffice(
    doc_path: Path, tmp_path: Path, ending: str
) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", CONVERTS_AND + ending, str(doc_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(folder), "KL226_SOFFICE": str(PROGRAM)},
    ) as process:
        assert process.stdout is not None
        keeper = int(process.stdout.readline())
        socket = Path(process.stdout.readline().decode().strip())
        held = [psutil.Process(keeper)] if psutil.pid_exists(keeper) else []
        held += [child for one in held for child in one.children(recursive=True)]
        process.communicate()
    _, alive = psutil.wait_procs(held, timeout=30)
    assert [one for one in alive if not is_gone(one)] == []
    assert [path.name for path in folder.iterdir()] == []
    assert not socket.exists()


@with_office
def test_two_programs_at_once_keep_out_of_each_others_way(
    old_files: dict[str, SourceFile], doc_path: Path
) -> None:
    several = CONVERTS_AND + "assert all(office.convert(file, ParseLimits()) for _ in range(5))"
    command = [sys.executable, "-c", several, str(doc_path)]
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    ours = made(office.convert_each([old_files["doc"], old_files["odt"]] * 3, LIMITS))
    assert ours == [True] * 6
    for other in others:
        _, errors = other.communicate()
        assert (other.returncode, errors) == (0, b"")


@with_office
def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(
    old_files: dict[str, SourceFile],
) -> None:
    assert isinstance(office.convert(old_files["doc"], ParseLimits(office_seconds=0.001)), LimitExceeded)
    assert psutil.Process().children(recursive=True) == []


@with_office
def test_a_converted_file_larger_than_the_limit_is_refused(old_files: dict[str, SourceFile]) -> None:
    assert isinstance(office.convert(old_files["doc"], ParseLimits(file_bytes=1000)), LimitExceeded)


@with_office
def test_nothing_is_left_behind(
    old_files: dict[str, SourceFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.stop()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert made([office.convert(old_files["doc"], LIMITS)]) == [True]
    office.stop()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("kl226")] == []


def workbook(folder: Path) -> SourceFile:
    source = parser_samples.xlsx(["BIỂU SỐ 1"], [["a", "b"], ["c", "d"]])
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/xl/{part}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
            for part, kind in (
                ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("sharedStrings", "sharedStrings"))
        )
        + "</Types>"
    )  # fmt: skip
    source = parser_samples.replaced(source, {"[Content_Types].xml": types})
    return saved_as("xls", source, folder, "xlsx")


@with_office
def test_an_old_workbook_becomes_a_table(tmp_path: Path) -> None:
    file = workbook(tmp_path)
    document = kl226_dedup.parse(file.content, name=file.name)
    assert document.text == "BIỂU SỐ 1\na\tb\nc\td"
    assert document.media_type == "application/vnd.ms-excel"


@with_office
def test_without_libreoffice_an_old_workbook_reads_the_same_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workbook(tmp_path)
    with_it = kl226_dedup.parse(file.content, name=file.name)
    monkeypatch.setenv("KL226_SOFFICE", "none")
    without = kl226_dedup.parse(file.content, name=file.name)
    assert (without.text, without.media_type, without.sha256) == (
        with_it.text,
        with_it.media_type,
        with_it.sha256,
    )
    assert [warning.code for warning in without.warnings] == ["converted_without_libreoffice"]


SLIDES = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.2"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 ><office:body><office:presentation>{}</office:presentation></office:body></office:document-content>"""
SLIDE = (
    "<draw:page><draw:frame svg:width='20cm' svg:height='3cm' svg:x='1cm' svg:y='1cm'><draw:text-box>"
    "<text:p>{}</text:p></draw:text-box></draw:frame></draw:page>"
)


def presentation(kind: str, folder: Path) -> SourceFile:
    slides = "".join(
        SLIDE.format(text) for text in ("Kế hoạch chuyển đổi số", "Nhiệm vụ của các sở, ban, ngành")
    )
    media_type = "application/vnd.oasis.opendocument.presentation"
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.2">'
        f'<m:file-entry m:full-path="/" m:media-type="{media_type}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    parts = {"mimetype": media_type, "content.xml": SLIDES.format(slides), "META-INF/manifest.xml": manifest}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved_as(kind, buffer.getvalue(), folder, "otp")


@with_office
@pytest.mark.parametrize("kind", ["ppt", "odp"])
def test_old_presentations_are_read_slide_by_slide(kind: str, tmp_path: Path) -> None:
    file = presentation(kind, tmp_path)
    document = kl226_dedup.parse(file.content, name=file.name)
    assert document.text == "Kế hoạch chuyển đổi số\nNhiệm vụ của các sở, ban, ngành"
    assert document.warnings == ()
    assert document.steps[0].detail.endswith(f": {kind} -> pptx")


@with_office
@pytest.mark.parametrize("kind", ["ppt", "odp"])
def test_without_libreoffice_old_presentations_are_refused_with_the_next_step(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = presentation(kind, tmp_path)
    monkeypatch.setenv("KL226_SOFFICE", "none")
    with pytest.raises(InputError, match="Cài LibreOffice"):
        kl226_dedup.parse(file.content, name=file.name)


BROKEN_PROGRAMS = {
    "no program": "no program",
    "ends at once": "#!/bin/sh\nexit 1\n",
    "crashes": "#!/bin/sh\nkill -SEGV $$\n",
}


@needs_signals
@pytest.mark.parametrize("script", BROKEN_PROGRAMS.values(), ids=BROKEN_PROGRAMS.keys())
@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_where_libreoffice_is_installed_but_broken_files_are_read_without_it_with_the_reason(
    old_files: dict[str, SourceFile], kind: str, script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.delenv("KL226_SOFFICE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    document = kl226_dedup.parse(old_files[kind].content, name=old_files[kind].name)
    assert "Câu mới hết." in document.text
    assert [warning.code for warning in document.warnings] == [
        "libreoffice_failed",
        "converted_without_libreoffice",
    ]
    assert f"không chạy được ({program})" in document.warnings[0].message.vi
    assert "có thể mất" in document.warnings[1].message.vi


@needs_signals
def test_a_libreoffice_that_hangs_when_it_starts_costs_one_wait(
    old_files: dict[str, SourceFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.stop()
    program = tmp_path / "soffice"
    program.write_text('#!/bin/sh\necho >> "$0".started\nsleep 600\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("KL226_SOFFICE", str(program))
    monkeypatch.setattr(office_worker, "_START_SECONDS", 1.0)
    for one in office.convert_each([old_files["doc"]] * 3, LIMITS):
        assert isinstance(one, UnreadableFile)
    assert program.with_suffix(".started").read_text(encoding="utf-8") == "\n"
    assert psutil.Process().children(recursive=True) == []


@needs_signals
def test_a_file_that_neither_libreoffice_nor_its_stand_in_reads_is_refused_with_the_words_of_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("KL226_SOFFICE", str(program))
    with pytest.raises(UnreadableFile, match="không chạy được"):
        kl226_dedup.parse(compound({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(5000)}), name="a.doc")


@with_office
def test_a_broken_file_after_a_good_one_is_refused_by_name(old_files: dict[str, SourceFile]) -> None:
    broken = old_files["odt"].content[:3000]
    with pytest.raises(InputError) as caught:
        kl226_dedup.parse(broken, name="hỏng.odt")
    assert caught.value.subject == "hỏng.odt"


def test_macros_links_and_the_network_are_shut() -> None:
    settings = office_worker._settings()
    for name, value in (
        ("MacroSecurityLevel", "3"),
        ("DisableMacrosExecution", "true"),
        ("ooInetProxyType", "2"),
    ):
        assert f'oor:name="{name}" oor:op="fuse" oor:finalized="true"><value>{value}</value>' in settings
    assert office_worker.environment()["https_proxy"].startswith("http://127.0.0.1")


def test_the_documents_in_an_archive_and_a_mail_enter_a_library_under_their_own_names(tmp_path: Path) -> None:
    inside = parser_samples.zipped(
        {
            "một.docx": parser_samples.docx(["Điều 1. Văn bản một"]),
            "hai/hai.txt": "Điều 2. Văn bản hai",
            "x.exe": b"MZ\x90\0" + bytes(range(256)),
        }
    )
    path = tmp_path / "hồ sơ.zip"
    path.write_bytes(inside)
    with kl226_dedup.Library.open(tmp_path / "library", create=True) as library:
        added = library.add([path])
        assert len(added.added) == 2
        assert [Path(failure.name).name for failure in added.refused] == ["x.exe"]
        assert len(library.add([path]).unchanged) == 2
    parsed = list(kl226_dedup.parse_all(path, profile=Profile()))
    assert [one.subject if isinstance(one, InputError) else one.name for one in parsed] == [
        f"{path}/{name}" for name in ("một.docx", "hai/hai.txt", "x.exe")
    ]
    with pytest.raises(InputError, match="chứa 3 tệp"):
        kl226_dedup.parse(path)
