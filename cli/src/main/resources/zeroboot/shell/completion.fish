# Prints the command that is typed, then the number of its arguments so far.
function __zboot_command
    set -l command zboot
    set -l count 0
    set -l valued
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if set -q valued[1]
            set -e valued
        else if string match -q -- '-*' $word
            # The value of an option is no argument of the command.
            if not string match -q -- '*=*' $word
                and contains -- $word (__zboot_valued)
                set valued yes
            end
        else if test $count -eq 0
            and contains -- "$command $word" (__zboot_commands)
            set command "$command $word"
        else
            set count (math $count + 1)
        end
    end
    echo $command
    echo $count
end

# Whether one of these commands is typed.
function __zboot_at
    contains -- (__zboot_command)[1] $argv
end

# Whether the cursor is at argument number $argv[2] (from 0) of the command $argv[1], or behind it.
function __zboot_argument
    set -l at (__zboot_command)
    test "$at[1]" = $argv[1]
    and test $at[2] -eq $argv[2] -o \( $at[2] -gt $argv[2] -a (count $argv) -gt 2 \)
end

# Prints what only zboot knows: devices, cores, nodes of a profile, each with what it is.
function __zboot_ask
    set -l words (commandline -opc)
    set -l profile (string replace -f -r -- '^--config=' '' $words)
    set -l place (contains -i -- --config $words)
    and set profile $words[(math $place + 1)]
    if not set -q profile[1]
        and test "$words[2]" = batch
        set profile (string match -r -- '.*\.ya?ml$' $words)
    end
    if test $argv[1] = node
        set -q profile[1]
        or return
    end
    $words[1] completion $argv[1] $profile[1] 2>/dev/null
end

complete -c zboot -f
