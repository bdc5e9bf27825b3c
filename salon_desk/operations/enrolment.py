"""Letting a device in, as a hub records it: who it is, so that whoever stands above the hub knows whom it speaks for.

Head office describes its tills (`description.py`) and keeps its codes and tokens to itself. Nobody becomes a till by this alone:
the owner's confirmation is head office's to record (PROTOCOL 7).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.operation import Operation


class DeviceEnrolled(Operation, frozen=True, kw_only=True):
    """The recording hub has let in a device. `public_key`: its Ed25519 key, 64 hex digits; `epoch`: the one that it was in."""

    KIND: ClassVar[str] = "device.enrolled"
    node: str
    epoch: str
    store: str
    name: str
    public_key: str
    program: str = ""
