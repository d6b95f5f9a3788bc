"""The command line as people and scripts use it: what it prints, where, and with which exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine_samples import OTHER, PROVINCE, SUPERIOR

HEAD = "ỦY BAN NHÂN DÂN TỈNH LONG AN\nSố:      /CT-UBND\nCHỈ THỊ\nVề việc triển khai Luật Thuế thu nhập cá nhân\n"
SUPERIOR_HEAD = (
    "THỦ TƯỚNG CHÍNH PHỦ\nSố: 22/2008/CT-TTg\nHà Nội, ngày 15 tháng 7 năm 2008\nCHỈ THỊ\n"
    "Về việc triển khai thực hiện Luật Thuế thu nhập cá nhân\n"
)


def kl226(*arguments: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kl226_dedup", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of two documents and some drafts."""
    place = tmp_path_factory.mktemp("van-ban")
    (place / "nguon").mkdir()
    (place / "nguon" / "chi-thi-22.txt").write_text(f"{SUPERIOR_HEAD}{SUPERIOR}", encoding="utf-8")
    (place / "nguon" / "khac.txt").write_text(
        f"BỘ Y TẾ\nSố: 5/2008/TT-BYT\nTHÔNG TƯ\n{OTHER}", encoding="utf-8"
    )
    (place / "chep.txt").write_text(f"{HEAD}{PROVINCE}", encoding="utf-8")
    (place / "rieng.txt").write_text(
        f"{HEAD}{OTHER.replace('Trạm y tế', 'Đội kiểm tra')[:40]}", encoding="utf-8"
    )
    (place / "hong.docx").write_bytes(b"PK\x03\x04 not a document")
    done = kl226("library", "add", "nguon", folder=place)
    assert done.returncode == 0, done.stderr
    assert "Thêm 2" in done.stderr
    return place


def test_a_copy_ends_with_status_1_and_a_report_on_standard_output(folder: Path) -> None:
    done = kl226("check", "chep.txt", "--format", "json", folder=folder)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["schema"] == "kl226.report/1"
    assert report["verdict"]["label"] == "stop"
    assert report["sources"][0]["document"]["number"] == "22/2008/CT-TTg"
    assert done.stderr == ""


def test_a_draft_of_its_own_ends_with_status_0(folder: Path) -> None:
    assert kl226("check", "rieng.txt", folder=folder).returncode == 0


def test_an_unreadable_file_stands_among_the_reports_and_the_others_decide(folder: Path) -> None:
    done = kl226("check", "hong.docx", "rieng.txt", "--format", "json", folder=folder)
    assert done.returncode == 0
    failed, report = json.loads(done.stdout)["reports"]
    assert failed["draft"]["name"] == "hong.docx"
    assert set(failed["error"]) == {"code", "message"}
    assert report["verdict"]["label"] == "pass"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "hong.docx"),
        ("check", "khong-co.docx"),
        ("check", "chep.txt", "--library", "khong-co"),
        ("check", "chep.txt", "--exclude", "khong-co"),
        ("check", "chep.txt", "--profile", "chep.txt"),
        ("check",),
        ("check", "chep.txt", "--format", "pdf"),
        ("check", "chep.txt", "--date", "31/02/2026"),
        ("check", "chep.txt", "--against", "nguon", "--exclude", "x"),
        ("parse", "hong.docx"),
        ("library", "show", "khong-co"),
        ("library", "add", "hong.docx", "--library", "moi"),
    ],
)
def test_what_cannot_run_ends_with_status_2_and_says_why(folder: Path, arguments: tuple[str, ...]) -> None:
    done = kl226(*arguments, folder=folder)
    assert done.returncode == 2
    assert done.stderr.strip() or "khong" in done.stdout or "hong.docx" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "Thiếu DỰ-THẢO. Xem: kl226 check --help"),
        (
            ("check", "chep.txt", "--format", "pdf"),
            "không có lựa chọn “pdf”; chọn một trong: text, json, html",
        ),
        (("check", "chep.txt", "--formt", "json"), "Không có tuỳ chọn --formt. Có phải: --format"),
        (("check", "chep.txt", "--output"), "Tuỳ chọn --output cần một giá trị"),
        (("chekc",), "Không có lệnh “chekc”. Có phải: check?"),
        (("compare", "a", "b", "c"), "Thừa đối số: c"),
        (("check", "chep.txt", "--quiet=1"), "Tuỳ chọn --quiet không nhận giá trị"),
    ],
)
def test_a_mistyped_command_is_answered_in_vietnamese(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = kl226(*arguments, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_mistyped_command_is_answered_in_english_when_asked_for(folder: Path) -> None:
    done = kl226("check", "chep.txt", "--lang", "en", "--format", "pdf", folder=folder)
    assert "Error: --format: “pdf” is none of: text, json, html" in done.stderr


def test_excluding_the_source_leaves_nothing_to_object_to(folder: Path) -> None:
    done = kl226("check", "chep.txt", "--exclude", "22/2008/CT-TTg", "--format", "json", folder=folder)
    assert done.returncode == 0
    assert json.loads(done.stdout)["sources"] == []


def test_a_date_as_people_write_it_is_understood(folder: Path) -> None:
    done = kl226("check", "chep.txt", "--date", "16/10/2008", "--format", "json", folder=folder)
    assert json.loads(done.stdout)["draft"]["header"]["issued_on"] == "2008-10-16"
    assert done.returncode == 1


def test_against_needs_no_library(folder: Path, tmp_path: Path) -> None:
    done = kl226(
        "check", folder / "chep.txt", "--against", folder / "nguon", "--format", "json", folder=tmp_path
    )
    assert done.returncode == 1
    assert json.loads(done.stdout)["library"]["documents"] == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "kl226 check DỰ-THẢO --against TỆP"), ("en", "kl226 check DRAFT --against FILE")],
)
def test_where_there_is_no_library_the_error_says_that_files_will_do(
    folder: Path, tmp_path: Path, language: str, said: str
) -> None:
    done = kl226("check", folder / "chep.txt", "--lang", language, folder=tmp_path)
    assert done.returncode == 2
    assert "kl226 library add" in done.stderr
    assert said in done.stderr


