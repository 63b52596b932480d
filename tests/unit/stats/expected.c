#include "tests/unit/stats/expected.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "tests/support/check.h"

void expected_open(struct expected *expected, const char *file)
{
    struct error err = { 0 };
    const char *root = getenv("PAWL_TEST_DATA");
    if (!root)
        fail_msg("PAWL_TEST_DATA is not set");

    *expected = (struct expected){ .file = file, .text = STR_INIT };
    AUTO_FREE char *path = str_format("%s/data/stats/%s", root, file);
    if (file_read(path, &expected->text, &err) < 0)
        fail_msg("%s", err.message);
    expected->rest = expected->text.data;
}

void expected_close(struct expected *expected)
{
    str_clear(&expected->text);
    array_clear(&expected->sample);
    array_clear(&expected->values);
}

static void read_numbers(struct numbers *numbers, const char *text)
{
    char *end = NULL;

    numbers->count = 0;
    for (double value = strtod(text, &end); end != text; value = strtod(text, &end)) {
        *array_push(numbers) = value;
        text = end;
    }
}

void generate_sample(struct numbers *sample, size_t n, double seed, double grid)
{
    double state = seed;

    for (size_t i = 0; i < n; i++) {
        double s = 0;
        for (int draw = 0; draw < 3; draw++) {
            state = fmod(16807 * state, 2147483647);
            s += state / 2147483647;
        }
        s -= 1.5;
        double value = 0.00002 + 0.05 * (s * s * s);
        *array_push(sample) = grid > 0 ? (floor(value * grid) + 0.5) / grid : value;
    }
}

static void read_sample(struct expected *expected, const char *line)
{
    if (str_starts_with(line, "sample "))
        read_numbers(&expected->sample, line + strlen("sample "));
    if (!str_starts_with(line, "generate "))
        return;
    read_numbers(&expected->values, line + strlen("generate "));
    const double *values = expected->values.items;
    expected->sample.count = 0;
    generate_sample(&expected->sample, (size_t)values[0], values[1], values[2]);
}

/* The next line, ended with NUL; NULL at the end of the text. */
static const char *read_line(struct expected *expected)
{
    if (*expected->rest == '\0')
        return NULL;
    char *line = expected->rest;
    char *end = strchr(line, '\n');
    expected->rest = end ? end + 1 : line + strlen(line);
    if (end)
        *end = '\0';
    expected->line++;
    return line;
}

int expected_next(struct expected *expected, const char *key)
{
    size_t length = strlen(key);
    const char *line = NULL;

    while ((line = read_line(expected))) {
        read_sample(expected, line);
        if (!str_starts_with(line, key) || line[length] != ' ')
            continue;
        read_numbers(&expected->values, line + length);
        expected->matched++;
        return 1;
    }
    return 0;
}

static int is_close(double got, double want, double tolerance)
{
    if (isinf(want))
        return isinf(got) && signbit(got) == signbit(want);
    double scale = fabs(want) > 1e-300 ? fabs(want) : 1;
    return fabs(got - want) <= tolerance * scale;
}

void expected_check(const struct expected *expected,
                    size_t index,
                    double got,
                    double tolerance)
{
    if (index >= expected->values.count)
        fail_msg("%s:%zu: no number %zu", expected->file, expected->line, index);
    if (!is_close(got, expected->values.items[index], tolerance))
        fail_msg("%s:%zu: number %zu is %.15g, got %.15g", expected->file, expected->line,
                 index, expected->values.items[index], got);
}
