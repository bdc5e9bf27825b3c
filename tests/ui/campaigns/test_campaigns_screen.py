"""The screen of campaigns: from a question to a sent campaign in few taps; what is looked at, stopped, and said of what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from salon_desk.domain.campaign import Group, Interval, Terms
from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.message import MessageState
from salon_desk.domain.message_gate import Reason
from salon_desk.domain.segment import Segment
from salon_desk.i18n import Catalogue
from salon_desk.services import campaign_preview, campaigns
from salon_desk.services.campaign_results import Came, Result
from salon_desk.services.campaigns import Draft, Launch
from salon_desk.storage.errors import StoreStopped
from salon_desk.storage.queries import message_lists
from salon_desk.storage.queries import segments as stored
from salon_desk.storage.queries.campaigns import Campaign
from salon_desk.storage.queries.campaigns import batch as batch_of
from salon_desk.ui.approval.view import ApprovalSheet
from salon_desk.ui.screens.campaigns.draft import TypedCampaign
from salon_desk.ui.screens.campaigns.out_model import out_model
from salon_desk.ui.screens.campaigns.presenter import NEW, CampaignsPresenter
from salon_desk.ui.screens.campaigns.view import CampaignsScreen
from salon_desk.ui.screens.campaigns.view_model import draft_model
from salon_desk.ui.view_values import Tone
from tests.ui.back_office import MANAGER, SIZES, Desk, Shop, session_of, too_small, unnamed
from tests.ui.campaigns import outreach_shop as outreach
from tests.ui.queued import Queued

EN = Catalogue.load("en")
OFFER = TypedCampaign("20 % off until Sunday.", "周日前八折。")


@pytest.fixture
def lively(closed_shop: Shop) -> Shop:
    """Most came and most agree."""
    outreach.visited(closed_shop)
    outreach.agree(closed_shop)
    outreach.price(closed_shop)
    return closed_shop


def out(shop: Shop) -> list[Campaign]:
    return campaigns.shown(shop.till)


def run(tasks: Queued) -> None:
    while tasks.waiting:
        tasks.step()


def drafted(shop: Shop, tasks: Queued) -> CampaignsPresenter:
    """A new one, for those not here for two months."""
    presenter = outreach.campaigns_presenter(shop, tasks)
    presenter.new("lost")
    run(tasks)
    presenter.typing(OFFER)
    return presenter


def launched(shop: Shop) -> Campaign:
    everybody = outreach.everybody(shop)
    with shop.till.read() as transaction:
        store = shop.till.shop(transaction).store
    terms = Terms("Autumn", "lost", "campaign", store, offer=OFFER.offered)
    conditions = next(one.conditions for one in campaigns_groups(shop) if one.segment == "lost")
    return campaigns.launch(
        shop.till, shop.command(), MANAGER, Draft(terms, conditions, segments=80), everybody
    )


def campaigns_groups(shop: Shop) -> list[Segment]:
    with shop.till.read() as transaction:
        return stored.described(transaction, "2026-11-22")


def test_from_who_has_over_100_dollars_and_was_not_here_for_two_months_to_a_sent_campaign(
    office: Desk, lively: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight taps, two numbers and one offer: under a minute for whoever knows what she wants."""
    taps: list[str] = []
    tap = Desk.tap

    def counted(desk: Desk, target: object, *where: object) -> None:
        taps.append(target.accessibleName())  # type: ignore[attr-defined]
        tap(desk, target, *where)  # type: ignore[arg-type]

    monkeypatch.setattr(Desk, "tap", counted)
    session = session_of(lively, "grace")
    writing = outreach.stand_campaigns(office, lively, session=session)

    def write_to(segment: str) -> None:
        office.window.go("campaigns")
        writing.presenter.new(segment)

    groups = outreach.stand_segments(office, lively, write_to=write_to, session=session)
    office.say("A new group")
    for field, text in (("balance", "100"), ("away", "60")):
        office.tap(groups.rows.fields[field].field)
        office.digits(groups.rows.fields[field].field, text)
    office.say("Save")
    office.say("Write to them")
    offer = writing.draft.rows.fields["offer_zh"].field
    office.tap(offer)
    offer.setText("周日前八折。")
    office.settle()
    office.tap(writing.draft.sends)
    assert out(lively) == []  # it was asked once
    office.say("Send now")
    (sent,) = out(lively)
    assert sent.conditions == ("balance|at_least|0|10000", "last_visit|at_least|0|60")
    assert (sent.audience, sent.offer.zh_CN) == (13, "周日前八折。")
    assert len(taps) == 8
    assert writing.presenter.state.chosen == sent.campaign
    model = out_model(writing.presenter.state, EN)
    assert model is not None
    assert "one by one" in model.note


