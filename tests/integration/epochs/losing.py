"""A device that has lost its first epoch, beside a real head office: it proves and claims what it likes of it."""

from __future__ import annotations

from salon_desk.bootstrap.office_data import office_at
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.node import EpochClaimed, EpochOpened, EpochPurseSent
from salon_desk.storage import journal
from salon_desk.storage.office import Office
from salon_desk.storage.queries import closing
from tests.integration.head_office.serving import Chain, Device, HeadOffice
from tests.integration.storage.tills import moving


def left(office: HeadOffice, node: str, epoch: str) -> int:
    """What lies in the purses of an epoch, as head office sees it."""
    with office_at(office.place) as data, data.database.read() as transaction:
        return closing.left(transaction, node, epoch).units


class Restorer:
    """The device, with so many units in its first epoch."""

    def __init__(self, office: HeadOffice, units: int = 100) -> None:
        self.office = office
        self.device = office.device()
        self.device.recorded(1, EpochOpened())
        if units:
            self.device.recorded(1, moving(units))
        self.old = self.device.chain
        self.node = self.device.node

    def second(self, *, proven: bool = True) -> Device:
        """It opens its second epoch, with or without proof of where the first ended."""
        end = self.old.ops[-1]
        self.device.epoch = "second"
        self.device.chain = Chain(self.node, "second")
        proof = {"end_seq": end.header.seq, "end_hash": end.hash} if proven else {}
        self.device.recorded(1, EpochOpened(old_epoch=self.old.epoch, reason="not-waited", **proof))
        return self.device

    def claim(self, end: Envelope | None = None, *, closer: tuple[str, str] = ("", "")) -> None:
        """It claims an end, of this head office unless another closer is named."""
        last = end or self.old.ops[-1]
        identity = self.office.context.identity
        node, epoch = closer if closer[0] else (identity.node, identity.epoch)
        self.device.recorded(
            1,
            EpochClaimed(
                old_epoch=self.old.epoch,
                end_seq=last.header.seq,
                end_hash=last.hash,
                closer=node,
                closer_epoch=epoch,
            ),
        )

    def left(self) -> int:
        """What lies in its first epoch."""
        return left(self.office, self.node, self.old.epoch)

    def sent_on(self) -> list[EpochPurseSent]:
        """The moves by which head office emptied closed epochs."""

        def read(data: Office) -> list[EpochPurseSent]:
            with data.database.read() as transaction:
                found = [
                    one for _p, one in journal.after(transaction, 0) if one.header.kind == EpochPurseSent.KIND
                ]
                operations = [journal.operation_of(transaction, one.header.op_id) for one in found]
            return [one[1] for one in operations if one is not None and isinstance(one[1], EpochPurseSent)]

        return self.office.context.access.run(read)
