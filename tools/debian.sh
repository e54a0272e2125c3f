# shellcheck shell=bash
# Debian packages without root and without touching the system: apt with a configuration, lists and
# cache of its own. Mirrors and keys are the machine's, so no mirror is named here. Sourced after
# tools/setup.sh.
#
# from_debian and from_machine call the function $1 in an empty folder where `private_apt` sees the
# suite that the iPXE core comes from, or what the machine itself sees. What the function wants to keep
# it moves away. If it cannot be done, `apt_failure` says why.

debian_suite=trixie

from_debian() { with_private_apt try_debian "$1"; }
from_machine() { with_private_apt try_machine "$1"; }

with_private_apt() {
  local work
  apt_failure="this machine has no apt-get"
  type -P apt-get >/dev/null || return 1
  work=$(mktemp -d "$(absolute "$cache")/apt.XXXXXX")
  # A subshell for the trap; standard output is the reason of a failure.
  apt_failure=$(
    trap 'rm -rf "$work"' EXIT
    : >"$work/log"
    "$@" >>"$work/log" 2>&1 && exit 0
    if grep -q 'Temporary failure resolving\|Could not resolve\|Could not connect' "$work/log"; then
      echo "the servers of this machine's apt do not answer, so check that it is on the Internet"
      exit 1
    fi
    sed -n 's/\.$//; s/^[EW]: //p' "$work/log" | tail -n 1 |
      grep . || echo "this machine's apt has no Debian source"
    exit 1
  )
}

try_machine() {
  configure machine "" ""
  update_and "$1"
}

# The machine's Debian sources, then debootstrap's. A keyring may be older than the suite; then, as a
# last resort, without: what is fetched from here is also held against a pinned SHA-256.
try_debian() {
  local find_mirrors
  for find_mirrors in machine_mirrors debootstrap_mirror; do
    "$find_mirrors" >"$work/mirrors"
    try_mirrors "" "$1" && return
    if grep -q 'NO_PUBKEY\|Missing key\|is not signed' "$work/log"; then
      try_mirrors trusted=yes "$1" && return
    fi
  done
  return 1
}

# The lines of $work/mirrors one after the other, with the source option $1, for the function $2.
try_mirrors() {
  local uri keyring
  while IFS=$'\t' read -r uri keyring <&3; do
    configure "$uri" "$keyring" "$1"
    update_and "$2" && return
  done 3<"$work/mirrors"
  return 1
}

update_and() { private_apt apt-get update && (cd "$work/files" && "$1"); }

# private_apt apt-get|apt-cache ARGS…
private_apt() { "$1" -q -c "$work/apt.conf" "${@:2}" </dev/null; }

# Makes the private configuration in $work: for the mirror $1 (or "machine", its own sources as they
# are), the keyring file $2 (empty: the keys that the machine trusts) and the options $3 of the source.
configure() {
  rm -rf "$work/state" "$work/files" "$work/keys"
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/files" "$work/keys"
  : >"$work/state/status"
  {
    # The machine's hooks are for the machine's lists. Files of one user's cache folder cannot be
    # read by the sandbox user that apt, when run by root, would download as.
    echo "#clear APT::Update; #clear APT::Architectures;"
    echo "APT::Architecture \"amd64\"; APT::Architectures { \"amd64\"; }; APT::Sandbox::User \"\";"
    echo "Acquire::Languages \"none\"; Acquire::Retries \"3\";"
    echo "Dir::State \"$work/state\"; Dir::State::status \"$work/state/status\";"
    echo "Dir::Cache \"$work/cache\";"
    if [[ $1 != machine ]]; then
      echo "Dir::Etc::sourcelist \"$work/sources.list\"; Dir::Etc::sourceparts \"-\";"
      echo "Dir::Etc::preferences \"-\"; Dir::Etc::preferencesparts \"-\";"
      [[ -z $2 ]] || echo "Dir::Etc::trusted \"-\"; Dir::Etc::trustedparts \"$work/keys\";"
    fi
  } >"$work/apt.conf"
  echo "deb [target=Packages $3] $1 $debian_suite main" >"$work/sources.list"
  [[ -z $2 ]] || cp "$2" "$work/keys/debian.$(keyring_kind "$2")"
}

# apt tells the two forms of a keyring by the end of the name.
keyring_kind() {
  if grep -q '^-----BEGIN' "$1"; then echo asc; else echo gpg; fi
}

# Mirror, tab, keyring of each Debian source of the machine. Where the source names no keyring it is
# Debian's own, or else what the machine trusts.
machine_mirrors() {
  local uri keyring
  while IFS=$'\t' read -r uri keyring; do
    [[ -r $keyring ]] || keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [[ -r $keyring ]] || keyring=
    printf '%s\t%s\n' "$uri" "$keyring"
  done < <(machine_sources)
}

# Mirror, tab, Signed-By of each source of the machine whose suite is a Debian one; sources.list(5)
# has the two formats.
machine_sources() {
  local files=() file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
    /etc/apt/sources.list.d/*.sources; do
    [[ ! -r $file ]] || files+=("$file")
  done
  ((${#files[@]})) || return 0
  awk -f "$root/tools/apt-sources.awk" "${files[@]}"
}

# On Ubuntu, and where Debian was installed from a disc: debootstrap knows a Debian mirror, and
# debian-archive-keyring the keys; both are in Ubuntu's archive. They are unpacked here, not installed.
debootstrap_mirror() {
  local unpacked=$work/debootstrap
  try_machine unpack_debootstrap >>"$work/log" 2>&1 || return 0
  printf '%s\t%s\n' \
    "$(sed -n 's/^DEF_MIRROR="\([^"]*\)".*/\1/p' "$unpacked/usr/sbin/debootstrap")" \
    "$unpacked/usr/share/keyrings/debian-archive-keyring.gpg"
}

# Run by try_machine.
unpack_debootstrap() {
  local file
  private_apt apt-get download debootstrap debian-archive-keyring || return 1
  for file in *.deb; do dpkg-deb -x "$file" "$unpacked"; done
}
