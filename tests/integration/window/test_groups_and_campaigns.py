"""From a group to a campaign in the till's real window, and a reckoning of who is about to leave on its own thread."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from salon_desk.domain.access import Role
from salon_desk.services.leaving_list import Kept, kept
from salon_desk.ui.screens.campaigns.view import CampaignsScreen
from salon_desk.ui.screens.segments.view import SegmentsScreen
from salon_desk.ui.segment_words import LEAVING
from tests.integration.window.conftest import Desk


def test_a_group_leads_to_its_campaign_and_who_is_about_to_leave_is_reckoned_beside(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.sign_in(Role.OWNER)
    window = desk.opened.window
    window.go("segments")
    desk.settle()
    groups = window.screen_for("segments")
    assert isinstance(groups, SegmentsScreen)
    groups.presenter.choose(LEAVING)
    groups.presenter.reckon()
    desk.settle()
    assert groups.presenter.state.progress is not None
    qtbot.waitUntil(lambda: groups.presenter.state.progress is None)
    assert desk.running.worker.run(lambda: _kept(desk)) is not None
    groups.presenter.choose("lost")
    groups.page.write.emit()
    desk.settle()
    assert window.current == "campaigns"
    campaigns = window.screen_for("campaigns")
    assert isinstance(campaigns, CampaignsScreen)
    assert campaigns.presenter.state.picked.segment == "lost"
    assert campaigns.presenter.state.gathered is not None


def _kept(desk: Desk) -> Kept | None:
    with desk.running.till.read() as transaction:
        return kept(transaction)
