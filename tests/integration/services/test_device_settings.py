"""The devices of a machine: each role keeps its own, and none disturbs another."""

import pytest

from salon_desk.domain import access
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.services import device_settings
from salon_desk.services.device_settings import NO_DEVICE, ChosenDevice, DeviceChoice, Role
from salon_desk.services.till import Actor
from tests.integration.services.shop import Shop

PRINTER = ChosenDevice("usb:04b8:0202", "generic-58mm", "Front desk")
TERMINAL = ChosenDevice("tcp://10.0.0.9:10009", "pax", "左边的刷卡机")


def test_what_was_chosen_is_there_again(closed_shop: Shop) -> None:
    """A URL, a driver and a name for each role; what was not chosen is none."""
    choice = DeviceChoice().using(Role.PRINTER, PRINTER).using(Role.TERMINAL, TERMINAL)
    choice = choice.using(Role.READER, ChosenDevice("serial:/dev/ttyUSB0?baud=9600"))
    device_settings.choose(closed_shop.till, None, choice)
    kept = device_settings.chosen(closed_shop.till)
    assert kept == choice
    assert [kept.of(role) for role in (Role.PRINTER, Role.TERMINAL, Role.LABELS)] == [
        PRINTER,
        TERMINAL,
        NO_DEVICE,
    ]


def test_another_device_takes_the_role_and_leaves_the_others(closed_shop: Shop) -> None:
    """Taking the terminal away keeps the printer."""
    both = DeviceChoice().using(Role.PRINTER, PRINTER).using(Role.TERMINAL, TERMINAL)
    device_settings.choose(closed_shop.till, None, both)
    device_settings.choose(closed_shop.till, None, both.using(Role.TERMINAL, NO_DEVICE))
    kept = device_settings.chosen(closed_shop.till)
    assert (kept.of(Role.TERMINAL), kept.of(Role.PRINTER)) == (NO_DEVICE, PRINTER)


def test_a_technician_changes_no_device(shop: Shop) -> None:
    """Devices are changed by whom the shop lets."""
    with pytest.raises(PermissionNeeded):
        device_settings.choose(
            shop.till, Actor("lily", access.Role.TECHNICIAN), DeviceChoice().using(Role.PRINTER, PRINTER)
        )
    assert device_settings.chosen(shop.till).of(Role.PRINTER).url == ""
