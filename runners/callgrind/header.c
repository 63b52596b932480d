#include "runners/callgrind/header.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/callgrind/scan.h"

void header_clear(struct header *header)
{
    strvec_clear(&header->events);
}

/* The words of the rest of a line. */
static void split_words(const char *at, struct strvec *words)
{
    for (at = scan_blanks(at); *at != '\n'; at = scan_blanks(at)) {
        size_t length = strcspn(at, " \t\r\n");
        strvec_push_owned(words, xstrndup(at, length));
        at += length ? length : 1; /* a NUL is a word, too, and no known one */
    }
}

static int read_positions(struct header *header,
                          const struct input *input,
                          const char *at,
                          struct error *err)
{
    AUTO_STRVEC struct strvec words = { 0 };
    split_words(at, &words);
    if (!words.count || words.count > HEADER_MOST_POSITIONS)
        return input_fail(
            input, err, "'positions:' must have 1 to %d words (instr, bb, line), not %zu",
            HEADER_MOST_POSITIONS, words.count);
    header->position_count = words.count;
    header->line_position = words.count;
    for (size_t i = 0; i < words.count; i++) {
        if (str_equal(words.items[i], "line"))
            header->line_position = i;
        else if (!str_equal(words.items[i], "instr") &&
                 !str_equal(words.items[i], "addr") && !str_equal(words.items[i], "bb"))
            return input_fail(input, err,
                              "unknown position '%s' (allowed: instr, bb, line)",
                              words.items[i]);
    }
    return 0;
}

static bool is_same(const struct strvec *a, const struct strvec *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!str_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool is_zero(const uint64_t *costs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (costs[i])
            return false;
    return true;
}

/* Adds the part under way, if there is one, to totals. Its "summary:" counts where there
 * is one, as in callgrind_annotate. */
static int
finish_part(struct header *header, const struct input *input, struct error *err)
{
    if (!header->part_count)
        return 0;
    if (header->is_of_callgrind && !header->has_totals)
        return input_fail(input, err,
                          "the part ends without its 'totals:': the run was cut short");
    const uint64_t *part =
        is_zero(header->summary, header->events.count) ? header->part : header->summary;
    for (size_t i = 0; i < header->events.count; i++) {
        header->has_any_total |= part[i] > 0;
        if (__builtin_add_overflow(header->totals[i], part[i], &header->totals[i]))
            return input_fail(input, err, "the totals do not fit into 64 bits");
    }
    header->has_totals = false;
    for (size_t i = 0; i < header->events.count; i++)
        header->summary[i] = header->part[i] = 0;
    return 0;
}

static int read_events(struct header *header,
                       const struct input *input,
                       const char *at,
                       struct error *err)
{
    AUTO_STRVEC struct strvec words = { 0 };
    split_words(at, &words);
    if (!words.count || words.count > HEADER_MOST_EVENTS)
        return input_fail(input, err, "'events:' must have 1 to %d names, not %zu",
                          HEADER_MOST_EVENTS, words.count);
    if (header->part_count && !is_same(&words, &header->events))
        return input_fail(input, err, "'events:' differ from those of the part before");
    if (finish_part(header, input, err) < 0)
        return -1;
    strvec_copy(&header->events, &words);
    header->part_count++;
    return 0;
}

static int read_costs(const struct header *header,
                      const struct input *input,
                      const char *at,
                      uint64_t *costs,
                      struct error *err)
{
    if (!header->part_count)
        return input_fail(input, err, "costs before the line of 'events:'");
    size_t count = 0;
    for (size_t i = 0; i < header->events.count; i++)
        costs[i] = 0;
    for (at = scan_blanks(at); *at != '\n'; at = scan_blanks(at)) {
        if (count == header->events.count)
            return input_fail(input, err, "more costs than the %zu events", count);
        if (!scan_number(&at, &costs[count++]))
            return input_fail(input, err, "a cost must be a whole number below 2^64");
    }
    return 0;
}

static int read_totals(struct header *header,
                       const struct input *input,
                       const char *at,
                       struct error *err)
{
    if (read_costs(header, input, at, header->part, err) < 0)
        return -1;
    header->has_totals = true;
    return 0;
}

static int read_version(const struct input *input, const char *at, struct error *err)
{
    uint64_t version = 0;
    at = scan_blanks(at);
    if (!scan_number(&at, &version) || version > 1)
        return input_fail(input, err, "'version:' must be 1");
    return 0;
}

/* "key:" and anything; most keys are of no concern here. */
static bool is_header_line(const char *line)
{
    size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyz_");
    return length && line[length] == ':';
}

int header_read_line(struct header *header,
                     const struct input *input,
                     const char *line,
                     struct error *err)
{
    const char *at = line;
    if (scan_word(&at, "positions:"))
        return read_positions(header, input, at, err);
    if (scan_word(&at, "events:"))
        return read_events(header, input, at, err);
    if (scan_word(&at, "summary:"))
        return read_costs(header, input, at, header->summary, err);
    if (scan_word(&at, "totals:"))
        return read_totals(header, input, at, err);
    if (scan_word(&at, "version:"))
        return read_version(input, at, err);
    if (scan_word(&at, "creator:"))
        header->is_of_callgrind |= strncmp(scan_blanks(at), "callgrind", 9) == 0;
    if (!is_header_line(line)) {
        int length = (int)scan_line_length(line);
        return input_fail(input, err, "unknown line '%.*s'", length < 60 ? length : 60,
                          line);
    }
    return 0;
}

int header_finish(struct header *header, const struct input *input, struct error *err)
{
    if (!header->part_count)
        return error_set(err, ERROR_BENCHMARK,
                         "'%s' has no line of 'events:': it is no profile of callgrind",
                         input->path);
    return finish_part(header, input, err);
}
