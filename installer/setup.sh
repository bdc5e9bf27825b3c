# Sourced by run.sh and test.sh: sets up what both need, and does nothing that is done already.
#
# In: ROOT (the tree). Out: PYTHON (the interpreter of .venv, everything locked installed, catalogues compiled).
# Everything that is said goes to stderr; a system that lacks something and where this may not install it ends here.

VENV="$ROOT/.venv"
PYTHON="$VENV/bin/python"
OLDEST_PYTHON="3.11"

# What Qt loads at run time, as "library package" of Debian and its kin.
QT_LIBRARIES="
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11-xcb.so.1 libx11-xcb1
libX11.so.6 libx11-6
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-render.so.0 libxcb-render0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxkbcommon.so.0 libxkbcommon0
"
[ -z "${WAYLAND_DISPLAY:-}" ] || QT_LIBRARIES+="
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
"

say() { printf 'salon-desk: %s\n' "$*" >&2; }

refuse() {
    say "$@"
    exit 1
}

# Install Debian packages, or say which are missing where this user may not.
install_packages() {
    local why=$1 told
    shift
    if ! command -v apt-get >/dev/null; then
        refuse "$why: please install what your system calls these Debian packages: $*"
    elif [ "$(id -u)" != 0 ]; then
        refuse "$why: please run: sudo apt-get install $*"
    fi
    say "$why: installing $*"
    if ! told=$({
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } 2>&1 </dev/null); then
        printf '%s\n' "$told" >&2
        refuse "apt-get could not install: $*"
    fi
}

install_qt_libraries() {
    local known library package missing=()
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || known=""
    if [ -z "$known" ]; then
        say "cannot see which system libraries are here; Qt will say what it misses"
        return
    fi
    while read -r library package; do
        [ -z "$library" ] || [[ $known == *"$library "* ]] || missing+=("$package")
    done <<<"$QT_LIBRARIES"
    [ ${#missing[@]} = 0 ] || install_packages "Qt needs libraries of the system" "${missing[@]}"
}

# Commands that only the tests need, as "command package" pairs.
install_commands() {
    local missing=()
    while [ $# -ge 2 ]; do
        command -v "$1" >/dev/null || missing+=("$2")
        shift 2
    done
    [ ${#missing[@]} = 0 ] || install_packages "the tests need commands of the system" "${missing[@]}"
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < tuple(map(int, sys.argv[1].split("."))))' "$OLDEST_PYTHON" 2>/dev/null
}

# The first Python that is new enough: $SALON_DESK_PYTHON, or what the system has.
suitable_python() {
    local candidate
    for candidate in ${SALON_DESK_PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
        if command -v "$candidate" >/dev/null && is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_environment() {
    local base
    if [ -x "$PYTHON" ] && is_new_enough "$PYTHON" && "$PYTHON" -m pip --version >/dev/null 2>&1; then
        return
    fi
    if ! base=$(suitable_python); then
        install_packages "Python $OLDEST_PYTHON or newer is needed" python3 python3-venv
        base=$(suitable_python) || refuse "this system offers no Python $OLDEST_PYTHON or newer; name one in SALON_DESK_PYTHON"
    fi
    if ! "$base" -c 'import ensurepip, venv' 2>/dev/null; then
        install_packages "$base cannot make virtual environments" \
            "$("$base" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    say "making .venv with $("$base" --version)"
    "$base" -m venv --clear "$VENV" || refuse "$base could not make $VENV"
}

# The lock, the project file and the build hook decide what is installed; a stamp keeps what they said last time.
install_locked() {
    local stamp="$VENV/salon-desk-installed" wanted
    wanted=$(cd "$ROOT" && cat requirements.lock pyproject.toml installer/build_hook.py salon_desk/__init__.py |
        "$PYTHON" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read() + sys.version.encode()).hexdigest())')
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
        return
    fi
    rm -f "$stamp"
    say "installing the locked packages (once, some minutes on a slow line)"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$ROOT/requirements.lock" >&2 ||
        refuse "the locked packages could not be installed"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable "$ROOT" >&2 ||
        refuse "Salon Desk could not be installed into .venv"
    printf '%s\n' "$wanted" >"$stamp"
}

compile_catalogues() {
    (cd "$ROOT" && "$PYTHON" -m installer.catalogues compile >/dev/null) || refuse "the catalogues could not be compiled"
}

install_qt_libraries
make_environment
install_locked
compile_catalogues
