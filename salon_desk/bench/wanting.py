"""What a cashier waits for when value lies elsewhere: a want answered on loopback, in quiet, and while ten new tills copy everything.

The floor is a bare HTTP server that keeps one row, durable before it answers (`floors/bare_exchange.py`). Servers are processes
of their own on both sides; the ten copies are threads of this one, that read pages and do nothing with them.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

import msgspec

from salon_desk.bench.chains import as_of, new_till, traded
from salon_desk.bench.floors.bare_client import BareClient
from salon_desk.bench.measure import Figure, Result, compared, interleave, timed, timing
from salon_desk.bench.offices import BareServer, OfficeServer, databases, keys_in
from salon_desk.bench.workplace import Workplace
from salon_desk.bootstrap.office_data import office_at
from salon_desk.domain.card import card_assets
from salon_desk.domain.money import Money
from salon_desk.operations.card import CardIssued
from salon_desk.operations.operation import Operation
from salon_desk.operations.payment import Funding
from salon_desk.services.carry_over import carried_over
from salon_desk.storage import journal
from salon_desk.storage.journal import Command
from salon_desk.storage.place import Place
from salon_desk.storage.receiving import receive
from salon_desk.wire import codec
from salon_desk.wire.messages import Part, WantAnswer, WantAsk

WANTS = 400
COPIES = 10
OPERATIONS = 10_000
VISITS = 60
DEADLINE_MS = 400.0
_CURSOR = re.compile(rb'"cursor":"([^"]*)"')
_AT_ONCE = 500


def run(place: Workplace) -> Iterator[Result]:
    """In quiet and while ten first copies run, on every database that this machine has."""
    day = traded(place.fresh() / "till", place.sized(VISITS))
    wants = place.sized(WANTS, 4)
    with keys_in(place.fresh()):
        for database, where in databases(place):
            office_place = where()
            _fill(office_place, 2 * wants)
            with office_at(office_place) as office:
                for number in range(4):
                    chain = as_of(
                        new_till(50 + number),
                        day,
                        again=1 + place.sized(OPERATIONS, 8) // 4 // max(1, len(day) - 1),
                    )
                    rest = islice(chain, place.sized(OPERATIONS, 8) // 4)
                    while some := list(islice(rest, _AT_ONCE)):
                        receive(office, some)
            with OfficeServer(office_place) as server, BareServer(where()) as bare:
                yield _measured(f"want-{database}", server, bare, range(wants))
                with _copying(server) as copied:
                    second = range(wants, 2 * wants)
                    yield _measured(f"want-copying-{database}", server, bare, second, copied=copied)


def _measured(
    name: str, server: OfficeServer, bare: BareServer, cards: range, copied: Callable[[], int] | None = None
) -> Result:
    """A want each turn, of another card each."""
    till = new_till(cards.start)
    client, floor = server.enrolled(till), BareClient(bare.address)

    def want(turn: int) -> None:
        asset = card_assets(_card(cards[turn]), "USD").paid
        ask = WantAsk(want_id=f"want-{cards[turn]}", parts=[Part(asset, 5_000)])
        answer = codec.decode(client.post("/v1/want", codec.encode(ask)), WantAnswer)
        assert answer.slip is not None

    ours, least = interleave(
        timed(want),
        timed(lambda turn: floor.post("/push", msgspec.json.encode([(name, turn, b"want")]))),
        turns=len(cards),
    )
    client.close()
    floor.close()
    took = [one for part in ours for one in part]
    more: dict[str, Figure] = {
        "p99_ms": timing(took).p99,
        "beyond_400_ms": sum(one > DEADLINE_MS for one in took),
    }
    if copied is not None:
        more |= {"copies": COPIES, "pages_meanwhile": copied()}
    return compared(name, ours, least, aim="tens of milliseconds; never beyond 400", more=more)


@contextmanager
def _copying(server: OfficeServer) -> Iterator[Callable[[], int]]:
    """Ten tills that read the whole feed again and again."""
    over, pages = threading.Event(), [0] * COPIES
    clients = [server.enrolled(new_till(200 + number)) for number in range(COPIES)]

    def copy(number: int) -> None:
        cursor = b""
        while not over.is_set():
            page = clients[number].get_packed(f"/v1/feed?limit=500&cursor={cursor.decode()}")
            pages[number] += 1
            found = _CURSOR.search(page)
            cursor = found[1] if found and found[1] != cursor else b""

    threads = [threading.Thread(target=copy, args=(number,), daemon=True) for number in range(COPIES)]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(pages)
    finally:
        over.set()
        for thread in threads:
            thread.join()
        for client in clients:
            client.close()


def _fill(place: Place, number: int) -> None:
    """Cards of nobody whose value lies at head office: nothing says where else it belongs."""
    with office_at(place) as office:
        for start in range(0, number, _AT_ONCE):
            made: list[Operation] = []
            for one in range(start, min(start + _AT_ONCE, number)):
                card, none = _card(one), Money(0, "USD")
                made.append(CardIssued(card=card, code=card, currency="USD", member=""))
                made.append(
                    carried_over(Funding(card=card, paid=Money(10_000, "USD"), bonus=none), reason="bench")
                )
            command = Command(office.new_id(), "", "2026-01-01")
            journal.record(office, command, lambda _transaction, made=made: made)  # type: ignore[misc]


def _card(number: int) -> str:
    return f"wanted-{number:06d}"
