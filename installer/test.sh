#!/usr/bin/env bash
# Sets up Salon Desk and runs every test: linters, house rules, units, screens; pytest's closing line comes last.
#
# With words, such as `installer/test.sh tests/unit -k tip`, it runs those tests only and judges no coverage.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/installer/setup.sh"
install_commands Xvfb xvfb xdotool xdotool

cd "$ROOT"
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
if [ $# = 0 ]; then
    set -- --cov --cov-report=term
fi
exec "$PYTHON" -m pytest "$@"
