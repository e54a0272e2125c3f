# shellcheck shell=bash
# The Linux kernels that tests start: Debian's or Ubuntu's, as the machine is, unpacked into the cache,
# not installed. Any version will do, so each is fetched once. Sourced after tools/debian.sh.

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

# Sets `usb_kernel`, a folder with a kernel (vmlinuz) that knows USB sticks, and the modules for them, for
# this computer's files and for FAT, named in the order in which they are to be loaded.
find_usb_kernel() {
  # shellcheck disable=SC2034 # for who sources this
  usb_kernel=$(absolute "$cache")/usb-kernel
  find_modules "$usb_kernel" "that knows USB" virtio_pci 9pnet_virtio 9p overlay xhci_pci usb_storage sd_mod \
    vfat nls_cp437 nls_ascii nls_utf8 nls_iso8859-1
}

# Sets `disk_kernel`, the same for a system on a disk that is in a network and has networks inside.
find_disk_kernel() {
  # shellcheck disable=SC2034 # for who sources this
  disk_kernel=$(absolute "$cache")/disk-kernel
  find_modules "$disk_kernel" "that knows disks" virtio_pci virtio_blk crc32c_generic ext4 virtio_net \
    af_packet veth autofs4
}

# find_modules FOLDER WORDS MODULE…: a kernel, which people know by these words, and those modules.
find_modules() {
  local folder=$1 modules=("${@:3}")
  [[ ! -f $folder/vmlinuz ]] || return 0
  say "fetching a Linux kernel $2"
  from_machine save_modules || die "cannot fetch a kernel: $apt_failure"
}

# Run by from_machine. Ubuntu has the modules in a package of their own.
save_modules() {
  local named package name added=' '
  for named in linux-image-amd64 linux-image-generic; do
    package=$(private_apt apt-cache show "$named" |
      sed -n 's/^Depends:.* \(linux-image-[0-9][^ ,]*\).*/\1/p' | head -n 1)
    [[ -z $package ]] || break
  done
  private_apt apt-get download "$package" || return 1
  private_apt apt-get download "linux-modules-${package#linux-image-}" || true
  for package in ./*.deb; do dpkg-deb -x "$package" . || return 1; done
  rm -rf "$folder"
  mkdir -p "$folder/modules"
  for name in "${modules[@]}"; do
    add_module "$name" || return 1
  done
  mv boot/vmlinuz-* "$folder/vmlinuz"
}

# The module $1 behind those that it needs; what is none is built in.
add_module() {
  local file plain needed
  [[ $added != *" $1 "* ]] || return 0
  added+="$1 "
  file=$(find . -path '*/modules/*' -name "${1//[-_]/[-_]}.ko*" -print -quit)
  [[ -n $file ]] || return 0
  plain=${file%.ko*}.plain
  case $file in
    *.xz) xz -dc "$file" >"$plain" ;;
    *.zst) zstd -qdc "$file" >"$plain" ;;
    *) cp "$file" "$plain" ;;
  esac || return 1
  for needed in $(tr '\0' '\n' <"$plain" | sed -n 's/^depends=//p' | tr ',-' ' _'); do
    add_module "$needed" || return 1
  done
  cp "$plain" "$folder/modules/$(printf %02d "$(find "$folder/modules" -type f | wc -l)")-$1.ko"
}
