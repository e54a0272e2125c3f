# Offers what only zboot knows: devices, cores, nodes of a profile, each with what it is. The last
# word says which; options for compadd stand before it.
_zboot_ask() {
  local kind=$@[-1] profile=${${words[(r)--config=*]}#--config=} place=${words[(i)--config]} found
  local -a asked names shown
  ((place >= $#words)) || profile=$words[place+1]
  [[ $kind != node || -n $profile ]] || profile=$words[(r)*.y(a|)ml]
  [[ $kind != node || -n $profile ]] || return 1
  asked=("${(@f)$($_zboot_program completion $kind ${profile:+${(Q)profile}} 2>/dev/null)}")
  for found in $asked; do
    names+=("${found%%$'\t'*}")
    shown+=("${found/$'\t'/  }")
  done
  (($#names)) && compadd "${@[1,-2]}" -l -d shown -a names
}
