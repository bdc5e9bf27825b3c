"""What a thing is called in a language, how an instant is written, and what an error says of itself."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone

import pytest

from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.names import Names

GEL = Names("Gel Manicure", "凝胶美甲", "凝膠美甲")


def test_a_name_is_given_in_the_language_asked() -> None:
    assert [GEL.in_language(tag) for tag in ("en", "zh_CN", "zh_TW")] == [GEL.en, GEL.zh_CN, GEL.zh_TW]


def test_a_missing_name_falls_back_to_one_that_is_there() -> None:
    assert Names("Gel").in_language("zh_CN") == "Gel"
    assert Names("Gel", zh_TW="凝膠").in_language("zh_CN") == "凝膠"
    assert Names("Gel", "凝胶").in_language("zh_TW") == "凝胶"
    assert Names("", zh_TW="凝膠").in_language("en") == "凝膠"


def test_the_second_name_is_the_other_languages_or_empty() -> None:
    assert GEL.second("en") == "凝胶美甲"
    assert GEL.second("zh_TW") == "Gel Manicure"
    assert Names("SPA", "SPA").second("en") == ""
    assert Names("Gel").second("en") == ""
    assert Names("", "凝胶").second("zh_CN") == ""


def test_names_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        GEL.en = "other"  # type: ignore[misc]


def test_an_instant_is_written_in_utc_and_read_back() -> None:
    eastern = datetime(2026, 11, 20, 10, 0, 0, 5000, tzinfo=timezone(-timedelta(hours=5)))
    assert instant_text(eastern) == "2026-11-20T15:00:00.005Z"
    assert parse_instant("2026-11-20T15:00:00.005Z") == eastern
    assert parse_instant("2026-11-20T15:00:00.005Z").tzinfo is UTC


def test_an_error_names_its_parameters_and_has_no_prose() -> None:
    refused = InsufficientValue("card", 3000, 1000, 500)
    assert refused.parameters() == {"asset": "card", "needed": 3000, "here": 1000, "elsewhere": 500}
    assert str(refused) == "InsufficientValue(asset=card, needed=3000, here=1000, elsewhere=500)"
