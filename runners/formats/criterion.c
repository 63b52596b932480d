/* What Rust's benchmarks print:
 *
 *   - Criterion's text, "name  time:   [low estimate high]" with a name of more than 23
 *     bytes on the line before, and "thrpt:  [...]" below it;
 *   - the text of libtest's `#[bench]`, and of Criterion's `--output-format bencher`:
 *     "test name ... bench:  1,234 ns/iter (+/- 5)";
 *   - the JSON lines of cargo-criterion (criterion_json.c), which alone tell the samples.
 *
 * The texts have one value a run and name: the estimate in the middle. Comparisons with
 * an earlier run, which Criterion prints too, are in percent and passed over. */
#include "runners/formats/criterion.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/lines.h"
#include "runners/formats/unit.h"

#define BENCHER_START "test "
#define BENCHER_VALUE " ... bench:"

struct reading {
    const struct document *document;
    struct recording *recording;
    struct lines lines;
    struct str line; /* the current one, without colours */
    struct str name; /* what stands alone on a line, or what was measured last */
};

/* Escape sequences that set colours: "ESC [ ... m". */
static void drop_colours(const char *text, struct str *out)
{
    str_reset(out);
    while (*text) {
        size_t plain = strcspn(text, "\x1b");
        str_add_bytes(out, text, plain);
        text += plain;
        if (*text) {
            size_t length = strcspn(text, "m");
            text += length + (text[length] != '\0');
        }
    }
}

/* The label before a bracket, at the line's start or after a blank; NULL where there is
 * none. */
static const char *find_label(const char *line, const char *label)
{
    for (const char *at = line; (at = strstr(at, label)); at++) {
        const char *after = at + strlen(label);
        if ((at == line || at[-1] == ' ') && after[strspn(after, " ")] == '[')
            return at;
    }
    return NULL;
}

/* "[730.43 ns 782.57 ns 838.17 ns]" as its six words. */
static int read_bracket(const struct reading *reading,
                        const char *label,
                        struct strvec *words,
                        struct error *err)
{
    const char *begin = strchr(label, '[') + 1;
    size_t length = strcspn(begin, "]");
    AUTO_FREE char *inside = xstrndup(begin, length);
    lines_split(inside, words);
    if (words->count != 6 || !begin[length])
        return document_error_at(reading->document, reading->lines.number, err,
                                 "the brackets must hold three values with their units");
    if (!reading->name.length)
        return document_error_at(reading->document, reading->lines.number, err,
                                 "there is no name before it");
    return 0;
}

static int add_value(const struct reading *reading,
                     const char *value,
                     const struct unit *unit,
                     struct error *err)
{
    double number = -1;
    bool is_number = lines_parse_number(value, &number);
    const char *rule = series_value_rule(unit->unit, is_number ? number : -1);
    if (rule)
        return document_error_at(reading->document, reading->lines.number, err,
                                 "the value of '%s' must be %s, not '%s'",
                                 reading->name.data, rule, value);
    struct series *series = recording_series(reading->recording, reading->name.data,
                                             unit->quantity, unit->unit);
    series->is_shown_only = unit->unit == SERIES_RATE; /* computed from the time */
    series_push(series, number * unit->scale);
    return 0;
}

/* What stands in front, where that is more than blanks. */
static void take_name(struct reading *reading, const char *begin, size_t length)
{
    while (length && (begin[length - 1] == ' ' || begin[length - 1] == '\t'))
        length--;
    if (!length)
        return;
    str_reset(&reading->name);
    str_add_bytes(&reading->name, begin, length);
}

static int read_time(struct reading *reading, const char *label, struct error *err)
{
    AUTO_STRVEC struct strvec words = { 0 };
    take_name(reading, reading->line.data, (size_t)(label - reading->line.data));
    if (read_bracket(reading, label, &words, err) < 0)
        return -1;
    const struct unit *unit = unit_of_time(words.items[3]);
    if (!unit)
        return document_error_at(reading->document, reading->lines.number, err,
                                 "the unit must be ps, ns, us, ms or s, not '%s'",
                                 words.items[3]);
    return add_value(reading, words.items[2], unit, err);
}

