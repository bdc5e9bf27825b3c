"""Where a till's folder is at home: this machine remembers it beside its keys, so that a copy of the folder is told from it.

The mark on the machine and the one in the folder share a random word; a folder whose word this machine does not know, or
knows of another place, is a copy. It also remembers how far the folder had come, so that an older copy put back in its place
is noticed. What follows is in `epochs.py`.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from functools import partial
from pathlib import Path

import msgspec

from salon_desk import secrets
from salon_desk.operations.decoding import decoder_of
from salon_desk.operations.node import WhyAnew
from salon_desk.storage import epochs, local
from salon_desk.storage.anchor import Anchor
from salon_desk.storage.guard import Noted
from salon_desk.storage.queries import openings
from salon_desk.storage.queries.feed import chain_end
from salon_desk.storage.store import Store

NAME = "home"
"""Of the note on the machine, and of the local setting that holds the word."""
WORD_BYTES = 16
EVERY = 50
"""Operations after which an idle moment is used to remember how far the folder has come."""

_log = logging.getLogger(__name__)


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """A folder as this machine last knew it: path, the file system's own number of it, and its head."""

    path: str
    number: int
    epoch: str
    seq: int


def settle_in(store: Store, folder: Path) -> None:
    """At a start, after the guard: a copy and an older copy open a new epoch; a folder without a word gets one.

    Raises OSError when the machine's own notes cannot be read, CannotRecord.
    """
    store.on_anew = partial(remember, store)
    word = _word(store)
    if not word:
        _give_word(store, folder)
        return
    known = _known(word)
    if known is None or (known.path, known.number) != _place(folder):
        epochs.open_anew(store, WhyAnew.FOLDER_COPIED)
        _give_word(store, folder)
    elif (store.opened_anew is None or store.entered) and _was_further(store, known):
        epochs.open_anew(store, WhyAnew.ANCHOR_OLD)
    remember(store)


def noted(store: Store, folder: Path) -> Noted | None:
    """How far this machine knows that this very folder had come; None for a copy. Raises OSError."""
    word = _word(store)
    known = _known(word) if word else None
    if known is None or (known.path, known.number) != _place(folder):
        return None
    return Noted(known.epoch, known.seq)


def remember(store: Store, after: int = 1) -> None:
    """Note how far the folder has come, if that is so many operations more than the machine knows. Never fails."""
    anchor = store.anchor
    if not isinstance(anchor, Anchor):
        return
    try:
        word = _word(store)
        known = _known(word) if word else None
        if known is None or (known.path, known.number) != _place(anchor.path.parent):
            return
        if known.epoch != store.epoch or store.head.seq >= known.seq + after:
            _write(word, anchor.path.parent, store)
    except (OSError, sqlite3.Error) as error:
        _log.warning("this machine could not note how far the folder has come: %s", error)


def _word(store: Store) -> str:
    with store.database.read() as transaction:
        return local.setting(transaction, NAME)


def _give_word(store: Store, folder: Path) -> None:
    """The machine's mark first: a folder with a word that its machine does not know would be a copy."""
    word = os.urandom(WORD_BYTES).hex()
    try:
        _write(word, folder, store)
    except OSError as error:
        _log.warning(
            "this machine could not note whose folder this is, a copy will not be noticed: %s", error
        )
        return
    local.save_setting(store, NAME, word)


def _write(word: str, folder: Path, store: Store) -> None:
    path, number = _place(folder)
    home = Home(path=path, number=number, epoch=store.epoch, seq=_last(store))
    secrets.save_note(NAME, word, msgspec.json.encode(home).decode("ascii"))


def _known(word: str) -> Home | None:
    try:
        text = secrets.note(NAME, word)
        return decoder_of(Home).decode(text) if text else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _place(folder: Path) -> tuple[str, int]:
    """The path without links, in characters that every file can hold, and the file system's number of the folder."""
    return os.path.realpath(folder).encode("unicode_escape").decode("ascii"), os.stat(folder).st_ino


def _was_further(store: Store, known: Home) -> bool:
    """Whether this folder had come further than it has: in its epoch, or in a later one that it does not know."""
    if known.epoch == store.epoch:
        return known.seq > _last(store)
    with store.database.read() as transaction:
        here = chain_end(transaction, store.node, known.epoch)[0] > 0
        return not here and known.epoch not in openings.left(transaction, store.node)


def _last(store: Store) -> int:
    """How far the folder goes: while catching up, what its anchor stands for."""
    waited = store.catching_up
    if waited is None:
        return store.head.seq
    return waited.tail[-1][-1].header.seq if waited.tail else waited.seq
