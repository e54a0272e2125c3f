# shellcheck shell=bash
# How ./zboot-dist makes packages; sourced by it. Wants what it sets: root, work, jdk, jdk_version,
# core, version, name, epoch, maintainer.

# JDK modules that zboot and its libraries use: logging by JNA, naming by Bouncy Castle (revocation
# lists), cryptoki for keys in tokens.
jdk_modules=java.base,java.logging,java.naming,java.net.http,jdk.crypto.cryptoki

# The order of the class path: what every run reads first, as a resource is looked for in order.
first_jars=(zboot-cli zboot-templates zboot-iso-builder)

# Adds to `missing` what packing needs besides.
want_packing_tools() {
  type -P strip >/dev/null || missing+=(binutils)
  type -P xz >/dev/null || missing+=(xz-utils)
}

# What pom.xml says: the release's version, where the project is at home, and the time that archives carry.
pom_version() {
  sed -n '/<artifactId>zboot-parent</,/<version>/s|.*<version>\(.*\)</version>.*|\1|p' "$root/pom.xml"
}
pom_url() {
  sed -n 's|^  <url>\(.*\)</url>.*|\1|p' "$root/pom.xml"
}
pom_time() {
  sed -n 's|.*<project.build.outputTimestamp>\(.*\)</.*|\1|p' "$root/pom.xml"
}

