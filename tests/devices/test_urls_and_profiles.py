"""How a device is named, and what a model of printer can do."""

from __future__ import annotations

import msgspec
import pytest

from salon_desk.devices.errors import BadDeviceUrl, UnknownPrinterProfile, UrlProblem
from salon_desk.devices.profile import load_profile, parse_profile, profile_names
from salon_desk.devices.url import (
    DeviceUrl,
    EmulatedUrl,
    FileUrl,
    QueueUrl,
    SerialUrl,
    TcpUrl,
    UsbUrl,
    parse_device_url,
)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("tcp://192.168.1.50:9100", TcpUrl("192.168.1.50", 9100)),
        ("tcp://printer.local", TcpUrl("printer.local", 9100)),
        ("TCP://[::1]:9101/", TcpUrl("::1", 9101)),
        ("serial:/dev/ttyUSB0?baud=115200", SerialUrl("/dev/ttyUSB0", 115200)),
        ("serial:///dev/ttyS1", SerialUrl("/dev/ttyS1", 9600)),
        ("serial:COM5?baud=19200&handshake=rtscts", SerialUrl("COM5", 19200, True)),
        ("usb:04b8:0202", UsbUrl(0x04B8, 0x0202)),
        ("file:/tmp/a b?c#d", FileUrl("/tmp/a b?c#d")),
        ("file:///dev/usb/lp0", FileUrl("/dev/usb/lp0")),
        ("file:out.bin", FileUrl("out.bin")),
        ("queue:Front_Desk", QueueUrl("Front_Desk")),
        (r"queue:\\desk\Receipt printer", QueueUrl(r"\\desk\Receipt printer")),
        ("emulated:", EmulatedUrl("")),
        ("emulated:/tmp/receipts", EmulatedUrl("/tmp/receipts")),
    ],
)
def test_a_url_names_a_device_and_is_said_back_alike(text: str, url: DeviceUrl) -> None:
    assert parse_device_url(text) == url
    assert parse_device_url(str(url)) == url


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", UrlProblem.UNKNOWN_SCHEME),
        ("/dev/ttyUSB0", UrlProblem.UNKNOWN_SCHEME),
        ("http://printer", UrlProblem.UNKNOWN_SCHEME),
        ("tcp:", UrlProblem.NO_HOST),
        ("tcp://", UrlProblem.NO_HOST),
        ("tcp://user@host", UrlProblem.NO_HOST),
        ("tcp://host:99999", UrlProblem.BAD_PORT),
        ("tcp://host:0", UrlProblem.BAD_PORT),
        ("tcp://[::1", UrlProblem.BAD_PORT),
        ("tcp://host/path", UrlProblem.BAD_OPTION),
        ("serial:", UrlProblem.NO_PATH),
        ("serial:?baud=9600", UrlProblem.NO_PATH),
        ("serial:/dev/x?baud=fast", UrlProblem.BAD_OPTION),
        ("serial:/dev/x?baud=12345", UrlProblem.BAD_OPTION),
        ("serial:/dev/x?parity=odd", UrlProblem.BAD_OPTION),
        ("serial:/dev/x?baud", UrlProblem.BAD_OPTION),
        ("usb:4b8:202", UrlProblem.BAD_USB_ID),
        ("usb:04b8", UrlProblem.BAD_USB_ID),
        ("file:", UrlProblem.NO_PATH),
        ("queue:", UrlProblem.NO_PATH),
        ("queue:a\nb", UrlProblem.NO_PATH),
    ],
)
def test_a_wrong_url_is_refused_with_what_is_wrong(text: str, problem: UrlProblem) -> None:
    with pytest.raises(BadDeviceUrl) as refused:
        parse_device_url(text)
    assert refused.value.parameters() == {"url": text, "problem": problem}


def test_the_profiles_of_the_product_are_sound() -> None:
    assert {"generic-80mm", "generic-58mm"} <= set(profile_names())
    for name in profile_names():
        profile = load_profile(name)
        assert profile.name == name
        assert profile.width_dots % 8 == 0
        assert profile.drawer_pin in (2, 5)
    assert (load_profile("generic-80mm").columns, load_profile("generic-58mm").columns) == (48, 32)


@pytest.mark.parametrize("name", ["laser", "", "../rules/us"])
def test_an_unknown_profile_is_refused(name: str) -> None:
    with pytest.raises(UnknownPrinterProfile):
        load_profile(name)


def test_a_profile_with_an_unknown_word_is_damaged() -> None:
    with pytest.raises(msgspec.ValidationError):
        parse_profile('title = "x"\npaper_mm = 80\nwidth_dots = 576\ncuter = "full"', "x")
