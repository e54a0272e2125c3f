# shellcheck shell=bash
# The iPXE core: Debian's package at the version and with the SHA-256 that pom.xml pins. Sourced
# after tools/setup.sh.

# shellcheck source=tools/debian.sh
. "$root/tools/debian.sh"

# What pom.xml says of the core: version or sha256.
core_pin() {
  sed -n "s|.*<zboot\.ipxe\.$1>\(.*\)</.*|\1|p" "$root/pom.xml"
}

# Sets `core` to the absolute path of the package: ZBOOT_IPXE_DEB, or the cached or fetched one.
find_core() {
  local version sha256
  version=$(core_pin version)
  sha256=$(core_pin sha256)
  if [[ -n ${ZBOOT_IPXE_DEB-} ]]; then
    core=$ZBOOT_IPXE_DEB
    [[ -f $core && -r $core ]] || die "ZBOOT_IPXE_DEB: cannot read the file $core"
    has_sha256 "$core" "$sha256" || die "ZBOOT_IPXE_DEB: $core is not Debian's package ipxe" \
      "$version (SHA-256 $sha256); for an image with another core use --core FILE"
    return
  fi
  core=$(absolute "$cache")/ipxe_${version}_all.deb
  has_sha256 "$core" "$sha256" || {
    say "fetching the iPXE core (Debian package ipxe $version)"
    from_debian save_core || die "cannot fetch Debian's package ipxe $version:" \
      "$apt_failure. Or download it from the Debian archive (suite $debian_suite) elsewhere and set" \
      "ZBOOT_IPXE_DEB to the file"
  }
}

# Run by from_debian.
save_core() {
  private_apt apt-get download "ipxe=$version" && 
    has_sha256 "${core##*/}" "$sha256" && mv "${core##*/}" "$core"
}

# Exports ZBOOT_TEST_CORE, the package of the newest core that zboot knows beside its own, for tests and
# packages. Its suite moves on: where it cannot be had, $1 is left out in sight.
find_second_core() {
  local debian_suite suite version sha256 core
  version=$(known_core version)
  sha256=$(known_core sha256)
  export ZBOOT_TEST_CORE=${ZBOOT_TEST_CORE:-$(absolute "$cache")/ipxe_${version}_all.deb}
  has_sha256 "$ZBOOT_TEST_CORE" "$sha256" && return
  core=$ZBOOT_TEST_CORE
  for suite in forky sid; do
    debian_suite=$suite
    say "fetching a second iPXE core (Debian package ipxe $version) from $suite"
    from_debian save_core && return
  done
  say "LEFT OUT: $1 iPXE $version: $apt_failure"
  unset ZBOOT_TEST_CORE
}

# What KnownCore.java says of the newest core: version or sha256.
known_core() {
  local pattern='[0-9][^" ]*dfsg[^" ]*'
  [[ $1 == version ]] || pattern='[0-9a-f]\{64\}'
  sed -n "s|.*\"\($pattern\)\".*|\1|p" \
    "$root/templates/src/main/java/zeroboot/core/KnownCore.java" | tail -n 1
}

has_sha256() {
  [[ -f $1 && $(sha256sum <"$1") == "$2  -" ]]
}
