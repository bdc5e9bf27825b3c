"""Who is signed in at this window, which cards were read here, fresh command ids; plain Python, shared by all presenters.

No PIN and no permission is decided here (`services/sign_in.py`). A command id is made before the work starts, so that
a double tap or a retry does the same thing once.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.ids import NewId
from salon_desk.services.sign_in import SignedIn
from salon_desk.services.till import Actor
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.ui.presented import PresentedCards


class NobodySignedIn(Exception):
    """A screen asked for the actor while nobody is signed in: a bug, not a refusal."""


class Session:
    """The person at the till. UI thread only; listeners are called after each change."""

    def __init__(self, new_id: NewId) -> None:
        self._new_id = new_id
        self._signed_in: SignedIn | None = None
        self.presented = PresentedCards()
        self._listeners: list[Callable[[], None]] = []

    @property
    def person(self) -> StaffMember | None:
        """Who is signed in, if anybody."""
        return self._signed_in.person if self._signed_in else None

    @property
    def actor(self) -> Actor:
        """The actor that services take. Raises NobodySignedIn."""
        if self._signed_in is None:
            raise NobodySignedIn
        return self._signed_in.actor

    def sign_in(self, signed_in: SignedIn) -> None:
        """Someone gave the right PIN."""
        self._signed_in = signed_in
        self._tell()

    def sign_out(self) -> None:
        """Nobody stands here any more."""
        self._signed_in = None
        self._tell()

    def new_command(self) -> str:
        """A fresh command id, made before the work starts."""
        return self._new_id()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each change of who is signed in."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
