# shellcheck shell=bash
# Judges from npm, at the versions and hashes of tools/ajv/package-lock.json, into the cache: Ajv, which
# judges our JSON Schemas, validators of OpenAPI, of Kubernetes' objects and of compose files, and axe-core,
# which judges pages. Sourced after tools/setup.sh.

# Sets `ajv` to the folder it lies in, or to nothing and says why.
find_ajv() {
  local part
  ajv=$(absolute "$cache")/ajv-$(cat "$root"/tools/ajv/package*.json | sha256sum | cut -c 1-16)
  [[ ! -d $ajv ]] || return 0
  say "installing the judges of JSON, examples and pages (npm: ajv, axe-core)"
  part=$(mktemp -d "$cache/ajv-XXXXXX")
  cp "$root"/tools/ajv/{package,package-lock}.json "$part/"
  if (cd "$part" && npm ci --ignore-scripts --no-audit --no-fund) >"$state/npm.log" 2>&1; then
    chmod 755 "$part"
    mv -T "$part" "$ajv"
  else
    rm -rf "$part"
    ajv=''
    say "LEFT OUT: the judgement of Ajv and others; npm could not install it: $(grep -m 1 -i error "$state/npm.log")"
  fi
}

# The schemas, and what the tests have printed. $1 is --all, with the names of schemas behind it of
# which no test could print anything, or nothing.
ask_ajv() {
  local status=0
  find_ajv
  if [[ -z $ajv ]]; then
    [[ ${CI-} != true ]]
    return
  fi
  rm -rf "$state/schemas"
  ./zboot schema -o "$state/schemas" &&
    node tools/ajv/judge.js "$ajv" "$state/schemas" cli/target/json "$@" || status=$?
  # What describes the service's API, if a test has kept it.
  if [[ $* == *--all* || -e cli/target/openapi/openapi.json ]]; then
    node tools/ajv/openapi.js "$ajv" cli/target/openapi/{openapi,kernels}.json || status=$?
  fi
  rm -rf "$state/schemas"
  node tools/ajv/examples.js "$ajv" examples/service || status=$?
  return "$status"
}
