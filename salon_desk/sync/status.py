"""The one place where both sync threads note how it goes; out come frozen `LinkStatus` values for whoever listens.

No screen and no connection lives here. What needs a person (a fork, a damaged feed) outranks being offline, which is normal.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from salon_desk.domain.clock import Clock, instant_text, parse_instant
from salon_desk.services.link_status import LinkReason, LinkState, LinkStatus
from salon_desk.services.outbox import Standing

Listener = Callable[[LinkStatus], None]

_log = logging.getLogger(__name__)

_STEPS = 200
_GRAVEST_FIRST = (LinkState.ATTENTION, LinkState.REFUSED, LinkState.UNCONFIRMED)


class StatusBoard:
    """Any thread notes and reads. Listeners are called on the thread that noted, and must not block."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._now = LinkStatus()
        self._linked = False
        self._last: LinkReason | None = None
        self._held: dict[str, tuple[LinkState, LinkReason]] = {}
        self._quickest = 1.0
        self._seq = 0
        self._standing: Standing | None = None
        self._listeners: list[Listener] = []

    def now(self) -> LinkStatus:
        """The present picture."""
        return self._now

    @property
    def epoch(self) -> str:
        """This till's epoch when it was last counted, empty before."""
        standing = self._standing
        return standing.epoch if standing else ""

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at every change; what is returned ends that."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def linked(self) -> None:
        """There is a parent, and nothing was heard of it yet."""
        with self._lock:
            self._linked, self._last = True, None
            self._held.clear()
        self._publish()

    def reached(self) -> None:
        """The parent answered."""
        with self._lock:
            self._last = LinkReason.NONE
        self._publish(contact_at=instant_text(self._clock.now()))

    def missed(self, reason: LinkReason) -> None:
        """The parent did not answer."""
        with self._lock:
            self._last = reason
        self._publish()

    def hold(self, who: str, state: LinkState, reason: LinkReason) -> None:
        """Something is wrong until `who` releases it."""
        with self._lock:
            known = self._held.get(who)
            self._held[who] = (state, reason)
        if known != (state, reason):
            _log.warning("sync: %s: %s (%s)", who, state.value, reason.value)
        self._publish()

    def release(self, who: str) -> None:
        """It is right again."""
        with self._lock:
            self._held.pop(who, None)
        self._publish()

    def counted(self, standing: Standing) -> None:
        """How far either side is; a parent that knows more of this till's epoch than the till does needs a person."""
        if standing.catching_up:
            self.hold("standing", LinkState.ATTENTION, LinkReason.CATCHING_UP)
        elif standing.pending_parent < 0:
            self.hold("standing", LinkState.ATTENTION, LinkReason.BEHIND_PARENT)
        else:
            self.release("standing")
        with self._lock:
            known = self._standing
            same = known is None or known.epoch == standing.epoch
            self._seq = max(self._seq, standing.seq) if same else standing.seq
            self._standing = standing
        self._publish(
            position=standing.position,
            target=standing.target,
            set_aside=standing.set_aside,
            by_hub=standing.by_hub,
        )

    def recorded(self, seq: int) -> bool:
        """The own chain is that long now; whether that is news."""
        with self._lock:
            if seq <= self._seq:
                return False
            self._seq = seq
        self._publish()
        return True

    def progressed(self, position: int, target: int) -> None:
        """The feed is being taken in and stands about here; told in steps that a bar can show."""
        now = self._now
        if target != now.target or position - now.position >= max(1, target // _STEPS):
            self._publish(position=position, target=target)

    def heard_time(self, parents: str, seconds: float, *, held_back: bool) -> None:
        """The parent's instant came with an answer that took so many seconds, `held_back` if it waited for news first.

        The offset is that of the middle of the round trip; of an answer that was held back only the way home counts, for
        which the quickest other round trip stands.
        """
        if not held_back:
            self._quickest = min(self._quickest, seconds)
        half = (self._quickest if held_back else seconds) / 2
        try:
            ahead = parse_instant(parents) - self._clock.now()
        except (ValueError, OverflowError):
            return
        self._publish(clock_offset=round(ahead.total_seconds() + half))

    def heard_root(self, *, cut: bool) -> None:
        """The parent is a hub and has lost head office, or it is not so."""
        self._publish(root_cut=cut)

    def _pending(self) -> dict[str, object]:
        """Reckoned under the lock, so that of two threads neither writes over the other with what it knew before."""
        standing = self._standing
        if standing is None:
            return {}
        root = standing.seq - standing.pending_root
        return {
            "pending_parent": max(0, self._seq - standing.acknowledged),
            "pending_root": max(0, self._seq - root),
        }

    def _publish(self, **changes: object) -> None:
        with self._lock:
            state, reason = self._state()
            changes |= self._pending()
            after = replace(self._now, state=state, reason=reason, **changes)  # type: ignore[arg-type]
            changed, self._now = after != self._now, after
            listeners = list(self._listeners) if changed else []
        for listener in listeners:
            try:
                listener(after)
            except Exception:
                _log.exception("a listener of the link's status stumbled")

    def _state(self) -> tuple[LinkState, LinkReason]:
        if not self._linked:
            return LinkState.NOT_LINKED, LinkReason.NONE
        for grave in _GRAVEST_FIRST:
            for state, reason in self._held.values():
                if state is grave:
                    return state, reason
        if self._last is None:
            return LinkState.CONNECTING, LinkReason.NONE
        if self._last is LinkReason.NONE:
            return LinkState.ONLINE, LinkReason.NONE
        return LinkState.OFFLINE, self._last
