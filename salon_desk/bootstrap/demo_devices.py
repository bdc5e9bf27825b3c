"""The devices of the demo: each an emulator in this process, behind a real line, so that the demo runs the real code.

A used folder keeps the devices that were chosen in it.
"""

from __future__ import annotations

from pathlib import Path

from salon_desk.services.device_settings import ChosenDevice, DeviceChoice, Role


def demo_devices(folder: Path) -> DeviceChoice:
    """A printer that draws its receipts into the till's folder, and a card terminal."""
    printer = DeviceChoice.printing(f"emulated:{folder / 'receipts'}")
    return printer.using(Role.TERMINAL, ChosenDevice("emulated:", name="练习 Practice"))
