#include "gate/cli/man_page.h"

#include <ctype.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/cli/commands.h"
#include "gate/cli/version.h"

/* Text that man shows as it is: a '\' and a '-' are not typeset, and a '.' or "'" at the
 * beginning of a line is no request. */
static void add_text(struct str *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool begins = i == 0 || text[i - 1] == '\n';
        if (begins && (text[i] == '.' || text[i] == '\''))
            str_add(out, "\\&");
        if (text[i] == '\\')
            str_add(out, "\\e");
        else if (text[i] == '-')
            str_add(out, "\\-");
        else
            str_add_char(out, text[i]);
    }
}

static void add_line(struct str *out, const char *text)
{
    add_text(out, text, strlen(text));
    str_add_char(out, '\n');
}

static bool is_blank(const char *line, size_t length)
{
    return strspn(line, " ") >= length;
}

/* Paragraphs; lines that are indented keep their shape. */
static void add_paragraphs(struct str *out, const char *text)
{
    bool is_shaped = false;
    while (*text) {
        size_t length = strcspn(text, "\n");
        bool is_indented = *text == ' ' && !is_blank(text, length);
        if (is_indented != is_shaped)
            str_add(out, is_indented ? ".nf\n" : ".fi\n");
        is_shaped = is_indented;
        if (is_blank(text, length))
            str_add(out, ".PP\n");
        else {
            add_text(out, text, length);
            str_add_char(out, '\n');
        }
        text += length + (text[length] == '\n');
    }
    if (is_shaped)
        str_add(out, ".fi\n");
}

static void add_head(struct str *out, const char *name, const char *summary)
{
    AUTO_STR struct str upper = STR_INIT;
    for (const char *c = name; *c; c++)
        str_add_char(&upper, (char)toupper((unsigned char)*c));
    str_addf(out, ".TH %s 1 \"\" \"pawl %s\" \"pawl\"\n.SH NAME\n", upper.data,
             PAWL_VERSION);
    add_text(out, name, strlen(name));
    str_add(out, " \\- ");
    add_line(out, summary);
}

static void add_usage(struct str *out, const char *usage)
{
    str_add(out, ".nf\n");
    add_line(out, usage);
    str_add(out, ".fi\n");
}

static void add_option(struct str *out, const struct help_option *option)
{
    str_add(out, ".TP\n\\fB");
    if (option->letter)
        str_addf(out, "\\-%c\\fR, \\fB", option->letter);
    str_add(out, "\\-\\-");
    add_text(out, option->name, strlen(option->name));
    str_add(out, "\\fR");
    if (*option->argument) {
        str_add(out, option->kind == OPTION_CHOICE ? "[=\\fI" : " \\fI");
        add_text(out, option->argument, strlen(option->argument));
        str_add(out, option->kind == OPTION_CHOICE ? "\\fR]" : "\\fR");
    }
    str_add_char(out, '\n');
    add_line(out, option->text);
}

/* Headings are sections of the page, or below a subcommand bold lines. */
static void add_options(struct str *out, const struct help *help, bool is_below)
{
    for (size_t i = 0; i < help->options.count; i++) {
        const struct help_option *option = &help->options.items[i];
        if (option->kind != OPTION_GROUP) {
            add_option(out, option);
            continue;
        }
        str_add(out, is_below ? ".PP\n.B " : ".SS ");
        add_line(out, option->text);
    }
}

static void add_exit_codes(struct str *out)
{
    static const struct {
        const char *code;
        const char *means;
    } codes[] = {
        { "0", "pass" },
        { "1", "regression, or a goal missed that base met" },
        { "2", "usage or configuration" },
        { "3",
          "could not measure: a build or a benchmark failed, a row is missing, or the "
          "output differs" },
        { "4", "some rows could not be decided; only with --fail-on inconclusive" },
        { "5", "trouble of pawl's own: disk, memory, a remote" },
        { "130", "interrupted" },
    };
    str_add(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        str_addf(out, ".TP\n.B %s\n", codes[i].code);
        add_line(out, codes[i].means);
    }
}

static void add_commands(struct str *out)
{
    size_t count = 0;
    const struct cli_command *commands = commands_all(&count);
    str_add(out, ".SH COMMANDS\n");
    for (size_t i = 0; i < count; i++) {
        str_addf(out, ".TP\n\\fBpawl\\-%s\\fR(1)\n", commands[i].name);
        add_line(out, commands[i].summary);
    }
}

void man_page_add_overview(struct str *out)
{
    add_head(out, "pawl", "a performance regression gate");
    str_add(out, ".SH SYNOPSIS\n");
    add_usage(out, "pawl COMMAND [OPTIONS]\npawl COMMAND --help\npawl --version");
    str_add(out, ".SH DESCRIPTION\n");
    add_line(out,
             "Says before a merge whether a change made a program slower, by how much, "
             "and how sure that is:\nbuilds two commits, sees that they still do the "
             "same, runs the benchmarks of both in pairs\nuntil each row is decided, "
             "writes a report, and exits with a code that CI understands.");
    add_commands(out);
    str_add(out, ".SH OPTIONS\n.TP\n\\fB\\-\\-color\\fR=\\fIWHEN\\fR\n");
    add_line(out, "of every command: auto (the default), always or never");
    add_exit_codes(out);
    str_add(out, ".SH FILES\n.TP\n.I pawl.json\n");
    add_line(out, "at the top of the repository: how to build, what to measure, margins");
    str_add(out, ".TP\n.I baselines/\n");
    add_line(out, "recorded sessions, where they are kept in files");
    str_add(out, ".SH ENVIRONMENT\n.TP\n.B PAWL_CACHE_DIR\n");
    add_line(out,
             "where builds and results are kept; default: pawl below XDG_CACHE_HOME or "
             "~/.cache");
    str_add(out, ".TP\n.B NO_COLOR\n");
    add_line(out, "no colours, where it is set to anything");
    str_add(out, ".TP\n.B GITHUB_ACTIONS\n");
    add_line(out,
             "true: a check also writes a summary, annotations and outputs for its step");
    str_add(out, ".SH SEE ALSO\n.BR git (1),\n.BR valgrind (1),\n.BR hyperfine (1)\n");
}

static void add_subcommand(struct str *out, const struct man_part *part)
{
    str_addf(out, ".SS %s\n", part->command->name);
    add_usage(out, part->help.usage);
    add_paragraphs(out, part->help.about);
    add_options(out, &part->help, true);
    add_paragraphs(out, part->help.after);
}

void man_page_add(const struct man_part *parts, size_t count, struct str *out)
{
    const struct help *help = &parts[0].help;
    AUTO_FREE char *name = str_format("pawl-%s", parts[0].command->name);
    add_head(out, name, parts[0].command->summary);
    str_add(out, ".SH SYNOPSIS\n");
    add_usage(out, help->usage);
    str_add(out, ".SH DESCRIPTION\n");
    add_paragraphs(out, help->about);
    if (help->options.count) {
        str_add(out, ".SH OPTIONS\n");
        add_options(out, help, false);
    }
    if (*help->after)
        add_paragraphs(out, help->after);
    if (count > 1)
        str_add(out, ".SH SUBCOMMANDS\n");
    for (size_t i = 1; i < count; i++)
        add_subcommand(out, &parts[i]);
    add_exit_codes(out);
    str_add(out, ".SH SEE ALSO\n.BR pawl (1)\n");
}
