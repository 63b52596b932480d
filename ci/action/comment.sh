#!/bin/sh
# The second stage's last step: one comment of ours in the pull request whose check has ended. It asks
# GitHub three things, and nothing of what it does goes by what the result says of itself:
#   - which open pull request has the branch of that run, by what the event says; its head must be
#     the commit that was checked;
#   - all its comments, a hundred a page, for the one by our author that begins with our mark;
#   - to write that anew where it reads otherwise, or to make it where there is none.
# By curl and jq, which every runner of GitHub's has and Debian too.
set -eu

die() { # EXIT_CODE MESSAGE
    printf '::error title=pawl::%s\n' "$2"
    exit "$1"
}

finish() { # WHAT_WAS_DONE WHY
    printf 'comment=%s\n' "$1" >>"$GITHUB_OUTPUT"
    printf '%s\n' "$2"
    exit 0
}

token=$PAWL_TOKEN
program=$PAWL_PROGRAM
unset PAWL_TOKEN PAWL_PROGRAM
work=$(mktemp -d "$RUNNER_TEMP/pawl-comment-XXXXXX")
answer=$work/answer.json

# The answer's body goes to $answer. The token goes in by stdin: a command line is for all to read.
api() { # METHOD PATH [BODY_FILE]
    method=$1
    path=$2
    shift 2
    [ $# -eq 0 ] || set -- --data-binary "@$1"
    status=$(printf 'header = "Authorization: Bearer %s"\n' "$token" |
        curl --config - --silent --show-error --max-time 60 --retry 3 --request "$method" \
            --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
            --output "$answer" --write-out '%{http_code}' "$@" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/$path") ||
        die 5 "GitHub could not be reached"
    case $status in
    2??) ;;
    403)
        printf '::notice title=pawl::the token may not write here, so there is no comment: the job needs "pull-requests: write"\n'
        finish none "GitHub said 403" ;;
    *) die 5 "GitHub said $status to $method $path" ;;
    esac
}

of_event() { # JQ_FILTER
    jq --raw-output "$1" "$GITHUB_EVENT_PATH"
}

case $PAWL_WHEN in
changed | always) ;;
*) die 2 "the input when must be 'changed' or 'always'" ;;
esac
case $PAWL_KEY in
'' | *[!A-Za-z0-9._-]*) die 2 "the input key must be of letters, digits and '.', '_' and '-'" ;;
esac
[ -f "$PAWL_RESULT" ] || die 2 "the input result must be the path of a result.json, and there is none"
[ "$(of_event '.workflow_run.event // ""')" = pull_request ] ||
    finish none "this is no run of workflow_run after a check of a pull request: there is nothing to comment on"

# Its first line is the mark.
body=$work/body.md
head_sha=$(of_event .workflow_run.head_sha)
"$program" report --untrusted --expect-head "$head_sha" --format comment --comment-key "$PAWL_KEY" \
    --run-id "$(of_event .workflow_run.id)" "$PAWL_RESULT" >"$body" ||
    die 3 "the result is none that pawl wrote about $head_sha; the log says what is wrong"
mark=$(head -n 1 "$body")
[ "$(wc -c <"$body")" -le 60000 ] || die 5 "the comment is longer than 60,000 bytes"

branch=$(of_event '"\(.workflow_run.head_repository.owner.login):\(.workflow_run.head_branch)" | @uri')
api GET "pulls?state=open&per_page=100&head=$branch"
number=$(jq --raw-output --arg sha "$head_sha" '[.[] | select(.head.sha == $sha) | .number][0] // empty' "$answer")
[ -n "$number" ] || finish none "no open pull request has $head_sha as its head: it has moved on"

page=1
found=
while [ -z "$found" ]; do
    api GET "issues/$number/comments?per_page=100&page=$page"
    found=$(jq --raw-output --arg author "$PAWL_AUTHOR" --arg mark "$mark" \
        '[.[] | select(.user.login == $author and (.body | startswith($mark))) | .id][0] // empty' "$answer")
    [ "$(jq length "$answer")" -eq 100 ] || break
    page=$((page + 1))
done

jq --null-input --rawfile body "$body" '{ body: $body }' >"$work/request.json"
if [ -n "$found" ]; then
    # GitHub ends lines its own way, and drops blanks at the end.
    jq --exit-status --argjson id "$found" --rawfile body "$body" \
        'def plain: gsub("\r"; "") | sub("\\s+$"; ""); .[] | select(.id == $id) | (.body | plain) == ($body | plain)' \
        "$answer" >/dev/null && finish unchanged "the comment says the same already"
    api PATCH "issues/comments/$found" "$work/request.json"
    finish edited "comment $found of pull request $number is edited"
fi
verdict=$(jq --raw-output .verdict "$PAWL_RESULT")
case $PAWL_WHEN:$verdict in
changed:none | changed:identical | changed:ok) finish none "nothing changed, and no comment says otherwise" ;;
esac
api POST "issues/$number/comments" "$work/request.json"
finish created "pull request $number has a comment now"
