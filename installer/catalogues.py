"""The catalogues of text: drawn from the code, kept in i18n/, checked, and compiled to .mo files.

No translation is invented here (people's come in as JSON, Taiwan's wording from `installer.taiwan`). The source
strings are the English ones; what stands in the code decides what stands in the catalogues, never the other way.
Run from the root: `python -m installer.catalogues update [TRANSLATIONS.json ...] | check | compile`.
"""

from __future__ import annotations

import argparse
import re
import string
import sys
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from installer.translations import (
    Translations,
    fill_from_english,
    fill_from_mainland,
    forms,
    key_of,
    messages,
)

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "zh_CN", "zh_TW")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"text": None, "plural": (1, 2), "N_": None}
ROOMS_WITHOUT_TEXT = ("bench", "devices", "domain", "operations", "storage", "wire")
"""Rooms that never speak to a reader; there `text(...)` is SQLAlchemy's or a printer's."""

_CHARSETS = {"zh_CN": "gb2312", "zh_TW": "big5"}
_VOLATILE_HEADERS = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)


def speaking_files(root: Path = ROOT) -> Iterator[Path]:
    """Every Python file of the product whose text a reader may see, in a fixed order."""
    house = root / "salon_desk"
    for path in sorted(house.rglob("*.py")):
        if path.relative_to(house).parts[0] not in ROOMS_WITHOUT_TEXT:
            yield path


def extracted(root: Path = ROOT) -> Catalog:
    """The template: every msgid that the code names, with the files that name it."""
    template = Catalog(project="salon-desk", charset="utf-8")
    for path in speaking_files(root):
        where = path.relative_to(root).as_posix()
        for _line, msgid, comments, _context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            template.add(msgid, locations=[(where, 0)], auto_comments=comments)
    return template


def catalogue_path(language: str, root: Path = ROOT) -> Path:
    """Where a language's .po lies."""
    return root / "i18n" / language / "LC_MESSAGES" / "salon_desk.po"


def template_path(root: Path = ROOT) -> Path:
    """Where the template lies."""
    return root / "i18n" / "salon_desk.pot"


def load(path: Path, language: str | None = None) -> Catalog:
    """A catalogue as it lies on disk; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=language, project="salon-desk", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def save(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue so that the same text gives the same bytes: no dates, no names, sorted."""
    catalogue.fuzzy = False
    name = path.parent.parent.name if path.suffix == ".po" else "the template"
    catalogue.header_comment = f"# Salon Desk, its text: {name}."
    raw = BytesIO()
    write_po(raw, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = raw.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}:' for name in _VOLATILE_HEADERS))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(kept), encoding="utf-8", newline="\n")


def update(translations: Translations, root: Path = ROOT) -> list[str]:
    """Bring template and catalogues up to the code, fill what is known; returns what a person should look at."""
    template = extracted(root)
    save(template, template_path(root))
    catalogues = {language: load(catalogue_path(language, root), language) for language in LANGUAGES}
    for catalogue in catalogues.values():
        catalogue.update(deepcopy(template), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
    notes = [*translations.conflicts]
    for language in LANGUAGES:
        translations.apply(catalogues[language], language)
    fill_from_english(catalogues["en"])
    notes += fill_from_mainland(catalogues["zh_TW"], catalogues["zh_CN"])
    for language, catalogue in catalogues.items():
        save(catalogue, catalogue_path(language, root))
    return [*notes, *(f"not in the code: {msgid!r}" for msgid in translations.unused(template))]


def problems(root: Path = ROOT) -> list[str]:
    """Everything that keeps a catalogue from being complete and true to the code; empty when all is well."""
    template = extracted(root)
    wanted = {key_of(message) for message in messages(template)}
    found = [f"not written as it can be: {key_of(m)!r}" for m in messages(template) if not _well_formed(m)]
    if {key_of(message) for message in messages(load(template_path(root)))} != wanted:
        found.append("i18n/salon_desk.pot is not what the code says: python -m installer.catalogues update")
    for language in LANGUAGES:
        catalogue = load(catalogue_path(language, root), language)
        there = {key_of(message): message for message in messages(catalogue)}
        found += [f"{language}: missing {msgid!r}" for msgid in wanted - there.keys()]
        found += [f"{language}: no longer in the code {msgid!r}" for msgid in there.keys() - wanted]
        for message in there.values():
            found += [f"{language}: {fault} {message.id!r}" for fault in _faults(message, language)]
    return sorted(found)


def compile_all(root: Path = ROOT) -> list[Path]:
    """Compile every .po that is newer than its .mo; returns the .mo files, all of them, old and new."""
    compiled = []
    for language in LANGUAGES:
        source = catalogue_path(language, root)
        if not source.exists():
            continue
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            scratch = target.with_suffix(".mo.new")
            with scratch.open("wb") as file:
                write_mo(file, load(source, language))
            scratch.replace(target)
        compiled.append(target)
    return compiled


def _faults(message: Message, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    originals, given = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not all(given):
        yield "untranslated"
        return
    for number, text in enumerate(given):
        original = originals[-1] if len(given) == 1 else originals[number]
        if _parameters(text) != _parameters(original):
            yield f"other parameters than the English ({text!r})"
        if strangers := _foreign_characters(text, language):
            yield f"characters of the other script ({strangers})"


def _parameters(text: str) -> set[str] | None:
    """The named parameters of a text; None for one whose braces do not match."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _well_formed(message: Message) -> bool:
    """Braces match and every parameter is a plain name, without positions and attributes."""
    for text in forms(message.id):
        names = _parameters(text)
        if names is None or any(not re.fullmatch(r"[a-z_][a-z0-9_]*", name) for name in names):
            return False
    return True


def _foreign_characters(text: str, language: str) -> str:
    """Chinese characters that the usual character set of the language does not have: Simplified in Taiwan's, or the reverse."""
    charset = _CHARSETS.get(language)
    if charset is None:
        return ""
    return "".join(
        char for char in text if "\u4e00" <= char <= "\u9fff" and not char.encode(charset, errors="ignore")
    )


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 when there is nothing left to do, 1 when something is missing."""
    parser = argparse.ArgumentParser(prog="python -m installer.catalogues", description="Keeps i18n/.")
    commands = parser.add_subparsers(dest="command", required=True)
    updating = commands.add_parser("update", help="extract, merge translations, fill en and zh_TW")
    updating.add_argument(
        "translations", nargs="*", type=Path, help='JSON: {"msgid": "zh_CN", "one|many": "zh_CN"}'
    )
    commands.add_parser("check", help="name everything that is missing, fuzzy or stale")
    commands.add_parser("compile", help="write the .mo files")
    chosen = parser.parse_args(arguments)
    if chosen.command == "compile":
        for path in compile_all():
            print(path.relative_to(ROOT))
        return 0
    if chosen.command == "update":
        if gone := [str(path) for path in chosen.translations if not path.is_file()]:
            parser.error(f"no such file: {', '.join(gone)}")
        for note in update(Translations.read(chosen.translations)):
            print(note, file=sys.stderr)
    left = problems()
    print("\n".join([*left, f"{len(left)} left to do"] if left else ["every string has its translation"]))
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
