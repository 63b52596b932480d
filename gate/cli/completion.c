#include "gate/cli/completion.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/commands.h"
#include "gate/cli/help.h"
#include "gate/report/report.h"

enum kind {
    KIND_NOTHING,
    KIND_FILES,
    KIND_REVISIONS,
    KIND_BENCHES,
    KIND_FORMATS
};

/* By what the help calls a value. */
static const struct {
    const char *argument;
    enum kind kind;
} argument_kinds[] = {
    { "REV", KIND_REVISIONS }, { "COMMIT", KIND_REVISIONS }, { "ROW", KIND_BENCHES },
    { "BENCH", KIND_BENCHES }, { "FILE", KIND_FILES },       { "FILE.csv", KIND_FILES },
    { "DIR", KIND_FILES },     { "PLACE", KIND_FILES },      { "FORMAT", KIND_FORMATS },
    { "RESULT", KIND_FILES },
};

/* Values that are a few words. */
static const struct {
    const char *command; /* NULL: any */
    const char *option;
    const char *values; /* with blanks between */
} fixed_values[] = {
    { "run", "fail-on", "goal" },
    { NULL, "fail-on", "regression inconclusive layout error never" },
    { NULL, "layouts", "regressed off 5" },
    { NULL, "kind", "optimization" },
};

/* What a command is given beside options. */
static const struct {
    const char *command;
    enum kind first;
    enum kind rest;
} operands[] = {
    { "check", KIND_BENCHES, KIND_BENCHES },
    { "plan", KIND_BENCHES, KIND_BENCHES },
    { "history", KIND_BENCHES, KIND_BENCHES },
    { "run", KIND_REVISIONS, KIND_BENCHES },
    { "explain", KIND_REVISIONS, KIND_REVISIONS },
    { "show", KIND_REVISIONS, KIND_REVISIONS },
    { "compare", KIND_FILES, KIND_FILES },
    { "report", KIND_FILES, KIND_FILES },
    { "merge", KIND_FILES, KIND_FILES },
    { "record", KIND_FILES, KIND_FILES },
    { "measure", KIND_FILES, KIND_FILES },
};

struct asked {
    const struct completion_line *line;
    const struct completion_source *source;
    const struct cli_command *command;
    size_t first;          /* index of the first word behind the command's */
    const char *directory; /* -C; "." */
    struct str *out;
};

static void offer(const struct asked *asked, const char *word, const char *meaning)
{
    if (!str_starts_with(word, asked->line->current))
        return;
    str_add(asked->out, word);
    if (meaning && *meaning)
        str_addf(asked->out, "\t%.*s", (int)strcspn(meaning, "\n"), meaning);
    str_add_char(asked->out, '\n');
}

static void offer_commands(const struct asked *asked,
                           const struct cli_command *commands,
                           size_t count)
{
    for (size_t i = 0; i < count; i++)
        offer(asked, commands[i].name, commands[i].summary);
}

static void offer_options(const struct asked *asked, const struct help *help)
{
    AUTO_STR struct str word = STR_INIT;
    for (size_t i = 0; i < help->options.count; i++) {
        const struct help_option *option = &help->options.items[i];
        if (option->kind == OPTION_GROUP)
            continue;
        str_reset(&word);
        str_addf(&word, "--%s", option->name);
        offer(asked, word.data, option->text);
    }
    /* Every command's, and in no table. */
    offer(asked, "--color=auto", "colours at a terminal");
    offer(asked, "--color=always", "colours in files and pipes, too");
    offer(asked, "--color=never", "no colours");
    offer(asked, "--help", "what the command does, and its options");
}

/* Before each stands what of the word is there already: "--base=". */
static void
offer_all(const struct asked *asked, const char *before, const struct strvec *words)
{
    AUTO_STR struct str word = STR_INIT;
    for (size_t i = 0; i < words->count; i++) {
        str_reset(&word);
        str_addf(&word, "%s%s", before, words->items[i]);
        offer(asked, word.data, NULL);
    }
}

/* "a b" and "a, b" */
static void push_words(const char *text, struct strvec *out)
{
    while (*text) {
        size_t length = strcspn(text, " ,");
        if (length)
            strvec_pushf(out, "%.*s", (int)length, text);
        text += length + (text[length] != '\0');
    }
}

