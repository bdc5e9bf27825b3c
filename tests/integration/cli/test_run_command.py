"""`run`: whether there is a display, and what is done where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from salon_desk.cli import main as frame
from salon_desk.cli.run import has_display
from salon_desk.settings import default_data_folder, language_of, resource_folder
from tests.integration.cli.commands import command


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_linux_with_one_of_these_has_a_display(variable: str) -> None:
    assert has_display({variable: "x"}, "linux")
    assert not has_display({variable: ""}, "linux")
    assert not has_display({}, "linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_there_is_always_a_display(platform: str) -> None:
    assert has_display({}, platform)


def test_without_a_display_nobodys_shop_is_traded_on_by_a_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert frame.main(["run", "--data", str(tmp_path / "till")]) == frame.REFUSED
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "till").exists()


def test_data_lies_where_the_environment_says_or_where_this_user_keeps_data(tmp_path: Path) -> None:
    assert default_data_folder({"SALON_DESK_DATA": str(tmp_path)}) == tmp_path
    assert default_data_folder({"SALON_DESK_DATA": str(tmp_path)}, demo=True) == tmp_path


def test_the_demo_never_lies_where_a_shop_lies() -> None:
    assert default_data_folder({}, demo=True) != default_data_folder({})
    assert default_data_folder({}, demo=True).name == "salon-desk-demo"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_CA.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.Big5"}, "zh_TW"),
        ({"LANG": "zh_HK"}, "zh_TW"),
        ({"LANG": "zh"}, "zh_CN"),
        ({"LANG": "zh_CN", "LC_ALL": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_machines(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_resource_that_does_not_come_with_the_product_is_no_silent_nothing() -> None:
    assert (resource_folder("rules") / "pack.toml").is_file()
    with pytest.raises(FileNotFoundError):
        resource_folder("no-such-thing")


def test_without_a_display_the_demo_day_is_played_and_its_pictures_are_left(tmp_path: Path) -> None:
    ended = command("run", "--demo", "--data", tmp_path / "till", environment={"QT_QPA_PLATFORM": ""})
    assert ended.status == 0, ended.err
    assert "no display" in ended.err.splitlines()[0]
    pictures = [Path(line) for line in ended.out.splitlines()]
    assert all(path.is_file() and path.is_relative_to(tmp_path / "till" / "pictures") for path in pictures)
    assert sum("receipts" in path.parts for path in pictures) > 60
    assert {path.stem for path in pictures} >= {"checkout-zh_CN", "checkout-en", "sign_in-en"}
