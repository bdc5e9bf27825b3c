"""The top bar where there is little room: a long name of the shop gives way, and no state is squeezed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from salon_desk.ui.main_window import MainWindow
from salon_desk.ui.view_values import Heading, StatusPill, Tone

SAID = ("Offline, 12 wait", "Cards: 2 open", "Terminal is off", "Printer is off")


@pytest.mark.parametrize("heading", [Heading(), Heading("Pay: May Zhang", back=True)])
def test_every_state_stands_whole_beside_a_shop_with_a_long_name(desk: MainWindow, heading: Heading) -> None:
    desk.resize(1024, 768)
    bar = desk.top_bar
    bar.set_place("Lotus International Nails, Lashes & Skin Care Center of Flushing", "Till 2")
    bar.set_user("Amy 陈")
    bar.set_pills([StatusPill(one, one, Tone.AMBER) for one in SAID])
    bar.set_heading(heading)
    QApplication.processEvents()
    buttons = [bar.switch, bar.user, *(one for one in map(bar.pill, SAID) if one is not None)]
    assert [one.width() >= one.sizeHint().width() for one in buttons] == [True] * 6
