# Sets words and last: what is typed up to the cursor, without the breaks that bash makes at : and =.
_zboot_split() {
  local line=$COMP_LINE word i
  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i == 0)) || [[ $line == [[:space:]]* ]]; then
      words+=("$word")
    else
      words[${#words[@]} - 1]+=$word
    fi
    line=${line#"${line%%[![:space:]]*}"}
    line=${line#"$word"}
  done
  last=$((${#words[@]} - 1))
}

# Offers those of the words that begin with what is typed.
_zboot_words() {
  local word
  for word; do
    [[ $word != "$cur"* ]] || COMPREPLY+=("$word")
  done
}

# The same for values with commas between them.
_zboot_list() {
  local word before=
  [[ $cur != *,* ]] || before=${cur%,*},
  for word; do
    [[ $before$word != "$cur"* || ,$before == *",$word,"* ]] || COMPREPLY+=("$before$word")
  done
  compopt -o nospace
}

# Offers what only zboot knows: devices, cores, nodes of a profile.
_zboot_ask() {
  local name program=${words[0]/#\~/$HOME} file=${profile/#\~/$HOME}
  file=${file//[\\\'\"]/}
  [[ $1 != node || -n $file ]] || return 0
  while IFS=$'\t' read -r name _; do
    _zboot_words "${name// /\\ }"
  done < <("$program" completion "$1" ${file:+"$file"} 2>/dev/null)
}

# Leaves files (default) or folders (dirnames) to bash, which knows quotes and spaces. Beside other
# things, which keep bash from it, files are offered where nothing is typed yet.
_zboot_files() {
  if [[ -n ${COMPREPLY[*]-} && -z $cur ]]; then
    compopt -o filenames
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f)
  else
    compopt -o "$1"
  fi
}

_zboot() {
  local words last cur command=zboot commands options valued option='' count=0 profile='' i word break
  COMPREPLY=()
  _zboot_split
  cur=${words[last]}
  _zboot_table "$command"
  for ((i = 1; i < last; i++)); do
    word=${words[i]}
    if [[ -n $option ]]; then
      [[ $option != --config ]] || profile=$word
      option=
    elif [[ $word == --config=* ]]; then
      profile=${word#*=}
    elif [[ $word == -?* ]]; then
      [[ " $valued " != *" $word "* ]] || option=$word
    elif [[ " $commands " == *" $word "* ]]; then
      command+=" $word"
      _zboot_table "$command"
    else
      ((count != 0)) || profile=${profile:-$word}
      count=$((count + 1))
    fi
  done
  if [[ -n $option ]]; then
    _zboot_value "$command" "$option"
  elif [[ $cur == --*=* ]]; then
    option=${cur%%=*}
    cur=${cur#*=}
    _zboot_value "$command" "$option"
    [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/$option=}")
  elif [[ $cur == -* ]]; then
    # shellcheck disable=SC2086 # the words of a table
    _zboot_words $options
  elif [[ -n $commands ]]; then
    # shellcheck disable=SC2086 # the words of a table
    _zboot_words $commands
  else
    _zboot_argument "$command" "$count"
  fi
  # bash replaces only what is behind the last break.
  for break in : =; do
    [[ $COMP_WORDBREAKS != *"$break"* || $cur != *"$break"* ]] ||
      COMPREPLY=("${COMPREPLY[@]#"${cur%"$break"*}$break"}")
  done
}

complete -F _zboot zboot
