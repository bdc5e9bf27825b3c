#!/usr/bin/env bash
# Sets up Salon Desk and runs every test: linters, house rules, units, screens; pytest's closing line comes last.
#
# One process more than there are processors share the tests: some tests wait for others all the time. With words, such as `installer/test.sh tests/unit -k tip`, it runs those tests only and judges no coverage.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$ROOT/installer/setup.sh"
install_commands Xvfb xvfb xdotool xdotool

# an emulator of printers written by others, in an environment of its own: it needs Python 3.13, and where there is
# none its tests are skipped and say so
install_emupos() {
    local home="$ROOT/.venv/emupos" python
    for python in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3.13 python3.13; do
        [ -x "$home/bin/emupos" ] && break
        "$python" -c '' 2>/dev/null || continue
        "$python" -m venv "$home" && "$home/bin/pip" install --quiet "emupos==$EMUPOS" || rm -rf "$home"
    done
    [ ! -x "$home/bin/emupos" ] || export SALON_DESK_EMUPOS="$home/bin/emupos"
}
# a real browser for the page that a telephone shows; where it cannot be installed, its test is skipped and says so
install_browser() {
    command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "${SALON_DESK_BROWSER:-}" ] && return
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
    say "the tests of the telephone's page need a browser: installing chromium (half a minute)"
    {
        timeout 120 apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends chromium
    } >/dev/null 2>&1 </dev/null || say "chromium could not be installed; its test is skipped"
}
EMUPOS=0.4.0
[ -n "${SALON_DESK_EMUPOS:-}" ] || install_emupos
install_browser

# the tests' folders lie in memory where there is enough of it: they are thousands, and written through to the disk
in_memory() {
    [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && ! grep -q '^[^ ]* /dev/shm [^ ]* [^ ]*noexec' /proc/mounts &&
        [ "$(df -k --output=avail /dev/shm | tail -n 1)" -gt 4000000 ]
}
if in_memory 2>/dev/null; then
    TMPDIR=$(mktemp -d /dev/shm/salon-desk-tests-XXXXXX)
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
fi
unset PYTHONDONTWRITEBYTECODE # hundreds of processes are started, and each would compile the product again

cd "$ROOT"
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
if [ $# = 0 ]; then
    set -- --cov --cov-report=term -n "$(($(nproc 2>/dev/null || echo 2) + 1))" --dist worksteal
fi
"$PYTHON" -m pytest "$@"
