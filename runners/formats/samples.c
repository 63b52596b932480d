#include "runners/formats/samples.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/formats/lines.h"
#include "runners/formats/samples_line.h"

#define SHOWN_BYTES 60
#define BLANKS      " \t"

void samples_clear(struct samples *samples)
{
    for (size_t i = 0; i < samples->count; i++) {
        free(samples->items[i].name);
        histogram_clear(&samples->items[i].ns);
    }
    array_clear(samples);
    free(samples->work_unit);
    *samples = (struct samples){ 0 };
}

struct samples_series *samples_series_of(struct samples *samples, const char *name)
{
    for (size_t i = 0; i < samples->count; i++)
        if (str_equal(samples->items[i].name, name))
            return &samples->items[i];
    struct samples_series *series = array_push(samples);
    series->name = xstrdup(name);
    series->iterations = 1;
    return series;
}

/* "412", "1.25us", "1.25 us". */
static bool parse_time(const char *text, double *ns)
{
    size_t length = strspn(text, "+-.0123456789eE");
    AUTO_FREE char *number = xstrndup(text, length);
    const char *unit = text + length + strspn(text + length, BLANKS);
    double value = 0;
    double unit_ns = 1;
    if (!lines_parse_number(number, &value) || value < 0)
        return false;
    if (*unit && !samples_unit(unit, &unit_ns))
        return false;
    *ns = value * unit_ns;
    return true;
}

static int read_line(const struct samples_line *line, const char *text, struct error *err)
{
    double ns = 0;
    if (!*text || *text == '#')
        return 0;
    if (*text == '{')
        return samples_line_json(line, text, err);
    if (!parse_time(text, &ns))
        return samples_line_error(line, err,
                                  "not a sample: '%.*s' (allowed: a number of at least 0 "
                                  "alone or with ns, us, ms or s, or an object with "
                                  "'samples' or 'work')",
                                  SHOWN_BYTES, text);
    histogram_add(&samples_series_of(line->samples, "")->ns, ns, 1);
    return 0;
}

/* Without the blanks at either end, in place. */
static const char *trimmed(struct str *text)
{
    while (text->length && strchr(BLANKS, text->data[text->length - 1]))
        str_truncate(text, text->length - 1);
    return text->data + strspn(text->data, BLANKS);
}

int samples_read_text(struct samples *samples,
                      const char *text,
                      const char *path,
                      struct error *err)
{
    AUTO_LINES struct lines lines = LINES_OF(text);
    while (lines_next(&lines)) {
        const struct samples_line line = { samples, path, lines.number };
        if (read_line(&line, trimmed(&lines.line), err) < 0)
            return -1;
    }
    return 0;
}

int samples_read_file(struct samples *samples,
                      const char *path,
                      const char *name,
                      struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0)
        return -1;
    if (strlen(text.data) != text.length)
        return error_set(err, ERROR_BENCHMARK,
                         "in '%s': not a text: a NUL byte at offset %zu", name,
                         strlen(text.data));
    return samples_read_text(samples, text.data, name, err);
}

struct histogram samples_merged(const struct samples *samples)
{
    struct histogram merged = { 0 };
    for (size_t i = 0; i < samples->count; i++)
        histogram_merge(&merged, &samples->items[i].ns);
    return merged;
}
