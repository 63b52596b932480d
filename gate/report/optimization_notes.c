#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/optimization_parts.h"

static const struct {
    const char *name;
    const char *placeholder;
} sections[PROSE_COUNT] = {
    [PROSE_PROBLEM] = { "Problem",
                        "*To be written by hand: what was slow, for whom, and how it was "
                        "noticed.*" },
    [PROSE_GOAL] = { "Goal",
                     "*To be written by hand: what was to become how fast, and what must "
                     "not get worse.*" },
    [PROSE_BASELINE] = { "Baseline",
                         "*To be written by hand: which data the benchmarks read, and "
                         "what they stand for.*" },
    [PROSE_HYPOTHESIS] = { "Hypothesis",
                           "*To be written by hand: what the profile of base suggested, "
                           "and what was expected to help.*" },
    [PROSE_CHANGE] = { "Change", "*To be written by hand: what was done instead.*" },
    [PROSE_CORRECTNESS] = { "Correctness",
                            "*To be written by hand: which tests show that the program "
                            "still does the same.*" },
    [PROSE_TRADE_OFFS] = { "Trade-offs",
                           "*To be written by hand: what it costs: memory, code that is "
                           "harder to read, cases that got slower.*" },
    [PROSE_DECISION] = { "Decision",
                         "*To be written by hand: kept or not, why, and what is next.*" },
};

const char *const optimization_measured_names[] = { "Result", "Growth",
                                                    "How to reproduce", NULL };

const char *optimization_prose_name(enum optimization_prose prose)
{
    return sections[prose].name;
}

const char *optimization_placeholder(enum optimization_prose prose)
{
    return sections[prose].placeholder;
}

void optimization_notes_clear(struct optimization_notes *notes)
{
    free(notes->title);
    for (size_t i = 0; i < PROSE_COUNT; i++)
        free(notes->prose[i]);
    *notes = (struct optimization_notes){ 0 };
}

/* Where the reading stands. */
enum place {
    PLACE_BEFORE, /* no section yet */
    PLACE_PROSE,
    PLACE_MEASURED
};

struct reading {
    enum place place;
    enum optimization_prose section; /* with PLACE_PROSE */
    bool is_fenced;                  /* in a block of code: no line is a heading */
    size_t line;
    bool was_seen[PROSE_COUNT];
    struct str prose[PROSE_COUNT];
    struct str title;
};

static bool is_measured_name(const char *name)
{
    for (const char *const *known = optimization_measured_names; *known; known++)
        if (str_equal(*known, name))
            return true;
    return false;
}

static int find_prose(const char *name)
{
    for (int i = 0; i < PROSE_COUNT; i++)
        if (str_equal(sections[i].name, name))
            return i;
    return -1;
}

static int
unknown_section(const struct reading *reading, const char *name, struct error *err)
{
    AUTO_STR struct str names = STR_INIT;
    AUTO_STR struct str shown = STR_INIT;
    for (size_t i = 0; i < PROSE_COUNT; i++)
        str_addf(&names, "%s'%s'", i ? ", " : "", sections[i].name);
    text_add_clean(&shown, name, 60);
    return error_set(err, ERROR_USAGE,
                     "line %zu: a report has no section '%s'; those in prose are %s",
                     reading->line, shown.data, names.data);
}

static int begin_section(struct reading *reading, const char *name, struct error *err)
{
    if (is_measured_name(name)) {
        reading->place = PLACE_MEASURED;
        return 0;
    }
    int found = find_prose(name);
    if (found < 0)
        return unknown_section(reading, name, err);
    if (reading->was_seen[found])
        return error_set(err, ERROR_USAGE, "line %zu: a second section '%s'",
                         reading->line, name);
    reading->was_seen[found] = true;
    reading->place = PLACE_PROSE;
    reading->section = (enum optimization_prose)found;
    return 0;
}

static int before_sections(struct reading *reading, const char *line, struct error *err)
{
    bool is_title = str_starts_with(line, "# ") && !reading->title.length;
    if (is_title)
        str_add(&reading->title, line + 2);
    if (is_title || str_equal(line, OPTIMIZATION_MARK)) {
        reading->place =
            str_equal(line, OPTIMIZATION_MARK) ? PLACE_MEASURED : PLACE_BEFORE;
        return 0;
    }
    if (!*line)
        return 0;
    return error_set(err, ERROR_USAGE,
                     "line %zu: text before the first section; sections begin with "
                     "headings such as '%s'",
                     reading->line, sections[PROSE_PROBLEM].name);
}

static int read_line(struct reading *reading, const char *line, struct error *err)
{
    if (!reading->is_fenced && str_starts_with(line, "## "))
        return begin_section(reading, line + 3, err);
    if (reading->place == PLACE_BEFORE)
        return before_sections(reading, line, err);
    if (str_starts_with(line, "```"))
        reading->is_fenced = !reading->is_fenced;
    if (!reading->is_fenced && str_equal(line, OPTIMIZATION_MARK))
        reading->place = PLACE_MEASURED;
    bool is_prose = reading->place == PLACE_PROSE &&
                    !str_equal(line, sections[reading->section].placeholder);
    if (is_prose)
        str_addf(&reading->prose[reading->section], "%s\n", line);
    return 0;
}

static int read_lines(struct reading *reading, const char *text, struct error *err)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        AUTO_FREE char *line = xstrndup(text, length);
        for (size_t end = length; end && strchr(" \t\r", line[end - 1]); end--)
            line[end - 1] = '\0';
        reading->line++;
        if (read_line(reading, line, err) < 0)
            return -1;
        text += length + (text[length] == '\n');
    }
    if (reading->is_fenced)
        return error_set(err, ERROR_USAGE, "a block of code (```) that does not end");
    return 0;
}

/* Without empty lines around it; NULL for nothing. */
static char *take(struct str *text)
{
    AUTO_STR struct str valid = STR_INIT;
    while (text->length && text->data[text->length - 1] == '\n')
        str_truncate(text, text->length - 1);
    text_add_valid(&valid, text->data + strspn(text->data, "\n"));
    str_clear(text);
    return valid.length ? str_detach(&valid) : NULL;
}

int optimization_notes_read(const char *text,
                            struct optimization_notes *notes,
                            struct error *err)
{
    struct reading reading = { .title = STR_INIT };
    for (size_t i = 0; i < PROSE_COUNT; i++)
        reading.prose[i] = STR_INIT;
    int result = read_lines(&reading, text, err);
    struct optimization_notes read = { .title = take(&reading.title) };
    for (size_t i = 0; i < PROSE_COUNT; i++)
        read.prose[i] = take(&reading.prose[i]);
    if (result < 0)
        optimization_notes_clear(&read);
    else
        *notes = read;
    return result;
}