def test_who_would_be_written_to_and_who_not_and_why_stands_there_before_it_is_sent(
    office: Desk, lively: Shop
) -> None:
    screen = outreach.stand_campaigns(office, lively)
    office.say("A new campaign")
    assert screen.draft.told.text() == "Choose to whom it goes."
    pill = screen.draft.rows.pills["segment"].pill("lost")
    office.tap(pill)
    assert "…" in screen.draft.examples.read[0].text
    assert not screen.draft.sends.isEnabled()
    screen.draft.rows.fields["offer"].set_text(OFFER.offer)
    screen.draft.rows.fields["offer_zh"].set_text(OFFER.offer_zh)
    figures = screen.draft.facts.figures
    preview = screen.presenter.state.preview
    assert preview is not None
    assert figures["Belong to the group"] == str(preview.audience)
    assert int(figures["Written to by text message"]) + int(figures["Never agreed to offers"]) == (
        preview.audience - preview.held_back - int(figures.get("No number or address is known", "0"))
    )
    assert figures["Cost, about"].startswith("$0.")
    assert any(OFFER.offer_zh in one.text for one in screen.draft.examples.read)
    before = preview.held_back
    screen.presenter.tap("held_back", "0")
    assert screen.presenter.state.preview is not None
    assert screen.presenter.state.preview.held_back == 0 <= before


def test_what_is_looked_at_goes_slice_by_slice_and_typing_begins_anew(
    lively: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "A_PAGE", 15)
    monkeypatch.setattr(campaign_preview, "A_STEP", 3)
    tasks = Queued()
    presenter = drafted(lively, tasks)
    tasks.step()
    tasks.step()
    assert len(tasks.waiting) == 1
    told = draft_model(presenter.state, EN).told
    assert told.endswith("members looked at")
    assert presenter.state.preview is None
    presenter.typing(replace(OFFER, offer_zh="九折"))
    run(tasks)
    preview = presenter.state.preview
    assert preview is not None
    assert any("九折" in one.outgoing.text for one in preview.examples)
    presenter.typing(replace(OFFER, offer_zh="九折", name="Autumn"))
    assert tasks.waiting == []  # the name is on no message


