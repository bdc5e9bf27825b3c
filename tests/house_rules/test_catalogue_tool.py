"""The catalogue tool draws every string from the code, keeps what people wrote, and names what is wrong.

A small house in a temporary folder stands for the tree; the tree's own catalogues are in test_catalogues.
"""

from __future__ import annotations

import gettext
import json
from pathlib import Path

import pytest

from installer.catalogues import (
    catalogue_path,
    compile_all,
    extracted,
    load,
    problems,
    save,
    template_path,
    update,
)
from installer.taiwan import in_taiwan_words
from installer.translations import Translations, fill, key_of, messages

_CODE = """
def show(words, n):
    words.text("Pay {amount}", amount=n)
    words.plural("{n} ticket", "{n} tickets", n)
    return N_("Cash drawer")
"""
_TRANSLATIONS: dict[str, str | dict[str, str]] = {
    "Pay {amount}": {"zh_CN": "付款 {amount}", "zh_TW": "付款 {amount}"},
    "{n} ticket|{n} tickets": {"zh_CN": "{n} 张单", "zh_TW": "{n} 張單"},
    "Cash drawer": {"zh_CN": "钱箱", "zh_TW": "錢櫃"},
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    room = tmp_path / "salon_desk" / "ui"
    room.mkdir(parents=True)
    (room / "pay.py").write_text(_CODE, "utf-8")
    return tmp_path


def _given(folder: Path, entries: dict[str, str | dict[str, str]], name: str = "t.json") -> Translations:
    path = folder / name
    path.write_text(json.dumps(entries), "utf-8")
    return Translations.read([path])


def _translate(house: Path, msgid: str, text: str) -> None:
    path = catalogue_path("zh_CN", house)
    catalogue = load(path, "zh_CN")
    fill(catalogue[msgid], text)
    save(catalogue, path)


def test_text_plural_and_marked_strings_are_drawn_from_the_code(house: Path) -> None:
    assert {key_of(m) for m in messages(extracted(house))} == set(_TRANSLATIONS)


def test_sql_text_is_not_for_readers(house: Path) -> None:
    storage = house / "salon_desk" / "storage"
    storage.mkdir()
    (storage / "engine.py").write_text('text("SELECT 1")', "utf-8")
    assert "SELECT 1" not in {key_of(m) for m in messages(extracted(house))}


def test_a_house_with_every_translation_has_no_problem(house: Path) -> None:
    assert update(_given(house, _TRANSLATIONS), house) == []
    assert problems(house) == []


def test_updating_again_changes_no_byte(house: Path) -> None:
    update(_given(house, _TRANSLATIONS), house)
    files = [
        template_path(house),
        *(catalogue_path(language, house) for language in ("en", "zh_CN", "zh_TW")),
    ]
    before = [path.read_bytes() for path in files]
    update(Translations(), house)
    assert [path.read_bytes() for path in files] == before


def test_a_string_without_translation_is_named_in_each_language_that_lacks_it(house: Path) -> None:
    update(Translations(), house)
    assert {line for line in problems(house) if "Cash" in line} == {
        "zh_CN: untranslated 'Cash drawer'",
        "zh_TW: untranslated 'Cash drawer'",
    }


def test_a_fuzzy_translation_is_named(house: Path) -> None:
    update(_given(house, _TRANSLATIONS), house)
    path = catalogue_path("zh_CN", house)
    catalogue = load(path, "zh_CN")
    catalogue["Cash drawer"].flags.add("fuzzy")
    save(catalogue, path)
    assert problems(house) == ["zh_CN: fuzzy 'Cash drawer'"]


def test_a_translation_with_another_parameter_is_named(house: Path) -> None:
    update(_given(house, _TRANSLATIONS), house)
    _translate(house, "Pay {amount}", "付款 {sum}")
    assert problems(house) == ["zh_CN: other parameters than the English ('付款 {sum}') 'Pay {amount}'"]


def test_traditional_characters_among_simplified_ones_are_named(house: Path) -> None:
    update(_given(house, _TRANSLATIONS), house)
    _translate(house, "Cash drawer", "錢箱")
    assert problems(house) == ["zh_CN: characters of the other script (錢) 'Cash drawer'"]


def test_a_string_that_left_the_code_is_named_until_it_left_the_catalogues(house: Path) -> None:
    update(_given(house, _TRANSLATIONS), house)
    code = house / "salon_desk" / "ui" / "pay.py"
    code.write_text(code.read_text("utf-8").replace('N_("Cash drawer")', "None"), "utf-8")
    assert len(problems(house)) == 4
    update(Translations(), house)
    assert problems(house) == []


def test_two_people_who_disagree_are_told_and_the_first_stands(tmp_path: Path) -> None:
    for name, text in (("a.json", "钱箱"), ("b.json", "现金盒")):
        (tmp_path / name).write_text(json.dumps({"Cash drawer": text}), "utf-8")
    given = Translations.read([tmp_path / "a.json", tmp_path / "b.json"])
    assert given.given == {"Cash drawer": {"zh_CN": "钱箱"}}
    assert len(given.conflicts) == 1


def test_compiled_catalogues_answer_in_their_language(house: Path) -> None:
    update(_given(house, _TRANSLATIONS), house)
    compile_all(house)
    chinese = gettext.translation("salon_desk", house / "i18n", ["zh_CN"])
    assert chinese.gettext("Cash drawer") == "钱箱"
    assert chinese.ngettext("{n} ticket", "{n} tickets", 2) == "{n} 张单"
    english = gettext.translation("salon_desk", house / "i18n", ["en"])
    assert english.ngettext("{n} ticket", "{n} tickets", 2) == "{n} tickets"


def test_taiwan_has_its_own_words_for_printer_settling_and_receipt() -> None:
    assert in_taiwan_words("打印機沒有紙，結賬後再打印小票") == "印表機沒有紙，結帳後再列印收據"