def test_the_library_is_found_by_environment_too(folder: Path, tmp_path: Path) -> None:
    done = kl226("check", folder / "chep.txt", folder=tmp_path, KL226_LIBRARY=str(folder / "kl226-library"))
    assert done.returncode == 1


def test_the_name_of_the_output_says_its_form(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "ket-qua.html"
    done = kl226("compare", "chep.txt", "nguon/chi-thi-22.txt", "-o", page, folder=folder)
    assert done.returncode == 1
    assert done.stdout == ""
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_parse_prints_the_text_and_nothing_else(folder: Path) -> None:
    done = kl226("parse", "nguon/chi-thi-22.txt", folder=folder)
    assert done.stdout == f"{SUPERIOR_HEAD}{SUPERIOR}"


def test_what_a_blank_draft_does_not_say_can_be_said(folder: Path, tmp_path: Path) -> None:
    blank = tmp_path / "trang.txt"
    blank.write_text(PROVINCE, encoding="utf-8")
    said = ("--issuer", "Ủy ban nhân dân tỉnh Long An", "--type", "Chỉ thị", "--date", "2008-10-16")
    done = kl226("check", blank, *said, "--format", "json", folder=folder)
    header = json.loads(done.stdout)["draft"]["header"]
    assert (header["level"], header["type"], header["issued_on"]) == ("province", "Chỉ thị", "2008-10-16")
    assert json.loads(done.stdout)["sources"][0]["relation"] == "higher"


def test_lint_reports_tasks_without_lead_deadline_and_product(folder: Path, tmp_path: Path) -> None:
    slogans = "\n".join(
        f"{number}. {words}"
        for number, words in enumerate(
            [
                "Tăng cường công tác tuyên truyền sâu rộng.",
                "Đẩy mạnh cải cách hành chính.",
                "Nâng cao hiệu quả quản lý.",
            ],
            1,
        )
    )
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(
        f"ỦY BAN NHÂN DÂN TỈNH LONG AN\nSố:   /KH-UBND\nKẾ HOẠCH\nThực hiện cải cách hành chính\nII. NHIỆM VỤ\n{slogans}",
        encoding="utf-8",
    )
    done = kl226("lint", plan, "--format", "json", folder=folder)
    report = json.loads(done.stdout)
    assert report["sources"] == []
    assert done.returncode == 1
    assert {"task-incomplete", "motto-missing"} <= {finding["rule"] for finding in report["findings"]}


def test_lint_says_that_it_does_not_know_the_type_and_is_told_it(tmp_path: Path, folder: Path) -> None:
    plan = tmp_path / "noi-dung.txt"
    plan.write_text("II. NHIỆM VỤ\n1. Tăng cường công tác tuyên truyền sâu rộng.", encoding="utf-8")
    unknown = json.loads(kl226("lint", plan, "--format", "json", folder=folder).stdout)
    (notice,) = [one for one in unknown["draft"]["warnings"] if one["code"] == "type_unknown"]
    assert "--type" in notice["advice"]
    told = kl226("lint", plan, "--type", "Kế hoạch", "--format", "json", folder=folder)
    report = json.loads(told.stdout)
    assert told.returncode == 1
    assert "task-incomplete" in {finding["rule"] for finding in report["findings"]}
    assert not {"type_unknown", "direction_unknown"} & {one["code"] for one in report["draft"]["warnings"]}


def test_the_library_commands_tell_what_is_there(folder: Path) -> None:
    listed = kl226("library", "list", folder=folder).stdout
    assert "22/2008/CT-TTg" in listed
    assert "Thủ tướng Chính phủ" in kl226("library", "show", "22/2008/CT-TTg", folder=folder).stdout
    assert json.loads(kl226("library", "stats", "--json", folder=folder).stdout)["documents"] == 2
    assert kl226("library", "verify", folder=folder).returncode == 0
    rows = [json.loads(line) for line in kl226("library", "export", folder=folder).stdout.splitlines()]
    assert len(rows) == 2


def test_set_corrects_and_remove_takes_out(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "kho"
    kl226("library", "add", "nguon", "--library", place, folder=folder)
    done = kl226("library", "set", "5/2008/TT-BYT", "--issuer", "Bộ Y tế", "--library", place, folder=folder)
    assert done.returncode == 0
    assert "Bộ Y tế" in kl226("library", "show", "5/2008/TT-BYT", "--library", place, folder=folder).stdout
    assert kl226("library", "remove", "5/2008/TT-BYT", "--library", place, folder=folder).returncode == 0
    assert (
        json.loads(kl226("library", "stats", "--json", "--library", place, folder=folder).stdout)["documents"]
        == 1
    )


def test_adding_twice_changes_nothing(folder: Path) -> None:
    before = kl226("library", "stats", "--json", folder=folder).stdout
    again = kl226("library", "add", "nguon", folder=folder)
    assert "đã có 2" in again.stderr
    assert kl226("library", "stats", "--json", folder=folder).stdout == before


def test_vectors_that_are_all_there_are_not_counted_as_none(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "kho"
    kl226("library", "add", "nguon", "--library", place, folder=folder)
    done = kl226("library", "vectors", "--library", place, folder=folder)
    assert done.returncode == 0
    assert "Mọi văn bản trong kho đều đã có véc-tơ." in done.stderr


def test_messages_come_in_english_when_asked_for(folder: Path) -> None:
    assert "Example:" in kl226("check", "--help", "--lang", "en", folder=folder).stdout
    assert "Error" in kl226("check", "chep.txt", "--library", "none", "--lang", "en", folder=folder).stderr


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("compare",),
        ("parse",),
        ("lint",),
        *(
            ("library", name)
            for name in ("add", "list", "show", "set", "remove", "stats", "verify", "export")
        ),
    ],
)
def test_every_command_has_help_with_an_example(folder: Path, command: tuple[str, ...]) -> None:
    done = kl226(*command, "--help", folder=folder)
    assert done.returncode == 0
    assert "Ví dụ: kl226" in done.stdout
    assert "--lang" in done.stdout
    assert "--quiet" in done.stdout


def test_a_damaged_pdf_is_read_with_a_warning_in_our_own_words(tmp_path: Path) -> None:
    whole = (Path(__file__).parents[1] / "data" / "pdf" / "stamped.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: int(0.99 * len(whole))])
    run = kl226("parse", "cut.pdf", folder=tmp_path)
    assert run.returncode == 0
    assert "có thể thiếu nội dung" in run.stderr
    assert "startxref" not in run.stderr


def test_a_file_to_compare_with_that_cannot_be_read_is_told_once(folder: Path) -> None:
    done = kl226("check", "chep.txt", "--against", "hong.docx", folder=folder)
    assert done.returncode == 2
    assert done.stderr.count("hong.docx") == 1


def test_adding_an_empty_folder_says_that_nothing_changed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    done = kl226("library", "add", tmp_path / "trong", "--library", tmp_path / "kho", folder=folder)
    assert "Không có tệp nào trong thư mục đã cho" in done.stderr


def test_a_listed_document_is_one_line_with_its_whole_id_and_its_file(folder: Path) -> None:
    lines = kl226("library", "list", folder=folder).stdout.splitlines()
    assert len(lines) == 2
    assert all(len(line.split("\t")[0]) == 64 for line in lines)
    assert lines[0].split("\t")[1] == "22/2008/CT-TTg" or lines[1].split("\t")[1] == "22/2008/CT-TTg"
    assert {Path(line.split("\t")[-1]).name for line in lines} == {"chi-thi-22.txt", "khac.txt"}


def test_a_folder_without_files_is_said_to_be_empty(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    done = kl226("check", tmp_path / "trong", folder=folder)
    assert done.returncode == 2
    assert "Không có tệp văn bản nào" in done.stderr
    assert done.stdout == ""
