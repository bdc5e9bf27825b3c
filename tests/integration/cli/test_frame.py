"""How every command ends: refusals in one line with 2, failures with 1 and a traceback, nothing on the wrong stream."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from salon_desk.cli import main as frame
from salon_desk.cli.error_text import refusal_line
from salon_desk.cli.errors import (
    BadColumn,
    BadStore,
    BadTill,
    CannotListen,
    NoAmount,
    NoDisplay,
    NoSuchCard,
    NoSuchMessage,
    NoSuchTill,
    NotInThisVersion,
    PlainHttp,
    TraceRefused,
    UnknownFingerprint,
    UsageRefused,
    WorkersNeedServer,
)
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.simulation.traces import Fault
from salon_desk.storage.errors import CannotRecord
from tests.integration.cli.commands import PYTHON, command, english

LATER = [
    ("backup",),
    ("restore", "x"),
    ("doctor",),
]

REFUSALS = [
    NotInThisVersion("backup"),
    NoDisplay(),
    PlainHttp("0.0.0.0"),
    CannotListen("127.0.0.1:80"),
    WorkersNeedServer(4),
    BadColumn("x=y"),
    BadStore("a b"),
    BadTill(""),
    UnknownFingerprint("0000-0000-0000-0000"),
    NoSuchTill("S1/9", 0),
    NoSuchTill("S1/1", 2),
    NoSuchCard("8801", 0),
    NoSuchMessage("m"),
    NoSuchCard("8801", 2),
    NoAmount("ten"),
    *(TraceRefused("events.csv", 3, fault, "day") for fault in Fault),
]


@pytest.fixture(autouse=True)
def english_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.mark.parametrize("words", LATER, ids=" ".join)
def test_what_a_later_version_brings_is_refused_in_one_line(
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert frame.main(words) == frame.REFUSED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "not in this version" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_speaks_the_language_of_the_machine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setattr(
        Catalogue, "load", staticmethod(lambda language: asked.append(language) or Catalogue("en"))
    )
    assert frame.main(["doctor"]) == frame.REFUSED
    assert asked == ["zh_CN"]
    assert "doctor" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [[], ["nothing"], ["day"], ["day", "--data", "d", "--sales", "-1"], ["day", "--dat", "d"]],
    ids=str,
)
def test_words_that_make_no_command_are_told_after_the_usage(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        frame.main(words)
    assert ended.value.code == frame.REFUSED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: salon-desk")
    assert said.err.endswith("\n")


def _command_that_raises(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """`bench` becomes a command that ends like this."""
    module = ModuleType("salon_desk.cli.bench")

    def fail(_arguments: object) -> int:
        raise error

    module.add_parser = lambda parsers: parsers.add_parser("bench").set_defaults(func=fail)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "salon_desk.cli.bench", module)


def test_a_refusal_of_the_shop_is_its_sentence_and_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _command_that_raises(CannotRecord("disk-full"), monkeypatch)
    assert frame.main(["bench"]) == frame.REFUSED
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "disk is full" in said.err


def test_a_bug_is_a_traceback_in_the_log_and_1(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _command_that_raises(RuntimeError("a bug"), monkeypatch)
    assert frame.main(["bench"]) == frame.FAILURE
    assert capsys.readouterr().out == ""
    assert "RuntimeError: a bug" in caplog.text


def test_control_c_ends_a_command_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _command_that_raises(KeyboardInterrupt(), monkeypatch)
    assert frame.main(["bench"]) == frame.INTERRUPTED
    assert capsys.readouterr().err == ""


def test_a_reader_of_our_output_that_goes_away_leaves_no_traceback(folder: Path) -> None:
    words = [
        *PYTHON,
        "day",
        "--data",
        str(folder),
        "--sales",
        "4",
        "--json",
        "--printer",
        "file:/dev/null",
    ]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=english(), encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == frame.FAILURE
    process.stderr.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refusal", [*REFUSALS, UsageRefused()], ids=repr)
def test_every_refusal_of_the_command_line_has_a_line_of_its_own(
    refusal: UsageRefused, language: str
) -> None:
    said = refusal_line(refusal, Catalogue.load(language))
    assert len(said) > 5
    assert "\n" not in said


def test_every_refusal_of_the_command_line_is_tried_above() -> None:
    assert set(UsageRefused.__subclasses__()) == {type(one) for one in REFUSALS}


def test_help_names_every_command_and_imports_none_of_them() -> None:
    code = (
        "import sys; from salon_desk.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('PySide6', 'sqlalchemy', 'escpos', 'msgspec')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=english()
    )
    assert [name for name in frame.COMMANDS if f"    {name} " not in done.stdout.replace("\n", " ")] == []
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_told() -> None:
    from salon_desk import __version__

    assert command("--version").out == f"salon-desk {__version__}\n"
