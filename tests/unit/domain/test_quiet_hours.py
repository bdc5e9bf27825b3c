"""Quiet hours: the recipient's own time, the strictest of all clocks, changes of the clocks included (RULES 20)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.domain.area_code import AreaCodes, hours_for, parse_area_codes
from salon_desk.domain.errors import RulePackDamaged
from salon_desk.domain.quiet_hours import (
    Hours,
    Local,
    Place,
    Quiet,
    Week,
    clocks,
    parse_hours,
    quiet_hours,
    week,
)
from salon_desk.domain.rule_pack import parse_rule_pack

RESOURCES = Path(__file__).parents[3] / "resources"
RULES = parse_rule_pack({one.name: one.read_text("utf-8") for one in (RESOURCES / "rules").glob("*.toml")})
CODES = parse_area_codes((RESOURCES / "telephone" / "area_codes.toml").read_text("utf-8"))
DALLAS, EL_PASO, FLUSHING, HONOLULU = "+12145550100", "+19155550100", "+17185550100", "+18085550100"
TOLL_FREE, GUAM, ST_JOHNS, MOSCOW = "+18005550100", "+16715550100", "+17095550100", "+74955550100"


def at(text: str, zone: str = "America/New_York", fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def quiet(now: datetime, phone: str = FLUSHING, *address: Place) -> Quiet:
    return hours_for(now, RULES, CODES, phone=phone, address=address)


def every_day(hours: str) -> Week:
    one = parse_hours(hours)
    return (one, one, one, one, one, one, one)


@pytest.mark.parametrize(
    ("local", "allowed", "opens"),
    [
        ("2026-11-20 08:59:59.999999", False, "2026-11-20 09:00"),  # Friday
        ("2026-11-20 09:00", True, ""),
        ("2026-11-20 19:59:59", True, ""),
        ("2026-11-20 20:00", False, "2026-11-21 09:00"),
        ("2026-11-21 20:00", False, "2026-11-22 12:00"),  # Saturday night: Sunday noon
        ("2026-11-22 11:59:59", False, "2026-11-22 12:00"),
        ("2026-11-22 12:00", True, ""),
        ("2026-11-22 20:00", False, "2026-11-23 09:00"),
    ],
)
def test_nine_to_eight_and_from_noon_on_sundays(local: str, allowed: bool, opens: str) -> None:
    assert quiet(at(local)) == Quiet(allowed, at(opens) if opens else None)


@pytest.mark.parametrize(
    ("local", "allowed"),
    [
        ("2026-11-22 11:59", False),
        ("2026-11-22 12:00", True),
        ("2026-11-22 20:59", True),
        ("2026-11-22 21:00", False),
        ("2026-11-23 20:00", False),  # Monday as everywhere
    ],
)
def test_texas_has_sundays_from_noon_to_nine(local: str, allowed: bool) -> None:
    assert quiet(at(local, "America/Chicago"), DALLAS).allowed is allowed
    assert quiet(at(local, "America/Denver"), EL_PASO).allowed is allowed


def test_the_strictest_of_address_and_area_code_counts() -> None:
    texas, hawaii = Place("US-TX", ("America/Chicago",)), Place("US-HI", ("Pacific/Honolulu",))
    assert quiet(at("2026-11-22 20:30", "America/Chicago"), DALLAS, texas).allowed
    # the hours of New York on Sundays, and the clock of Texas; one hour later in New York
    assert not quiet(at("2026-11-22 20:30", "America/Chicago"), FLUSHING, texas).allowed
    assert not quiet(at("2026-11-20 09:30"), FLUSHING, hawaii).allowed
    assert quiet(at("2026-11-20 13:59"), FLUSHING, hawaii).opens == at("2026-11-20 09:00", "Pacific/Honolulu")
    assert quiet(at("2026-11-20 09:30", "Pacific/Honolulu"), FLUSHING, hawaii).allowed
    assert quiet(at("2026-11-20 19:30", "Pacific/Honolulu"), FLUSHING, hawaii).opens == at(
        "2026-11-21 09:00", "Pacific/Honolulu"
    )


@pytest.mark.parametrize("phone", ["", TOLL_FREE, MOSCOW, "+12425550100"])
def test_an_unknown_zone_is_asked_by_every_clock_of_both_countries(phone: str) -> None:
    """From nine in Honolulu (19:00 UTC) until eight in St John's (23:30 UTC in winter, 22:30 in summer)."""
    winter, summer = "2026-11-20T{}+00:00", "2026-07-17T{}+00:00"
    for text, hour, allowed in (
        (winter, "18:59", False),
        (winter, "19:00", True),
        (winter, "23:29", True),
        (winter, "23:30", False),
        (summer, "22:29", True),
        (summer, "22:30", False),
    ):
        found = quiet(datetime.fromisoformat(text.format(hour)), phone)
        assert (found.allowed, found.zone_known) == (allowed, False), (text, hour)
    sunday = quiet(datetime(2026, 11, 22, 0, tzinfo=UTC), phone)
    assert sunday.opens == at("2026-11-22 12:00", "Pacific/Honolulu")


