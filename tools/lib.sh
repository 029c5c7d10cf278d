# What ./run and ./test share: words, steps, packages, building only what changed. Sourced, not run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/build/log stamps=$root/build/stamp
mkdir -p "$logs" "$stamps"

# No failure is silent, not even one that nobody thought of.
set -E
trap 'printf "%s: line %s failed: %s\n" "${BASH_SOURCE[0]}" "$LINENO" "$BASH_COMMAND" >&2' ERR

say() { printf '%s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# step LABEL LOG COMMAND...: runs quietly into build/log/LOG.log. What takes over a second says so
# and how it gets on; what fails shows the end of its log.
step() {
    local label=$1 log=$logs/$2.log started=$EPOCHSECONDS rc=0 beat took
    shift 2
    mkdir -p "${log%/*}"
    : >"$log"
    heartbeat "$label" "$log" &
    beat=$!
    "$@" >"$log" 2>&1 </dev/null || rc=$?
    { kill "$beat" && wait "$beat"; } 2>/dev/null || true
    took=$((EPOCHSECONDS - started))
    if ((rc)); then
        say "  failed after $took s. The end of build/log/${log##*/}:"
        tail -n 40 "$log" | sed 's/^/    | /'
    elif ((took > 0)); then
        say "  $label: $took s"
    fi
    return "$rc"
}

heartbeat() {
    local started=$EPOCHSECONDS
    nap 1
    say "  $1 ..."
    while nap 20 && kill -0 $$ 2>/dev/null; do
        say "    $((EPOCHSECONDS - started)) s $(tail -n 1 "$2" | tr -d '\r' | cut -c1-80)"
    done
}

# A sleep that holds no pipe open after its parent is gone.
nap() { sleep "$1" >/dev/null 2>&1 </dev/null 9>&-; }

# One setup or build at a time in this checkout.
lock() {
    exec 9>"$root/build/.lock"
    flock -n 9 || { say "Another ./run or ./test builds here; waiting for it."; flock 9; }
}
unlock() { exec 9>&-; }

# fingerprint PATH...: one hash of the names and contents of all files there.
fingerprint() {
    (cd "$root" && { find "$@" \( -name node_modules -o -name dist -o -name test-results \
        -o -name playwright-report \) -prune -o -type f -print0 2>/dev/null || true; } |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}
fresh() { [ -f "$stamps/$1" ] && [ "$(<"$stamps/$1")" = "$2" ]; }
stamp() { printf '%s\n' "$2" >"$stamps/$1"; }

# ---- packages ----

installed() {
    dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p'
}

# missing GROUP...: the choices in tools/packages.txt of which nothing is installed.
missing() {
    local group choice word command name have=" $(installed | tr '\n' ' ')"
    while read -r group choice word command; do
        [[ " $* " == *" $group "* ]] || continue
        [ "$word" != unless ] || ! command -v "$command" >/dev/null || continue
        for name in ${choice//|/ }; do
            [[ $have != *" $name "* ]] || continue 2
        done
        say "$choice"
    done < <(grep -v '^#' "$root/tools/packages.txt")
}

# need GROUP...: installs what is missing, or says what to do.
need() {
    local wanted=() names=() choice name as=()
    command -v apt-get >/dev/null || { need_commands "$@"; return; }
    mapfile -t wanted < <(missing "$@")
    ((${#wanted[@]})) || return 0
    if ((EUID)); then
        command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; } && sudo -v ||
            fail "Packages are missing, and you are neither root nor able to use sudo. Ask an
administrator to run:  apt-get install ${wanted[*]%%|*}"
        as=(sudo)
    fi
    step "reading the package lists" apt-update "${as[@]}" apt-get update -q ||
        fail "apt-get update failed; see above. Imagify needs Debian's package servers once."
    for choice in "${wanted[@]}"; do
        for name in ${choice//|/ }; do
            [ -z "$(apt-cache madison "$name" 2>/dev/null)" ] || { names+=("$name"); continue 2; }
        done
        fail "This system has no package ${choice//|/ or }. Imagify builds on Debian 12,
Ubuntu 24.04 and newer: it needs clang 19 and Boost 1.81, or newer."
    done
    say "Installing ${#names[@]} packages: ${names[*]}"
    step "installing packages" apt-install "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qy --no-install-recommends --no-remove \
        -o DPkg::Lock::Timeout=300 "${names[@]}" ||
        fail "apt-get could not install them; see above."
}

# Without apt-get nothing can be installed for the user, but everything may be there.
need_commands() {
    local command
    for command in cmake ninja npm; do
        command -v "$command" >/dev/null ||
            fail "$command is missing, and only on Debian and Ubuntu it would be installed.
Install what tools/packages.txt lists (groups: $*) with your package manager and try again."
    done
}

# ---- the web app and the program ----

export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 NO_COLOR=1

web_modules() {
    local now
    now=$(fingerprint web/package.json web/package-lock.json)
    [ -d "$root/web/node_modules" ] && fresh web-modules "$now" && return
    step "fetching the web app's packages (npm ci)" npm-ci \
        npm --prefix "$root/web" ci --no-audit --no-fund --loglevel=error ||
        fail "npm ci failed; see above. It needs the npm registry once."
    stamp web-modules "$now"
}

infra_modules() {
    local now
    now=$(fingerprint infra/package.json infra/package-lock.json)
    [ -d "$root/infra/node_modules" ] && fresh infra-modules "$now" && return
    step "fetching the packages of infra (npm ci)" npm-ci-infra \
        npm --prefix "$root/infra" ci --no-audit --no-fund --loglevel=error ||
        fail "npm ci failed; see above. It needs the npm registry once."
    stamp infra-modules "$now"
}

build_web() {
    local now
    web_modules
    now=$(fingerprint web api)
    [ -f "$root/web/dist/index.html" ] && fresh web "$now" && return
    step "building the web app" web-build npm --prefix "$root/web" run build ||
        fail "The web app does not build; see above."
    stamp web "$now"
}

# As many compilers at once as cores and memory (1.5 GB each) allow.
jobs_here() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
    echo $((memory < 1 ? 1 : memory < cores ? memory : cores))
}

# build_preset PRESET [TARGET...]: configures and builds; returns non-zero when that fails.
build_preset() {
    (cd "$root" && step "configuring ($1)" "cmake-$1" cmake --preset "$1" &&
        step "building ($1)" "build-$1" cmake --build --preset "$1" -j "$(jobs_here)" \
            ${2:+--target "${@:2}"})
}

# The shipped programs: build/imagify with the web app inside, build/bootstrap for AWS Lambda.
build_release() {
    local now
    build_web
    now=$(fingerprint CMakeLists.txt CMakePresets.json cmake src api)-$(<"$stamps/web")
    [ -x "$root/build/imagify" ] && [ -x "$root/build/bootstrap" ] && fresh release "$now" && return
    build_preset release || fail "The program does not build; see above."
    stamp release "$now"
}

# AWS on this machine: its packages and emulators.
aws_lab() {
    need aws
    step "fetching AWS's emulators" aws-fetch "$root/tools/aws/fetch.sh" ||
        fail "The emulators are not there; see above. They need the npm registry once."
}

# answers ADDRESS PATH: does HOST:PORT answer 200 there? (A bare machine has no curl.)
answers() {
    local host=${1%:*} port=${1##*:} line=
    { exec 8<>"/dev/tcp/${host:-127.0.0.1}/$port"; } 2>/dev/null || return 1
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$2" "$1" >&8
    IFS= read -r -t 2 line <&8 || true
    exec 8>&-
    [[ $line == HTTP/1.*" 200 "* ]]
}
listening() { (exec 8<>"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null; }
