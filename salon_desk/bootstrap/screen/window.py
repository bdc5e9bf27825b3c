"""The window of a running till: what stands around the screens, and what every scan and tap outside them does.

The screens and the ways between them are in `places.py`. Nobody is signed in at first; a run that did not end well is
told of on the first screen. UI thread only.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from salon_desk.bootstrap.screen import behind_charges
from salon_desk.bootstrap.screen.account_trial import AccountTrials
from salon_desk.bootstrap.screen.behind_charges import OpenChargesMark
from salon_desk.bootstrap.screen.behind_reminders import ReminderDesk
from salon_desk.bootstrap.screen.charge_line import TillCharges
from salon_desk.bootstrap.screen.counter_notices import CounterNotices
from salon_desk.bootstrap.screen.device_desk import TillDevices
from salon_desk.bootstrap.screen.guest_side import GuestSide
from salon_desk.bootstrap.screen.link_desk import TillLink
from salon_desk.bootstrap.screen.local_settings import MachineSettings
from salon_desk.bootstrap.screen.phone import TillPhone
from salon_desk.bootstrap.screen.places import Places
from salon_desk.bootstrap.screen.scanning import Scanning
from salon_desk.bootstrap.till import RunningTill
from salon_desk.devices.scan import PaymentCardRefused, Scan, ScanEvent
from salon_desk.services.catalogue import shop_of
from salon_desk.services.device_settings import Role
from salon_desk.storage.queries.shop import Shop
from salon_desk.ui import link_words
from salon_desk.ui.app import crash_words
from salon_desk.ui.background import TaskRunner
from salon_desk.ui.device_pills import device_pills
from salon_desk.ui.idle_lock import IdleLock
from salon_desk.ui.language import Language
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.session import Session
from salon_desk.ui.view_values import Alert


class TillWindow(QObject):
    """The window and everything that belongs to it; `window`, `session` and `places` are there for tests."""

    def __init__(self, running: RunningTill, language: str, settings: MachineSettings) -> None:
        super().__init__()
        self._running = running
        self.language = Language(language)
        self.tasks = TaskRunner(running.worker, self)
        self.session = Session(running.till.new_id)
        self.window = MainWindow(self.language, self.tasks)
        self.scanning = Scanning(self)
        self.devices = TillDevices(running, self.scanning, self)
        self.link = TillLink(running, self)
        self.phone = TillPhone(running, self.link)
        self.charges = TillCharges(running.till, running.charging.desk, running.worker.submit, parent=self)
        self.places = Places(
            self.window,
            running.till,
            self.session,
            devices=self.devices,
            link=self.link,
            phone=self.phone,
            charges=self.charges,
            settings=settings,
            recovery=running.recovery,
            reminders=ReminderDesk(running.worker, AccountTrials(running, self.link)),
        )
        self._open_charges = OpenChargesMark(self.window, self.charges, self._say_pills)
        self.guests = GuestSide(self.window, running.till, self.tasks, show=running.counter.show)
        self.notices = CounterNotices(self.window, running.till, self.tasks, self.session, self.devices)
        self._idle = IdleLock(self.session, parent=self)
        self._shop: Shop | None = None
        self._connect()

    def open(self) -> None:
        """Show who can sign in, and read what stands on every screen."""
        self._read_shop()
        self.places.begin()

    def close(self) -> None:
        """End what belongs to the window; the till is its owner's to close."""
        self._end_charging()
        self.charges.close()
        self.devices.close()
        self.link.close()
        self.guests.close()
        self.tasks.close()
        self.window.close()

    def watch(self) -> None:
        """Begin to watch the keys of the window, once it is on the screen."""
        self.window.set_key_filter(self.scanning)
        handle = self.window.windowHandle()
        if handle is not None:
            self._idle.watch(handle)
        self._place_guests()

    def tell_of_a_bug(self) -> None:
        """Something went wrong that nobody foresaw: say so, and go on."""
        title, detail = crash_words(self.language.catalogue)
        self.window.notify(Alert.TROUBLE, title, detail)

    def _connect(self) -> None:
        self.tasks.refused.connect(self.window.refuse)
        self.scanning.scanned.connect(self._scanned)
        self.session.listen(self._person_changed)
        self._idle.idle.connect(self.places.lock)
        self.window.top_bar.user_tapped.connect(self.places.lock)
        self.window.top_bar.pill_tapped.connect(self._pill_tapped)
        self.language.changed.connect(self._say)
        self.devices.listen(self._say_pills)
        self._end_charging = self._running.charging.listen(self.charges.stirred.emit)
        self.devices.listen(self._place_guests)
        self.link.listen(self._link_changed)
        self._say()

    def _scanned(self, event: ScanEvent) -> None:
        self._idle.stir()
        if self.session.person is None:
            return
        if isinstance(event, PaymentCardRefused):
            self.places.payment_card_swiped()
        elif isinstance(event, Scan):
            self.places.scanned(event.code)

    def _pill_tapped(self, key: str) -> None:
        if key == link_words.KEY:
            self.places.show_link()
        elif key == behind_charges.KEY and self.session.person is None:
            self.places.sign_in_for(key)
        elif key == behind_charges.KEY:
            self.window.go(key)
        else:
            self._show_device(key)

    def _show_device(self, place: str) -> None:
        """The page of the device whose pill was tapped."""
        from salon_desk.ui.screens.devices.view import DevicesScreen

        self.window.go("devices")
        screen = self.window.screen_for("devices")
        assert isinstance(screen, DevicesScreen)
        screen.presenter.show(place)

    def _link_changed(self) -> None:
        self._say_pills()
        if self._shop is None:
            self._read_shop()
        self.places.link_changed()

    def _place_guests(self) -> None:
        """The window of the guests where this till wants it, once it has a window itself."""
        if self.window.isVisible():
            self.guests.use(self._running.devices.of(Role.GUEST_SCREEN).url)

    def _read_shop(self) -> None:
        """A till that has not joined yet knows no shop; its bar then names none."""
        self.tasks.run(
            lambda: shop_of(self._running.till), self._show_shop, lambda _refusal: None, replaces="shop"
        )

    def _show_shop(self, shop: Shop) -> None:
        self._shop = shop
        self.guests.use_shop(shop)
        self._say()

    def _person_changed(self) -> None:
        person = self.session.person
        self.window.top_bar.set_user(person.called(self.language.code) if person else "")
        self.places.person_changed()

    def _say(self) -> None:
        """Everything the top bar says, in the language in use."""
        words, code = self.language.catalogue, self.language.code
        if self._shop is not None:
            till = words.text("Till {name}", name=self._shop.till_name)
            self.window.top_bar.set_place(self._shop.names.in_language(code), till)
        self._say_pills()
        self._person_changed()

    def _say_pills(self) -> None:
        words, now = self.language.catalogue, self._running.till.store.clock.now()
        zone = self._shop.time_zone if self._shop is not None else ""
        office = link_words.office_pill(self.link.now(), zone, now, words)
        marks = (*self._open_charges.pills(words), *device_pills(self.devices.status(), words))
        self.window.top_bar.set_pills([office, *marks])
