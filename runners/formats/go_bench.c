/* What `go test -bench` prints: "BenchmarkX-8  1000  123 ns/op  45 B/op  2 allocs/op", a
 * line a run. Names are those printed, after the package that a "pkg:" line names. */
#include <ctype.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "runners/formats/format.h"
#include "runners/formats/lines.h"

struct go_unit {
    const char *name;
    const char *quantity;
    enum series_unit unit;
    double scale;
};
static const struct go_unit units[] = {
    { "ns/op", "wall", SERIES_SECONDS, 1e-9 },
    { "B/op", "bytes", SERIES_BYTES, 1 },
    { "allocs/op", "allocs", SERIES_COUNT, 1 },
    { "MB/s", "throughput", SERIES_RATE, 1e6 },
};

static bool is_benchmark_line(const char *line)
{
    static const char word[] = "Benchmark";
    return str_starts_with(line, word) && !islower((unsigned char)line[strlen(word)]);
}

static bool recognises(const struct document *document)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    while (!document->json && lines_next(&lines)) {
        if (is_benchmark_line(lines.line.data) && strstr(lines.line.data, "/op"))
            return true;
    }
    return false;
}

/* Where in the file, and whose runs. */
struct go_line {
    const struct document *document;
    size_t number;
    const char *name;
};

static int add_value(const struct go_line *line,
                     const char *value,
                     const struct go_unit *unit,
                     struct recording *recording,
                     struct error *err)
{
    double number = -1;
    bool is_number = lines_parse_number(value, &number);
    const char *rule = series_value_rule(unit->unit, is_number ? number : -1);
    if (rule)
        return document_error_at(line->document, line->number, err,
                                 "'%s' of '%s' must be %s, not '%s'", unit->name,
                                 line->name, rule, value);
    struct series *series =
        recording_series(recording, line->name, unit->quantity, unit->unit);
    series_push(series, number * unit->scale);
    if (unit->unit == SERIES_RATE)
        series->is_shown_only = true; /* it is computed from the time */
    return 0;
}

static const struct go_unit *find_unit(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_equal(units[i].name, name))
            return &units[i];
    }
    return NULL;
}

/* Said once a unit: what a benchmark reports itself may be anything. */
static void
leave_out(const struct document *document, const char *unit, struct recording *recording)
{
    AUTO_FREE char *warning =
        str_format("'%s' in '%s' is not judged", unit, document->path);
    for (size_t i = 0; i < recording->warnings.count; i++) {
        if (str_equal(recording->warnings.items[i], warning))
            return;
    }
    strvec_push(&recording->warnings, warning);
}

static int read_words(const struct go_line *line,
                      const struct strvec *words,
                      struct recording *recording,
                      struct error *err)
{
    double runs = 0;
    if (!lines_parse_number(words->items[1], &runs))
        return document_error_at(line->document, line->number, err,
                                 "after '%s' must stand how often it ran, not '%s'",
                                 words->items[0], words->items[1]);
    if (words->count < 4 || words->count % 2)
        return document_error_at(line->document, line->number, err,
                                 "'%s' must have values with their units, such as "
                                 "'123 ns/op'",
                                 words->items[0]);
    for (size_t i = 2; i < words->count; i += 2) {
        const struct go_unit *unit = find_unit(words->items[i + 1]);
        if (!unit)
            leave_out(line->document, words->items[i + 1], recording);
        else if (add_value(line, words->items[i], unit, recording, err) < 0)
            return -1;
    }
    return 0;
}

static int
read_go(const struct document *document, struct recording *recording, struct error *err)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    AUTO_STR struct str package = STR_INIT;
    while (lines_next(&lines)) {
        const char *text = lines.line.data;
        AUTO_STRVEC struct strvec words = { 0 };
        lines_split(text, &words);
        if (words.count == 2 && str_equal(words.items[0], "pkg:")) {
            str_reset(&package);
            str_addf(&package, "%s.", words.items[1]);
        } else if (str_starts_with(text, "cpu: ") && !recording->machine) {
            recording->machine = xstrdup(text + strlen("cpu: "));
        }
        if (!is_benchmark_line(text) || words.count < 2)
            continue; /* a name alone: -v says what it begins with */
        AUTO_FREE char *name = str_format("%s%s", package.data, words.items[0]);
        struct go_line line = { document, lines.number, name };
        if (read_words(&line, &words, recording, err) < 0)
            return -1;
    }
    return 0;
}

const struct format format_go = {
    .name = "go",
    .description = "the text of 'go test -bench'",
    .recognises = recognises,
    .read = read_go,
};
