# Sourced by ./portal: installs what is missing and nothing else. Every step leaves a stamp of the files it was made
# from, inside what it made where that can be thrown away alone; a second run only compares stamps, in sh.
# Tried on Debian 12; written for Ubuntu 24.04 and macOS with Homebrew, untried there.

PY=.venv/bin/python
LOCK=.cache/setup.lock
LOG=.cache/setup.log
HELD=

# Some build machines have no home: the clients of pip, npm and Chromium all want one.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
    HOME=$PWD/.cache/home
    mkdir -p "$HOME"
    export HOME
fi
# Where Python was told to keep no compiled files, every start compiles the libraries again: 4.1 s of work, not 1.6.
unset PYTHONDONTWRITEBYTECODE
# Homebrew's libraries are not where a Python that is not Homebrew's looks for them.
if [ "$(uname)" = Darwin ]; then
    export DYLD_FALLBACK_LIBRARY_PATH="${DYLD_FALLBACK_LIBRARY_PATH:-/opt/homebrew/lib:/usr/local/lib}"
fi

# All of this goes to the error stream: what a command prints may be sent to a file.
say() { printf '%s\n' "$*" >&2; }
fail() { say "✗ $*"; exit 1; }

# Two terminals may set up at the same time: one works, the other waits. The link names the holder.
lock() {
    [ -z "$HELD" ] || return 0
    until ln -s "$$" "$LOCK" 2>/dev/null; do
        holder=$(readlink "$LOCK" 2>/dev/null || true)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            [ "$(readlink "$LOCK" 2>/dev/null || true)" != "$holder" ] || rm -f "$LOCK"
            continue
        fi
        [ -n "${waiting:-}" ] || say '… 另一个终端正在安装，请稍候 · another terminal is setting up, waiting'
        waiting=yes
        sleep 1
    done
    HELD=yes
    trap unlock EXIT
    trap 'unlock; exit 130' INT TERM HUP
}

unlock() {
    [ -n "$HELD" ] || return 0
    rm -f "$LOCK"
    HELD=
    trap - EXIT INT TERM HUP
}

# fresh STAMP FILE...: was this made from these very files?
fresh() {
    stamp=$1
    shift
    [ -f "$stamp" ] && [ "$(cksum "$@")" = "$(cat "$stamp")" ]
}

# step TITLE STAMP "FILE..." COMMAND...: does the command unless its stamp is fresh, and says so in one line.
step() {
    title=$1 made=$2 files=$3
    shift 3
    # shellcheck disable=SC2086
    fresh "$made" $files && return 0
    lock
    # shellcheck disable=SC2086
    fresh "$made" $files && return 0 # the other terminal was quicker
    work "$title" "$@"
    # shellcheck disable=SC2086
    cksum $files >"$made"
}

work() {
    title=$1
    shift
    [ ! -t 2 ] || printf '… %s\r' "$title" >&2
    if ! "$@" >"$LOG" 2>&1 </dev/null; then
        tail -n 25 "$LOG" >&2
        fail "$title：失败，全文见 failed, all of it in $LOG"
    fi
    say "✓ $title"
}

# --- the system's packages -------------------------------------------------------------------------------------

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11 python3.14; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
        printf '%s' "$candidate"
        return 0
    done
    return 1
}

system_node() {
    major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p')
    [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null 2>&1
}

find_chromium() {
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if [ -n "$candidate" ] && command -v "$candidate" 2>/dev/null; then return 0; fi
    done
    return 1
}

wanted_packages() {
    printf '%s\n' ca-certificates libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk
    [ -x "$PY" ] || find_python >/dev/null || printf '%s\n' python3 python3-venv
    # The node of the wheel, and Playwright's own, are linked against libatomic.
    [ -d node_modules/govuk-frontend ] || system_node || echo libatomic1
    [ "$1" = test ] || return 0
    printf '%s\n' libatomic1 poppler-utils
    find_chromium >/dev/null || echo "$(. /etc/os-release && [ "$ID" = ubuntu ] && echo chromium-browser || echo chromium)"
}

missing_packages() {
    wanted=$(wanted_packages "$1" | sort -u)
    # shellcheck disable=SC2016,SC2086
    there=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p')
    for package in $wanted; do
        printf '%s\n' "$there" | grep -qx "$package" || printf ' %s' "$package"
    done
}

apt_install() { # an update that fails for one of many sources need not stop the install
    $become apt-get update || true
    # shellcheck disable=SC2086
    $become env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y \
        --no-install-recommends $missing
}

install_debian() {
    missing=$(missing_packages "$1")
    [ -n "$missing" ] || return 0
    become=
    if [ "$(id -u)" != 0 ]; then
        become='sudo -n'
        # With someone at the terminal sudo may ask; the password is then remembered for the step.
        sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null && sudo -v; } ||
            fail "缺少系统软件包，而这里没有管理员权限。请管理员运行一次，然后再来。
  System packages are missing and this account may not install them. Have an administrator run this once, then try again:
  apt-get update && apt-get install -y --no-install-recommends$missing"
    fi
    lock
    work "系统软件包 system packages:$missing" apt_install
}

