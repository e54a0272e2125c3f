# shellcheck shell=bash
# How ./zboot-dist --oci makes an image for containers: an OCI image layout (image-spec 1.1) in one tar,
# made without any container engine. Sourced by it after tools/package.sh; wants what that wants, and
# `flags` and `jars` of make_image.
#
# Besides the package it holds what Java needs of this machine's Debian: glibc, and the locale in which
# names of files are UTF-8. There is no shell, no package manager and no certificate but Java's own.

oci_home=usr/lib/zboot
# Debian's and Kubernetes' nobody, as a number: then nothing has to look a name up.
oci_user=65534

# The image of the program in the folder $1, as $2.
pack_oci() {
  local tree=$work/oci-root layout=$work/oci layer diff config manifest
  mkdir -p "$tree/$oci_home" "$tree/etc" "$tree/tmp" "$layout/blobs/sha256"
  cp -a "$1/lib" "$1/legal" "$tree/$oci_home/"
  # Only Java itself: what else a runtime brings is for people at a shell.
  find "$tree/$oci_home/lib/runtime/bin" -type f ! -name java -delete
  java_words >"$tree/$oci_home/lib/java.args"
  copy_system "$tree"
  echo "nobody:x:$oci_user:$oci_user:nobody:/:/nonexistent" >"$tree/etc/passwd"
  echo "nogroup:x:$oci_user:" >"$tree/etc/group"
  echo "hosts: files dns" >"$tree/etc/nsswitch.conf"
  settle "$tree"
  chmod 1777 "$tree/tmp"
  tar -C "$tree" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" .
  diff=$(digest_of "$work/layer.tar")
  gzip -6n "$work/layer.tar"
  layer=$(keep_blob "$work/layer.tar.gz" application/vnd.oci.image.layer.v1.tar+gzip)
  oci_config "$diff" >"$work/config.json"
  config=$(keep_blob "$work/config.json" application/vnd.oci.image.config.v1+json)
  printf '{"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s],"annotations":%s}' \
    application/vnd.oci.image.manifest.v1+json "$config" "$layer" "$(oci_labels)" >"$work/manifest.json"
  manifest=$(keep_blob "$work/manifest.json" application/vnd.oci.image.manifest.v1+json)
  printf '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
  printf '{"schemaVersion":2,"mediaType":"%s","manifests":[%s]}' application/vnd.oci.image.index.v1+json \
    "${manifest%\}},\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"},\"annotations\":{\"org.opencontainers.image.ref.name\":\"$version\"}}" \
    >"$layout/index.json"
  settle "$layout"
  tar -C "$layout" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner -cf "$2" \
    oci-layout index.json blobs
}

digest_of() { sha256sum "$1" | sed 's/^\([0-9a-f]*\).*/sha256:\1/'; }

# Moves the file $1 among the blobs, and prints the descriptor of it as media type $2.
keep_blob() {
  local digest size
  digest=$(digest_of "$1")
  size=$(stat -c %s "$1")
  mv "$1" "$work/oci/blobs/sha256/${digest#sha256:}"
  printf '{"mediaType":"%s","digest":"%s","size":%d}' "$2" "$digest" "$size"
}

# What bin/zboot of the packages, which is a shell script, says to Java: a file for its @.
java_words() {
  local word path=()
  for word in "${jars[@]}"; do path+=("/$oci_home/lib/${word#@LIB@/}"); done
  for word in -Xlog:disable "-Djna.boot.library.path=/$oci_home/lib" -Dzboot.command=zboot \
    "-Dzboot.cores=/$oci_home/lib/cores" "-XX:SharedArchiveFile=/$oci_home/lib/signing.jsa" \
    -Xms24m -Xmx160m "${flags[@]}" -cp "$(IFS=: && echo "${path[*]}")"; do
    printf '"%s"\n' "$word"
  done
}

