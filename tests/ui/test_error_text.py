"""Every refusal has a sentence in every language, and it shows nothing that only a programmer reads."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields

import pytest

import salon_desk
from salon_desk.domain.errors import AmountMissing, DomainError, InsufficientValue
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services.errors import NotRefundable
from salon_desk.storage.errors import CannotRecord
from salon_desk.ui.error_text import error_text, sentence_for

_NO_ERRORS_THERE = ("salon_desk.__main__", "salon_desk.storage.migrations")


def _refusals() -> Iterator[type[DomainError]]:
    """Every refusal that any module of the product declares."""
    for module in pkgutil.walk_packages(salon_desk.__path__, "salon_desk."):
        if not module.name.startswith(_NO_ERRORS_THERE):
            importlib.import_module(module.name)
    waiting = [DomainError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if kind is not DomainError and kind.__module__.startswith("salon_desk"):
            yield kind


REFUSALS = sorted(set(_refusals()), key=lambda kind: kind.__name__)


def _sample(kind: type[DomainError]) -> DomainError:
    """An error of a kind with believable parameters."""
    values: dict[str, object] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        named = {"until": "2026-11-22T15:05:00.000Z"}.get(field.name)
        values[field.name] = named or (1250 if field.type in ("int", int) else "given")
    return kind(**values)


def test_refusals_are_declared_where_they_are_looked_for() -> None:
    assert len(REFUSALS) > 40


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_sentence(kind: type[DomainError]) -> None:
    assert sentence_for(kind.__name__, kind) is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_reads_well_in_every_language(kind: type[DomainError], language: str) -> None:
    said = error_text(_sample(kind), Catalogue.load(language))
    assert len(said) > 5
    assert said[-1] in ".。"
    assert kind.__name__ not in said
    assert not re.search(r"[{}]|None|Error|_", said)


def test_a_card_that_is_short_says_what_is_where_and_that_nothing_was_taken() -> None:
    words = Catalogue("en")
    said = error_text(InsufficientValue("card/1/USD/paid", 11089, 6250, 4000), words)
    assert all(part in said for part in ("$110.89", "$62.50", "$40.00", "Nothing was taken"))
    assert "another shop" not in error_text(InsufficientValue("card", 11089, 6250), words)
    assert "$" not in error_text(InsufficientValue("points/1", 500, 120), words)
    assert "give back" in error_text(InsufficientValue("refund", 500, 120), words)


@pytest.mark.parametrize("reason", ["disk-full", "disk-error"])
def test_a_disk_that_refuses_says_what_was_kept(reason: str) -> None:
    said = error_text(CannotRecord(reason), Catalogue("en"))
    assert "not recorded" in said
    assert "kept" in said


def test_why_something_cannot_be_given_back_is_said() -> None:
    said = {
        error_text(NotRefundable("R-1", why), Catalogue("en"))
        for why in ("kind", "voided", "refunded", "shift")
    }
    assert len(said) == 4


def test_a_refusal_of_a_later_version_is_still_a_sentence() -> None:
    class Unheard(DomainError):
        """Not known to this version."""

    class NearlyKnown(AmountMissing):
        """Known by its parent."""

    assert "Nothing was changed" in error_text(Unheard(), Catalogue("en"))
    assert error_text(NearlyKnown("x"), Catalogue("en")) == error_text(AmountMissing("x"), Catalogue("en"))
