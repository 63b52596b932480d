#include "tests/unit/callgrind/annotated.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/unit/callgrind/reading.h"

#define MOST_EVENTS 64

/* "1,234" or ".", with blanks before it. */
static uint64_t read_figure(const char **at)
{
    uint64_t figure = 0;
    *at += strspn(*at, " ");
    if (**at == '.')
        (*at)++;
    for (; (**at >= '0' && **at <= '9') || **at == ','; (*at)++)
        if (**at != ',')
            figure = figure * 10 + (uint64_t)(**at - '0');
    return figure;
}

uint64_t annotated_total(const char *text)
{
    const char *total = strstr(text, "PROGRAM TOTALS");
    assert_non_null(total);
    while (total > text && total[-1] != '\n')
        total--;
    return read_figure(&total);
}

static void add_costs(const struct profile *profile,
                      const uint64_t *costs,
                      size_t item,
                      uint64_t *sum)
{
    for (size_t e = 0; e < profile->events.count; e++)
        sum[e] += costs[item * profile->events.count + e];
}

static bool is_row(const char *key, const char *file, const char *name)
{
    size_t length = strlen(file);
    return strncmp(key, file, length) == 0 && key[length] == ':' &&
           str_equal(key + length + 1, name);
}

/* callgrind_annotate counts code by the file that it stands in: lines, not functions. */
static void sum_lines(const struct profile *profile, const char *key, uint64_t *sum)
{
    for (size_t i = 0; i < profile->lines.count; i++) {
        const struct profile_line *line = &profile->lines.items[i];
        if (is_row(key, line->file, profile->functions.items[line->function].name))
            add_costs(profile, profile->line_costs, i, sum);
    }
}

static bool sum_calls(const struct profile *profile, const char *key, uint64_t *sum)
{
    bool is_called = false;
    for (size_t i = 0; i < profile->calls.count; i++) {
        const struct profile_function *callee =
            &profile->functions.items[profile->calls.items[i].callee];
        if (is_row(key, callee->file, callee->name)) {
            add_costs(profile, profile->inclusive, i, sum);
            is_called = true;
        }
    }
    return is_called;
}

/* The name, without the object that stands in brackets behind most. */
static char *read_key(const struct profile *profile, const char *at)
{
    at += strspn(at, " ");
    char *key = xstrndup(at, strcspn(at, "\n"));
    char *bracket = NULL;
    for (char *next = key; (next = strstr(next, " [")); next++)
        bracket = next;
    for (size_t i = 0; bracket && i < profile->functions.count; i++) {
        AUTO_FREE char *object = str_format(" [%s]", profile->functions.items[i].object);
        if (str_equal(bracket, object)) {
            *bracket = '\0';
            return key;
        }
    }
    return key;
}

static bool check_row(const struct profile *profile,
                      const char *row,
                      bool is_inclusive,
                      uint64_t *all)
{
    uint64_t want[MOST_EVENTS] = { 0 };
    uint64_t got[MOST_EVENTS] = { 0 };
    for (size_t e = 0; e < profile->events.count; e++) {
        want[e] = read_figure(&row);
        all[e] += want[e];
    }
    AUTO_FREE char *key = read_key(profile, row);
    if (is_inclusive && !sum_calls(profile, key, got))
        return false;
    if (!is_inclusive)
        sum_lines(profile, key, got);
    for (size_t e = 0; e < profile->events.count; e++)
        if (got[e] != want[e])
            fail_msg("%s of '%s': %llu, callgrind_annotate says %llu",
                     profile->events.items[e], key, (unsigned long long)got[e],
                     (unsigned long long)want[e]);
    return true;
}

static void check_all(const struct profile *profile, const uint64_t *all)
{
    uint64_t self[MOST_EVENTS] = { 0 };
    for (size_t i = 0; i < profile->functions.count; i++)
        add_costs(profile, profile->self, i, self);
    for (size_t e = 0; e < profile->events.count; e++)
        assert_int_equal(all[e], self[e]);
}

size_t annotated_check(const struct profile *profile, const char *text, bool is_inclusive)
{
    size_t count = 0;
    uint64_t all[MOST_EVENTS] = { 0 };
    const char *row = strstr(text, " file:function\n-");
    assert_non_null(row);
    row = strchr(strchr(row, '\n') + 1, '\n') + 1;
    for (; *row && *row != '\n'; row = strchr(row, '\n') + 1)
        count += check_row(profile, row, is_inclusive, all) ? 1 : 0;
    if (!is_inclusive)
        check_all(profile, all);
    return count;
}

/* What callgrind_annotate says, from a directory without sources. */
static char *annotate(struct reading *reading, const char *path, const char *options)
{
    sandbox_must(reading->sandbox,
                 "here=$PWD; cd / && callgrind_annotate %s --auto=no --threshold=100 "
                 "--show-percs=no %s >$here/annotated.txt",
                 options, path);
    return sandbox_read(reading->sandbox, "annotated.txt");
}

void annotated_compare(struct reading *reading, const char *path, size_t least)
{
    read_file(reading, path);
    AUTO_FREE char *self = annotate(reading, path, "");
    AUTO_FREE char *inclusive = annotate(reading, path, "--inclusive=yes");
    size_t by_self = annotated_check(&reading->profile, self, false);
    size_t by_calls = annotated_check(&reading->profile, inclusive, true);
    print_message("%zu functions agree, and %zu with what they call\n", by_self,
                  by_calls);
    assert_true(by_self > least && by_calls > least);

    uint64_t total = 0;
    struct error err = { 0 };
    if (profile_read_total(path, "Ir", &total, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(total, annotated_total(self));
    assert_int_equal(total, reading->profile.totals[0]);
}
