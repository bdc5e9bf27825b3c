"""The link screen in a window, with a link that the test answers for.

No test lives here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.link_desk import LinkNow
from salon_desk.ui.link_words import office_pill
from salon_desk.ui.screens.link.code_sheet import CodeSheet
from salon_desk.ui.screens.link.presenter import LinkPresenter
from salon_desk.ui.screens.link.view import FirstLinkScreen, LinkScreen
from salon_desk.ui.view_values import StatusPill, Tone
from tests.ui.back_office import Desk, Shop, session_of
from tests.ui.link.fake_link import FakeLink


@dataclass
class Standing:
    """A window with the link screen in front."""

    desk: Desk
    shop: Shop
    link: FakeLink
    presenter: LinkPresenter
    screen: LinkScreen

    @property
    def code_sheet(self) -> CodeSheet:
        """The sheet of the code, which must be open."""
        sheet = self.desk.window.sheets.top
        assert isinstance(sheet, CodeSheet)
        return sheet

    def say_pill(self) -> None:
        """Put the mark of the link into the top bar, as bootstrap does."""
        words = self.desk.window.language.catalogue
        now = self.shop.clock.instant
        printer = StatusPill("printer", words.text("Printer"), Tone.GOOD)
        zone = self.presenter.state.room.time_zone if self.presenter.state.room else ""
        pills = [office_pill(self.link.now(), zone, now, words), printer]
        self.desk.window.top_bar.set_pills(pills)


def stand(desk: Desk, shop: Shop, staff: str, *, first: bool = False) -> Standing:
    """Put the screen to the front; `first`: before anybody can sign in."""
    session, link = session_of(shop, staff), FakeLink()
    presenter = LinkPresenter(
        shop.till,
        desk.tasks,
        session,
        link=link,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        read=link.read,
    )
    kind = FirstLinkScreen if first else LinkScreen
    screen = desk.stand(
        "link",
        lambda host: kind(
            host, presenter, now=lambda: shop.clock.instant, back_to=lambda: desk.window.go("checkout")
        ),
    )
    assert isinstance(screen, LinkScreen)
    if first:
        desk.window.top_bar.set_place("", "")
        desk.window.top_bar.set_user("")
    return Standing(desk, shop, link, presenter, screen)


def status(now: LinkNow, **changes: Any) -> LinkNow:
    """The same with another status."""
    return replace(now, status=replace(now.status, **changes))
