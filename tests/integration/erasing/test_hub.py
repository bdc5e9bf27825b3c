"""Behind a hub: it forgets with the others, and passes on no body of somebody who was erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.head_office import attendance
from salon_desk.operations.erasure import WhyErased
from salon_desk.services.erasing import erasure
from salon_desk.services.till import Till
from salon_desk.storage import journal, trimming
from salon_desk.storage.verify import verify
from tests.integration.erasing.person import left_in_tables, left_on_disk
from tests.integration.erasing.test_chain import ABOUT, description, say
from tests.integration.hub.shop import Shop, shop
from tests.integration.storage.tills import command


@pytest.fixture
def salon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.setattr(attendance, "KEEP_EVERY", 0.05)
    with shop(tmp_path) as made:
        yield made


def test_a_hub_and_its_tills_forget_whom_another_shop_erases(salon: Shop) -> None:
    behind, other = salon.till("behind"), salon.till("other", through="office", store="S2")
    say(behind, *ABOUT)
    salon.settle()

    def erase(here: Till) -> None:
        journal.record(here.store, command(), lambda one: erasure(one, "m1", WhyErased.ASKED))

    other.run(erase)
    say(behind, description(latin_name="Zebedee Quuxley"))
    salon.settle()
    assert len(salon.digests()) == 1
    assert salon.hub.run(left_in_tables) == []
    salon.hub.run(trimming.rest)
    for folder in (salon.hub.folder, salon.folder / "behind", salon.folder / "other"):
        assert left_on_disk(folder) == []
        assert verify(folder).problems == ()
    assert salon.office.context.access.run(left_in_tables) == []
