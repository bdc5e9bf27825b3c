"""Head office exports and erases a person by a command, on either database; its tills forget when they hear of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.bootstrap.rules import load_rules
from salon_desk.cli import main as frame
from salon_desk.domain.money import Money
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import AllergyNoted, MemberDescribed, StoreDescribed
from salon_desk.operations.payment import Funding
from salon_desk.services.carry_over import carried_over
from salon_desk.services.describe import describe
from salon_desk.services.till import Till
from salon_desk.storage.place import Place
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store
from salon_desk.storage.verify import verify
from tests.integration.erasing.person import left_in_tables, left_on_disk, more_of
from tests.integration.storage.neighbours import empty_store, own, tables_of
from tests.integration.storage.tills import record

PLACE = {"name_en": "Flushing", "time_zone": "America/New_York", "currency": "USD", "jurisdiction": "US-NY"}
SAID = {
    "name": "欧阳雪莹",
    "latin_name": "Zebedee Quuxley",
    "phone": "+17185550143",
    "note": "likesthewindowseat",
    "home_store": "S1",
}


def known_at(office: Store) -> None:
    """A person with $25 on a card, of whom much is said."""
    till = Till(office, load_rules())
    describe(till, "store", None, [(StoreDescribed, "S1", PLACE)])
    describe(till, "member", None, [(MemberDescribed, "m1", SAID)])
    funding = Funding(card="c1", paid=Money(2500, "USD"), bonus=Money(0, "USD"))
    record(
        office,
        AllergyNoted(allergy_id="a1", member="m1", substance="latexgloves"),
        *more_of("m1"),
        CardIssued(card="c1", code="8801", currency="USD", member="m1"),
        carried_over(funding, reason="before"),
    )


def at(place: Place) -> tuple[str, ...]:
    """How a command is told where the data lies."""
    return ("--data", str(place.folder)) if place.folder else ("--database", place.url)


def test_a_person_is_exported_and_erased_from_head_office(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with office_at(place) as office:
        known_at(office)
        far = empty_store()
        receive(far, own(office))

    def said(step: str, *more: str) -> dict[str, object]:
        assert frame.main(["head-office", "member", step, "m1", *at(place), *more]) == 0
        found = json.loads(capsys.readouterr().out)
        assert isinstance(found, dict)
        return found

    found = said("export")
    text = json.dumps(found, ensure_ascii=False)
    assert all(word in text for word in ("欧阳雪莹", "+17185550143", "likesthewindowseat", "2500"))
    assert found["shop"] == json.loads(json.dumps({"en": "Flushing", "zh_CN": "", "zh_TW": ""}))
    for form in ("pdf", "text"):
        out = tmp_path / form
        words = ("head-office", "member", "export", "m1", *at(place), "--format", form, "--output", str(out))
        assert frame.main(list(words)) == 0
        assert out.stat().st_size > 200
    told = said("erase")
    assert (told["erased"], told["cards_kept"]) == (False, [{"card": "c1", "cents": 2500}])
    assert said("erase", "--yes")["erased"] is True
    with office_at(place) as office:
        assert left_in_tables(office) == []
        receive(far, own(office))
        assert left_in_tables(far) == []
        assert tables_of(far) == tables_of(office)
    far.close()
    if place.folder is not None:
        assert left_on_disk(place.folder) == []
    assert verify(place).problems == ()
    assert frame.main(["head-office", "member", "erase", "m1", *at(place), "--yes"]) == 2
