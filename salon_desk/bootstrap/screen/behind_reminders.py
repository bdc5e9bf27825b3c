"""The screen of the reminders and those behind it: tasks, groups, campaigns, what was sent, what is sent by itself.

Every other screen and way is in `places.py`. A screen's module is imported when it is first wanted. UI thread only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from salon_desk.services.till import Till
from salon_desk.services.worker import Worker
from salon_desk.ui.approval.asking import Approvals
from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.session import Session

if TYPE_CHECKING:
    from salon_desk.ui.screens.message_accounts.presenter import AccountTrial


@dataclass(frozen=True, slots=True)
class ReminderDesk:
    """What works for these screens beside the till: the database worker, and who tries out an account."""

    worker: Worker
    trial: AccountTrial


@dataclass(frozen=True, slots=True)
class BehindReminders:
    """Registers these screens."""

    till: Till
    session: Session
    approvals: Approvals
    desk: ReminderDesk
    show_member: Callable[[str], None]

    def register(self, window: MainWindow) -> None:
        """Make each of them known to the window by its key."""
        window.register("reminders", self._reminders)
        for key, make in self._places.items():
            window.register(key, make)

    @property
    def _places(self) -> dict[str, Callable[[ScreenHost], Screen]]:
        """Those behind the first one."""
        return {
            "follow_ups": self._follow_ups,
            "segments": self._segments,
            "campaigns": self._campaigns,
            "sent": self._sent,
            "triggers": self._triggers,
            "templates": self._templates,
            "message_accounts": self._accounts,
        }

    def _reminders(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.reminders.view import RemindersScreen

        return RemindersScreen(host, self._places.keys(), host.go)

    def _follow_ups(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.follow_ups.presenter import FollowUpsPresenter
        from salon_desk.ui.screens.follow_ups.view import FollowUpsScreen

        presenter = FollowUpsPresenter(self.till, host.tasks, self.session, approvals=self.approvals)
        return FollowUpsScreen(host, presenter, back_to=lambda: host.go("reminders"))

    def _segments(self, host: ScreenHost) -> Screen:
        from salon_desk.services.leaving_run import LeavingRun
        from salon_desk.ui.screens.segments.presenter import SegmentsPresenter
        from salon_desk.ui.screens.segments.reckoning import Reckoning
        from salon_desk.ui.screens.segments.view import SegmentsScreen

        presenter = SegmentsPresenter(
            self.till,
            host.tasks,
            self.session,
            approvals=self.approvals,
            reckons=Reckoning(lambda today: LeavingRun(self.desk.worker, self.till.store, today)),
            write_to=lambda segment: self._write_to(host, segment),
            show_member=self.show_member,
        )
        return SegmentsScreen(host, presenter, back_to=lambda: host.go("reminders"))

    def _campaigns(self, host: ScreenHost) -> Screen:
        from salon_desk.bootstrap.messages import load_templates, make_asker
        from salon_desk.ui.screens.campaigns.presenter import CampaignDesk, CampaignsPresenter
        from salon_desk.ui.screens.campaigns.view import CampaignsScreen

        presenter = CampaignsPresenter(
            self.till,
            host.tasks,
            self.session,
            approvals=self.approvals,
            desk=CampaignDesk(cache(load_templates), cache(lambda: make_asker(self.till.rules))),
        )
        return CampaignsScreen(host, presenter, back_to=lambda: host.go("reminders"))

    def _write_to(self, host: ScreenHost, segment: str) -> None:
        """A new campaign for a group."""
        from salon_desk.ui.screens.campaigns.view import CampaignsScreen

        assert isinstance(host, MainWindow)
        host.go("campaigns")
        screen = host.screen_for("campaigns")
        assert isinstance(screen, CampaignsScreen)
        screen.presenter.new(segment)

    def _sent(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.sent.presenter import SentPresenter
        from salon_desk.ui.screens.sent.view import SentScreen

        return SentScreen(host, SentPresenter(self.till, host.tasks), back_to=lambda: host.go("reminders"))

    def _triggers(self, host: ScreenHost) -> Screen:
        from salon_desk.bootstrap.messages import load_templates
        from salon_desk.ui.screens.triggers.presenter import TriggersPresenter
        from salon_desk.ui.screens.triggers.view import TriggersScreen

        presenter = TriggersPresenter(
            self.till,
            host.tasks,
            self.session,
            approvals=self.approvals,
            built_in=cache(load_templates),
        )
        return TriggersScreen(host, presenter, back_to=lambda: host.go("reminders"))

    def _templates(self, host: ScreenHost) -> Screen:
        from salon_desk.bootstrap.messages import load_templates
        from salon_desk.ui.screens.templates.presenter import TemplatesPresenter
        from salon_desk.ui.screens.templates.view import TemplatesScreen

        presenter = TemplatesPresenter(
            self.till,
            host.tasks,
            self.session,
            approvals=self.approvals,
            built_in=cache(load_templates),
        )
        return TemplatesScreen(host, presenter, back_to=lambda: host.go("reminders"))

    def _accounts(self, host: ScreenHost) -> Screen:
        from salon_desk.ui.screens.message_accounts.presenter import MessageAccountsPresenter
        from salon_desk.ui.screens.message_accounts.view import MessageAccountsScreen

        presenter = MessageAccountsPresenter(
            self.till, host.tasks, self.session, approvals=self.approvals, trial=self.desk.trial
        )
        return MessageAccountsScreen(host, presenter, back_to=lambda: host.go("reminders"))