/* Bytes, or elements with a prefix of their own: "1.5986 Gelem/s". */
static bool parse_rate(const char *name, struct unit *out)
{
    static const struct {
        const char *name;
        double scale;
    } elements[] = { { "Kelem/s", 1e3 }, { "Melem/s", 1e6 }, { "Gelem/s", 1e9 } };

    if (!unit_parse(name, out) || out->unit != SERIES_RATE)
        return false;
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
        if (str_equal(name, elements[i].name))
            out->scale = elements[i].scale;
    }
    return true;
}

static int read_rate(struct reading *reading, const char *label, struct error *err)
{
    AUTO_STRVEC struct strvec words = { 0 };
    struct unit unit;
    if (read_bracket(reading, label, &words, err) < 0)
        return -1;
    if (!parse_rate(words.items[3], &unit))
        return document_error_at(reading->document, reading->lines.number, err,
                                 "the unit must be one of .../s, not '%s'",
                                 words.items[3]);
    return add_value(reading, words.items[2], &unit, err);
}

/* "1,234" is one number. */
static void drop_commas(char *number)
{
    char *to = number;
    for (const char *from = number; *from; from++) {
        if (*from != ',')
            *to++ = *from;
    }
    *to = '\0';
}

static int read_bencher(struct reading *reading, const char *value, struct error *err)
{
    static const char per_iteration[] = "/iter";
    AUTO_STRVEC struct strvec words = { 0 };
    const char *name = reading->line.data + strlen(BENCHER_START);
    take_name(reading, name, (size_t)(value - name));
    lines_split(value + strlen(BENCHER_VALUE), &words);
    const struct unit *unit = NULL;
    if (words.count >= 2 && str_ends_with(words.items[1], per_iteration)) {
        size_t length = strlen(words.items[1]) - strlen(per_iteration);
        AUTO_FREE char *unit_name = xstrndup(words.items[1], length);
        unit = unit_of_time(unit_name);
    }
    if (!unit)
        return document_error_at(reading->document, reading->lines.number, err,
                                 "after 'bench:' must stand a time, such as "
                                 "'1,234 ns/iter'");
    drop_commas(words.items[0]);
    return add_value(reading, words.items[0], unit, err);
}

/* Where a line of libtest has its value; NULL for any other line. */
static const char *find_bencher(const char *line)
{
    return str_starts_with(line, BENCHER_START) ? strstr(line, BENCHER_VALUE) : NULL;
}

static int read_line(struct reading *reading, struct error *err)
{
    const char *line = reading->line.data;
    const char *bencher = find_bencher(line);
    const char *time = find_label(line, "time:");
    const char *rate = find_label(line, "thrpt:");
    if (bencher)
        return read_bencher(reading, bencher, err);
    if (time)
        return strchr(time, '%') ? 0 : read_time(reading, time, err);
    if (rate)
        return strchr(rate, '%') ? 0 : read_rate(reading, rate, err);
    if (*line != ' ') /* a name of its own line, or prose, which is followed by no time */
        take_name(reading, line, strlen(line));
    return 0;
}

static int read_text(struct reading *reading, struct error *err)
{
    while (lines_next(&reading->lines)) {
        drop_colours(reading->lines.line.data, &reading->line);
        if (read_line(reading, err) < 0)
            return -1;
    }
    return 0;
}

static int read_criterion(const struct document *document,
                          struct recording *recording,
                          struct error *err)
{
    if (criterion_json_recognises(document))
        return criterion_json_read(document, recording, err);
    struct reading reading = {
        .document = document,
        .recording = recording,
        .lines = LINES_OF(document->text.data),
        .line = STR_INIT,
        .name = STR_INIT,
    };
    int done = read_text(&reading, err);
    lines_clear(&reading.lines);
    str_clear(&reading.line);
    str_clear(&reading.name);
    return done;
}

static bool recognises(const struct document *document)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    AUTO_STR struct str line = STR_INIT;
    if (criterion_json_recognises(document))
        return true;
    while (!document->json && lines_next(&lines)) {
        drop_colours(lines.line.data, &line);
        if (find_bencher(line.data) || find_label(line.data, "time:"))
            return true;
    }
    return false;
}

const struct format format_criterion = {
    .name = "criterion",
    .description = "Criterion's text, that of libtest, or cargo-criterion's JSON lines",
    .recognises = recognises,
    .read = read_criterion,
};
