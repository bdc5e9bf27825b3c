"""Every screen of the till, and the ways between them.

No screen knows another; this is where they meet. A screen is made when it is first wanted, and its module is imported
then, so that the first one stands early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from salon_desk.bootstrap.screen.behind_charges import BehindCharges
from salon_desk.bootstrap.screen.behind_devices import BehindDevices
from salon_desk.bootstrap.screen.behind_reminders import BehindReminders, ReminderDesk
from salon_desk.bootstrap.screen.behind_settings import BehindSettings
from salon_desk.bootstrap.screen.charge_line import TillCharges
from salon_desk.bootstrap.screen.device_desk import TillDevices
from salon_desk.bootstrap.screen.link_desk import TillLink
from salon_desk.bootstrap.screen.local_settings import MachineSettings
from salon_desk.bootstrap.screen.phone import TillPhone
from salon_desk.bootstrap.screen.selling import Selling
from salon_desk.domain.errors import DomainError
from salon_desk.services.recovery import Recovery
from salon_desk.services.till import Till
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.phone_bridge import Came
from salon_desk.ui.places import WIPE_LOCK, rail_entries
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session
from salon_desk.ui.view_values import Alert
from salon_desk.wire.bridge import is_answer

if TYPE_CHECKING:
    from salon_desk.ui.screens.cards.presenter import CardsPresenter
    from salon_desk.ui.screens.checkout.view import CheckoutScreen
    from salon_desk.ui.screens.link.presenter import LinkPresenter
    from salon_desk.ui.screens.members.presenter import MembersPresenter
    from salon_desk.ui.screens.refund.presenter import RefundPresenter
    from salon_desk.ui.screens.sign_in.presenter import SignInPresenter

S = TypeVar("S", bound=Screen)

RAIL = {
    "checkout": "",
    "members": "",
    "cards": "",
    "reminders": "",
    "refund": "",
    "shift": "",
    "reports": "",
    WIPE_LOCK: "",
    "settings": "",
}


class Places:
    """The screens of one window. UI thread only."""

    _members_presenter: MembersPresenter
    _cards_presenter: CardsPresenter
    _refund_presenter: RefundPresenter
    _sign_in_presenter: SignInPresenter | None = None

    def __init__(
        self,
        window: MainWindow,
        till: Till,
        session: Session,
        *,
        devices: TillDevices,
        link: TillLink,
        phone: TillPhone,
        charges: TillCharges,
        settings: MachineSettings,
        recovery: Recovery | None,
        reminders: ReminderDesk,
    ) -> None:
        self._window, self._till, self._session = window, till, session
        self._devices, self._link, self._settings = devices, link, settings
        self._phone = phone
        self._recovery = recovery
        self._approvals = ApprovalDesk(window, till, session)
        self._locked_at, self._looked_from = "", ""
        window.rail.set_entries(rail_entries(RAIL))
        self._charges = charges
        self._selling = Selling(window, till, session, charges)
        BehindCharges(till, session, charges, to_ticket=self.pay, to_document=self.show_document).register(
            window
        )
        BehindReminders(till, session, self._approvals, reminders, self.show_member).register(window)
        BehindDevices(till, session, self._approvals, devices).register(window)
        BehindSettings(till, session, self._approvals, settings).register(window)
        for key, make in (
            ("sign_in", self._sign_in),
            ("checkout", self._checkout),
            ("pay", self._pay),
            ("members", self._members),
            ("cards", self._cards),
            ("refund", self._refund),
            ("shift", self._shift),
            ("link", self._make_link),
            ("join", self._make_first_link),
            ("recovery", self._make_recovery),
            ("reports", self._reports),
        ):
            window.register(key, make)

    def _sign_in(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.sign_in.presenter import SignInPresenter
        from salon_desk.ui.screens.sign_in.view import SignInScreen

        self._sign_in_presenter = SignInPresenter(
            self._till, host.tasks, self._session, signed_in=self._signed_in
        )
        return SignInScreen(host, self._sign_in_presenter, join=lambda: self._window.go("join"))

    def _checkout(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.checkout.state import CheckoutLinks
        from salon_desk.ui.screens.checkout.view import CheckoutScreen

        links = CheckoutLinks(
            on_pay=self.pay,
            on_top_up=self.top_up,
            on_member=self.show_member,
            on_new_member=self.new_member,
            on_open_shift=lambda: self._window.go("shift"),
        )
        value, charges = self._link.value, self._charges
        return CheckoutScreen(host, self._till, self._session, links, line=value, terminal=charges)

    def _pay(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.pay.view import PayScreen

        return PayScreen(
            host,
            self._till,
            self._session,
            on_paid=lambda ticket, sale: self.checkout.presenter.sale_paid(ticket, sale),
            on_done=self._to_checkout,
            line=self._link.value,
            phone=self._phone,
            terminal=self._charges,
        )

    def _members(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.members.presenter import MembersPresenter, MemberWays
        from salon_desk.ui.screens.members.view import MembersScreen

        ways = MemberWays(
            open_ticket=self.open_ticket,
            top_up=self.top_up,
            issue_card=self.issue_card,
            show_card=self.show_card,
            show_document=self.show_document,
        )
        self._members_presenter = MembersPresenter(
            self._till, host.tasks, self._session, approvals=self._approvals, ways=ways
        )
        return MembersScreen(host, self._members_presenter)

    def _cards(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.cards.presenter import CardsPresenter, CardWays
        from salon_desk.ui.screens.cards.view import CardsScreen

        ways = CardWays(
            top_up=self.top_up,
            sell_gift=self._selling.gift,
            sell_series=self._selling.series,
            show_member=self.show_member,
            show_document=self.show_document,
        )
        self._cards_presenter = CardsPresenter(
            self._till,
            host.tasks,
            self._session,
            approvals=self._approvals,
            ways=ways,
            line=self._link.value,
        )
        return CardsScreen(host, self._cards_presenter)

    def _refund(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.refund.presenter import RefundPresenter
        from salon_desk.ui.screens.refund.view import RefundScreen

        self._refund_presenter = RefundPresenter(
            self._till,
            host.tasks,
            self._session,
            approvals=self._approvals,
            want=self._link.value.want_parts,
            terminal=self._charges,
        )
        return RefundScreen(host, self._refund_presenter, back_to=self._to_checkout)

    def _shift(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.shift.presenter import ShiftPresenter, ShiftWays
        from salon_desk.ui.screens.shift.view import ShiftScreen

        ways = ShiftWays(opened=self._to_checkout, closed=self.lock)
        presenter = ShiftPresenter(
            self._till,
            host.tasks,
            self._session,
            approvals=self._approvals,
            ways=ways,
            batch=self._devices.terminal,
        )
        return ShiftScreen(host, presenter)

    def _make_link(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.link.view import LinkScreen

        return LinkScreen(
            host, self._link_presenter(host), now=self._till.store.clock.now, back_to=self._back_from_link
        )

    def _make_first_link(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.link.view import FirstLinkScreen

        return FirstLinkScreen(
            host,
            self._link_presenter(host),
            now=self._till.store.clock.now,
            back_to=lambda: self._window.go("sign_in"),
        )

    def _link_presenter(self, host: ScreenHost) -> LinkPresenter:
        from salon_desk.ui.screens.link.presenter import LinkPresenter

        return LinkPresenter(
            self._till, host.tasks, self._session, link=self._link, approvals=self._approvals
        )

    def _reports(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.reports.presenter import ReportsPresenter
        from salon_desk.ui.screens.reports.view import ReportsScreen

        presenter = ReportsPresenter(self._till, host.tasks, self._session, approvals=self._approvals)
        return ReportsScreen(host, presenter)

    def _make_recovery(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.recovery.presenter import RecoveryPresenter, RecoveryWays
        from salon_desk.ui.screens.recovery.view import RecoveryScreen

        assert self._recovery is not None
        presenter = RecoveryPresenter(
            self._till,
            host.tasks,
            self._session,
            recovery=self._recovery,
            approvals=self._approvals,
            ways=RecoveryWays(go_on=self._go_on, sign_in=self.sign_in_for),
            link=self._link,
            terminal=self._charges,
        )
        return RecoveryScreen(host, presenter)

    def _signed_in(self) -> None:
        """Back to where it was locked."""
        self._window.go(self._locked_at or "checkout")

    def _go_on(self) -> None:
        self._window.go("checkout" if self._session.person is not None else "sign_in")

    def sign_in_for(self, key: str = "recovery") -> None:
        """Somebody has to sign in first, and then comes to this screen."""
        self._locked_at = key
        self._window.go("sign_in")

    def _to_checkout(self) -> None:
        self._window.go("checkout")

    @property
    def keys(self) -> tuple[str, ...]:
        """The screens that stand by themselves, in the order of the rail."""
        return ("checkout", "members", "cards", "refund", "shift", "reports", "settings", "devices", "link")

    def show_link(self) -> None:
        """The link to head office; before anybody has signed in without the rail."""
        if self._session.person is None:
            self._window.go("join")
            return
        if self._window.current != "link":
            self._looked_from = self._window.current
        self._window.go("link")

    def link_changed(self) -> None:
        """More of the shop and its staff may have arrived: who waits at sign-in sees them."""
        if self._sign_in_presenter is not None and self._window.current == "sign_in":
            self._sign_in_presenter.refresh()

    def _back_from_link(self) -> None:
        """Where the mark was tapped; a payment that was only planned was undone on leaving it."""
        kept = self._looked_from in self.keys
        self._window.go(self._looked_from if kept else "checkout")

    def begin(self) -> None:
        """The first screen: after a run that did not end well what became of the last sale, else who is here."""
        self._window.go("recovery" if self._recovery is not None else "sign_in")

    def lock(self) -> None:
        """Nobody is at the till: sign out, keep everything, and come back to the same place."""
        if self._session.person is not None:
            self._locked_at = self._window.current
            self._session.sign_out()
            self._window.go("sign_in")

    def person_changed(self) -> None:
        """Somebody signed in or out: nothing of one person stays open for the next."""
        while self._session.person is None and self._window.sheets.top is not None:
            self._window.sheets.close_sheet(self._window.sheets.top)

    def scanned(self, code: str) -> None:
        """A code was read: the screen in front takes it, else checkout."""
        from salon_desk.ui.screens.checkout.view import CheckoutScreen
        from salon_desk.ui.screens.pay.view import PayScreen

        front = self._window.screen_for(self._window.current)
        if is_answer(code) and not isinstance(front, PayScreen):
            self._phone.read(code, self._came_by_phone)
        elif isinstance(front, CheckoutScreen | PayScreen):
            front.code_scanned(code)
        elif (scanned := getattr(front, "scanned", None)) is not None:
            scanned(code)

    def _came_by_phone(self, answer: Came | DomainError) -> None:
        """The code of a telephone was scanned late, when nobody was paying any more: it counts all the same."""
        if isinstance(answer, DomainError):
            self._window.refuse(answer)
            return
        words = self._window.language.catalogue
        for amount in answer:
            self._window.notify(Alert.GOOD, words.text("{amount} came by phone.", amount=words.money(amount)))

    def payment_card_swiped(self) -> None:
        """A payment card was swiped and dropped: say where it belongs."""
        self.checkout.payment_card_swiped()

    @property
    def checkout(self) -> CheckoutScreen:
        """The checkout screen."""
        from salon_desk.ui.screens.checkout.view import CheckoutScreen

        return self._screen("checkout", CheckoutScreen)

    def pay(self, ticket: str) -> None:
        """Pay a ticket."""
        from salon_desk.ui.screens.pay.view import PayScreen

        self._screen("pay", PayScreen).begin(ticket)
        self._window.go("pay")

    def top_up(self, card: str) -> None:
        """Sell value for a card."""
        self._selling.top_up(card)

    def show_member(self, member: str) -> None:
        """A member's page."""
        self._window.screen_for("members")
        self._members_presenter.open(member)
        self._window.go("members")

    def new_member(self, typed: str) -> None:
        """A new member, with what was typed into the search."""
        self._window.screen_for("members")
        self._members_presenter.search(typed)
        self._members_presenter.add(self._window.language.code, then=self.open_ticket)
        self._window.go("members")

    def issue_card(self, member: str) -> None:
        """A card for a member."""
        self._window.screen_for("cards")
        self._cards_presenter.issue_to(member)
        self._window.go("cards")

    def show_card(self, card: str) -> None:
        """A card's page."""
        self._window.screen_for("cards")
        self._cards_presenter.open(card)
        self._window.go("cards")

    def show_document(self, document: str) -> None:
        """A sale, top-up, refund or void, to be looked at or given back."""
        self._window.screen_for("refund")
        self._refund_presenter.open(document)
        self._window.go("refund")

    def open_ticket(self, member: str) -> None:
        """A new ticket for a member."""
        self.checkout.presenter.take_member(member)
        self._window.go("checkout")

    def _screen(self, key: str, kind: type[S]) -> S:
        screen = self._window.screen_for(key)
        assert isinstance(screen, kind)
        return screen
