#!/bin/bash
# tools/every-byte.sh [STEP [FIRST]]  changes one byte after the other of every medium, and looks
# whether zboot names it: each STEPth (default 1000) from FIRST (default 0) on. With 1 it takes days.
#
# The tests of ./check try the ends of regions and a few others alone (EveryByteTest).
set -eu

cd "$(dirname -- "$(readlink -f -- "$0")")/.."
exec ./check --no-boot -- -pl medium -am -Dtest=EveryByteTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dzboot.bytes.step=${1-1000}" "-Dzboot.bytes.first=${2-0}"