# Sets `jdk` and `jdk_version` to the newest there is, not to the first that will do.
find_newest_jdk() {
  local javac
  for javac in "${JAVA_HOME:-/}/bin/javac" "${ZBOOT_JVM_DIR:-/usr/lib/jvm}"/*/bin/javac; do
    accept_jdk "$javac" "$jdk_version" || true
  done
  [[ -x $jdk/bin/jlink ]] || die "$jdk has no jlink; install a whole JDK"
}

# Licences of all parts, into the folder $1: a folder for each part.
gather_licences() {
  local jar part
  mkdir "$1"
  cp "$root/LICENSE" "$root/NOTICE" "$1/"
  for jar in "$work"/build/lib/*.jar; do
    part=${jar##*/}
    part=$1/${part%-[0-9]*}
    case $jar in
      */zboot-*) continue ;;
      */bc*) part=$1/bouncycastle ;;
    esac
    mkdir -p "$part"
    (cd "$part" && "$jdk/bin/jar" --extract --file "$jar" META-INF/LICENSE META-INF/LICENSE.txt \
      META-INF/NOTICE META-INF/NOTICE.txt META-INF/AL2.0 META-INF/LGPL2.1)
    if [[ -d $part/META-INF ]]; then
      mv "$part"/META-INF/* "$part/"
      rmdir "$part/META-INF"
    else
      rmdir "$part" # under the licence in LICENSE, or as NOTICE says
    fi
  done
  mkdir -p "$1/bouncycastle" "$1/ipxe"
  "$jdk/bin/java" -cp "$work/build/lib/*" org.bouncycastle.LICENSE >"$1/bouncycastle/LICENSE"
  dpkg-deb --fsys-tarfile "$core" | tar -xO ./usr/share/doc/ipxe/copyright >"$1/ipxe/copyright"
  if [[ -n ${ZBOOT_TEST_CORE-} ]]; then
    mkdir "$1/ipxe-second"
    dpkg-deb --fsys-tarfile "$ZBOOT_TEST_CORE" | tar -xO ./usr/share/doc/ipxe/copyright >"$1/ipxe-second/copyright"
  fi
  # Debian's text of the licence, as the copyright file names it.
  cp -L /usr/share/common-licenses/GPL-2 "$1/ipxe/"
}

# The program with its runtime, into the folder $1.
make_image() {
  local jar copy uncompressed=zip-0 from=() licences
  jars=()
  mkdir -p "$1/bin" "$1/lib"
  gather_licences "$work/legal" &
  licences=$!
  ((jdk_version >= 21)) || uncompressed=0
  "$jdk/bin/jlink" --add-modules "$jdk_modules" --output "$1/lib/runtime" --compress "$uncompressed" \
    --strip-java-debug-attributes --no-header-files --no-man-pages >"$work/log" 2>&1 || {
    tail -n 5 "$work/log" >&2
    die "jlink failed"
  }
  # Each start reads all of it, and 99 of 100 lines are comments. A line that goes on is no comment.
  awk '{ if (on || !/^[ \t]*(#|$)/) print; on = /\\$/ && (on || !/^[ \t]*#/) }' \
    "$1/lib/runtime/conf/security/java.security" >"$work/security"
  cp "$work/security" "$1/lib/runtime/conf/security/java.security"
  compile_tools
  for jar in "${first_jars[@]/%/-$version.jar}" "$work/build/lib"/*.jar; do
    copy=${jar##*/}
    [[ " ${jars[*]} " != *" $copy "* ]] || continue
    from+=("$work/build/lib/$copy")
    jars+=("$copy")
  done
  runtime_jars "$1/lib" "${from[@]}"
  (cd "$1/lib" && "$jdk/bin/jar" --extract --file "$work"/build/lib/jna-[0-9]*.jar \
    com/sun/jna/linux-x86-64/libjnidispatch.so && mv com/sun/jna/linux-x86-64/*.so . && rm -r com)
  strip_native "$1/lib"
  carry_second_core "$1/lib"
  settle "$1"
  flags=(-XX:+UseSerialGC -XX:-UsePerfData -Xss512k --enable-native-access=ALL-UNNAMED
    -XX:Tier3BackEdgeThreshold=10000 -Dpicocli.disable.closures=true
    "-Dpicocli.converters.excludes=java.[st].*")
  dump_classes "$1" "$(IFS=: && echo "${jars[*]/#/jars-of-zboot/}")"
  jars=("${jars[@]/#/@LIB@/}")
  sed -e "s|@FLAGS@|${flags[*]@Q}|; s|@CLASSPATH@|$(IFS=: && echo "${jars[*]}")|; s|@LIB@|\$lib|g" \
    "$root/tools/dist/zboot" >"$1/bin/zboot"
  chmod 755 "$1/bin/zboot"
  make_texts "$1"
  wait "$licences" || die "the licences cannot be gathered"
  cp -r "$work/legal" "$1/"
  settle "$1"
}

# Native code without the names that only debuggers read; a quarter of the virtual machine is such.
strip_native() {
  local file
  while IFS= read -r -d '' file; do
    [[ $(head -c 4 "$file" | tr -d '\0') != $'\x7fELF' ]] || strip --strip-unneeded "$file"
  done < <(find "$1" -type f \( -name '*.so' -o -perm /111 \) -print0)
}

# The second core, if it is there, as a store of cores in the folder $1.
carry_second_core() {
  [[ -n ${ZBOOT_TEST_CORE-} ]] || return 0
  XDG_DATA_HOME=$work/data "$1/runtime/bin/java" -cp "$1/*" zeroboot.cli.Main \
    core import "$ZBOOT_TEST_CORE" >"$work/log" 2>&1 || die "cannot carry a second core: $(tail -n 3 "$work/log")"
  mv "$work/data/zboot/cores" "$1/cores"
  rm -r "$work/data"
}

# The tools of this folder that come in Java, for the JDKs that they are for.
compile_tools() {
  local sources=("$root/tools/dist/SameArchive.java")
  ((jdk_version < 25)) || sources+=("$root/tools/dist/RuntimeJar.java")
  "$jdk/bin/javac" -d "$work/tools" "${sources[@]}"
}

# One time and one set of rights for all files. The archive of classes remembers the times of jars.
settle() {
  chmod -R u=rwX,go=rX "$1"
  find "$1" -exec touch -h -d "$epoch" {} +
}

# Copies jars into the folder $1 in a form that the archive of classes takes.
runtime_jars() {
  if ((jdk_version >= 25)); then
    "$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$work/tools" RuntimeJar "$epoch" "$@"
  else
    cp "${@:2}" "$1"
  fi
}

# Archives the classes that making loads, and those that signing and other roots load besides, of the program in the
# folder $1 with the class path $2. All of an archive is taken in at every start, so there is one for
# each, and the launcher chooses; what few runs need stays out of both. An
# archive remembers the class path but for the folder that all jars have in common, so the program
# may move. Some JDKs look first whether the jars are still where they were: they are remembered in
# a folder whose name nobody stands beside by chance, as one does beside the `lib` of another zboot.
#
# The list of classes says too what each had resolved by the end of its run (lines "@cp"). A compiler
# resolves more, and how much depends on when it got its turn; threads that wait for each other load
# more classes than those that need not: the runs for the list are interpreted, on one processor.
# Which ways arithmetic and compression take in a signing run depends on its keys and signatures, and
# in one with another root on that root, so what was resolved there is left out for the classes that do it,
# but for the lambda expression of one.
dump_classes() (
  local class_path=$2 linking=() name indys keys=$work/keys lib=$1/lib
  ln -s "$lib" "$work/jars-of-zboot"
  cd "$work"
  java() {
    "$lib"/runtime/bin/java "${flags[@]}" -XX:TieredStopAtLevel=1 -cp "$class_path" "$@"
  }
  note() {
    java -Xint -XX:ActiveProcessorCount=1 -Xshare:off "-XX:DumpLoadedClassList=$work/list.$1" zeroboot.cli.Main "${@:2}"
  }
  dump() {
    java -Xmx128m "${linking[@]}" -Xshare:dump "-XX:SharedClassListFile=$work/all" \
      "-XX:SharedArchiveFile=$work/$1.jsa" >"$work/$1.log" 2>&1
  }
  # The archive $1 of the classes in the lists that follow.
  archive() {
    local name=$1 first
    shift
    # Classes first, then what is made of them; the numbers serve class loaders of a program's own.
    sed '/^#/d; s/ id: [0-9]*$//' "$@" | sort -u >"$work/sorted"
    { grep -v '^@' "$work/sorted" && grep '^@' "$work/sorted"; } >"$work/all"
    # Side by side, and a little apart: the clock shall say something else to each.
    dump one &
    first=$!
    sleep 0.3
    dump other || die "Java makes no archive of classes: $(tail -n 3 "$work/other.log")"
    wait "$first" || die "Java makes no archive of classes: $(tail -n 3 "$work/one.log")"
    ! cmp -s "$work"/{one,other}.jsa || dump other
    "$jdk/bin/java" -cp "$work/tools" SameArchive "$work"/{one,other}.jsa "$lib/$name.jsa" 2>"$work/log" || {
      ((jdk_version < 25)) || die "the archive of classes is another each time: $(head -n 1 "$work/log")"
      say "Java $jdk_version makes another archive of classes each time: these packages have bytes of their own"
      cp "$work/one.jsa" "$lib/$name.jsa"
    }
  }
  (umask 077 && head -c 15 /dev/urandom | base64 >"$work/password")
  {
    java zeroboot.cli.Main keys new --name once -o "$keys" --password-file "$work/password" &&
      note iso iso --farm-id 1 -o "$work/x.iso" &&
      note signed iso --farm-id 1 -o "$work/y.iso" --secure-boot-key "$keys/db.p12" \
        --sign-key "$keys/sign.p12" --password-file "$work/password" &&
      "$jdk/bin/keytool" -genkeypair -keystore "$keys/root.p12" -alias root -dname CN=once \
        -keyalg RSA -keysize 2048 -ext bc:c -storepass:file "$work/password" &&
      "$jdk/bin/keytool" -exportcert -rfc -keystore "$keys/root.p12" -alias root \
        -storepass:file "$work/password" -file "$keys/root.pem" &&
      note rooted iso --farm-id 1 -o "$work/z.iso" --trust-root "$keys/root.pem" &&
      note again iso --farm-id 1 -o "$work/x.iso" --force &&
      note usb usb --farm-id 1 -o "$work/x.img" &&
      note script script --farm-id 1 &&
      note help --help &&
      note version --version
  } >"$work/log" 2>&1 || die "the program does not run on its runtime: $(tail -n 3 "$work/log")"
  rm -r "$work"/[xyz].* "$keys" "$work/password"
  indys=$("$jdk/bin/javap" --system "$lib/runtime" --module java.base -v -p sun.security.rsa.RSACore |
    sed -n 's/^ *#\([0-9]*\) = InvokeDynamic .*/\1/p' | paste -sd' ')
  sed -E -i "s#^(@cp sun/security/rsa/RSACore) .*#\\1 ${indys:-1}#
    \\#^@cp (java/math/|sun/security/rsa/RSACore\\$|zeroboot/(lzma/|core/RootBlock))#d" "$work"/list.{signed,rooted}
  ((jdk_version < 25)) || linking=(-XX:+AOTClassLinking)
  archive signing "$work"/list.*
  rm "$work"/list.{signed,rooted}
  archive zboot "$work"/list.*
  # A program that does not find its archive is slow and says nothing.
  for name in zboot signing; do
    java -Xshare:on "-XX:SharedArchiveFile=$lib/$name.jsa" -Xlog:class+load zeroboot.cli.Main --version >"$work/log" ||
      die "the archive of classes $name.jsa is not used"
    grep -q "zeroboot.cli.Zboot source: shared" "$work/log" || die "the archive $name.jsa misses our classes"
  done
)

