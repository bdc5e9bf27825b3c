"""What every endpoint of a head office gets: the way to the data, who this node is, its secrets, its limits.

No endpoint lives here; `bootstrap/head_office.py` puts it together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from salon_desk.domain.clock import Clock
from salon_desk.head_office.above import Above
from salon_desk.head_office.access import Access
from salon_desk.head_office.attendance import Attendance
from salon_desk.head_office.growth import Growth
from salon_desk.head_office.intake import Intake
from salon_desk.head_office.known_devices import KnownDevices
from salon_desk.head_office.limits import CodeTries, InFlight
from salon_desk.head_office.providers import Providers
from salon_desk.head_office.recalling import RecallsTold
from salon_desk.head_office.sweeping import Sweeping
from salon_desk.head_office.tally import Tally
from salon_desk.secrets import NodeKeys


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this node is to its children. `token_secret`: 32 bytes that all processes of this node share; `keys`: what it signs with."""

    node: str
    epoch: str
    public_key: str
    token_secret: bytes = field(repr=False)
    keys: NodeKeys | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Context:
    """One process of a head office."""

    access: Access
    identity: Identity
    clock: Clock
    growth: Growth
    code_tries: CodeTries
    in_flight: InFlight
    tally: Tally
    attendance: Attendance
    known_devices: KnownDevices
    intake: Intake
    recalls: RecallsTold
    phone_tries: CodeTries = field(default_factory=lambda: CodeTries(of_address=60, of_all=6_000))
    """Links that no till signed, by address."""
    phone_taps: CodeTries = field(default_factory=lambda: CodeTries(of_address=30, of_all=6_000))
    """What telephones asked for, by till."""
    sweeping: Sweeping = field(default_factory=Sweeping)
    metrics_for_all: bool = False
    above: Above | None = None
    """What stands above this node: None for a root."""
    providers: Providers | None = None
    """Who carries messages to members and may call this node: None for nobody."""
    recorded: Callable[[], None] | None = None
    """Called on the writer thread after every commit, besides those who wait for news."""

    own_certificate: bytes = b""
    """The SHA-256 of a certificate that nobody else has signed, so that it is proven by a code; empty for any other."""

    def woken(self) -> None:
        """Something was recorded. Writer thread."""
        self.growth.stir_from_thread()
        if self.recorded is not None:
            self.recorded()
