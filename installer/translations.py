"""Where translations come from: people's JSON files, the English source itself, and OpenCC for Taiwan.

No file of i18n/ is read or written here (see `installer.catalogues`). What a person wrote always wins over what
was derived, and deriving fills empty entries only.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from installer.taiwan import in_taiwan_words


@dataclass
class Translations:
    """Translations by msgid and language, as given by people."""

    given: dict[str, dict[str, str]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, paths: list[Path]) -> Translations:
        """Read JSON files of `{"msgid": "zh_CN"}` or `{"msgid": {"zh_CN": …, "zh_TW": …}}`; the first to name one wins."""
        result = cls()
        for path in paths:
            entries: Mapping[str, str | dict[str, str]] = json.loads(path.read_text("utf-8"))
            for key, value in entries.items():
                result._take(key, value if isinstance(value, dict) else {"zh_CN": value}, path.name)
        return result

    def apply(self, catalogue: Catalog, language: str) -> None:
        """Put what was given for this language into a catalogue, over what stood there."""
        for message in messages(catalogue):
            text = self.given.get(key_of(message), {}).get(language)
            if text:
                fill(message, *[text] * (1 if isinstance(message.id, str) else catalogue.num_plurals))

    def unused(self, template: Catalog) -> Iterator[str]:
        """Keys that no message of the template has: a string that was changed, or never used."""
        there = {key_of(message) for message in messages(template)}
        return (key for key in self.given if key not in there)

    def _take(self, key: str, by_language: Mapping[str, str], origin: str) -> None:
        known = self.given.setdefault(key, {})
        for language, text in by_language.items():
            if known.setdefault(language, text) != text:
                self.conflicts.append(f"{origin}: {key!r} is {known[language]!r} already, not {text!r}")


def forms(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """A msgid or msgstr as its forms: one for a plain message, several for a plural."""
    if value is None:
        return ("",)
    return (value,) if isinstance(value, str) else tuple(value)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> str:
    """How JSON files name a message: its msgid, or `singular|plural`."""
    return "|".join(forms(message.id))


def fill(message: Message, *texts: str) -> None:
    """Give a message its text, or its texts by plural form, and let it no longer be fuzzy."""
    message.string = texts[0] if isinstance(message.id, str) else texts
    message.flags.discard("fuzzy")


def fill_from_english(catalogue: Catalog) -> None:
    """The English catalogue says what the source says."""
    for message in messages(catalogue):
        fill(message, *forms(message.id))


def fill_from_mainland(taiwan: Catalog, mainland: Catalog) -> list[str]:
    """Derive empty zh_TW entries from zh_CN; says so when OpenCC is not installed and there was work for it."""
    empty = [
        message
        for message in messages(taiwan)
        if not all(forms(message.string)) and all(forms(mainland[message.id].string))
    ]
    if not empty:
        return []
    convert = _opencc()
    if convert is None:
        return [f"zh_TW: {len(empty)} not derived, opencc-python-reimplemented is not installed"]
    for message in empty:
        texts = forms(mainland[message.id].string)
        fill(message, *(in_taiwan_words(convert(text)) for text in texts))
    return [f"zh_TW: {len(empty)} derived from zh_CN, to be read by a person"]


def _opencc() -> Callable[[str], str] | None:
    if importlib.util.find_spec("opencc") is None:
        return None
    convert: Callable[[str], str] = importlib.import_module("opencc").OpenCC("s2twp").convert
    return convert
