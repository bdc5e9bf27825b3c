"""Campaigns: launched in batches of a few milliseconds, written to by the root, stopped at any time.

Who is chosen is `segments.py`'s, what it would look like `campaign_preview.py`'s, what came of it `campaign_results.py`'s. The one rule:
everything follows from the command's id, so that a launch that was cut off goes on where it stopped and nobody is asked twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from salon_desk.domain.access import Permission
from salon_desk.domain.campaign import MOST_IN_A_BATCH, Terms, check, cost, is_held_back
from salon_desk.domain.campaign_errors import AudienceEmpty, CampaignInvalid, UnknownCampaign
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.consent import Purpose
from salon_desk.domain.limits import MAX_NOTE, check_text
from salon_desk.domain.message import Trigger
from salon_desk.domain.segment import Condition, written
from salon_desk.operations.campaign import CampaignAudience, CampaignLaunched, CampaignStopped
from salon_desk.operations.operation import Operation
from salon_desk.services.message_intents import BATCH, Intent, intend_batch
from salon_desk.services.till import Actor, Till
from salon_desk.storage import local, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import campaigns, members
from salon_desk.storage.queries.campaigns import Campaign
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.queries.stores import place_of
from salon_desk.storage.store import Store

WORTH = timedelta(days=3)
"""For so long after it is due a campaign is worth sending, where nobody says otherwise."""
OFFER = "offer"
_MARK = "campaign-intended/"
_THROUGH = "through"


@dataclass(frozen=True, slots=True)
class Draft:
    """A campaign before it is launched. `conditions`: who is asked for, as they stand. Instants as operations keep them; an empty
    `due_at`: at once, an empty `expires_at`: three days later. `segments`: SMS segments as the preview said.
    """

    terms: Terms
    conditions: tuple[Condition, ...] = ()
    due_at: str = ""
    expires_at: str = ""
    segments: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """From when on and until when it is sent."""

    due_at: str
    expires_at: str


def campaign_id(command_id: str) -> str:
    """The campaign that a command launches, known before it is carried out."""
    return hashlib.sha256(f"campaign\n{command_id}".encode()).hexdigest()[:32]


def times(draft: Draft, now: str) -> Times:
    """When a draft is sent if it is launched now. Raises CampaignInvalid."""
    try:
        due = max(parse_instant(draft.due_at or now), parse_instant(now))
        expires = parse_instant(draft.expires_at) if draft.expires_at else due + WORTH
    except ValueError:
        raise CampaignInvalid("due_at") from None
    if expires <= due:
        raise CampaignInvalid("due_at")
    return Times(instant_text(due), instant_text(expires))


class Launch:
    """A launch in steps. The same command with the same draft goes on where another one was cut off, in this process or the next."""

    def __init__(
        self, till: Till, command_id: str, actor: Actor, draft: Draft, audience: Sequence[str]
    ) -> None:
        """`audience`: members by the ids that stand for them. Raises CampaignInvalid, AudienceEmpty, PermissionNeeded, TextTooLong."""
        actor.require(Permission.LAUNCH_CAMPAIGN)
        check(draft.terms)
        times(draft, till.now())
        if not audience:
            raise AudienceEmpty()
        self._till, self._command, self._actor, self._draft = till, command_id, actor, draft
        self.campaign = campaign_id(command_id)
        self._members = list(dict.fromkeys(audience))
        self._number = 0
        self._left: list[str] | None = None
        self.launched = False

    @property
    def progress(self) -> tuple[int, int]:
        """How many of how many members stand."""
        waiting = len(self._members) if self._left is None else len(self._left)
        return len(self._members) - waiting, len(self._members)

    def step(self) -> bool:
        """One small transaction; whether there is more. Database worker. Raises CannotRecord, StoreStopped."""
        if self._left is None:
            self._begin()
        elif self._left:
            batch, self._left = tuple(self._left[:MOST_IN_A_BATCH]), self._left[MOST_IN_A_BATCH:]
            operation = CampaignAudience(campaign=self.campaign, number=self._number, members=batch)
            self._till.record(
                f"{self._command}/audience-{self._number}", self._actor, lambda _read: operation
            )
            self._number += 1
        elif not self.launched:
            self._till.record(self._command, self._actor, self._launched)
            self.launched = True
        return not self.launched

    def _begin(self) -> None:
        """See what stands already: an earlier try may have recorded a part, or everything."""
        with self._till.read() as transaction:
            self.launched = campaigns.campaign(transaction, self.campaign) is not None
            there: dict[str, None] = {}
            while (found := campaigns.batch(transaction, self.campaign, self._number)) is not None:
                there.update(dict.fromkeys(found[1]))
                self._number = found[0] + 1
        self._left = [one for one in self._members if one not in there]
        self._members = [*there, *self._left]

    def _launched(self, transaction: Transaction) -> CampaignLaunched:
        terms, now = self._draft.terms, self._till.now()
        when = times(self._draft, now)
        percent = terms.held_back_percent
        price = campaigns.sms_price(transaction, terms.store)
        place = place_of(transaction, terms.store)
        return CampaignLaunched(
            campaign=self.campaign,
            name=terms.name.strip(),
            segment=terms.segment,
            conditions=tuple(written(one) for one in self._draft.conditions),
            template=terms.template,
            store=terms.store,
            held_back_percent=percent,
            audience=len(self._members),
            held_back=sum(is_held_back(self.campaign, one, percent) for one in self._members),
            batches=self._number,
            launched_at=now,
            due_at=when.due_at,
            expires_at=when.expires_at,
            offer=terms.offer,
            segments=self._draft.segments,
            cost=cost(self._draft.segments, price, place.currency) if price is not None and place else None,
        )


def launch(till: Till, command_id: str, actor: Actor, draft: Draft, audience: Sequence[str]) -> Campaign:
    """All steps of a launch, one after the other; for audiences that take no time. Database worker. Raises as `Launch`."""
    launching = Launch(till, command_id, actor, draft, audience)
    while launching.step():
        pass
    return page(till, launching.campaign)


def stop(till: Till, command_id: str, actor: Actor, campaign: str, reason: str = "") -> None:
    """Send nothing more for a campaign; what waits is withheld when its turn comes. Database worker.

    Raises UnknownCampaign, PermissionNeeded, TextTooLong.
    """
    actor.require(Permission.LAUNCH_CAMPAIGN)
    check_text("reason", reason, MAX_NOTE)

    def decide(transaction: Transaction) -> list[Operation]:
        found = campaigns.campaign(transaction, campaign)
        if found is None:
            raise UnknownCampaign(campaign)
        if found.stopped_at:
            return []
        return [CampaignStopped(campaign=campaign, reason=reason.strip(), stopped_at=till.now())]

    till.record(command_id, actor, decide)


def shown(till: Till, most: int = 100, before: int = 1 << 62) -> list[Campaign]:
    """Campaigns, the newest first; `before`: the `mark` behind which the list goes on. Database worker."""
    with till.read() as transaction:
        return campaigns.listed(transaction, most, before)


def page(till: Till, campaign: str) -> Campaign:
    """One campaign. Database worker. Raises UnknownCampaign."""
    with till.read() as transaction:
        found = campaigns.campaign(transaction, campaign)
    if found is None:
        raise UnknownCampaign(campaign)
    return found


def rest(store: Store) -> bool:
    """One slice of the root's work: intend the messages of some members of a running campaign; whether there is more at once.

    The thread that writes this store. A mark is saved behind what was recorded, so that a crash between the two looks again and
    says nothing twice. Raises CannotRecord, StoreStopped.
    """
    now = instant_text(store.clock.now())
    with store.database.read() as transaction:
        if parent.read(transaction) is not None:
            return False
        found = _next(transaction, now)
    if found is None:
        return False
    campaign, intents, mark = found
    for start in range(0, len(intents), BATCH):
        intend_batch(store, intents[start : start + BATCH], actor=campaign.actor)
    local.save_setting(store, _MARK + campaign.campaign, mark)
    return True


def _next(transaction: Transaction, now: str) -> tuple[Campaign, list[Intent], str] | None:
    """The next members of the first campaign that is not through; of a batch that has not arrived nothing is known yet."""
    for campaign in campaigns.running(transaction, now):
        mark = local.setting(transaction, _MARK + campaign.campaign, "0:0")
        if mark == _THROUGH:
            continue
        number, start = map(int, mark.split(":"))
        if number >= campaign.batches:
            return campaign, [], _THROUGH
        batch = campaigns.batch(transaction, campaign.campaign, number)
        if batch is None or batch[0] != number:
            continue
        part = batch[1][start : start + BATCH]
        percent = campaign.held_back_percent
        chosen = [one for one in part if not is_held_back(campaign.campaign, one, percent)]
        after = f"{number}:{start + BATCH}" if start + BATCH < len(batch[1]) else f"{number + 1}:0"
        return campaign, [_intent(transaction, campaign, one) for one in chosen], after
    return None


def _intent(transaction: Transaction, campaign: Campaign, member: str) -> Intent:
    who = canonical(transaction, member)
    found = members.member(transaction, who)
    offer = campaign.offer.in_language(found.language if found else "")
    return Intent(
        trigger=Trigger.CAMPAIGN,
        member=who,
        subject=campaign.campaign,
        purpose=Purpose.MARKETING,
        template=campaign.template,
        store=campaign.store,
        due_at=campaign.due_at,
        expires_at=campaign.expires_at,
        campaign=campaign.campaign,
        values=((OFFER, offer),) if offer else (),
    )
