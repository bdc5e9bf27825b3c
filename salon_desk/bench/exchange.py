"""The exchange between tills and head office: pushing, taking the feed in, fifty tills at once; on SQLite and PostgreSQL.

The floor is `floors/bare_exchange.py`: the same rows over the same HTTP server into one bare table, as durable. Servers are
processes of their own on both sides; the tills are threads of this one on both sides.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import msgspec

from salon_desk.bench.chains import Till, as_of, new_till, traded
from salon_desk.bench.floors.bare_client import BareClient
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed
from salon_desk.bench.offices import BareServer, OfficeServer, databases, keys_in
from salon_desk.bench.workplace import Workplace
from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.operations.envelope import Envelope
from salon_desk.storage.opening import open_store
from salon_desk.storage.receiving import receive
from salon_desk.wire import codec
from salon_desk.wire.messages import FeedAnswer, JournalPush

BATCHES = 60
A_BATCH = 100
TILLS = 50
A_TILLS_BATCH = 20
VISITS = 60


def run(place: Workplace) -> Iterator[Result]:
    """Every comparison on every database that this machine has."""
    day = traded(place.fresh() / "till", place.sized(VISITS))
    with keys_in(place.fresh()):
        for database, where in databases(place):
            with OfficeServer(where()) as office, BareServer(where()) as bare:
                yield _push(place, database, office, bare, day)
                yield _feed(place, database, office, bare)
                yield _together(place, database, office, bare, day)


def _push(
    place: Workplace, database: str, office: OfficeServer, bare: BareServer, day: list[Envelope]
) -> Result:
    """One till sends all it has, batch after batch, each durable before it is answered."""
    till = new_till(0)
    client, floor = office.enrolled(till), BareClient(bare.address)
    batches = _batches(till, day, place.sized(BATCHES, 3), A_BATCH)
    bodies = [(_message(till, one), _rows(one)) for one in batches]
    ours, least = interleave(
        timed(lambda turn: client.post("/v1/journal", bodies[turn][0])),
        timed(lambda turn: floor.post("/push", bodies[turn][1])),
        turns=len(bodies),
    )
    client.close()
    floor.close()
    more: dict[str, Figure] = {
        "batch": A_BATCH,
        "operations_a_second": _a_second(ours, A_BATCH),
        "floor_a_second": _a_second(least, A_BATCH),
    }
    return compared(f"push-{database}", ours, least, more=more)


def _feed(place: Workplace, database: str, office: OfficeServer, bare: BareServer) -> Result:
    """A new till takes in what was pushed: pages over HTTP, checked, recorded, applied; the floor keeps the rows."""
    client, floor = office.enrolled(new_till(1)), BareClient(bare.address)
    store = open_store(place.fresh() / "till", SystemClock(), Uuid7())
    kept = floor.keep_in(place.fresh() / "rows.db")
    cursor = [""]
    taken = []

    def page(_turn: int) -> None:
        data = client.get(f"/v1/feed?limit={A_BATCH}&cursor={cursor[0]}")
        answer = codec.decode(data, FeedAnswer)
        taken.append(len(answer.ops))
        receive(store, answer.ops)
        cursor[0] = answer.cursor

    turns = place.sized(BATCHES, 3) - 1
    ours, least = interleave(
        timed(page), timed(lambda turn: kept.take(turn * A_BATCH, A_BATCH)), turns=turns, between=gc.collect
    )
    store.close()
    kept.close()
    client.close()
    floor.close()
    more: dict[str, Figure] = {
        "page": A_BATCH,
        "operations": sum(taken),
        "operations_a_second": _a_second(ours, A_BATCH),
        "floor_a_second": _a_second(least, A_BATCH),
    }
    return compared(f"feed-{database}", ours, least, more=more)


def _together(
    place: Workplace, database: str, office: OfficeServer, bare: BareServer, day: list[Envelope]
) -> Result:
    """Fifty tills push and ask for the feed at the same time; a turn is one push and one page of each."""
    count, turns = place.sized(TILLS), place.sized(BATCHES // 6)
    tills = [new_till(100 + number) for number in range(count)]
    clients = [office.enrolled(till) for till in tills]
    floors = [BareClient(bare.address) for _till in tills]
    made = [_batches(till, day, turns, A_TILLS_BATCH) for till in tills]
    cursors = [office.cursor()] * count

    def ours(turn: int) -> None:
        def one(number: int) -> None:
            clients[number].post("/v1/journal", _message(tills[number], made[number][turn]))
            answer = codec.decode(
                clients[number].get(f"/v1/feed?limit={A_BATCH}&cursor={cursors[number]}"), FeedAnswer
            )
            cursors[number] = answer.cursor

        list(pool.map(one, range(count)))

    def floor(turn: int) -> None:
        def one(number: int) -> None:
            floors[number].post("/push", _rows(made[number][turn]))
            floors[number].get(f"/pull?after={turn * count}&limit={A_BATCH}")

        list(pool.map(one, range(count)))

    with ThreadPoolExecutor(max_workers=count) as pool:
        mine, least = interleave(timed(ours), timed(floor), turns=turns)
    for line in (*clients, *floors):
        line.close()
    whole = count * A_TILLS_BATCH
    more: dict[str, Figure] = {
        "tills": count,
        "operations_a_second": _a_second(mine, whole),
        "floor_a_second": _a_second(least, whole),
    }
    return compared(f"tills-{database}", mine, least, more=more)


def _batches(till: Till, day: list[Envelope], number: int, size: int) -> list[list[Envelope]]:
    """So many batches of a till's chain, one behind the other."""
    chain = as_of(till, day, again=1 + number * size // max(1, len(day) - 1))
    return [list(islice(chain, size)) for _batch in range(number)]


def _message(till: Till, batch: list[Envelope]) -> bytes:
    first = batch[0].header.seq
    return codec.encode(JournalPush(node=till.node, epoch=till.epoch, from_seq=first, ops=batch))


def _rows(batch: list[Envelope]) -> bytes:
    rows = [(one.header.node, one.header.seq, msgspec.json.encode(one)) for one in batch]
    return msgspec.json.encode(rows)


def _a_second(rounds: list[list[float]], each: int) -> int:
    times = [time for one in rounds for time in one]
    return round(each * len(times) / (sum(times) / 1000))
