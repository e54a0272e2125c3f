#!/bin/sh
# A peer of ProgramBench: iPXE's own way to another script, linking it into both files. IPXE_SRC is
# the folder src of an iPXE source tree, which a first run builds whole.
set -eu
script=$IPXE_SRC/zboot-bench.ipxe
printf '#!ipxe\necho %s\nshell\n' "$$" >"$script"
exec make -C "$IPXE_SRC" -j "$(nproc)" NO_WERROR=1 EMBED=zboot-bench.ipxe \
  bin/ipxe.lkrn bin-x86_64-efi/ipxe.efi