def test_an_address_alone_is_enough_to_know_where_somebody_is() -> None:
    found = quiet(at("2026-11-20 09:00"), TOLL_FREE, Place("US-NY", ("America/New_York",)))
    assert found == Quiet(True)
    assert quiet(at("2026-11-20 09:00"), "", Place("US-NY", ())).zone_known is False


def test_clocks_that_share_no_hour_never_open() -> None:
    guam = Place("US-GU", ("Pacific/Guam",))
    assert quiet(at("2026-07-17 12:00"), GUAM).zone_known
    assert quiet(at("2026-07-17 12:00"), ST_JOHNS, guam) == Quiet(False, None)


def test_an_hour_that_the_clocks_skip_opens_when_they_are_put_forward() -> None:
    early = (Local("America/New_York", every_day("02:30-20:00")),)  # 2026-03-08: 02:00 becomes 03:00
    assert quiet_hours(at("2026-03-08 01:59"), early) == Quiet(False, at("2026-03-08 03:00"))
    assert quiet_hours(at("2026-03-08 03:00"), early).allowed
    assert quiet_hours(at("2026-03-07 21:00"), early).opens == at("2026-03-08 03:00")


def test_an_hour_that_comes_twice_opens_and_closes_twice() -> None:
    half = (Local("America/New_York", every_day("01:30-01:45")),)  # 2026-11-01: 02:00 becomes 01:00
    assert quiet_hours(at("2026-11-01 01:00"), half).opens == at("2026-11-01 01:30")
    assert quiet_hours(at("2026-11-01 01:45"), half).opens == at("2026-11-01 01:30", fold=1)
    assert quiet_hours(at("2026-11-01 01:45", fold=1), half).opens == at("2026-11-02 01:30")
    until = (Local("America/New_York", every_day("00:30-01:30")),)
    assert quiet_hours(at("2026-11-01 01:40"), until).opens == at("2026-11-01 01:00", fold=1)


def test_local_hours_stay_across_both_changes_of_the_clocks() -> None:
    for day in ("2026-03-08", "2026-03-09", "2026-11-01", "2026-11-02"):
        opens = "12:00" if datetime.fromisoformat(day).weekday() == 6 else "09:00"
        assert not quiet(at(f"{day} {opens}") - timedelta(seconds=1)).allowed
        assert quiet(at(f"{day} {opens}")).allowed


def test_a_day_without_hours_is_passed_over() -> None:
    nine, none = Hours(540, 1200), parse_hours("")
    closed: Week = (none, none, nine, none, none, none, none)  # Wednesdays only
    by = (Local("America/New_York", closed),)
    assert quiet_hours(at("2026-11-18 20:00"), by).opens == at("2026-11-25 09:00")
    assert quiet_hours(at("2026-11-18 20:00"), (Local("UTC", (none,) * 7),)) == Quiet(False)


ZONES = st.sampled_from(["America/New_York", "America/St_Johns", "America/Phoenix", "America/Los_Angeles"])
HOURS = st.tuples(st.integers(0, 1438), st.integers(1, 1440)).filter(lambda two: two[0] < two[1])
NIGHTS = st.sampled_from([datetime(2026, 3, 7, 20, tzinfo=UTC), datetime(2026, 10, 31, 20, tzinfo=UTC)])


@settings(max_examples=50)
@given(st.lists(st.tuples(ZONES, HOURS), min_size=1, max_size=3), NIGHTS, st.integers(0, 2000))
def test_the_next_instant_is_the_first_at_which_every_clock_agrees(
    drawn: list[tuple[str, tuple[int, int]]], night: datetime, minutes: int
) -> None:
    """Held against looking at every minute, around both changes of the clocks."""
    by = [Local(zone, (Hours(*hours),) * 7) for zone, hours in drawn]
    now = night + timedelta(minutes=minutes)

    def good(instant: datetime) -> bool:
        return all(
            one.week[0].opens <= local.hour * 60 + local.minute < one.week[0].closes
            for one in by
            for local in (instant.astimezone(ZoneInfo(one.zone)),)
        )

    found = quiet_hours(now, by)
    assert found.allowed is good(now)
    if found.allowed:
        return
    looked = (now + timedelta(minutes=more) for more in range(1, 3 * 1440))
    assert found.opens == next((one for one in looked if good(one)), None)


