#include "runner.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

struct escape {
    const char *code;
    char c;
};
static const struct escape escapes[] = {
    { "%0D", '\r' }, { "%0A", '\n' }, { "%3A", ':' }, { "%2C", ',' }, { "%25", '%' }
};

/* Properties know all five, messages all but ':' and ','. The runner replaces one code
 * after the other, "%25" last; read from left to right that comes to the same, since no
 * code but "%25" makes a '%'. */
static char *unescape(const char *text, size_t length, bool is_property)
{
    struct str out = STR_INIT;
    for (const char *c = text; c < text + length; c++) {
        const struct escape *found = NULL;
        for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
            if (strncmp(c, escapes[i].code, 3) == 0 &&
                (is_property || (escapes[i].c != ':' && escapes[i].c != ',')))
                found = &escapes[i];
        if (found) {
            str_add_char(&out, found->c);
            c += 2;
        } else {
            str_add_char(&out, *c);
        }
    }
    return str_detach(&out);
}

/* U+0085, U+00A0, U+1680, U+2000 .. U+200A, U+2028, U+2029, U+202F, U+205F, U+3000. */
static size_t blank_length(const char *c)
{
    static const char *const blanks[] = { "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80",
                                          "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf",
                                          "\xe2\x81\x9f", "\xe3\x80\x80" };
    if (*c && strchr(" \t\r\v\f", *c))
        return 1;
    if (strncmp(c, "\xe2\x80", 2) == 0 && (unsigned char)c[2] >= 0x80 &&
        (unsigned char)c[2] <= 0x8a)
        return 3;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (str_starts_with(c, blanks[i]))
            return strlen(blanks[i]);
    return 0;
}

static void take(struct runner_commands *commands, const char *text, const char *end)
{
    size_t name = strcspn(text, " :]");
    const char *rest = text + name;
    while (*rest == ' ')
        rest++;
    *array_push(commands) =
        (struct runner_command){ .name = xstrndup(text, name),
                                 .properties = xstrndup(rest, (size_t)(end - rest)),
                                 .message = unescape(end + 2, strlen(end + 2), false) };
}

static void read_line(struct runner_commands *commands, const char *line)
{
    const char *start = line;
    while (blank_length(start))
        start += blank_length(start);
    const char *end = str_starts_with(start, "::") ? strstr(start + 2, "::") : NULL;
    const char *old = strstr(line, "##[");
    if (end)
        take(commands, start + 2, end);
    else if (old && strchr(old, ']'))
        take(commands, old + 3, strchr(old, ']') - 1);
}

struct runner_commands runner_read_log(const char *log)
{
    struct runner_commands commands = { 0 };
    for (const char *line = log; *line;) {
        size_t length = strcspn(line, "\n\r");
        char *copy = xstrndup(line, length);
        read_line(&commands, copy);
        free(copy);
        line += length + (line[length] != '\0');
    }
    return commands;
}

void runner_commands_clear(struct runner_commands *commands)
{
    for (size_t i = 0; i < commands->count; i++) {
        free(commands->items[i].name);
        free(commands->items[i].properties);
        free(commands->items[i].message);
    }
    array_clear(commands);
}

char *runner_property(const struct runner_command *command, const char *name)
{
    size_t length = strlen(name);
    for (const char *c = command->properties; *c;) {
        size_t part = strcspn(c, ",");
        if (strncmp(c, name, length) == 0 && c[length] == '=')
            return unescape(c + length + 1, part - length - 1, true);
        c += part + (c[part] != '\0');
    }
    return NULL;
}

struct output {
    char *name;
    char *value;
};

/* Takes a line, without its end; false at the end of the file. */
static bool next_line(const char **at, char **line)
{
    if (!**at)
        return false;
    size_t length = strcspn(*at, "\n");
    *line = xstrndup(*at, length);
    *at += length + ((*at)[length] != '\0');
    return true;
}

static char *read_lines(const char **at, const char *delimiter)
{
    struct str value = STR_INIT;
    char *line = NULL;
    for (bool is_first = true; next_line(at, &line); is_first = false) {
        bool is_end = str_equal(line, delimiter);
        if (!is_end && !is_first)
            str_add_char(&value, '\n');
        if (!is_end)
            str_add(&value, line);
        free(line);
        if (is_end)
            return str_detach(&value);
    }
    fail_msg("the runner fails the step: no '%s' ends the value", delimiter);
    return NULL;
}

/* Whichever of '=' and '<<' comes first decides. */
static bool next_output(const char **at, struct output *out)
{
    char *line = NULL;
    do {
        free(line);
        line = NULL;
        if (!next_line(at, &line))
            return false;
    } while (!*line);
    char *equals = strchr(line, '=');
    char *heredoc = strstr(line, "<<");
    if (!equals && !heredoc)
        fail_msg("the runner fails the step: '%s' is no output", line);
    if (heredoc && (!equals || heredoc < equals)) {
        out->name = xstrndup(line, (size_t)(heredoc - line));
        out->value = read_lines(at, heredoc + 2);
    } else {
        out->name = xstrndup(line, (size_t)(equals - line));
        out->value = xstrdup(equals + 1);
    }
    free(line);
    return true;
}

char *runner_output(const char *file, const char *name)
{
    char *found = NULL;
    struct output output;
    while (next_output(&file, &output)) {
        bool is_it = str_equal(output.name, name);
        free(is_it ? found : output.value);
        found = is_it ? output.value : found;
        free(output.name);
    }
    return found;
}

size_t runner_count_outputs(const char *file)
{
    size_t count = 0;
    struct output output;
    for (; next_output(&file, &output); count++) {
        free(output.name);
        free(output.value);
    }
    return count;
}
