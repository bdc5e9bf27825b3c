"""How the link to head office stands, as frozen values that any thread may hold.

Nothing connects here: `sync` fills these, screens read them. Reasons are codes; their sentences stand in `ui`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.errors import DomainError


class LinkState(StrEnum):
    """The one word for the link. ATTENTION: a person must look; the till sells on all the same."""

    NOT_LINKED = "not-linked"
    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    ATTENTION = "attention"


class LinkReason(StrEnum):
    """Why the link is not simply online."""

    NONE = ""
    NO_CONNECTION = "no-connection"
    NAME_UNKNOWN = "name-unknown"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    PROXY = "proxy"
    BUSY = "busy"
    NOT_HEAD_OFFICE = "not-head-office"
    NOT_SECURED = "not-secured"
    INTERRUPTED = "interrupted"
    UNAUTHORIZED = "unauthorized"
    UNCONFIRMED = "unconfirmed"
    LOCKED_OUT = "locked-out"
    REFUSED = "refused"
    KEYS_UNREACHABLE = "keys-unreachable"
    CHAIN_BROKEN = "chain-broken"
    DAMAGED = "damaged"
    FORK = "fork"
    BEHIND_PARENT = "behind-parent"
    CATCHING_UP = "catching-up"
    RESTARTED = "restarted"
    CONTRADICTED = "contradicted"
    DISK = "disk"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """One picture of the link.

    `contact_at`: instant of the last answer, empty when there was none since the start. `pending_parent` and
    `pending_root`: own operations that the parent, and the root above it, do not hold yet. `position` of `target`: how far
    the feed was taken in. `clock_offset`: whole seconds that the parent's clock is ahead of this one; None when not known.
    `by_hub`: the parent is a hub of the shop; `root_cut`: one that has lost head office.
    """

    state: LinkState = LinkState.NOT_LINKED
    reason: LinkReason = LinkReason.NONE
    contact_at: str = ""
    pending_parent: int = 0
    pending_root: int = 0
    position: int = 0
    target: int = 0
    set_aside: int = 0
    clock_offset: int | None = None
    root_cut: bool = False
    by_hub: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """This till belongs to a head office. Not `confirmed`: the owner compares `fingerprint` first."""

    store: str
    fingerprint: str
    confirmed: bool


@dataclass
class EnrolmentRefused(DomainError):
    """Head office does not take this code. `reason`: code-unknown, code-used, code-lapsed, too-many, or another code."""

    reason: str


@dataclass
class CodeRefused(DomainError):
    """Head office makes no code for a further till of this name. `reason`: the code of its refusal."""

    reason: str
    till_name: str


@dataclass
class HeadOfficeOutOfReach(DomainError):
    """No answer, or none of a head office, at this address; `reason` is a LinkReason."""

    reason: str
