# shellcheck shell=bash
# The Linux kernel that the boot tests start: Debian's or Ubuntu's, as the machine is, unpacked into the
# cache, not installed. Any version will do, so it is fetched once. Sourced after tools/debian.sh.

# Exports ZBOOT_TEST_KERNEL, the path of a bzImage.
find_kernel() {
  local folder
  folder=$(absolute "$cache")/test-kernel
  export ZBOOT_TEST_KERNEL=${ZBOOT_TEST_KERNEL:-$folder/vmlinuz}
  [[ ! -f $ZBOOT_TEST_KERNEL ]] || return 0
  mkdir -p "$folder"
  say "fetching a Linux kernel for the boot tests"
  from_machine save_kernel || die "cannot fetch a kernel: $apt_failure. Set ZBOOT_TEST_KERNEL" \
    "to the file of a Linux kernel, or leave the boot tests out with --no-boot"
}

# Run by from_machine. The named packages, Debian's and Ubuntu's, are empty and depend on the real one.
save_kernel() {
  local named package
  for named in linux-image-cloud-amd64 linux-image-virtual; do
    package=$(private_apt apt-cache show "$named" |
      sed -n 's/^Depends:.* \(linux-image-[0-9][^ ,]*\).*/\1/p' | head -n 1)
    [[ -z $package ]] || break
  done
  private_apt apt-get download "$package" && dpkg-deb -x ./*.deb . &&
    mv boot/vmlinuz-* "$folder/vmlinuz"
}
