# Builds the shipped programs for 64-bit ARM, here. Sourced by ./run and ./test, not run.

# Where this machine gets Debian from, for debootstrap; nothing where it is no Debian.
debian_mirror() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' \
        'Component: main' 2>/dev/null | head -n 1
}

# The libraries of tools/packages.txt (group build), as Debian 12 has them for ARM.
arm64_libraries() {
    sed -n 's/^build \(lib[^ |]*-dev\).*/\1/p' "$root/tools/packages.txt" | paste -sd,
}

# build/arm64/sysroot: headers and libraries to build with.
arm64_sysroot() {
    local now packages archives=$root/build/arm64/archives
    packages=$(arm64_libraries),libc6-dev,libstdc++-12-dev
    now=$packages
    [ -d "$root/build/arm64/sysroot" ] && fresh arm64-sysroot "$now" && return
    rm -rf "$archives" "$root/build/arm64/sysroot"
    mkdir -p "$archives"
    step "fetching Debian's libraries for ARM" arm64-fetch debootstrap --arch=arm64 \
        --download-only --variant=minbase --include="$packages" bookworm "$archives" \
        $(debian_mirror) ||
        fail "Debian's libraries for ARM are not there; see above. It needs Debian's servers once."
    step "unpacking them" arm64-unpack unpack_all "$archives" "$root/build/arm64/sysroot.new"
    mv "$root/build/arm64/sysroot.new" "$root/build/arm64/sysroot"
    rm -rf "$archives"
    stamp arm64-sysroot "$now"
}

# unpack_all FOLDER INTO: what is needed to build, of each package below FOLDER.
unpack_all() {
    local package
    rm -rf "$2"
    mkdir -p "$2"
    for package in "$1"/var/cache/apt/archives/*.deb; do
        dpkg-deb --fsys-tarfile "$package" |
            tar -x -C "$2" --no-same-owner --wildcards --exclude='./dev/*' \
                --exclude='./usr/share/[abd-z]*' --exclude='./*bin/*' || return
    done
}

# The shipped programs: build/arm64/imagify and build/arm64/bootstrap.
build_arm64() {
    local now
    need arm64
    arm64_sysroot
    build_web
    now=$(fingerprint CMakeLists.txt CMakePresets.json cmake src api)-$(<"$stamps/web")
    [ -x "$root/build/arm64/imagify" ] && [ -x "$root/build/arm64/bootstrap" ] &&
        fresh release-arm64 "$now" && return
    build_preset release-arm64 || fail "The program does not build for ARM; see above."
    stamp release-arm64 "$now"
}
