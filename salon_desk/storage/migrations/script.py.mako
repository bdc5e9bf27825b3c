"""${message}.

Why the tables changed, and what becomes of the rows that are there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The change. There is no way back: an older program refuses a newer database."""
    ${upgrades if upgrades else "pass"}
