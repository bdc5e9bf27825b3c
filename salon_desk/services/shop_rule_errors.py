"""Refusals of the rules that the owner sets for a shop.

Parameters only, no prose.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class ShopRuleInvalid(DomainError):
    """What was said of this field cannot be kept; "same": nothing differs from what stands."""

    field: str


@dataclass
class LogoUnreadable(DomainError):
    """This file is no picture that can stand on a receipt, or far too large."""

    name: str
