"""What the link screen says of a till that was restored, copied, lost or closed, and where a hub stands between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from salon_desk.i18n import Catalogue
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.plight import Plight
from salon_desk.services.till import Till
from salon_desk.ui.link_words import office_pill
from salon_desk.ui.theme.tokens import Tone
from tests.ui import plights
from tests.ui.back_office import SIZES, Desk, Shop
from tests.ui.counter_window import keep
from tests.ui.link.fake_link import OFFLINE, ONLINE
from tests.ui.link.standing import Standing, stand, status

ENGLISH = Catalogue.load("en")
CATCHING = status(OFFLINE, state=LinkState.ATTENTION, reason=LinkReason.CATCHING_UP)
RESTARTED = status(ONLINE, state=LinkState.ATTENTION, reason=LinkReason.RESTARTED)
BY_HUB = replace(plights.WHOLE, by_hub=True)


def befall(at: Standing, plight: Plight) -> None:
    """The till stands so by now."""
    room = at.presenter.state.room
    assert room is not None
    at.presenter._set(room=replace(room, plight=plight))


def test_a_till_to_which_nothing_happened_has_no_card_for_it(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "grace")
    at.link.become(ONLINE)
    assert not at.screen.state.plight.isVisible()


def test_what_is_out_of_reach_stands_under_the_line(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "grace")
    at.link.become(ONLINE)
    befall(at, plights.SET_ASIDE)
    assert at.screen.state.plight.titles[0] == "$1,842.50 on 23 cards is out of reach"
    assert not at.screen.state.plight.act.isVisible()


def test_a_manager_who_read_what_it_costs_does_not_wait_for_the_records(
    office: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []

    def without(till: Till) -> bool:
        went.append(till.store.node)
        return True

    monkeypatch.setattr("salon_desk.services.own_chain.go_on_without", without)
    at = stand(office, shop, "grace")
    at.link.become(CATCHING)
    befall(at, plights.CATCHING_UP)
    office.tap(at.screen.state.plight.act)
    office.say("Go on without them")
    assert went == [shop.till.store.node]


def test_a_head_office_that_was_put_back_is_said_to_lose_nothing_of_this_till(
    office: Desk, shop: Shop
) -> None:
    at = stand(office, shop, "grace")
    at.link.become(RESTARTED)
    assert at.screen.state.line.headline.text() == "Head office was put back to an older backup"


def test_hub_and_head_office_are_told_apart(office: Desk, shop: Shop) -> None:
    at, said = stand(office, shop, "grace"), list[str]()
    pill = office_pill(status(ONLINE, root_cut=True, pending_root=12), "", shop.clock.instant, ENGLISH)
    assert (pill.text, pill.tone) == ("Hub on, head office offline, 12 wait", Tone.AMBER)
    gone = office_pill(status(OFFLINE, by_hub=True, pending_root=12), "", shop.clock.instant, ENGLISH)
    assert gone.text.startswith("Hub offline since ")
    assert gone.text.endswith(", 12 wait")
    for now in (ONLINE, status(ONLINE, root_cut=True, pending_root=12), OFFLINE):
        at.link.become(now)
        befall(at, BY_HUB)
        said.append(at.screen.state.line.headline.text())
    assert said == [
        "Connected to the hub and to head office",
        "Connected to the hub, head office is out of reach",
        "The hub does not answer since 14:12",
    ]
    assert at.screen.state.parent_count.accessibleName() == "Not at the hub yet: 12"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str, size: tuple[int, int]) -> None:
    at = stand(make_desk_of(code, size), shop, "grace")
    for name, now, plight in (
        ("catching-up", CATCHING, plights.CATCHING_UP),
        ("overtaken", ONLINE, plights.OVERTAKEN),
        ("copied", ONLINE, plights.COPIED),
        ("back-from-the-dead", ONLINE, plights.BACK_FROM_THE_DEAD),
        ("office-restored", ONLINE, plights.OFFICE_RESTORED),
        ("restarted", RESTARTED, plights.WHOLE),
        ("hub", ONLINE, BY_HUB),
        ("hub-cut", status(ONLINE, root_cut=True, pending_root=12), BY_HUB),
        ("hub-gone", OFFLINE, BY_HUB),
    ):
        at.link.become(now)
        befall(at, plight)
        at.say_pill()
        keep(at.desk.window, f"link-{name}")
