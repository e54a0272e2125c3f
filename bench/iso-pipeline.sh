#!/bin/sh
# The peer of IsoBench: makes a like ISO with the usual tools, from parts that are there already.
# Usage: iso-pipeline.sh PARTS OUT.iso      PARTS holds bios.bin, bootx64.efi, readme.txt, record.jsn
set -eu
parts=$1
out=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root/boot"
fat=$work/root/boot/efi.img
truncate -s 516096 "$fat"
mformat -i "$fat" -T 1008 -h 16 -s 63 -c 1 -r 1 -v ZEROBOOT ::
mmd -i "$fat" ::/EFI ::/EFI/BOOT
mcopy -i "$fat" "$parts/bootx64.efi" ::/EFI/BOOT/BOOTX64.EFI
mcopy -i "$fat" "$parts/readme.txt" ::/README.TXT
mcopy -i "$fat" "$parts/record.jsn" ::/ZBOOT.JSN
cp "$parts/bios.bin" "$work/root/boot/bios.bin"
cp "$parts/readme.txt" "$parts/record.jsn" "$work/root/"
# xorriso greets on standard error even when quiet.
xorrisofs -quiet -V ZEROBOOT -o "$out" -no-pad -c boot/boot.cat \
  -b boot/bios.bin -no-emul-boot -boot-load-size 4 \
  -eltorito-alt-boot -e boot/efi.img -no-emul-boot "$work/root" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
