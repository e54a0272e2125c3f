# shellcheck shell=bash
# The programs that tools/test-launcher lets ./zboot find, in the folder $area. They note their calls
# in files there; variables STUB_… make them behave otherwise.

# make_jdk FOLDER VERSION
make_jdk() {
  mkdir -p "$1/bin"
  printf '#!/bin/sh\necho "    java.home = %s"\necho "javac %s"\n' "$1" "$2" >"$1/bin/javac"
  cat >"$1/bin/java" <<'END'
#!/bin/sh
for n in 0 1 2; do
  # What it is, and the access mode: the last digit of its flags, 0 to read and 1 to write.
  descriptors="$descriptors$n $(readlink "/proc/$$/fd/$n") $(sed -n 's/^flags.*\(.\)$/\1/p' "/proc/$$/fdinfo/$n")
"
done
[ -z "$AREA" ] || printf %s "$descriptors" >"$AREA/descriptors"
echo "java $0, process $$, in $PWD"
while [ "$1" != zeroboot.cli.Main ]; do shift; done
shift
for word; do echo "<$word>"; done
exit "${STUB_EXIT:-0}"
END
  chmod +x "$1"/bin/*
}

make_programs() {
  local name
  mkdir -p "$area/bin" "$area/jvm"
  for name in awk bash cat chown cp dirname env find flock grep head ln mkdir mktemp mv readlink rm sed \
    setpriv sh sha256sum sleep tail touch true; do
    ln -s "$(type -P "$name")" "$area/bin/$name"
  done
  make_jdk "$area/jdk17" 17.0.9
  cat >"$area/mvn" <<'END'
#!/bin/bash
if [[ $1 == -v ]]; then echo "Apache Maven ${STUB_MAVEN:-3.6.3} (x)"; exit; fi
echo $$ >"$AREA/mvn.process"
printf '%s ' "$@" >>"$AREA/mvn.calls"
echo "in $PWD" >>"$AREA/mvn.calls"
echo "noise on stdout"; echo "noise on stderr" >&2
[[ -z ${STUB_FAIL-} ]] || { echo "[ERROR] ${STUB_ERROR:-a semicolon is missing}"; exit 1; }
[[ -z ${STUB_HANG-} ]] || exec sleep 60
sleep "${STUB_SLEEP:-0}"
[[ -z ${STUB_EDIT-} ]] || echo "// edit" >>"$STUB_EDIT"
for word; do
  case $word in -Dzboot.build=*) mkdir "${word#*=}/lib"; touch "${word#*=}/lib/a.jar" ;; esac
done
END
  cat >"$area/apt-get" <<'END'
#!/bin/bash
echo "$@" >>"$AREA/apt.calls"
echo "noise of apt-get"
if [[ -n ${STUB_OFFLINE-} ]]; then
  echo "W: Failed to fetch x  Temporary failure resolving 'mirror.example'"
  echo "E: Unable to locate package y"
  exit 100
fi
[[ " $* " != *" install "* ]] || ln -s "$AREA/jdk17/bin/javac" "$AREA/mvn" "$AREA/bin/"
END
  cat >"$area/apt-cache" <<'END'
#!/bin/bash
case $2 in openjdk-17* | maven) echo "  Candidate: 17-1" ;; *) echo "  Candidate: (none)" ;; esac
END
  cat >"$area/sudo" <<'END'
#!/bin/bash
printf '%s ' "$@" >>"$AREA/sudo.calls"
exec "${@:2}"
END
  chmod +x "$area"/{mvn,apt-get,apt-cache,sudo}
}