install_brew() {
    command -v brew >/dev/null 2>&1 || fail "请先安装 Homebrew，然后再来 · install Homebrew first, then try again"
    formulas=
    [ -x "$PY" ] || find_python >/dev/null || formulas="python@3.12"
    [ -e /opt/homebrew/lib/libpango-1.0.dylib ] || [ -e /usr/local/lib/libpango-1.0.dylib ] || formulas="$formulas pango"
    [ "$1" != test ] || command -v pdftoppm >/dev/null 2>&1 || formulas="$formulas poppler"
    # shellcheck disable=SC2086
    [ -z "$formulas" ] || { lock && work "Homebrew: $formulas" brew install $formulas; }
    [ "$1" != test ] || find_chromium >/dev/null || { lock && work "Homebrew: chromium" brew install --cask chromium; }
}

system_packages() {
    if command -v dpkg-query >/dev/null 2>&1; then
        install_debian "$1"
    elif [ "$(uname)" = Darwin ]; then
        install_brew "$1"
    elif [ ! -x "$PY" ]; then
        say '! 未试过的系统：请自备 Pango 与 Chromium · untried system: Pango and Chromium are yours to install'
    fi
}

# --- Python and the browser assets -----------------------------------------------------------------------------

# What was broken off half-way has a python and no pip: it is made anew.
make_venv() {
    "$PY" -m pip --version >/dev/null 2>&1 || "$(find_python)" -m venv --clear .venv || return 1
    "$PY" -m pip install --disable-pip-version-check --require-hashes -r requirements-setup.txt
}

# uv does not read pip's settings: where only pip was told of a mirror, pip does it.
install_pinned() {
    "$PY" -m uv pip install --python "$PY" --require-hashes -r "$1" ||
        "$PY" -m pip install --disable-pip-version-check --require-hashes -r "$1"
}

npm_ci() {
    system_node || install_pinned requirements-node.txt || return 1
    PATH=$PWD/.venv/bin:$PATH npm ci --ignore-scripts --no-audit --no-fund
}

build_assets() { PATH=$PWD/.venv/bin:$PATH npm run --silent build; }

# The two schemas are the standard's own, version 1.1.5, as two tools of its makers carry them in their sources.
fetch_ocds() {
    sources=.cache/ocds/sources
    "$PY" -m pip download --disable-pip-version-check --no-deps --require-hashes -r requirements-ocds.txt -d $sources &&
        tar -xzOf $sources/ocdskit-*.tar.gz "$(tar -tzf $sources/ocdskit-*.tar.gz |
            grep '/tests/fixtures/release-package-schema.json$')" >.cache/ocds/release-package-schema.json &&
        tar -xzOf $sources/ocdsextensionregistry-*.tar.gz "$(tar -tzf $sources/ocdsextensionregistry-*.tar.gz |
            grep '/tests/fixtures/release-schema.json$')" >.cache/ocds/release-schema.json &&
        rm -r $sources
}

python_packages() {
    if [ ! -x "$PY" ]; then
        find_python >/dev/null || fail "需要 Python 3.11 或更新版本（含 venv） · Python 3.11 or newer with venv is needed"
        rm -f .venv/.uv
    fi
    step "虚拟环境 virtual environment" .venv/.uv requirements-setup.txt make_venv
    step "Python 软件包 Python packages" .venv/.packages requirements.txt install_pinned requirements.txt
    [ "$1" != test ] ||
        step "测试用软件包 packages for the tests" .venv/.test requirements-test.txt install_pinned requirements-test.txt
}

assets() {
    step "浏览器资源 browser assets" node_modules/.stamp "package.json package-lock.json" npm_ci
    [ -f app/static/vendor/govuk-frontend.min.css ] && [ -f app/static/fonts/OFL.txt ] || rm -f .cache/assets
    step "样式、字体与加密页 styles, fonts and sealing pages" .cache/assets \
        "package-lock.json scripts/build-assets.mjs $(find assets -type f ! -name '.*' 2>/dev/null | sort)" build_assets
}

set_up() {
    level=${1:-run}
    mkdir -p .cache/ocds
    system_packages "$level"
    python_packages "$level"
    assets
    if [ "$level" = test ]; then
        step "OCDS 1.1.5 模式 schema" .cache/ocds/.stamp requirements-ocds.txt fetch_ocds
        CHROMIUM=$(find_chromium) || fail "没有找到 Chromium · no Chromium was found"
        export CHROMIUM
    fi
    unlock
    say '✓ 已就绪 set up'
}
