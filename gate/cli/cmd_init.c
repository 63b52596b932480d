#include <limits.h>
#include <stdio.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/init.h"
#include "gate/cli/options.h"
#include "gate/config/config.h"
#include "gate/config/project.h"
#include "gate/source/top.h"

#define CONFIG "pawl.json"

enum {
    MOST_CHARACTERS = 300,
    MOST_SHOWN = 20
};

struct init_options {
    const char *kind;
    bool wants_stdout;
};

static int
read_options(struct init_options *options, int argc, char **argv, struct error *err)
{
    const struct option_row table[] = {
        { OPTION_TEXT, 0, "kind", &options->kind, "KIND",
          "what to take the project for: " PROJECT_KINDS },
        { OPTION_FLAG, 0, "stdout", &options->wants_stdout, NULL,
          "print the file instead of writing it" },
    };
    size_t count = sizeof table / sizeof table[0];
    struct operands operands = { 0 };
    if (options_read(table, count, argc, argv, &operands, err) < 0)
        return -1;
    if (!operands.wants_help && (operands.count || operands.rest_count))
        return error_set(err, ERROR_USAGE, "pawl init takes no operand, not '%s'",
                         operands.count ? operands.items[0] : operands.rest[0]);
    if (!operands.wants_help)
        return 0;
    AUTO_STR struct str help = STR_INIT;
    str_add(
        &help,
        "usage: pawl init [OPTIONS]\n"
        "\n"
        "Looks through the files that git tracks for a project with benchmarks, and\n"
        "writes a pawl.json at its top that builds and runs them. Nothing is run, and\n"
        "a pawl.json that is there stays as it is.\n"
        "\n");
    options_add_help(table, count, &help);
    return print_out(&help, err) < 0 ? -1 : 1;
}

static void add_lines(struct str *out,
                      const char *start,
                      const struct strvec *lines,
                      const char *more)
{
    for (size_t i = 0; i < lines->count && i < MOST_SHOWN; i++) {
        str_add(out, start);
        text_add_clean(out, lines->items[i], MOST_CHARACTERS);
        str_add_char(out, '\n');
    }
    if (lines->count > MOST_SHOWN)
        str_addf(out, "%sand %zu more %s\n", start, lines->count - MOST_SHOWN, more);
}

static void add_account(const struct proposal *proposal, struct str *out)
{
    str_addf(out, "Project: %s, by %s\n", proposal->title, proposal->marker);
    str_add_counted(out, proposal->found.count, "benchmark");
    str_add(out, ":\n");
    add_lines(out, "  ", &proposal->found, "benchmarks");
    add_lines(out, "Note: ", &proposal->notes, "notes");
}

static void add_next(struct str *out)
{
    str_add(
        out,
        "Wrote " CONFIG ". Look through it, then:\n"
        "  git add " CONFIG " && git commit -m 'pawl: what is measured'\n"
        "  pawl run      # builds HEAD and measures it by itself: does it work?\n"
        "  pawl check    # later, on a branch: HEAD against where it left the main one\n"
        "What stands in it, and what to make of it: docs/init.md, "
        "docs/configuration.md.\n");
}

static int find_top(char **top, struct error *err)
{
    if (source_find_top(".", top, err) < 0)
        return -1;
    if (!*top)
        return error_set(err, ERROR_USAGE,
                         "this is a bare repository, without files to look at: run "
                         "pawl init in a clone of it");
    return 0;
}

/* What pawl itself would refuse is not written. */
static int check_text(const char *text, struct error *err)
{
    AUTO_CONFIG struct config *config = config_parse(text, CONFIG, err);
    return config ? 0 : error_prefix(err, "what was found makes no " CONFIG ": ");
}

static int init(const struct init_options *options, struct error *err)
{
    AUTO_FREE char *top = NULL;
    AUTO_PROJECT struct project project = { 0 };
    AUTO_PROPOSAL struct proposal proposal = { 0 };
    AUTO_STR struct str account = STR_INIT;
    AUTO_STR struct str out = STR_INIT;
    if (find_top(&top, err) < 0 || init_read_project(top, &project, err) < 0 ||
        project_propose(&project, options->kind, &proposal, err) < 0)
        return -1;
    AUTO_FREE char *text = proposal_text(&proposal);
    AUTO_FREE char *path = path_join(top, CONFIG);
    if (check_text(text, err) < 0)
        return -1;
    add_account(&proposal, &account);
    if (options->wants_stdout) {
        str_add(&out, text);
        if (print_out(&out, err) < 0)
            return -1;
        fputs(account.data, stderr);
        return 0;
    }
    if (init_write_new(path, text, err) < 0)
        return -1;
    add_next(&account);
    return print_out(&account, err);
}

int cmd_init(int argc, char **argv, struct error *err)
{
    struct init_options options = { 0 };
    int result = read_options(&options, argc, argv, err);
    if (result)
        return result < 0 ? -1 : EXIT_PASS;
    return init(&options, err) < 0 ? -1 : EXIT_PASS;
}