def test_a_launch_that_is_stopped_sends_nothing_and_the_next_try_asks_only_whom_it_is_for(
    lively: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salon_desk.services.campaigns.MOST_IN_A_BATCH", 2)
    tasks = Queued()
    presenter = drafted(lively, tasks)
    run(tasks)
    presenter.send("Autumn")
    for _slice in range(3):
        tasks.step()
    assert presenter.state.launching is not None
    assert draft_model(presenter.state, EN).launching.startswith("4 of ")
    presenter.stop_launch()
    run(tasks)
    assert out(lively) == []
    presenter.send("Autumn")
    run(tasks)
    (made,) = out(lively)
    assert presenter.state.chosen == made.campaign
    assert made.audience == len(made_for(lively, made))


def made_for(shop: Shop, campaign: Campaign) -> set[str]:
    found: set[str] = set()
    with shop.till.read() as transaction:
        for number in range(campaign.batches):
            batch = batch_of(transaction, campaign.campaign, number)
            found |= set(batch[1] if batch else ())
    return found


def test_what_the_disk_refuses_is_said_and_the_same_goes_on(
    lively: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = Queued()
    presenter = drafted(lively, tasks)
    run(tasks)

    def refuse(_launch: Launch) -> bool:
        raise StoreStopped("disk")

    with monkeypatch.context() as broken:
        broken.setattr(Launch, "step", refuse)
        presenter.send("Autumn")
        run(tasks)
    assert isinstance(presenter.state.refusal, DomainError)
    assert presenter.state.launching is None
    command = presenter._command
    presenter.typing(replace(OFFER, name="Winter"))
    assert presenter._command != command  # another campaign
    presenter.send("Autumn")
    run(tasks)
    assert [one.name for one in out(lively)] == ["Winter"]


def test_one_that_is_out_says_how_far_it_is_and_is_stopped_once(office: Desk, lively: Shop) -> None:
    made = launched(lively)
    campaigns.rest(lively.till.store)
    screen = outreach.stand_campaigns(office, lively)
    office.tap(screen.list.viewport(), screen.list.visualRect(screen.list.model().index(0, 0)).center())
    written = made.audience - made.held_back
    assert screen.out.sent.figures["Wait for their turn"] == str(written)
    assert "Too few" in screen.out.findings[0].text()
    office.say("Stop it")
    office.say("Stop it")
    (stopped,) = out(lively)
    assert stopped.stopped_at
    assert not screen.out.stops.isVisible()
    with lively.till.read() as transaction:
        assert message_lists.counts(transaction, made.campaign)


def told(made: Campaign) -> Result:
    """What came of a campaign to a thousand."""
    sent = ((MessageState.DELIVERED, "", 300), (MessageState.WITHHELD, Reason.OPTED_OUT.value, 12))
    return Result(
        campaign=made,
        until="",
        is_over=True,
        currency="USD",
        written=Group(900, 120, 540_000, 0),
        held_back=Group(100, 5, 20_000, 0),
        came_back=Interval(833, 250, 1210),
        spent=Interval(400, -50, 900),
        sent=sent,
        people=(Came("one", 2, 9_000), Came("erased", 1, 100)),
    )


def test_what_came_of_it_is_said_against_those_held_back_with_the_interval(lively: Shop) -> None:
    made = launched(lively)
    presenter = outreach.campaigns_presenter(lively, Queued())
    result = told(made)
    presenter.state = replace(presenter.state, campaigns=(made,), chosen=made.campaign, result=result)
    presenter.state = replace(presenter.state, people=(Member("one", "May"),))
    model = out_model(presenter.state, EN)
    assert model is not None
    assert {one.label: one.figure for one in model.came} == {
        "Came back, of those written to": "120 of 900 (13 %)",
        "Came back, of those held back": "5 of 100 (5 %)",
        "Spent a head, of those written to": "$6.00",
        "Spent a head, of those held back": "$2.00",
    }
    assert "between 3 and 12" in model.findings[0][0]
    assert "between −$0.50 and $9.00" in model.findings[1][0]
    assert [tone for _text, tone in model.findings] == [Tone.GOOD, Tone.PLAIN]
    assert [(one.label, one.figure) for one in model.people] == [("May: 2 visits", "$90.00")]
    assert {one.label: one.figure for one in model.sent}["Want no more messages"] == "12"


def test_a_cashier_needs_a_manager_to_send(office: Desk, lively: Shop) -> None:
    screen = outreach.stand_campaigns(office, lively, "amy")
    screen.presenter.new("lost")
    screen.draft.rows.fields["offer"].set_text(OFFER.offer)
    office.tap(screen.draft.sends)
    office.say("Send now")
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert out(lively) == []
    office.window.sheets.top.closed.emit()
    assert screen.presenter.state.chosen == NEW


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_screen_fits_in_every_size(make_desk_of: Callable[..., Desk], lively: Shop, code: str) -> None:
    desk = make_desk_of(code, SIZES[0])
    screen: CampaignsScreen = outreach.stand_campaigns(desk, lively)
    desk.picture("campaigns-0-empty", *SIZES)
    launched(lively)
    campaigns.rest(lively.till.store)
    lively.clock.instant += timedelta(hours=2)
    for size in SIZES:
        desk.window.resize(*size)
        screen.presenter.new("lost")
        screen.draft.begin(OFFER)
        desk.picture("campaigns-1-new")
        assert too_small(screen) == [] == unnamed(screen)
        screen.presenter.choose(out(lively)[0].campaign)
        state = replace(
            screen.presenter.state, result=told(out(lively)[0]), people=(Member("one", "单雪", "Snow Shan"),)
        )
        screen.presenter.state = state
        screen.presenter.changed()
        desk.picture("campaigns-2-out")
        assert too_small(screen) == [] == unnamed(screen)