def test_hours_are_read_as_they_are_written() -> None:
    assert parse_hours("09:00-24:00") == Hours(9 * 60, 24 * 60)
    assert not parse_hours("").hold(0)
    for wrong in (
        "9:00-20:00",
        "09:00",
        "20:00-09:00",
        "09:00-09:00",
        "09:60-20:00",
        "09:00-24:01",
        "ab:cd-20:00",
    ):
        with pytest.raises(ValueError, match=r"."):
            parse_hours(wrong)


def test_a_pack_with_hours_that_say_nothing_is_refused() -> None:
    texts = {one.name: one.read_text("utf-8") for one in (RESOURCES / "rules").glob("*.toml")}
    texts["messages.toml"] = texts["messages.toml"].replace("12:00-21:00", "noon to nine")
    with pytest.raises(RulePackDamaged):
        parse_rule_pack(texts)


def test_every_state_and_province_has_hours_and_every_clock_is_one() -> None:
    places = {place for found in CODES.codes.values() for place in found}
    for local in clocks(RULES, places, "2026-11-22"):
        assert ZoneInfo(local.zone).key == local.zone
        assert all(hours.hold(13 * 60) for hours in local.week)
    assert len(CODES.everywhere) == 51 + 2 + 13  # states and DC, PR and VI, provinces and territories
    assert week(RULES, "US-TX", "2026-11-22")[6] == Hours(720, 1260)


@pytest.mark.parametrize(
    ("phone", "places"),
    [
        (FLUSHING, [("US-NY", ("America/New_York",))]),
        ("+18505550100", [("US-FL", ("America/New_York", "America/Chicago"))]),
        ("+13055550100", [("US-FL", ("America/New_York",))]),
        (EL_PASO, [("US-TX", ("America/Denver",))]),
        ("+19025550100", [("CA-NS", ("America/Halifax",)), ("CA-PE", ("America/Halifax",))]),
        ("+16045550100", [("CA-BC", ("America/Vancouver",))]),
        ("+14165550100", [("CA-ON", ("America/Toronto",))]),
        (TOLL_FREE, []),
        (MOSCOW, []),
        ("", []),
    ],
)
def test_an_area_code_says_state_and_clocks(phone: str, places: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(one.jurisdiction, one.zones) for one in CODES.places(phone)] == places


def test_every_geographic_code_is_there_and_none_that_is_not() -> None:
    assert len(CODES.codes) == 436
    for none in (
        "800",
        "833",
        "844",
        "855",
        "866",
        "877",
        "888",
        "900",
        "500",
        "600",
        "622",
        "710",
        "911",
        "242",
        "876",
    ):
        assert none not in CODES.codes


def test_another_rule_pack_or_day_has_other_hours_for_an_unknown_zone() -> None:
    texts = {one.name: one.read_text("utf-8") for one in (RESOURCES / "rules").glob("*.toml")}
    texts["messages.toml"] = texts["messages.toml"].replace("09:00-20:00", "09:00-19:00")
    shorter = parse_rule_pack(texts)
    late = datetime(2026, 11, 20, 23, tzinfo=UTC)
    for rules, allowed in ((RULES, True), (shorter, False), (RULES, True)):
        assert hours_for(late, rules, CODES, phone="").allowed is allowed
    assert hours_for(late + timedelta(days=3), RULES, CODES, phone="").allowed


GOOD = """
outlying = []
[clocks]
US-TX = ["America/Chicago", "America/Denver"]
[codes]
US-TX = ["214", "915"]
[pinned]
"America/Denver" = ["915"]
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("outlying = []", "outlying = [", "toml"),
        ("outlying = []", "", "row"),
        ("outlying = []", 'outlying = ["US-GU"]', "row"),
        ('US-TX = ["214"', 'US-NM = ["214"', "row"),
        ('"214"', "214", "row"),
        ('"214"', '"21"', "row"),
        ('"214"', '"114"', "row"),
        ('"214"', '"２14"', "row"),
        ('"America/Denver" = ["915"]', '"America/Boise" = ["915"]', "row"),
        ('"America/Denver" = ["915"]', '"America/Denver" = ["505"]', "row"),
        ('["America/Chicago", "America/Denver"]', '["America/Chicago", ""]', "row"),
        ("[clocks]", "clocks = 3\n[other]", "row"),
    ],
)
def test_area_codes_that_say_nothing_clear_are_refused_whole(old: str, new: str, fault: str) -> None:
    assert isinstance(parse_area_codes(GOOD), AreaCodes)
    with pytest.raises(RulePackDamaged) as refused:
        parse_area_codes(GOOD.replace(old, new, 1))
    assert refused.value.fault == fault
