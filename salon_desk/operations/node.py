"""Operations about the recording node itself: its epochs.

Shops, staff and devices do not belong here. An epoch is a random id drawn locally; holders of purses are
(node, epoch), so a new epoch owns nothing (PROTOCOL 5).
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.operation import Operation


class EpochOpened(Operation, frozen=True, kw_only=True):
    """The first entry of an epoch's chain; names the epoch before it and its last known head, if any."""

    KIND: ClassVar[str] = "epoch.opened"
    old_epoch: str = ""
    old_head: str = ""


class BodyDisclosed(Operation, frozen=True, kw_only=True):
    """Head office lets a store see bodies that are otherwise withheld from it, and why."""

    KIND: ClassVar[str] = "body.disclosed"
    op_ids: tuple[str, ...]
    store: str
    reason: str
