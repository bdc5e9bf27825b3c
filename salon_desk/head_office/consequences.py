"""What follows when operations were recorded or a device was let in: disclosures, value that finds
its place, cover for what is stranded.

What follows is decided in `visibility.py` and `placement.py`, on a hub in `onward.py` alone. None of it may undo or refuse
what it follows from: trouble is logged, and made good at the next start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from salon_desk.head_office import closing_again, closings, covering, merging, onward, placement, visibility
from salon_desk.operations.envelope import Envelope
from salon_desk.services import tiers
from salon_desk.storage import returns
from salon_desk.storage.office import Office

_log = logging.getLogger(__name__)


def after_push(office: Office, recorded: Sequence[Envelope]) -> None:
    """Operations of tills were recorded. Writer thread."""
    if recorded:
        _try("closing", lambda: _close(office))
    if office.relays:
        _try("sending on", lambda: onward.after_push(office, recorded))
    elif recorded:
        _try("closing again", lambda: closing_again.after_push(office, recorded))
        _try("disclosing", lambda: visibility.disclose_where_needed(office, recorded))
        _try("placing", lambda: placement.after_push(office, recorded))
        _try("rearranging", lambda: placement.rearrange(office, placement.concerned(office, recorded)))
        _try("covering", lambda: covering.after_push(office, recorded))
        _try("merging", lambda: merging.after_push(office, recorded))
        _try("tiers", lambda: tiers.rest(office))


def after_describing(office: Office, recorded: Sequence[Envelope]) -> None:
    """This node has described a store or a till. Writer thread."""
    if recorded and not office.relays:
        _try("disclosing", lambda: visibility.disclose_where_needed(office, recorded))


def after_confirmation(office: Office, node: str) -> None:
    """A device may receive value from now on. Writer thread; may take seconds."""
    if office.relays:
        return
    _try("placing", lambda: placement.after_enrolment(office, node))


def after_return(office: Office, nodes: Sequence[str]) -> None:
    """Devices were heard of that had been out of reach, and nobody waits: a server does it in pieces (`sweeping.py`).

    Writer thread; may take seconds.
    """
    if nodes and not office.relays:
        _try("rearranging", lambda: _returned(office, nodes))


def catch_up(office: Office, *, placing: bool = True) -> None:
    """At a start: what a crash cut off. Writer thread; may take seconds.

    Not `placing`: what lies here is placed in pieces instead (`sweeping.py`).
    """
    _try("closing", lambda: closings.catch_up(office))
    _try("taking back", lambda: closings.take_back_dead(office))
    if office.relays:
        _try("sending on", lambda: onward.settle(office))
        return
    _try("disclosing", lambda: visibility.catch_up(office))
    _try("placing", lambda: placement.catch_up(office) if placing else placement.settle(office))
    _try("covering", lambda: covering.cover_within_limit(office))
    _try("merging", lambda: merging.catch_up(office))


def _close(office: Office) -> None:
    """Epochs whose end is proven, and the moves that can arrive there no more; what came back repays its cover, or is placed."""
    closed = closings.close_proven(office)
    came = closings.take_back_dead(office)
    if office.relays:
        return
    if closed or came:
        placement.rearrange(office, covering.covered_cards(office))
    if came:
        placement.place(office, came)


def _returned(office: Office, nodes: Sequence[str]) -> None:
    placement.after_return(office, nodes)
    with office.local() as transaction:
        for node in nodes:
            returns.forget(transaction, node)


def _try(what: str, work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        # the push or the enrolment before it stands and must be answered
        _log.exception("%s is left for the next start", what)