# Manual pages, completions and JSON Schemas, as zboot itself writes them, into $1/share.
make_texts() {
  local share=$1/share
  mkdir -p "$share"/{man,bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}
  "$1/bin/zboot" man -o "$share/man/man1"
  gzip -9n "$share"/man/man1/*
  "$1/bin/zboot" completion bash >"$share/bash-completion/completions/zboot"
  "$1/bin/zboot" completion zsh >"$share/zsh/vendor-completions/_zboot"
  "$1/bin/zboot" completion fish >"$share/fish/vendor_completions.d/zboot.fish"
  mkdir "$share/zboot"
  "$1/bin/zboot" schema -o "$share/zboot/schemas"
}

pack_tar() {
  tar -C "$work" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner -cf - "${1##*/}" |
    gzip -6n >"$2"
}

pack_deb() {
  local tree=$work/deb control=$work/deb-control doc=usr/share/doc/zboot member
  mkdir -p "$control" "$tree/usr/lib" "$tree/usr/bin" "$tree/$doc" "$tree/usr/share/lintian/overrides"
  cp -a "$1" "$tree/usr/lib/zboot"
  ln -s ../lib/zboot/bin/zboot "$tree/usr/bin/zboot"
  if [[ -d $1/share ]]; then
    cp -a "$1/share/." "$tree/usr/share/"
    rm -r "$tree/usr/lib/zboot/share"
  fi
  # Not enabled: who wants to serve a network says so, and for which farm.
  mkdir -p "$tree/usr/lib/systemd/system" "$tree/etc/default"
  cp "$root/tools/dist/zboot-serve.service" "$tree/usr/lib/systemd/system/"
  {
    echo "# Options of zboot serve, for zboot-serve.service; see zboot-serve(1)."
    echo '#ZBOOT_SERVE="--farm-id 4242"'
  } >"$tree/etc/default/zboot-serve"
  echo /etc/default/zboot-serve >"$control/conffiles"
  cp "$root/tools/dist/lintian-overrides" "$tree/usr/share/lintian/overrides/zboot"
  cp -r "$root/README.md" "$root/docs" "$root/examples" "$tree/$doc/"
  {
    echo "Zero Boot, with a Java runtime (OpenJDK), libraries and iPXE; the licences of all parts are in"
    echo "/usr/lib/zboot/legal and /usr/lib/zboot/lib/runtime/legal."
    echo
    cat "$root/NOTICE"
    echo
    echo "The Apache License 2.0 is in /usr/share/common-licenses/Apache-2.0 on Debian systems."
  } >"$tree/$doc/copyright"
  gzip -9n >"$tree/$doc/changelog.gz" <<END
zboot ($version) unstable; urgency=medium

  * Version $version; the project's history says what is new.

 -- $maintainer  $(LC_ALL=C date -u -R -d "$epoch")
END
  cat >"$control/control" <<END
Package: zboot
Version: $version
Architecture: amd64
Maintainer: $maintainer
Installed-Size: $(du -sk --apparent-size "$tree" | cut -f1)
Depends: libc6 (>= 2.17)
Suggests: ovmf, p11-kit-modules, qemu-system-x86
Section: admin
Priority: optional
Homepage: $(pom_url)
Description: boot media for ThreeFold Zero-OS nodes
 Makes the tiny ISO, USB, UEFI and network boot images that turn a PC into a
 Zero-OS node, signs them, and writes them to sticks. Brings its own Java
 runtime and iPXE; generating needs neither root nor a network.
END
  (cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum >"$control/md5sums")
  settle "$tree"
  settle "$control"
  # dpkg-deb would take its level's small window. One of 64 MiB reaches from the second archive of
  # classes back to the first, whose classes it holds again; then a quick level is enough: the highest
  # takes three times as long for a twentieth less. One thread, so that nothing depends on their number.
  root_tar "$tree" | xz -T1 --lzma2=preset=2,dict=64MiB >"$work/data.tar.xz"
  root_tar "$control" | xz -6 -T1 >"$work/control.tar.xz"
  echo 2.0 >"$work/debian-binary"
  {
    printf '!<arch>\n'
    for member in debian-binary control.tar.xz data.tar.xz; do ar_member "$work/$member"; done
  } >"$2"
}

# All of the folder $1 as root's, named from ./ on as dpkg-deb has it.
root_tar() {
  tar -C "$1" --sort=name --format=gnu --owner=root:0 --group=root:0 -cf - .
}

# The file $1 as a member of a Debian package (deb(5), ar(5)).
ar_member() {
  local size
  size=$(stat -c %s "$1")
  printf '%-16s%-12s%-6s%-6s%-8s%-10s`\n' "${1##*/}" "$(date -d "$epoch" +%s)" 0 0 100644 "$size"
  cat "$1"
  ((size % 2 == 0)) || printf '\n'
}

# The licences into the single jar $1, as $2.
pack_jar() {
  local files
  cp "$1" "$2"
  mkdir -p "$work/jar/META-INF"
  cp -r "$work/legal" "$work/jar/META-INF/"
  settle "$work/jar"
  mapfile -t files < <(cd "$work/jar" && find META-INF -type f | sort)
  (cd "$work/jar" && "$jdk/bin/jar" --update --date "$epoch" --file "$2" "${files[@]}")
}
