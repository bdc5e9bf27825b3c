"""A small-scope exhaustive model of the stored-value protocol: plain Python, breadth first, hashed states.

**Modelled.** Head office, a hub in some scopes, one to three tills; epochs, purses, journals with seq; an anchor
flushed before the commit and trimmed by acknowledgements; crashes between anchor, commit and answer; commit errors;
a network that loses, doubles, delays and reorders everything; moves to (node, epoch); holds and payments in two
steps with approvals that come late; holds while a card machine charges the rest, whose slip lets the customer go
whatever befalls the till; value sold for a payment that is not captured yet, which travels, is captured once or fails;
undo; bonus beside paid with its swap, by rights that travel and outlive an undo; overdraft within its limit and recovered;
cover and its repayment; backups, databases put back with and without the anchor, an anchor lost alone, a copied
folder, new epochs with and without proof of the old one's end, closing; retire and replace; moves that come back
from a closed epoch; late acknowledgements; a hub that dies or is replaced; head office restored from an old copy.

**How it stays small.** Other nodes cannot see a moment inside a recording, so it is one step with several outcomes.
A message is a chain that once left, or a move in it, and may arrive at any time, any number of times, or never;
so repeats need no state. Wants and recalls carry no value: a node may unasked do whatever one could make it do.
A chain is its own hash. Tills to which nothing has happened yet are alike, and only the first of them may begin.

**Checked in every state.** What was served, as the customers saw it and whatever a node forgot since, less booked
cover and overdraft, never exceeds what was issued; no purse below zero; every move, closing and undo credited once;
overdraft within its limit; never more paid value about than was paid in. And no dead end: by steps of the protocol
alone, from messages that a living disk can send again, all value can be spent again that no destroyed disk held.
A destroyed disk held its purses, moves to and from it that nobody recorded, and the ends that only it could name.

**Eight rules are not in the protocol's text**, and without any of them the model breaks. `one_closer`: the new epoch names
in its own chain, once, the one epoch of a parent that may close the old one, and nobody else heeds that claim; else head
office closes before and again after it was restored from an older copy, or a hub and then its successor, and the purse is
sent twice. `heir_takes_back_with_proof`: a later epoch takes back what an earlier one of its own sent only if it can prove
where that ended; else what was lost had taken it back before. `claims_before_closing` and `closer_takes_back`: a till that
closes itself has claimed before what it can prove, and names its parent in its last entry, who gets what is left there and
takes back what it had sent; else nobody can any more.
`swap_by_right`: paying with paid value for want of bonus leaves a right that is itself an asset, and a swap uses it
up; else two holders of bonus swap for the same payment. An undo takes the right with it, or puts back bonus in place of the
paid value where the right is not at hand; else a payment that was undone is swapped.
`waits_together`, `captured_whole`: what waits for one payment goes in one move and is captured as a whole; else a part is
captured, and the payment counts as settled when the rest arrives, which waits for ever. `held_goes_on`: what was held in
an epoch that is over is held on in the one that its purse is sent to; else the card machine charges for value that is spent
meanwhile. The engine did both.

**Not modelled.** Time and clocks; placement; enrolment, keys and who may send what; the bridge (one more wire); the
second medium of a root; a root restored with its anchor (it replays everything: nothing is lost); chargebacks and
receivables; two stores' settlement; overdraft recovered at another till than its own; two payments not yet captured
at once (each waits in assets of its own); value held in an epoch whose till has left the next one as well, which is
free at the parent; witnesses among neighbours; a fork that was found. Two faults at once only as far as a scope's
budget goes. A whole image put back with its anchor is shown to overspend: the protocol says that nobody can notice
it.

**What is shared with the engine, and why it still proves something.** No code: not a line of `salon_desk` is imported
here (a test holds that), not even an operation. Shared are the text, the words for kinds of operation and the hands that
read it, so that a sentence which both read wrongly is found by neither: it is what lies between two faults, in some order
of events nobody thought of, that is found here. The rules suffice, within the scopes, in every order of events, which no
test of the engine can show; and each rule switched off gives a shortest trace, so that the checker is not blind and each
trace is a test to play against the engine. That the engine keeps the rules is for the other tests to show: the pure folds
(`storage/verification/folds.py`, `simulation/faults/truth.py`) share the operations and their decoding with it and none of
its SQL, the state machine, the simulation and the kills run the engine itself, and `simulation/fold.py` shares how
placement weighs.
"""
