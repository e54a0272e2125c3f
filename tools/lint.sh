# shellcheck shell=bash
# What ./check asks of texts and scripts before anything is built. Sourced by it, in the project's
# folder. (The manual pages are judged by ManPageTest, the package by tools/test-dist.)

# Every text of the project, one a line; a clone has git, an unpacked archive of the sources may not.
list_texts() {
  if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files
  else
    find . \( -name .zboot -o -name target -o -name .git \) -prune -o -type f -print
  fi | grep -vE '\.(png|bin|svg|jar|lock|json|xml|gz|xz)$'
}

# Every script, wherever it lies, with what it sources.
lint_scripts() {
  local scripts
  mapfile -t scripts < <(list_texts | xargs -d '\n' awk 'FNR == 1 && /^#!.*sh$/ { print FILENAME }')
  ((${#scripts[@]} > 10)) && shellcheck -x -a -P SCRIPTDIR -P . "${scripts[@]}"
}

# Words that are written wrong: documents, help, messages, comments. tools/words has what is meant so.
lint_words() {
  local texts
  mapfile -t texts < <(list_texts | grep -vE '(^|/)(LICENSE|words)$')
  ((${#texts[@]} > 100)) && codespell --builtin clear,rare --ignore-words tools/words "${texts[@]}"
}
