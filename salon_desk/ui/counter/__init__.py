"""What the screens of the counter (checkout, pay, top-up, sell) share: tenders being planned, steps, the paid page.

No screen lives here, and no rule: services decide. Modules without a widget import no Qt, so presenters may use them.
"""
