"""Campaigns, their results, tasks and who is leaving read the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from salon_desk.domain.follow_up import Result
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import campaign_results, campaigns, leaving_list
from salon_desk.services.describe import describe
from salon_desk.services.leaving import Leaver, from_histories, reckon
from salon_desk.services.leaving_visits import reads
from salon_desk.storage import journal
from salon_desk.storage.office import open_office
from salon_desk.storage.place import Place
from salon_desk.storage.queries import campaigns as stored
from salon_desk.storage.queries import follow_ups
from salon_desk.storage.receiving import receive
from tests.integration.services.shop import cash, open_shop
from tests.integration.storage.neighbours import record
from tests.integration.storage.scenes_of_campaigns import answered, audience, launched, made, stopped

TODAY = "2026-11-20"


def test_what_is_asked_of_campaigns_and_tasks_is_answered_on_both(place: Place, tmp_path: Path) -> None:
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    record(shop, audience("c", shop.member, "other"), launched("c"), launched("d"), stopped("d"))
    record(shop, made("f", shop.member), made("g", shop.member, assignee=""))
    record(shop, answered("f", shop.member, Result.NO_ANSWER, next_on="2026-11-30"))
    record(shop, made("h", shop.member), answered("h", shop.member, Result.CAME))
    shop.sell(shop.ticket(("gel", "lily")), cash())
    describe(shop.till, shop.command(), None, [(StoreDescribed, "s1", {"sms_price": "0.0079"})])
    with shop.till.read() as transaction:
        envelopes = [one for _position, one in journal.after(transaction, 0)]
    ids = count(1)
    office = open_office(place, shop.clock, lambda: f"office-{next(ids)}")
    receive(office, envelopes)
    while campaigns.rest(office):
        pass
    with office.database.read() as transaction:
        assert [one.campaign for one in stored.listed(transaction)] == ["d", "c"]
        assert [one.campaign for one in stored.running(transaction, "2026-11-21")] == ["c"]
        assert stored.batches(transaction, "c") == 1
        assert str(stored.sms_price(transaction, "s1")) == "0.0079"
        found = stored.campaign(transaction, "c")
        assert found is not None
        tallying = campaign_results.Tallying(found, shop.clock.now())
        while tallying.step(transaction):
            pass
        assert tallying.result is not None
        assert tallying.result.sent
        span = stored.Span(TODAY, "2026-11-21", "2026-11-19", "2026-11-21")
        assert stored.bought(transaction, shop.member, span, "USD") == (1, 4_500)
        assert [one.follow_up for one in follow_ups.open_ones(transaction)] == ["g", "f"]
        assert [one.follow_up for one in follow_ups.open_ones(transaction, "lily")] == ["f"]
        assert follow_ups.open_ones(transaction, "lily", before="2026-11-30") == []
        assert [one.follow_up for one in follow_ups.done_ones(transaction)] == ["h"]
        assert [one.follow_up for one in follow_ups.done_ones(transaction, "kim")] == []
        assert len(follow_ups.of_member(transaction, shop.member)) == 3
        assert len(follow_ups.results(transaction, "f")) == 1
    found_leaving = reckon(reads(office), TODAY)
    assert found_leaving == from_histories({}, TODAY)
    may = Leaver(shop.member, 5, "2026-08-01", 111, 30, 12, 40)
    for people in ((may, may), (may,)):
        leaving_list.keep(office, replace(found_leaving, people=people))
    with office.database.read() as transaction:
        assert leaving_list.people(transaction) == [(0, may)]
        assert leaving_list.kept(transaction) is not None
    office.close()
    shop.till.store.close()
