#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/shell_word.h"
#include "gate/config/parts.h"
#include "gate/config/project_kinds.h"

#define BLANKS " \t\r\n\v\f"

const struct project_file *project_find(const struct project *project, const char *name)
{
    for (size_t i = 0; i < project->count; i++)
        if (str_equal(project->items[i].name, name))
            return &project->items[i];
    return NULL;
}

const struct project_file *project_find_any(const struct project *project,
                                            const char *const *names)
{
    for (; *names; names++) {
        const struct project_file *file = project_find(project, *names);
        if (file)
            return file;
    }
    return NULL;
}

bool project_is_foreign(const char *name)
{
    static const char *const foreign[] = {
        "third_party",  "third-party", "thirdparty", "3rdparty", "external",
        "externals",    "extern",      "vendor",     "deps",     "_deps",
        "node_modules", "subprojects", "submodules", "target",   ".venv",
        "venv",         "testdata",
    };
    for (const char *part = name; strchr(part, '/'); part = strchr(part, '/') + 1) {
        size_t length = strcspn(part, "/");
        for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
            if (strlen(foreign[i]) == length && memcmp(part, foreign[i], length) == 0)
                return true;
    }
    return false;
}

bool names_bench(const char *text)
{
    static const char word[] = "bench";
    for (; *text; text++) {
        size_t same = 0;
        while (word[same] && tolower((unsigned char)text[same]) == word[same])
            same++;
        if (!word[same])
            return true;
    }
    return false;
}

bool is_plain_word(const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789._+-";
    return *text && *text != '-' && !text[strspn(text, plain)];
}

bool take_line(const char **rest, struct str *line)
{
    str_reset(line);
    if (!**rest)
        return false;
    size_t length = strcspn(*rest, "\n");
    str_add_bytes(line, *rest, length);
    if (line->length && line->data[line->length - 1] == '\r')
        str_truncate(line, line->length - 1);
    *rest += length + ((*rest)[length] == '\n');
    return true;
}

bool has_word(const struct strvec *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (str_equal(words->items[i], word))
            return true;
    return false;
}

void add_words(const char *text, struct strvec *words)
{
    for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
        size_t length = strcspn(text, BLANKS);
        strvec_push_owned(words, xstrndup(text, length));
        text += length;
    }
}

char *strip(const char *text)
{
    text += strspn(text, BLANKS);
    size_t length = strlen(text);
    while (length && strchr(BLANKS, text[length - 1]))
        length--;
    return xstrndup(text, length);
}

void propose_build(struct proposal *proposal, const char *command)
{
    json_array_append_new(proposal->build, json_string(command));
}

void propose_shell_build(struct proposal *proposal, const char *command)
{
    json_array_append_new(proposal->build,
                          json_pack("{s:s,s:b}", "run", command, "shell", 1));
}

static bool is_taken(const json_t *benchmarks, const char *name)
{
    for (size_t i = 0; i < json_array_size(benchmarks); i++) {
        json_t *other = json_object_get(json_array_get(benchmarks, i), "name");
        if (str_equal(json_string_value(other), name))
            return true;
    }
    return false;
}

/* What a benchmark can be called, as near to text as possible and not taken yet. */
static char *free_name(const json_t *benchmarks, const char *text)
{
    enum {
        LONGEST = 60
    };
    AUTO_STR struct str name = STR_INIT;
    for (const char *c = text; *c && name.length < LONGEST; c++)
        if (name.length || isalnum((unsigned char)*c))
            str_add_char(&name,
                         isalnum((unsigned char)*c) || strchr("._/+-", *c) ? *c : '-');
    if (!is_name(name.data)) {
        str_reset(&name);
        str_add(&name, "bench");
    }
    size_t length = name.length;
    for (size_t i = 2; is_taken(benchmarks, name.data); i++) {
        str_truncate(&name, length);
        str_addf(&name, "-%zu", i);
    }
    return str_detach(&name);
}

static void set(json_t *object, const char *key, const char *value)
{
    if (value)
        json_object_set_new(object, key, json_string(value));
}

/* A brace is doubled wherever there can be placeholders. */
static void add_braced(struct str *out, const char *text)
{
    for (; *text; text++) {
        str_add_char(out, *text);
        if (*text == '{' || *text == '}')
            str_add_char(out, *text);
    }
}

void propose_benchmark(struct proposal *proposal, const struct proposed *proposed)
{
    AUTO_FREE char *name = free_name(proposal->benchmarks, proposed->name);
    AUTO_STR struct str cwd = STR_INIT;
    json_t *benchmark = json_pack("{s:s}", "name", name);
    set(benchmark, "run", proposed->run);
    set(benchmark, "format", proposed->format);
    set(benchmark, "results", proposed->results);
    set(benchmark, "timeout", proposed->timeout);
    if (proposed->cwd)
        add_braced(&cwd, proposed->cwd);
    set(benchmark, "cwd", proposed->cwd ? cwd.data : NULL);
    json_array_append_new(proposal->benchmarks, benchmark);
    strvec_pushf(&proposal->found, "%s: %s (%s)", name, proposed->why, proposed->file);
}

static bool has_format(const struct proposal *proposal, bool want)
{
    for (size_t i = 0; i < json_array_size(proposal->benchmarks); i++)
        if (!!json_object_get(json_array_get(proposal->benchmarks, i), "format") == want)
            return true;
    return false;
}

void propose_margins(struct proposal *proposal)
{
    json_object_set_new(proposal->margins, "cpu", json_string("2%"));
    json_object_set_new(proposal->margins, "wall", json_string("5%"));
    if (has_format(proposal, false))
        json_object_set_new(proposal->margins, "peak_rss",
                            json_pack("[s,s]", "5%", "1MiB"));
}

void propose_note(struct proposal *proposal, const char *format, ...)
{
    char text[512]; /* a longer note is cut */
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    strvec_push(&proposal->notes, text);
}

void add_word(struct str *out, const char *word)
{
    AUTO_STR struct str quoted = STR_INIT;
    shell_word_add(&quoted, word);
    add_braced(out, quoted.data);
}
