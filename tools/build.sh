# shellcheck shell=bash
# The launcher's build, into $state: `current` names the folder of jars that was built last. Sourced
# by ./zboot, which has set `root` and `state` and knows is_built.

# shellcheck source=tools/setup.sh
. "$root/tools/setup.sh"
# shellcheck source=tools/core.sh
. "$root/tools/core.sh"

# Brings the build up to date; sets `app` and `java`. One build at a time: who comes second finds it
# done. Programs that run keep their jars, since each build has a folder of its own.
build() {
  local lock
  [[ $PWD$root != *:* ]] || die "a Java class path cannot hold a colon; move $root elsewhere"
  prepare want_build_tools
  exec {lock}>"$state/lock"
  flock -n "$lock" || {
    say "waiting for another build to end"
    flock "$lock"
  }
  if ! is_built; then
    find_core
    compile
  fi
  exec {lock}>&-
  # After `sudo ./zboot write …` the folder's owner can build again.
  # Not below the folders of tools/test-dist: a whole system with its devices may be mounted there.
  ((EUID)) || find "$state" -xdev -path "$state/test-dist-*" -prune -o \
    -exec chown -h --reference="$root" {} +
}

compile() {
  local work=$state/build log=$state/build.log status=0 name
  rm -rf "$work"
  mkdir "$work"
  : >"$work/started"
  say "building (the first time this takes a minute)"
  run_maven -q -Dquick "-Dzboot.build=$(absolute "$work")" package >"$log" 2>&1 || status=$?
  ((status < 128)) || exit "$status"
  if ((status)); then
    show_errors >&2
    die "the build failed; Maven's full output is in $log"
  fi
  unpack_native "$work"/lib
  printf -v name 'app-%(%s)T-%s' -1 "$$"
  publish "$name"
  app=$state/$name
  java=$jdk/bin/java
}

# The native library for devices out of its jar, into the folder of jars $1: unpacked at run time, it
# would need a temporary folder from which programs may run.
unpack_native() {
  local path
  compgen -G "$1/jna-[0-9]*.jar" >/dev/null || return 0
  case "$OSTYPE $HOSTTYPE" in
    "linux-gnu x86_64") path=com/sun/jna/linux-x86-64/libjnidispatch.so ;;
    "linux-gnu aarch64") path=com/sun/jna/linux-aarch64/libjnidispatch.so ;;
    *) return 0 ;; # it is unpacked when it is needed
  esac
  (cd "$1" && "$jdk/bin/jar" --extract --file jna-[0-9]*.jar "$path" && mv "$path" . && rm -r com)
}

# What went wrong: the network, or Maven's errors without its advice on how to call Maven; uses `log` of compile.
show_errors() {
  local errors
  # A proxy that puts its own certificate before every server's.
  if grep -q 'PKIX path building failed' "$log"; then
    say "Java does not trust the certificate of the server that it downloads from; behind a proxy that" \
      "opens HTTPS, give the machine the proxy's root certificate (update-ca-certificates)"
    return
  fi
  if grep -q 'Could not transfer' "$log"; then
    say "Maven could not download what it builds with; is this machine on the Internet?"
    return
  fi
  errors=$(sed -n '/To see the full stack trace/q; /^\[ERROR\] *[^ ]/p' "$log" | head -n 20)
  if [[ -z $errors ]]; then tail -n 20 "$log"; else echo "$errors"; fi
}

# Makes the finished jars current, as folder $1, in one step.
publish() {
  local previous='' folder
  if [[ -r $state/current ]]; then read -r previous <"$state/current" || true; fi
  mv "$state/build/lib" "$state/$1"
  read_jdk_key
  printf '%s\n' "$1" "$jdk/bin/java" "$jdk_key" "${ZBOOT_IPXE_DEB-}" >"$state/build/current"
  touch -r "$state/build/started" "$state/build/current"
  mv "$state/build/current" "$state/current"
  rm -rf "$state/build"
  # A program of the previous build may still be running, one of an older build hardly.
  for folder in "$state"/app-*; do
    case ${folder##*/} in
      "$1" | "$previous") ;;
      *) rm -rf "$folder" ;;
    esac
  done
}
