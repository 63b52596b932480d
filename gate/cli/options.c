#include "gate/cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/units.h"

struct reader {
    const struct option_row *table;
    size_t count;
    int argc;
    char **argv;
    int next;
};

static const struct option_row *
find_name(const struct reader *reader, const char *name, size_t length)
{
    for (size_t i = 0; i < reader->count; i++) {
        const struct option_row *row = &reader->table[i];
        if (row->kind != OPTION_GROUP && strlen(row->name) == length &&
            memcmp(row->name, name, length) == 0)
            return row;
    }
    return NULL;
}

static const struct option_row *find_letter(const struct reader *reader, char letter)
{
    for (size_t i = 0; i < reader->count; i++) {
        if (reader->table[i].kind != OPTION_GROUP && reader->table[i].letter == letter)
            return &reader->table[i];
    }
    return NULL;
}

static int
unknown_option(const struct reader *reader, const char *argument, struct error *err)
{
    AUTO_FREE const char **names = xcalloc(reader->count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < reader->count; i++) {
        if (reader->table[i].kind != OPTION_GROUP)
            names[count++] = reader->table[i].name;
    }
    const char *word = argument + strspn(argument, "-");
    AUTO_FREE char *bare = xstrndup(word, strcspn(word, "="));
    const char *nearest = str_nearest(bare, names, count);
    if (nearest)
        return error_set(err, ERROR_USAGE, "unknown option '%s', did you mean '--%s'?",
                         argument, nearest);
    return error_set(err, ERROR_USAGE, "unknown option '%s'; --help lists them all",
                     argument);
}

static int parse_whole(const char *text, uint64_t most, uint64_t *out)
{
    size_t length = strlen(text);
    if (!length || length > 19 || strspn(text, "0123456789") != length)
        return -1;
    uint64_t value = strtoull(text, NULL, 10);
    if (value > most)
        return -1;
    *out = value;
    return 0;
}

static int bad_value(const struct option_row *row,
                     const char *value,
                     const char *allowed,
                     struct error *err)
{
    return error_set(err, ERROR_USAGE, "--%s must be %s, not '%s'", row->name, allowed,
                     value);
}

static int
store_number(const struct option_row *row, const char *value, struct error *err)
{
    uint64_t number = 0;
    if (parse_whole(value, INT64_MAX, &number) < 0)
        return bad_value(row, value, "a whole number", err);
    *(uint64_t *)row->target = number;
    return 0;
}

static int store_value(const struct option_row *row, const char *value, struct error *err)
{
    switch (row->kind) {
    case OPTION_TEXT:
    case OPTION_CHOICE:
        *(const char **)row->target = value;
        return 0;
    case OPTION_LIST:
        strvec_push(row->target, value);
        return 0;
    case OPTION_NUMBER:
        return store_number(row, value, err);
    case OPTION_DURATION:
        if (units_parse_duration_ns(value, row->target) < 0)
            return bad_value(row, value, UNITS_DURATION_EXAMPLES, err);
        return 0;
    case OPTION_FLAG:
    case OPTION_NEGATION:
    case OPTION_GROUP:
        break;
    }
    abort();
}

static bool takes_value(const struct option_row *row)
{
    return row->kind != OPTION_FLAG && row->kind != OPTION_NEGATION;
}

/* Reads one option at argv[next]; inline_value is what followed '=' or the letter. */
static int read_option(struct reader *reader,
                       const struct option_row *row,
                       const char *inline_value,
                       struct error *err)
{
    if (!takes_value(row)) {
        if (inline_value)
            return error_set(err, ERROR_USAGE, "--%s takes no value, but got '%s'",
                             row->name, inline_value);
        *(bool *)row->target = row->kind == OPTION_FLAG;
        return 0;
    }
    if (!inline_value && row->kind == OPTION_CHOICE)
        inline_value = "";
    if (!inline_value) {
        if (reader->next + 1 >= reader->argc)
            return error_set(err, ERROR_USAGE, "--%s needs a value: %s", row->name,
                             row->argument);
        inline_value = reader->argv[++reader->next];
    }
    return store_value(row, inline_value, err);
}

static int read_long(struct reader *reader, const char *argument, struct error *err)
{
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const struct option_row *row = find_name(reader, name, length);
    if (!row)
        return unknown_option(reader, argument, err);
    return read_option(reader, row, name[length] ? name + length + 1 : NULL, err);
}

static int read_short(struct reader *reader, const char *argument, struct error *err)
{
    const struct option_row *row = find_letter(reader, argument[1]);
    if (!row)
        return unknown_option(reader, argument, err);
    if (argument[2] && !takes_value(row))
        return error_set(err, ERROR_USAGE, "'%s': write short options one by one",
                         argument);
    return read_option(reader, row, argument[2] ? argument + 2 : NULL, err);
}

int options_read(const struct option_row *table,
                 size_t count,
                 int argc,
                 char **argv,
                 struct operands *operands,
                 struct error *err)
{
    struct reader reader = { .table = table, .count = count, .argc = argc, .argv = argv };
    *operands = (struct operands){ .items = argv };

    for (; reader.next < argc; reader.next++) {
        char *argument = argv[reader.next];
        if (str_equal(argument, "--")) {
            operands->rest = argv + reader.next + 1;
            operands->rest_count = (size_t)(argc - reader.next - 1);
            return 0;
        }
        if (str_equal(argument, "--help") || str_equal(argument, "-h")) {
            operands->wants_help = true;
            return 0;
        }
        int read = 0;
        if (str_starts_with(argument, "--"))
            read = read_long(&reader, argument, err);
        else if (argument[0] == '-' && argument[1])
            read = read_short(&reader, argument, err);
        else
            argv[operands->count++] = argument;
        if (read < 0)
            return -1;
    }
    return 0;
}

#define HELP_COLUMN 28

static void add_option_help(const struct option_row *row, struct str *out)
{
    size_t start = out->length;
    str_add(out, "  ");
    if (row->letter)
        str_addf(out, "-%c, ", row->letter);
    str_addf(out, "--%s", row->name);
    if (row->argument)
        str_addf(out, "%s%s%s", row->kind == OPTION_CHOICE ? "[=" : " ", row->argument,
                 row->kind == OPTION_CHOICE ? "]" : "");
    if (out->length - start > HELP_COLUMN - 2)
        str_addf(out, "\n%*s", HELP_COLUMN, "");
    else
        str_addf(out, "%*s", (int)(HELP_COLUMN - (out->length - start)), "");
    for (const char *c = row->help; *c; c++) {
        str_add_char(out, *c);
        if (*c == '\n')
            str_addf(out, "%*s", HELP_COLUMN, "");
    }
    str_add_char(out, '\n');
}

static struct options_listener *listening;

void options_listen(struct options_listener *listener)
{
    listening = listener;
}

void options_add_help(const struct option_row *table, size_t count, struct str *out)
{
    for (size_t i = 0; i < count; i++) {
        size_t start = out->length;
        if (table[i].kind == OPTION_GROUP)
            str_addf(out, "%s%s:\n", i ? "\n" : "", table[i].help);
        else
            add_option_help(&table[i], out);
        if (listening)
            listening->take(listening, &table[i], start, out->length);
    }
}
