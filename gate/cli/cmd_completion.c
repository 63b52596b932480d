/* What the shells need to complete the words of pawl's command line: each asks
 * `pawl complete LINE`, so that they all offer the same. */
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/command.h"
#include "gate/cli/completion_source.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/options.h"

/* Readline replaces what stands behind the last '=' or ':' alone. */
static const char bash_script[] =
    "# pawl's words in bash: source <(pawl completion bash)\n"
    "_pawl() {\n"
    "    local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} before word "
    "quoted\n"
    "    case $current in = | :) current= ;; esac\n"
    "    before=${line##*[[:blank:]]}\n"
    "    before=${before%\"$current\"}\n"
    "    COMPREPLY=()\n"
    "    while IFS=$'\\t' read -r word _; do\n"
    "        if [[ $word == :files ]]; then\n"
    "            compopt -o default\n"
    "            return\n"
    "        fi\n"
    "        printf -v quoted %q \"$word\"\n"
    "        if [[ $word == \"$before\"* ]]; then\n"
    "            printf -v quoted %q \"${word#\"$before\"}\"\n"
    "        fi\n"
    "        COMPREPLY+=(\"${quoted#\"$before\"}\")\n"
    "    done < <(pawl complete \"$line\" 2>/dev/null)\n"
    "}\n"
    "complete -F _pawl pawl\n";

static const char zsh_script[] =
    "#compdef pawl\n"
    "# pawl's words in zsh: as _pawl in a folder of $fpath, or source <(pawl completion "
    "zsh)\n"
    "_pawl() {\n"
    "    local line=\"${(j: :)${(@)words[1,CURRENT-1]}} $PREFIX\" word\n"
    "    local -a found shown\n"
    "    for word in \"${(@f)$(pawl complete \"$line\" 2>/dev/null)}\"; do\n"
    "        if [[ $word == :files ]]; then\n"
    "            _files\n"
    "            return\n"
    "        fi\n"
    "        [[ -n $word ]] || continue\n"
    "        found+=(\"${word%%$'\\t'*}\")\n"
    "        shown+=(\"${word/$'\\t'/  -- }\")\n"
    "    done\n"
    "    (( $#found )) && compadd -l -d shown -a found\n"
    "}\n"
    "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
    "    _pawl \"$@\"\n"
    "else\n"
    "    compdef _pawl pawl\n"
    "fi\n";

static const char fish_script[] =
    "# pawl's words in fish: pawl completion fish | source\n"
    "function __pawl_complete\n"
    "    set -l found (pawl complete (commandline -cp | string collect) 2>/dev/null)\n"
    "    if test \"$found[1]\" = :files\n"
    "        __fish_complete_path (commandline -ct)\n"
    "    else if set -q found[1]\n"
    "        printf '%s\\n' $found\n"
    "    end\n"
    "end\n"
    "complete -c pawl -f -a '(__pawl_complete)'\n";

static const struct {
    const char *shell;
    const char *script;
} scripts[] = {
    { "bash", bash_script },
    { "zsh", zsh_script },
    { "fish", fish_script },
};

static int print(const char *text, struct error *err)
{
    AUTO_STR struct str out = STR_INIT;
    str_add(&out, text);
    return print_out(&out, err) < 0 ? -1 : EXIT_PASS;
}

int cmd_completion(int argc, char **argv, struct error *err)
{
    struct operands operands;
    if (options_read(NULL, 0, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return print(
            "usage: pawl completion bash | zsh | fish\n"
            "\n"
            "Prints a script that lets the shell complete pawl's commands, options,\n"
            "revisions, benchmarks and values. For this shell alone:\n"
            "\n"
            "  source <(pawl completion bash)\n"
            "  pawl completion fish | source\n"
            "\n"
            "'cmake --install' puts the scripts where the shells look for them.\n",
            err);
    if (operands.count != 1)
        return error_set(
            err, ERROR_USAGE,
            "'pawl completion' takes the name of one shell: bash, zsh or fish");
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (str_equal(scripts[i].shell, operands.items[0]))
            return print(scripts[i].script, err);
    }
    return error_set(err, ERROR_USAGE, "no completion for '%s': bash, zsh or fish",
                     operands.items[0]);
}

int cmd_complete(int argc, char **argv, struct error *err)
{
    AUTO_STR struct str out = STR_INIT;
    AUTO_COMPLETION_LINE struct completion_line line = { 0 };
    if (argc != 1)
        return error_set(err, ERROR_USAGE,
                         "'pawl complete' takes a command line up to the cursor");
    completion_line_read(argv[0], &line);
    if (completion_add(&line, &completion_repository, &out, err) < 0)
        return -1;
    return print_out(&out, err) < 0 ? -1 : EXIT_PASS;
}
