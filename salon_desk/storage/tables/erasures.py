"""Who was erased, and which bodies are gone because of it: opaque ids alone.

The first two are shared projections, so that no node is in step with one that forgot less. `local_bodies_gone` explains to
`verify` a body that is missing before the erasure itself was heard of, or that came after it.
"""

from salon_desk.storage.tables.base import table, text

erased_members = table("erased_members", text("member", primary_key=True))

erased_bodies = table("erased_bodies", text("op_id", primary_key=True))
"""Operations that an erasure names."""

bodies_gone = table("local_bodies_gone", text("op_id", primary_key=True))
"""Operations that came here without their body, or lost it here, and that no erasure need name."""
