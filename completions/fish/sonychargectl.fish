# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of sonychargectl for fish. The words come from the program itself, so that none is missing.

function __sonychargectl_words
    set -l program (commandline -opc)[1]
    command $program _complete $argv 2>/dev/null
end

# The verb on the command line so far, nothing when there is none yet.
function __sonychargectl_verb
    for word in (commandline -opc)[2..-1]
        if not string match -q -- '-*' $word
            echo $word
            return
        end
    end
end

function __sonychargectl_options
    __sonychargectl_words options (__sonychargectl_verb)
end

# "--port=usb1_port2" for what stands after the sign.
function __sonychargectl_values
    set -l current (commandline -ct)
    set -l name (string match -r -- '^--[a-z-]+=' $current)
    switch "$name"
        case --port=
            string replace -r -- '^' $name (__sonychargectl_words ports)
        case --finding=
            string replace -r -- '^' $name (__sonychargectl_words codes)
        case --since= --until=
            string replace -r -- '^' $name today yesterday 7d 30d
        case --output= --answers=
            __fish_complete_path (string replace -r -- '^--[a-z-]+=' '' $current) | string replace -r -- '^' $name
    end
end

function __sonychargectl_is
    contains -- (__sonychargectl_verb) $argv
end

complete -c sonychargectl -f
complete -c sonychargectl -n 'test -z (__sonychargectl_verb)' -a '(__sonychargectl_words verbs)'
complete -c sonychargectl -n '__sonychargectl_is status wait history report doctor' -a '(__sonychargectl_words headsets)'
complete -c sonychargectl -n '__sonychargectl_is guide' -a '(__sonychargectl_words guide)'
complete -c sonychargectl -n '__sonychargectl_is explain record' -F
complete -c sonychargectl -n 'string match -qr -- "^-[^=]*\$" (commandline -ct)' -a '(__sonychargectl_options)'
complete -c sonychargectl -n 'string match -q -- "--*=*" (commandline -ct)' -a '(__sonychargectl_values)'