static void offer_kind(const struct asked *asked, enum kind kind, const char *before)
{
    AUTO_STRVEC struct strvec words = { 0 };
    if (kind == KIND_FILES)
        str_add(asked->out, ":files\n");
    else if (kind == KIND_REVISIONS)
        asked->source->add_revisions(asked->directory, &words);
    else if (kind == KIND_BENCHES)
        asked->source->add_benches(asked->directory, &words);
    else if (kind == KIND_FORMATS)
        push_words(report_formats, &words);
    offer_all(asked, before, &words);
}

static void offer_values(const struct asked *asked,
                         const struct help_option *option,
                         const char *before)
{
    for (size_t i = 0; i < sizeof fixed_values / sizeof *fixed_values; i++) {
        AUTO_STRVEC struct strvec words = { 0 };
        const char *command = fixed_values[i].command;
        if (!str_equal(fixed_values[i].option, option->name) ||
            (command && !str_equal(command, asked->command->name)))
            continue;
        push_words(fixed_values[i].values, &words);
        offer_all(asked, before, &words);
        return;
    }
    for (size_t i = 0; i < sizeof argument_kinds / sizeof *argument_kinds; i++) {
        if (str_equal(argument_kinds[i].argument, option->argument)) {
            offer_kind(asked, argument_kinds[i].kind, before);
            return;
        }
    }
}

static void offer_operand(const struct asked *asked, size_t index)
{
    for (size_t i = 0; i < sizeof operands / sizeof *operands; i++) {
        if (str_equal(operands[i].command, asked->command->name)) {
            offer_kind(asked, index ? operands[i].rest : operands[i].first, "");
            return;
        }
    }
}

/* The option whose value the current word is, and how many operands stand before it. */
static const struct help_option *
walk(struct asked *asked, const struct help *help, size_t *operand_count)
{
    const struct strvec *words = &asked->line->words;
    const struct help_option *open = NULL;
    *operand_count = 0;
    for (size_t i = asked->first; i < words->count; i++) {
        const char *word = words->items[i];
        if (open) {
            if (str_equal(open->name, "directory"))
                asked->directory = word;
            open = NULL;
        } else if (word[0] == '-' && word[1]) {
            const struct help_option *option = help_find(help, word);
            open =
                option && !strchr(word, '=') && help_takes_next(option) ? option : NULL;
        } else
            ++*operand_count;
    }
    return open;
}

static void offer_words(struct asked *asked, const struct help *help)
{
    size_t operand_count = 0;
    const char *current = asked->line->current;
    const char *equals = strchr(current, '=');
    /* "--color=always" is offered like the name of an option. */
    bool is_name = current[0] == '-' && (!equals || str_starts_with(current, "--color="));
    const struct help_option *open = walk(asked, help, &operand_count);
    if (open) {
        offer_values(asked, open, "");
    } else if (is_name) {
        offer_options(asked, help);
    } else if (str_starts_with(current, "--")) {
        AUTO_STR struct str before = STR_INIT;
        const struct help_option *option = help_find(help, current);
        str_add_bytes(&before, current, (size_t)(equals - current) + 1);
        if (option)
            offer_values(asked, option, before.data);
    } else {
        offer_operand(asked, operand_count);
    }
}

/* Finds the command, or offers commands: false then. */
static bool find_command(struct asked *asked)
{
    const struct strvec *words = &asked->line->words;
    size_t count = 0;
    if (words->count < 2 || str_equal(words->items[1], "help") ||
        str_equal(words->items[1], "manual")) {
        const struct cli_command *all = commands_all(&count);
        if (words->count < 3)
            offer_commands(asked, all, count);
        return false;
    }
    asked->command = commands_find(words->items[1]);
    asked->first = 2;
    if (!asked->command || asked->command->run != cmd_baseline)
        return asked->command;
    const struct cli_command *below = baseline_commands(&count);
    if (words->count < 3) {
        offer_commands(asked, below, count);
        return false;
    }
    asked->command = NULL;
    asked->first = 3;
    for (size_t i = 0; i < count; i++) {
        if (str_equal(below[i].name, words->items[2]))
            asked->command = &below[i];
    }
    return asked->command;
}

int completion_add(const struct completion_line *line,
                   const struct completion_source *source,
                   struct str *out,
                   struct error *err)
{
    AUTO_HELP struct help help = { 0 };
    struct asked asked = { .line = line, .source = source, .directory = ".", .out = out };
    if (!find_command(&asked))
        return 0;
    if (help_ask(asked.command, &help, err) < 0)
        return -1;
    offer_words(&asked, &help);
    return 0;
}
