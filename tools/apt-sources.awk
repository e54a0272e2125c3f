# Prints mirror, tab, Signed-By (a file, or nothing) of each apt source whose suite is a Debian
# release itself, in either format of sources.list(5).

function offer(uris, suites, components, key, list, i, n) {
  if ((" " suites " ") !~ debian || (" " components " ") !~ / main /) return
  n = split(uris, list, " ")
  # A disc holds one release only.
  for (i = 1; i <= n; i++) if (list[i] !~ /^cdrom:/ && !seen[list[i]]++) print list[i] "\t" key
}

function end_of_stanza() {
  if (field["types"] ~ /deb( |$)/ && field["enabled"] != "no")
    offer(field["uris"], field["suites"], field["components"], field["signed-by"])
  split("", field)
  name = ""
}

BEGIN {
  debian = " (old|oldold)?stable | (testing|unstable|sid) |" \
    " (buster|bullseye|bookworm|trixie|forky|duke) "
}

FNR == 1 { end_of_stanza() }
/^[ \t]*#/ { next }

# One line: deb [option=value …] mirror suite component…
FILENAME ~ /\.list$/ {
  key = ""
  if (match($0, /\[[^]]*\]/)) {
    options = substr($0, RSTART + 1, RLENGTH - 2)
    $0 = substr($0, 1, RSTART - 1) substr($0, RSTART + RLENGTH)
    n = split(options, option, " ")
    for (i = 1; i <= n; i++) if (sub(/^signed-by=/, "", option[i])) key = option[i]
  }
  if ($1 != "deb") next
  rest = ""
  for (i = 4; i <= NF; i++) rest = rest " " $i
  offer($2, $3, rest, key)
  next
}

# deb822: stanzas of fields, an empty line between.
/^[ \t]*$/ { end_of_stanza(); next }
/^[ \t]/ { field[name] = field[name] $0; next }
{
  name = tolower($0)
  sub(/:.*/, "", name)
  value = $0
  sub(/^[^:]*:[ \t]*/, "", value)
  sub(/[ \t]+$/, "", value)
  field[name] = value
}
END { end_of_stanza() }
