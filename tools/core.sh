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

has_sha256() {
  [[ -f $1 && $(sha256sum <"$1") == "$2  -" ]]
}
