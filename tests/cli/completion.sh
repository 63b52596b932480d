#!/bin/sh
# What the shells make of pawl's completion: bash's variables are set as readline sets them, fish is
# asked by `complete -C`, and zsh gets a TAB in a pseudo-terminal. Shells that are missing are skipped.
# usage: completion.sh PAWL
set -eu
pawl=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/project"
ln -s "$pawl" "$work/bin/pawl"
PATH=$work/bin:$PATH
export PATH HOME="$work"
cd "$work/project"
git init -q -b trunk
cat >pawl.json <<'CONFIG'
{ "version": 1, "suites": [{ "name": "s", "benchmarks": [
  { "name": "list", "run": "/bin/true {n}", "sizes": { "n": [10, 100] } },
  { "name": "look", "run": "/bin/true" }] }] }
CONFIG
git add pawl.json
git -c user.name=n -c user.email=n@example.org commit -qm one
git tag v1.0

passed=0
failed=0
skipped=0

expect() { # WHAT EXPECTED GOT
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s:\n  expected %s\n  got      %s\n' "$1" "$2" "$3"
    fi
}

cat >"$work/in.bash" <<'SCRIPT'
source <(pawl completion bash)
compopt() { printf 'compopt %s|' "$*"; }
line=$1
shift
COMP_LINE=$line COMP_POINT=${#line} COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_pawl
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s|' "${COMPREPLY[@]}"
SCRIPT
in_bash() { # LINE EXPECTED WORD...
    line=$1
    wanted=$2
    shift 2
    expect "bash: $line" "$wanted" "$(bash "$work/in.bash" "$line" "$@")"
}

if command -v bash >/dev/null; then
    in_bash 'pawl hist' 'history|' pawl hist
    in_bash 'pawl baseline pr' 'prune|' pawl baseline pr
    in_bash 'pawl check --fail-on inc' 'inconclusive|' pawl check --fail-on inc
    in_bash 'pawl run --fail-on ' 'goal|' pawl run --fail-on ''
    in_bash 'pawl check --base v' 'v1.0|' pawl check --base v
    in_bash 'pawl check --base=v' 'v1.0|' pawl check --base = v
    in_bash 'pawl check --base=' 'HEAD|trunk|v1.0|' pawl check --base =
    in_bash 'pawl check loo' 'look|' pawl check loo
    in_bash 'pawl check lis' 'list|list\[n=10\]|list\[n=100\]|' pawl check lis
    in_bash 'pawl check list\[n=10' '10\]|100\]|' pawl check 'list\[n' = 10
    in_bash 'pawl check --color=al' 'always|' pawl check --color = al
    in_bash 'pawl report ' 'compopt -o default|' pawl report ''
    in_bash 'pawl nothing ' '' pawl nothing ''
else
    skipped=$((skipped + 1))
fi

if command -v fish >/dev/null; then
    in_fish() { # LINE
        fish --no-config -c 'pawl completion fish | source; complete -C $argv[1]' "$1" | cut -f 1 | paste -sd '|' -
    }
    expect fish 'history' "$(in_fish 'pawl hist')"
    expect fish 'v1.0' "$(in_fish 'pawl check --base v')"
    expect fish 'list|list[n=10]|list[n=100]' "$(in_fish 'pawl check lis')"
else
    echo "skipped: needs fish (apt-get install fish)"
    skipped=$((skipped + 1))
fi

if command -v zsh >/dev/null; then
    cat >"$work/in.zsh" <<'SCRIPT'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; autoload -U compinit; compinit -u -d $HOME/dump; source <(pawl completion zsh)"
zpty -w shell "report() { print -rn -- \"g\"\"ot<\$BUFFER>\"; BUFFER=; zle accept-line }; zle -N report; bindkey '^X' report"
zpty -w shell 'print rea''dy'
zpty -r -m shell output '*ready*'
zpty -wn shell "$1"$'\t\x18'
zpty -r -m shell output '*got<*>*'
print -r -- "${${output##*got<}%%>*}"
SCRIPT
    in_zsh() { # LINE
        timeout 60 zsh -f "$work/in.zsh" "$1"
    }
    expect zsh 'pawl history ' "$(in_zsh 'pawl hist')"
    expect zsh 'pawl check --base v1.0 ' "$(in_zsh 'pawl check --base v')"
    expect zsh 'pawl check look ' "$(in_zsh 'pawl check loo')"
else
    echo "skipped: needs zsh (apt-get install zsh)"
    skipped=$((skipped + 1))
fi

echo "[  PASSED  ] $passed test(s)."
[ "$failed" -eq 0 ] || echo "[  FAILED  ] $failed test(s), listed above"
[ "$skipped" -eq 0 ] || echo "[  SKIPPED ] $skipped test(s)."
[ "$failed" -eq 0 ]
