# shellcheck shell=bash
# What ./zboot and ./check need on the machine: found, or installed where we may. Sourced by them;
# wants `root` (the project's folder) and `state` (the launcher's own folder in it).
#
# The environment may say:
#   JAVA_HOME       the JDK to use, if it is 17 or newer; else the one in PATH, else /usr/lib/jvm
#   MAVEN_ARGS      words for every call of Maven, such as -Dmaven.repo.local=FOLDER or -o
#   MAVEN_OPTS      Java options for Maven (Maven reads them itself)
#   ZBOOT_IPXE_DEB  the iPXE package as a file, so that nothing is fetched
#   XDG_CACHE_HOME  where the cache folder `zboot` is kept; ~/.cache by default
#   ZBOOT_JVM_DIR   where JDKs lie; /usr/lib/jvm by default (the launcher's own test sets it)

jdk_packages='openjdk-21-jdk-headless|openjdk-17-jdk-headless|openjdk-25-jdk-headless'

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  say "$@"
  exit 1
}

absolute() { (cd "$1" && pwd); }

# Sets `cache`. A user without a home (or whose home is not to be written) gets a cache in the clone.
find_cache() {
  # Unset HOME: a bare ~ is the home that the user database names.
  local home=${HOME:-~}
  cache=${XDG_CACHE_HOME:-$home/.cache}/zboot
  if ! mkdir -p "$cache" 2>/dev/null || [[ ! -w $cache ]]; then
    cache=$state/cache
    mkdir -p "$cache" || die "cannot make the folder $cache; set XDG_CACHE_HOME to a folder of yours"
  fi
}

# Sets `jdk` if the compiler $1 runs and is new enough. Asks Java for its home: a javac in PATH may
# be a link, or a version manager's script.
accept_jdk() {
  local said home version
  said=$("$1" -J-XshowSettings:properties -version 2>&1) || return 1
  [[ $said =~ java\.home\ =\ ([^$'\n']+) ]] || return 1
  home=${BASH_REMATCH[1]}
  [[ $said =~ javac\ ([0-9]+) ]] || return 1
  version=${BASH_REMATCH[1]}
  # From $2 on only a newer one.
  ((version >= 17 && version > ${2:-0})) && [[ -x $home/bin/java ]] || return 1
  jdk=$home
  jdk_version=$version
}

# Sets `jdk`, or fails.
find_jdk() {
  local javac
  jdk='' jdk_version=0
  if [[ -n ${JAVA_HOME-} ]]; then
    accept_jdk "$JAVA_HOME/bin/javac" && return
    say "JAVA_HOME ($JAVA_HOME) is no JDK 17 or newer; looking for another"
  fi
  javac=$(type -P javac) && accept_jdk "$javac" && return
  for javac in "${ZBOOT_JVM_DIR:-/usr/lib/jvm}"/*/bin/javac; do
    accept_jdk "$javac" "$jdk_version" || true
  done
  [[ -n $jdk ]]
}

# Is there a Maven 3.6.3 or newer? Without a JDK it cannot be asked, so then any will do.
find_maven() {
  type -P mvn >/dev/null || return 1
  [[ -n $jdk ]] || return 0
  [[ $(JAVA_HOME=$jdk mvn -v 2>&1) =~ Apache\ Maven\ ([0-9]+)\.([0-9]+)\.([0-9]+) ]] || return 1
  ((BASH_REMATCH[1] * 10000 + BASH_REMATCH[2] * 100 + BASH_REMATCH[3] >= 30603))
}

# Adds to `missing` what a build needs. An entry is a Debian package, or a choice of them: a|b.
want_build_tools() {
  find_jdk || missing+=("$jdk_packages")
  find_maven || missing+=(maven)
}

# Adds to `missing` what the tests need, from the table tools/test-packages.
want_test_tools() {
  local packages probe
  while read -r packages probe _; do
    [[ $packages == "#"* || -z $packages ]] || is_there "$probe" || missing+=("$packages")
  done <"$root/tools/test-packages"
}

# A program's name, or an absolute pattern that some file must match.
is_there() {
  if [[ $1 == /* ]]; then
    compgen -G "$1" >/dev/null
  else
    PATH=$PATH:/usr/sbin:/sbin type -P "$1" >/dev/null
  fi
}

# The first package of a choice that apt could install; without apt's lists, the first.
choose_package() {
  local name names
  IFS='|' read -ra names <<<"$1"
  for name in "${names[@]}"; do
    if [[ $(LC_ALL=C apt-cache policy "$name" 2>/dev/null) == *"Candidate: "[0-9]* ]]; then
      echo "$name"
      return
    fi
  done
  echo "${names[0]}"
}

# Installs what `missing` names, or says what to install and stops.
install_missing() {
  local as_root=() log choice names=()
  ((${#missing[@]})) || return 0
  type -P apt-get >/dev/null ||
    die "please install what these Debian packages hold (| means: one of them): ${missing[*]}"
  if ((EUID != 0)); then
    if sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    elif [[ -t 0 && -t 2 ]] && type -P sudo >/dev/null; then
      as_root=(sudo)
    else
      for choice in "${missing[@]}"; do names+=("$(choose_package "$choice")"); done
      die "please install, as root: apt-get install --no-install-recommends ${names[*]}"
    fi
  fi
  log=$state/install.log
  : >"$log"
  # Third-party sources may fail to update; whether ours are there shows in the installation.
  run_apt update || true
  for choice in "${missing[@]}"; do names+=("$(choose_package "$choice")"); done
  say "installing with apt-get: ${names[*]}"
  run_apt install -y --no-install-recommends "${names[@]}" || {
    grep -E '^(E|W|dpkg): ' "$log" | tail -n 10 >&2
    die "apt-get could not install ${names[*]}; its full output is in $log"
  }
}

# Uses `as_root` and `log` of install_missing. Waits while another apt-get is at work.
run_apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
    apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null >>"$log" 2>&1
}

# Finds or installs what the functions $@ want; afterwards `jdk` is set.
prepare() {
  local want missing=()
  mkdir -p "$state" || die "cannot make the folder $state; use a clone that you may write to"
  [[ -w $state ]] || die "cannot write in $state; use a clone of your own"
  find_cache
  for want; do "$want"; done
  install_missing
  # Only what was missing is looked for again.
  [[ -n $jdk ]] || find_jdk || die "no JDK 17 or newer; install one and set JAVA_HOME to it"
  find_maven || die "Maven 3.6.3 or newer is needed; install one and put its mvn first in PATH"
}

# Runs Maven on the project. Old Mavens do not read MAVEN_ARGS, so its words are given to all alike.
run_maven() {
  local words
  read -ra words <<<"${MAVEN_ARGS-}"
  if [[ ${words[*]-} != *maven.repo.local=* ]] && ! is_repository_writable; then
    words+=("-Dmaven.repo.local=$state/repository")
  fi
  (
    cd "$root" || exit
    MAVEN_ARGS='' JAVA_HOME=$jdk exec mvn -B -ntp "-Dzboot.ipxe.deb=$core" "${words[@]}" "$@" </dev/null
  )
}

# Maven's own folder, in the home that the user database names: Java does not look at HOME.
is_repository_writable() {
  local home
  home=$(unset HOME && echo ~)
  mkdir -p "$home/.m2/repository" 2>/dev/null && [[ -w $home/.m2/repository ]]
}
