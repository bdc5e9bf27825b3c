"""What a list of the old system brought and could not be taken back with it: units that had been spent, or lay elsewhere.

They are an asset of their own, for each purse and list. Whoever holds them takes back as much when a payment is undone that was made
with them; never more, and never from anything else (PROTOCOL 1).
"""

from __future__ import annotations

LEFT = "list-left/"


def left_asset(asset: str, list_id: str) -> str:
    """The asset `list-left/<asset>/<list>`, in units of `asset`."""
    return f"{left_of_asset(asset)}{list_id}"


def left_of_asset(asset: str) -> str:
    """What it begins with for one purse, whatever the list."""
    return f"{LEFT}{asset}/"


def list_of_left(asset: str) -> str:
    """The list; empty for any other asset."""
    return asset.rpartition("/")[2] if asset.startswith(LEFT) else ""
