"""Refusals about what is known of members: family, consents, merging.

Parameters and no prose. That a member or a card is unknown stands in `errors.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.errors import DomainError


@dataclass
class OwnRelative(DomainError):
    """Nobody is related to the same person by a link: `member` was named on both sides."""

    member: str


@dataclass
class UnknownLink(DomainError):
    """This family link was never made, or taken back already."""

    link: str


@dataclass
class ConsentTextMissing(DomainError):
    """A consent without the text that was shown proves nothing (RULES 19)."""


@dataclass
class AddressMissing(DomainError):
    """The member has no telephone, e-mail or WeChat id for this channel yet."""

    channel: str


@dataclass
class AlreadyMerged(DomainError):
    """The two are one person already."""

    member: str


@dataclass
class NotMerged(DomainError):
    """Nobody answers for this member."""

    member: str


@dataclass
class UnknownAsset(DomainError):
    """The member owns no such thing."""

    asset: str


@dataclass
class UnknownProposal(DomainError):
    """No such question waits for head office's answer."""

    proposal: str


@dataclass
class NotReferred(DomainError):
    """Nobody brought this member, or the member has not come yet."""

    member: str


@dataclass
class AlreadyRewarded(DomainError):
    """Both sides of this referral have their coupon."""

    member: str
