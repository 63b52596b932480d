/* What the simplest of harnesses prints: "name value unit", a measurement a line. The
 * name may be several words; one that comes again has another value. Lines that begin
 * with '#' are comments. Nothing else may stand there: a measurement that is written
 * wrongly would otherwise be lost unseen. */
#include <string.h>

#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/lines.h"
#include "runners/formats/unit.h"

static bool is_comment(const char *line)
{
    line += strspn(line, " \t");
    return !*line || *line == '#';
}

/* All words but the last two. */
static void join_name(const struct strvec *words, struct str *name)
{
    for (size_t i = 0; i + 2 < words->count; i++)
        str_addf(name, "%s%s", i ? " " : "", words->items[i]);
}

static int read_line(const struct document *document,
                     const struct lines *lines,
                     struct recording *recording,
                     struct error *err)
{
    AUTO_STRVEC struct strvec words = { 0 };
    AUTO_STR struct str name = STR_INIT;
    struct unit unit;
    double number = -1;
    lines_split(lines->line.data, &words);
    if (words.count < 3)
        return document_error_at(document, lines->number, err,
                                 "a line must be 'name value unit'");
    join_name(&words, &name);
    const char *value = words.items[words.count - 2];
    const char *unit_name = words.items[words.count - 1];
    if (!unit_parse(unit_name, &unit))
        return document_error_at(document, lines->number, err,
                                 "the unit must be " UNIT_NAMES ", not '%s'", unit_name);
    bool is_number = lines_parse_number(value, &number);
    const char *rule = series_value_rule(unit.unit, is_number ? number : -1);
    if (rule)
        return document_error_at(document, lines->number, err,
                                 "the value of '%s' must be %s, not '%s'", name.data,
                                 rule, value);
    series_push(recording_series(recording, name.data, unit.quantity, unit.unit),
                number * unit.scale);
    return 0;
}

static int read_lines(const struct document *document,
                      struct recording *recording,
                      struct error *err)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    while (lines_next(&lines)) {
        if (!is_comment(lines.line.data) &&
            read_line(document, &lines, recording, err) < 0)
            return -1;
    }
    return 0;
}

/* By the first line that says something. */
static bool recognises(const struct document *document)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    AUTO_STRVEC struct strvec words = { 0 };
    struct unit unit;
    double number = 0;
    bool is_line = false;
    while (!is_line && lines_next(&lines))
        is_line = !is_comment(lines.line.data);
    if (!is_line || document->json)
        return false;
    lines_split(lines.line.data, &words);
    return words.count >= 3 && unit_parse(words.items[words.count - 1], &unit) &&
           lines_parse_number(words.items[words.count - 2], &number);
}

const struct format format_lines = {
    .name = "lines",
    .description = "lines of 'name value unit'",
    .recognises = recognises,
    .read = read_lines,
};
