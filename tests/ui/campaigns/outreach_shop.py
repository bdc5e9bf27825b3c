"""The demo shop with members who came at times and agreed to offers, and the screens of groups and campaigns over it.

No test lives here. Nothing is sent: there is no channel, and no outbound thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

from sqlalchemy import insert

from salon_desk.bootstrap.messages import load_templates, make_asker
from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Basis, Channel, Purpose
from salon_desk.domain.leaving import Ground, Method, Proof
from salon_desk.operations.consent import ConsentGiven
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import leaving_list, segments
from salon_desk.services.describe import describe
from salon_desk.services.leaving import Leaver, Leaving
from salon_desk.services.leaving_visits import Progress, Stage
from salon_desk.storage.engine import Statement
from salon_desk.storage.tables.sales import sales
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.screens.campaigns.presenter import CampaignDesk, CampaignsPresenter
from salon_desk.ui.screens.campaigns.view import CampaignsScreen
from salon_desk.ui.screens.segments.presenter import SegmentsPresenter
from salon_desk.ui.screens.segments.view import SegmentsScreen
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import Desk, Shop, session_of

_ADD = Statement(lambda: insert(sales))
PROOF = Proof(90, 214, 121, 64, ((Method.RULE, 41), (Method.MODEL, 45), (Method.BOTH, 49)))


@dataclass
class Reckoned:
    """A reckoning that is as far as a test says."""

    progress: Progress = field(default_factory=lambda: Progress(Stage.READING, 0, 1))
    days: list[str] = field(default_factory=list)
    is_over: bool = False

    def start(self, today: str) -> None:
        self.days.append(today)

    def stop(self) -> None:
        self.is_over = True

    def over(self) -> bool:
        return self.is_over


def everybody(shop: Shop) -> tuple[str, ...]:
    """All members, by id."""
    store = shop.till.store
    return segments.members(segments.reads(store), segments.question(store, shop.till.rules, ()))


def visited(shop: Shop) -> None:
    """Most members came: long ago, or lately, a few times each; every third one was not here for over two months."""
    rows = []
    for number, member in enumerate(everybody(shop)):
        last = (75, 12, 140, 40, 210)[number % 5] + number % 7
        for visit in range(number % 6):
            rows.append(_sold(shop, member, last + 24 * visit, 4_500 + 700 * (number % 9)))
    with shop.till.store.local() as transaction:
        transaction.run_many(_ADD, rows)


def agree(shop: Shop, *, but: int = 7) -> None:
    """All but every so-many-th member agree to offers by text message."""
    given = [
        ConsentGiven(
            member=member,
            channel=Channel.SMS,
            purpose=Purpose.MARKETING,
            basis=Basis.EXPRESS,
            text="May we?",
            language="en",
            store="s1",
            place="counter",
            given_at=shop.till.now(),
            basis_day="",
        )
        for number, member in enumerate(everybody(shop))
        if number % but
    ]
    shop.till.record(shop.command(), None, lambda _transaction: given)


def leaving(shop: Shop, method: Method = Method.BOTH) -> None:
    """A list of who is about to leave."""
    people = tuple(
        Leaver(member, 5 + number % 4, "2026-09-10", 73 - number, 21 + number, 18 + 3 * number, 90)
        for number, member in enumerate(everybody(shop)[3:14])
    )
    proven = Leaving("2026-11-20", method, Ground.PROVEN, people, PROOF)
    leaving_list.keep(shop.till.store, proven)


def price(shop: Shop) -> None:
    """What an SMS costs is known."""
    with shop.till.read() as transaction:
        store = shop.till.shop(transaction).store
    describe(shop.till, shop.command(), None, [(StoreDescribed, store, {"sms_price": "0.0079"})])


def campaign_desk(shop: Shop) -> CampaignDesk:
    """The gate as the till has it."""

    return CampaignDesk(load_templates, cache(lambda: make_asker(shop.till.rules)))


def stand_segments(
    desk: Desk,
    shop: Shop,
    *,
    reckons: Reckoned | None = None,
    write_to: Callable[[str], None] = lambda _segment: None,
    show_member: Callable[[str], None] = lambda _member: None,
    who: str = "grace",
    session: Session | None = None,
) -> SegmentsScreen:
    """The screen of groups with somebody signed in."""
    session = session or session_of(shop, who)
    presenter = SegmentsPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        reckons=reckons or Reckoned(),
        write_to=write_to,
        show_member=show_member,
    )
    screen = desk.stand("segments", lambda host: SegmentsScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, SegmentsScreen)
    return screen


def stand_campaigns(
    desk: Desk, shop: Shop, who: str = "grace", session: Session | None = None
) -> CampaignsScreen:
    """The screen of campaigns with somebody signed in."""
    session = session or session_of(shop, who)
    presenter = CampaignsPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        desk=campaign_desk(shop),
    )
    screen = desk.stand("campaigns", lambda host: CampaignsScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, CampaignsScreen)
    return screen


def campaigns_presenter(shop: Shop, tasks: Tasks) -> CampaignsPresenter:
    """The behaviour alone."""
    session = session_of(shop, "grace")
    return CampaignsPresenter(
        shop.till, tasks, session, approvals=ManagerBeside(shop, session), desk=campaign_desk(shop)
    )


def _sold(shop: Shop, member: str, days_ago: int, cents: int) -> dict[str, object]:
    at = shop.clock.instant - timedelta(days=days_ago)
    row: dict[str, object] = {
        column.name: 0 if column.name == "seq" or column.name.endswith("_cents") else ""
        for column in sales.columns
    }
    said = {"op_id": f"{member}/{days_ago}", "kind": "sale", "member": member, "currency": "USD"}
    when = {"business_day": at.date().isoformat(), "sold_at": instant_text(at)}
    return row | said | when | {"total_cents": cents, "subtotal_cents": cents}
