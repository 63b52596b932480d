/* The total of a profile, from its header lines alone. */
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/callgrind/header.h"
#include "runners/callgrind/input.h"
#include "runners/callgrind/profile.h"
#include "runners/callgrind/scan.h"

/* The lines that matter begin with one of "events:", "summary:", "totals:", "creator:".
 */
static bool may_matter(const char *line)
{
    return *line == 'e' || *line == 's' || *line == 't' ||
           (line[0] == 'c' && line[1] == 'r');
}

static int read_block(struct header *header,
                      struct input *input,
                      const char *line,
                      const char *end,
                      struct error *err)
{
    while (line < end) {
        input->line++;
        if (may_matter(line) && header_read_line(header, input, line, err) < 0)
            return -1;
        line = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
    }
    return 0;
}

static int read_header(struct header *header, struct input *input, struct error *err)
{
    const char *begin = NULL;
    const char *end = NULL;
    int got = 0;
    while ((got = input_next(input, &begin, &end, err)) > 0)
        if (read_block(header, input, begin, end, err) < 0)
            return -1;
    return got < 0 ? -1 : header_finish(header, input, err);
}

int profile_read_total(const char *path,
                       const char *event,
                       uint64_t *total,
                       struct error *err)
{
    AUTO(header_clear) struct header header = HEADER_INIT;
    AUTO_INPUT struct input input = { .fd = -1 };
    if (input_open(&input, path, err) < 0 || read_header(&header, &input, err) < 0)
        return -1;
    if (!header.has_any_total)
        return error_set(err, ERROR_BENCHMARK, "'%s' states no total", path);
    for (size_t i = 0; i < header.events.count; i++)
        if (str_equal(header.events.items[i], event)) {
            *total = header.totals[i];
            return 0;
        }
    return error_set(err, ERROR_BENCHMARK, "'%s' has no '%s' among its events", path,
                     event);
}
