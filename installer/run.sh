#!/usr/bin/env bash
# Sets up Salon Desk and opens its touch screen on a filled demo shop with emulated devices.
#
# Without a display it says so, plays the demo day and leaves pictures and receipts in the data folder.
# The folder: $SALON_DESK_DATA, or ~/.local/share/salon-desk-demo. More words are handed to `salon-desk run`.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/installer/setup.sh"

data=${SALON_DESK_DATA:-$HOME/.local/share/salon-desk-demo}
exec "$PYTHON" -m salon_desk run --data "$data" --demo "$@"