# What of this machine's Debian the program needs, into the tree $1, with the licences and NOTICE.
copy_system() {
  local file packages=()
  while read -r file; do
    mkdir -p "$1${file%/*}"
    cp -rL "$file" "$1$file"
    packages+=("$(package_of "$file")")
  done < <(system_files "$1")
  mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
  {
    echo "This image holds Zero Boot $version with a Java runtime (OpenJDK), libraries and iPXE; the licences of"
    echo "these are in /$oci_home/legal and /$oci_home/lib/runtime/legal. Besides, unchanged files of Debian, whose"
    echo "source is in Debian's archive under the name and version given here:"
    echo
    for file in "${packages[@]}"; do
      mkdir -p "$1/usr/share/doc/$file"
      cp -L "/usr/share/doc/$file/copyright" "$1/usr/share/doc/$file/"
      dpkg-query -W -f '  ${Package} ${Version}, made from ${source:Package} ${source:Version}: licences in /usr/share/doc/${Package}\n' "$file"
    done
    echo
    echo "Texts of licences that those name: /usr/share/common-licenses."
    echo
    cat "$root/NOTICE"
  } >"$1/NOTICE"
  mkdir -p "$1/usr/share/common-licenses"
  cp -L /usr/share/common-licenses/{LGPL-2.1,GPL-2,GPL-3} "$1/usr/share/common-licenses/"
}

# The files that programs in the tree $1 load of this machine, what loads names by itself, the locale.
system_files() {
  local native file folder
  mapfile -t native < <(find "$1" -type f \( -name '*.so' -o -perm /111 \))
  {
    for file in "${native[@]}"; do
      ldd "$file" 2>/dev/null | sed -n 's/^[^/]*\(\/[^ ]*\) (0x.*/\1/p' | grep -vF "$1/" || true
    done
    folder=$(ldd "$1/$oci_home/lib/runtime/bin/java" | sed -n 's/.*libc\.so\.6 => \(.*\)\/libc\.so\.6 .*/\1/p')
    # Part of libc itself since 2.34.
    for file in "$folder"/lib{nss_dns,nss_files,resolv}.so.2; do [[ ! -e $file ]] || echo "$file"; done
    for file in /usr/lib/locale/C.{utf8,UTF-8}; do [[ ! -d $file ]] || echo "$file"; done
  } | sort -u
}

# The Debian package of the file $1; with /usr merged, dpkg may know it by either name.
package_of() {
  local name
  for name in "$1" "/usr$1" "${1#/usr}"; do
    name=$(dpkg-query -S "$name" 2>/dev/null | sed -n '1s/[:,].*//p')
    [[ -z $name ]] || break
  done
  [[ -n $name ]] || die "$1 comes from no Debian package, so its licence is not known"
  echo "$name"
}

oci_labels() {
  local url
  url=$(pom_url)
  printf '{"org.opencontainers.image.title":"zboot","org.opencontainers.image.description":"%s",' \
    "Boot media of Zero-OS nodes, made for whoever asks by URL"
  printf '"org.opencontainers.image.version":"%s","org.opencontainers.image.created":"%s",' "$version" "$epoch"
  printf '"org.opencontainers.image.licenses":"Apache-2.0","org.opencontainers.image.url":"%s",' "$url"
  printf '"org.opencontainers.image.source":"%s"}' "$url"
}

# The configuration of an image whose layer, unpacked, is $1.
oci_config() {
  printf '{"created":"%s","architecture":"amd64","os":"linux","config":{' "$epoch"
  printf '"User":"%d:%d","ExposedPorts":{"8080/tcp":{},"8443/tcp":{}},' "$oci_user" "$oci_user"
  printf '"Env":["PATH=/%s/lib/runtime/bin","LC_ALL=C.UTF-8"],' "$oci_home"
  printf '"Entrypoint":["/%s/lib/runtime/bin/java","@/%s/lib/java.args","zeroboot.cli.Main","serve","--public"],' \
    "$oci_home" "$oci_home"
  printf '"WorkingDir":"/","StopSignal":"SIGTERM","Labels":%s},' "$(oci_labels)"
  printf '"rootfs":{"type":"layers","diff_ids":["%s"]},' "$1"
  printf '"history":[{"created":"%s","created_by":"zboot-dist --oci"}]}' "$epoch"
}
