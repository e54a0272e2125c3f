# shellcheck shell=bash
# UEFI firmware of other Debian releases for the boot tests: OVMF with Secure Boot, once as usual and
# once with strict memory protection. Unpacked into the cache, not installed; fetched once. Where it
# cannot be had its tests are skipped. Sourced after tools/debian.sh.

# Exports ZBOOT_TEST_OVMF, a folder with one for each suite.
find_firmware() {
  local folder suite
  folder=$(absolute "$cache")/test-ovmf
  export ZBOOT_TEST_OVMF=${ZBOOT_TEST_OVMF:-$folder}
  [[ $ZBOOT_TEST_OVMF == "$folder" ]] || return 0
  for suite in trixie forky; do
    [[ ! -f $folder/$suite/OVMF_CODE_4M.secboot.strictnx.fd ]] || continue
    say "fetching UEFI firmware for the boot tests (Debian $suite)"
    debian_suite=$suite from_debian save_firmware ||
      say "LEFT OUT: the boot tests with Debian $suite's firmware: $apt_failure"
  done
}

# Run by from_debian. From forky on the files are in a package of their own.
save_firmware() {
  private_apt apt-get download ovmf-generic || private_apt apt-get download ovmf || return 1
  dpkg-deb -x ./*.deb . && mkdir -p "$folder" && rm -rf "$folder/$suite.part" &&
    mkdir "$folder/$suite.part" &&
    cp -L usr/share/OVMF/OVMF_CODE_4M.secboot*.fd "$folder/$suite.part" &&
    rm -rf "${folder:?}/$suite" && mv "$folder/$suite.part" "$folder/$suite"
}
