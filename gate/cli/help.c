#include "gate/cli/help.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

struct collector {
    struct options_listener listener; /* first: it is found by it */
    struct help *help;
    size_t start; /* of the options in what is printed; SIZE_MAX: none yet */
    size_t end;
};

static void take(struct options_listener *self,
                 const struct option_row *row,
                 size_t start,
                 size_t end)
{
    struct collector *collector = (struct collector *)self;
    if (collector->start == SIZE_MAX)
        collector->start = start;
    collector->end = end;
    *array_push(&collector->help->options) = (struct help_option){
        .kind = row->kind,
        .letter = row->letter,
        .name = xstrdup(row->name ? row->name : ""),
        .argument = xstrdup(row->argument ? row->argument : ""),
        .text = xstrdup(row->help),
    };
}

void help_clear(struct help *help)
{
    for (size_t i = 0; i < help->options.count; i++) {
        free(help->options.items[i].name);
        free(help->options.items[i].argument);
        free(help->options.items[i].text);
    }
    array_clear(&help->options);
    free(help->usage);
    free(help->about);
    free(help->after);
    *help = (struct help){ 0 };
}

/* Without line ends around it. */
static char *trimmed(const char *text, size_t length)
{
    while (length && *text == '\n') {
        text++;
        length--;
    }
    while (length && text[length - 1] == '\n')
        length--;
    return xstrndup(text, length);
}

/* "usage: a\n       b\n": both without what stands before "pawl". */
static char *usage_of(const char *text, size_t length)
{
    AUTO_STR struct str usage = STR_INIT;
    const char *end = text + length;
    while (text < end) {
        size_t line = strcspn(text, "\n");
        const char *from = strstr(text, "pawl");
        if (from && from < text + line)
            str_addf(&usage, "%.*s\n", (int)(text + line - from), from);
        text += line + 1;
    }
    return trimmed(usage.data, usage.length);
}

/* The usage, an empty line, paragraphs, the options, and what follows them. */
static void split(const struct str *printed, size_t start, size_t end, struct help *out)
{
    const char *gap = strstr(printed->data, "\n\n");
    size_t usage = gap ? (size_t)(gap - printed->data) : printed->length;
    out->usage = usage_of(printed->data, usage);
    size_t from = usage < start ? usage : start;
    out->about = trimmed(printed->data + from, start - from);
    out->after = trimmed(printed->data + end, printed->length - end);
}

int help_ask(const struct cli_command *command, struct help *out, struct error *err)
{
    AUTO_STR struct str printed = STR_INIT;
    char word[] = "--help";
    char *arguments[] = { word, NULL };
    struct collector collector = { .listener = { take }, .help = out, .start = SIZE_MAX };
    options_listen(&collector.listener);
    print_out_into(&printed);
    int code = command->run(1, arguments, err);
    print_out_into(NULL);
    options_listen(NULL);
    if (code < 0)
        return -1;
    bool has_options = collector.start != SIZE_MAX;
    split(&printed, has_options ? collector.start : printed.length,
          has_options ? collector.end : printed.length, out);
    return 0;
}

const struct help_option *help_find(const struct help *help, const char *word)
{
    size_t length = strcspn(word, "=");
    for (size_t i = 0; i < help->options.count; i++) {
        const struct help_option *option = &help->options.items[i];
        if (option->kind == OPTION_GROUP)
            continue;
        if (str_starts_with(word, "--") && strlen(option->name) + 2 == length &&
            strncmp(option->name, word + 2, length - 2) == 0)
            return option;
        if (word[0] == '-' && option->letter && word[1] == option->letter && !word[2])
            return option;
    }
    return NULL;
}

bool help_takes_next(const struct help_option *option)
{
    return *option->argument && option->kind != OPTION_CHOICE;
}
