"""The feed thread: what others did comes in, slice by slice, and what it causes here is recorded after it.

What is sent lives in `send.py`. A feed that does not chain stops where it is, is shown, and is tried again now and then;
everything else of the till goes on.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from functools import partial

from salon_desk.services import (
    bridge,
    ending,
    importing_mending,
    intake,
    lapses,
    moves,
    outbox,
    parent,
    savings,
)
from salon_desk.services.link_status import LinkReason, LinkState
from salon_desk.services.outbox import Standing
from salon_desk.services.till import Till
from salon_desk.storage.errors import CannotRecord, ChainBroken, EnvelopeDamaged, StoreStopped
from salon_desk.sync.backoff import CAP, Backoff
from salon_desk.sync.calm import Calm
from salon_desk.sync.context import FOREVER, Context, Line, WorkerGone, loop
from salon_desk.sync.heads import Heads
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire import codec
from salon_desk.wire.messages import FeedAnswer, Me, Root

THREAD = "sync-feed"
MOVES_AT_ONCE = 10
FEWEST = 10
_HURRIED = 0.1
"""Seconds between two rounds while somebody waits for calm."""
_HOUR = len("2026-11-20T15")
_WHO, _MOVES = "feed", "moves"

_log = logging.getLogger(__name__)


class Feed:
    """The body of the feed thread. `wake` and `hurry` belong to any thread."""

    def __init__(self, context: Context, calm: Calm) -> None:
        self._context = context
        self._calm = calm
        self._backoff = Backoff(context.random)
        self._asking = Backoff(context.random, first=4.0, cap=30.0)
        self._pace = intake.Pace()
        self._heads = Heads(context)
        self._woken = threading.Event()
        self._line: Line | None = None
        self._caught_up = False
        self._polling = False
        self._limit = codec.MOST_OPERATIONS
        self._root: Root | None = None
        self._lapsed, self._lapsed_upto = "", ""

    def run(self) -> None:
        """The thread's life."""
        loop(self._context, THREAD, self, self._woken)

    def wake(self) -> None:
        """Look again at once, whatever was waited for. Any thread."""
        self._woken.set()

    def hurry(self) -> None:
        """Try at once, and end a long poll that is under way, because somebody waits for calm. Any thread."""
        self._woken.set()
        line = self._context.line
        if line is not None and self._polling:
            line.feed.interrupt()

    def once(self) -> float:
        """One question and what came of it."""
        line = self._context.line
        if line is None:
            return FOREVER
        if line is not self._line:
            self._line, self._caught_up = line, False
            self._backoff.reset()
        if not line.link.confirmed:
            return self._confirmed(line, line.feed.me())
        line.feed.prepare()
        found = self._context.database(_begin)
        if found is None:
            return FOREVER
        link, standing = found
        reach = self._context.database(self._context.reach) if self._context.relays else ()
        self._context.board.counted(standing)
        self._calm.begin(standing)
        wait = codec.LONGEST_WAIT if self._caught_up and not self._calm.is_wanted else 0.0
        self._polling = wait > 0
        outcome = line.feed.feed(
            link.cursor_text,
            link.acknowledged,
            self._limit,
            wait,
            epoch=standing.epoch,
            at_root=link.acknowledged_at_root,
            reach=reach,
            vouchers=self._context.database(parent.vouchers),
        )
        self._polling = False
        return self._came(line, outcome, waited=wait > 0)

    def _came(self, line: Line, outcome: Answer[FeedAnswer] | Denied | Unreachable, *, waited: bool) -> float:
        board = self._context.board
        match outcome:
            case Answer(message=answer, seconds=seconds):
                board.reached()
                board.heard_time(answer.now, seconds, held_back=waited)
                return self._take(line, answer)
            case Denied():
                board.reached()
                return self._denied(outcome)
            case Unreachable(reason=LinkReason.INTERRUPTED):
                return 0.0
            case Unreachable():
                board.missed(outcome.reason)
                self._limit = max(FEWEST, self._limit // 2)
                self._caught_up = False
                return self._backoff.failed(outcome.retry_after)

    def _take(self, line: Line, answer: FeedAnswer) -> float:
        try:
            if not self._take_in(answer):
                return 0.0
        except intake.ParentChanged:
            return self._follow(line, answer)
        except ChainBroken as error:
            if error.is_fork:
                self._heads.tell(line, contradicted=True)
            return self._trouble(LinkReason.FORK if error.is_fork else LinkReason.CHAIN_BROKEN)
        except EnvelopeDamaged:
            return self._trouble(LinkReason.DAMAGED)
        self._hear_root(answer.root)
        moved = self._moves(line, answer)
        standing = self._context.database(outbox.standing)
        board = self._context.board
        board.counted(standing)
        if standing.pending_parent < 0:
            self._context.on_behind()
        board.release(_WHO)
        self._backoff.reset()
        self._limit = min(self._limit * 2, codec.MOST_OPERATIONS)
        self._caught_up = answer.position >= answer.last
        if self._caught_up:
            moved += self._context.database(ending.advance)
        self._calm.end(answer, standing, moved=moved)
        if self._caught_up:
            self._heads.tell(line)
        else:
            self._context.database(intake.fold_log)
        return _HURRIED if self._caught_up and self._calm.is_wanted else 0.0

    def _lapse(self, parents: str) -> int:
        """Bonus that is over by the parent's time is taken off, some cards at a time, once in each of its hours."""
        if not parents or (parents[:_HOUR] == self._lapsed and not self._lapsed_upto):
            return 0
        done = self._context.database(partial(lapses.lapse_due, instant=parents, after=self._lapsed_upto))
        self._lapsed, self._lapsed_upto = parents[:_HOUR], done.after
        return done.made

    def _hear_root(self, root: Root | None) -> None:
        """What a hub says of head office is kept for the telephones that go around it."""
        if root is not None and root != self._root:
            self._context.database(lambda till: bridge.root_heard(till, root))
        self._root = root
        self._context.board.heard_root(cut=root is not None and not root.in_reach)

    def _take_in(self, answer: FeedAnswer) -> bool:
        """Slice by slice, so that a cashier's work gets in between; False when the link is to stop."""
        board, upto, known = self._context.board, 0, self._context.board.now().position
        while True:
            part = (answer.position - known) * upto // max(1, intake.size(answer))
            board.progressed(known + part, max(answer.position, answer.last))
            upto = self._slice(answer, upto)
            if upto >= intake.size(answer):
                return True
            if self._context.stopping.is_set():
                return False

    def _slice(self, answer: FeedAnswer, start: int) -> int:
        taken = self._context.database(lambda till: intake.take_in(till, answer, start, self._pace.count))
        self._pace.took(taken)
        return taken.upto

    def _moves(self, line: Line, answer: FeedAnswer) -> int:
        """What the answer causes here; a move that cannot be recorded is shown and holds nothing else up."""
        try:
            moved = self._settle(line, answer)
        except (WorkerGone, CannotRecord, StoreStopped):
            raise
        except Exception:
            _log.exception("a move could not be recorded")
            self._context.board.hold(_MOVES, LinkState.ATTENTION, LinkReason.FAULT)
            return 1
        self._context.board.release(_MOVES)
        return moved

    def _settle(self, line: Line, answer: FeedAnswer) -> int:
        """Receive the moves that came and answer what was asked for; how many operations that made."""
        database, node, epoch, moved = self._context.database, line.link.node, line.link.epoch, 0
        while not self._context.stopping.is_set():
            arrived = database(lambda till: moves.receive_waiting(till, MOVES_AT_ONCE))
            moved += arrived
            if arrived < MOVES_AT_ONCE:
                break
        moved += database(savings.grant_due)
        moved += database(importing_mending.mend)
        if answer.position >= answer.last:
            moved += self._lapse(answer.now)
        mine = [one for one in answer.recalls if not one.node]
        self._context.on_recalls([one for one in answer.recalls if one.node])
        for start in range(0, len(mine), MOVES_AT_ONCE):
            some = mine[start : start + MOVES_AT_ONCE]
            moved += database(
                partial(moves.answer_recalls, parent_node=node, parent_epoch=epoch, recalls=some)
            )
        return moved

    def _follow(self, line: Line, answer: FeedAnswer) -> float:
        """The parent was restored and goes on in a new epoch; another parent is nobody to follow."""
        link = self._context.database(partial(parent.began_anew, answer=answer))
        if link is None:
            return self._trouble(LinkReason.RESTARTED)
        self._context.use(replace(line, link=link))
        self._context.board.release(_WHO)
        return 0.0

    def _trouble(self, reason: LinkReason) -> float:
        self._context.board.hold(_WHO, LinkState.ATTENTION, reason)
        self._caught_up = False
        return self._backoff.failed()

    def _denied(self, denied: Denied) -> float:
        board = self._context.board
        match denied.refused.error:
            case "unauthorized":
                board.hold(_WHO, LinkState.REFUSED, LinkReason.UNAUTHORIZED)
            case "unconfirmed":
                board.hold(_WHO, LinkState.UNCONFIRMED, LinkReason.UNCONFIRMED)
            case "locked-out":
                board.hold(_WHO, LinkState.REFUSED, LinkReason.LOCKED_OUT)
            case "restarted":
                board.hold(_WHO, LinkState.ATTENTION, LinkReason.RESTARTED)
            case "too-many":
                return self._backoff.failed(denied.retry_after)
            case _:
                board.hold(_WHO, LinkState.ATTENTION, LinkReason.REFUSED)
        return max(self._backoff.failed(denied.retry_after), CAP / 2)

    def _confirmed(self, line: Line, outcome: Answer[Me] | Denied | Unreachable) -> float:
        """Ask who this till is until the owner has confirmed it."""
        board = self._context.board
        match outcome:
            case Answer(message=me) if me.confirmed:
                self._context.database(parent.confirmed)
                board.reached()
                board.release(_WHO)
                self._context.confirm(line)
                return 0.0
            case Answer():
                board.reached()
                board.hold(_WHO, LinkState.UNCONFIRMED, LinkReason.UNCONFIRMED)
                return self._asking.failed()
            case Denied():
                board.reached()
                return self._denied(outcome)
            case Unreachable(reason=LinkReason.INTERRUPTED):
                return 0.0
            case Unreachable():
                board.missed(outcome.reason)
                return self._backoff.failed(outcome.retry_after)


def _begin(till: Till) -> tuple[parent.ParentLink, Standing] | None:
    """Where to go on; None without a parent, and while own operations have to come back first."""
    if till.store.catching_up is not None:
        return None
    link = parent.link(till)
    return None if link is None else (link, outbox.standing(till))
