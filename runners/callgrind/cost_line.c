/* Lines of costs: most lines of a profile. Most of them belong where the one before
 * belonged, so that the common case is a few comparisons and no search. */
#include <stdlib.h>

#include "runners/callgrind/reader.h"
#include "runners/callgrind/scan.h"

static void need_function(struct reader *reader)
{
    if (reader->has_function)
        return;
    reader->function = builder_function(&reader->builder, &reader->place);
    reader->has_function = true;
}

/* Positions are whole, or relative to those of the line of costs before. */
static int read_position(struct reader *reader, const char **at, uint64_t *position)
{
    uint64_t number = 0;
    char sign = **at;
    if (sign == '*') {
        (*at)++;
        return 0;
    }
    if (sign == '+' || sign == '-')
        (*at)++;
    if (!scan_number(at, &number))
        return reader_fail(reader, "a position must be a whole number, +n, -n or *");
    if (sign == '+')
        number = *position + number;
    else if (sign == '-')
        number = *position - number;
    *position = number;
    return 0;
}

static int read_positions(struct reader *reader, const char **at)
{
    for (size_t i = 0; i < reader->header.position_count; i++) {
        if (read_position(reader, at, &reader->positions[i]) < 0)
            return -1;
        const char *next = scan_blanks(*at);
        if (next == *at && *at[0] != '\n')
            return reader_fail(reader, "a blank must stand behind a position");
        *at = next;
    }
    return 0;
}

/* Adds the costs that stand at `at` to `to` and to `also`. */
static int add_costs(struct reader *reader, const char *at, uint64_t *to, uint64_t *also)
{
    size_t most = reader->header.events.count;
    for (size_t i = 0; *at != '\n'; i++) {
        uint64_t cost = 0;
        if (i == most)
            return reader_fail(reader, "more costs than the %zu events", most);
        if (!scan_number(&at, &cost))
            return reader_fail(reader, "a cost must be a whole number below 2^64");
        if (__builtin_add_overflow(to[i], cost, &to[i]) ||
            __builtin_add_overflow(also[i], cost, &also[i]))
            return reader_fail(reader, "the costs do not fit into 64 bits");
        at = scan_blanks(at);
    }
    reader->end = at;
    return 0;
}

static void find_line(struct reader *reader)
{
    size_t which = reader->header.line_position;
    uint64_t number =
        which < reader->header.position_count ? reader->positions[which] : 0;
    struct profile_line line = { .file = reader->file,
                                 .function = reader->function,
                                 .line = number <= UINT32_MAX ? (uint32_t)number : 0 };
    const struct profile_line *last = &reader->line;
    if (reader->has_line && last->line == line.line && last->file == line.file &&
        last->function == line.function)
        return;
    reader->line = line;
    reader->line_item = builder_line(&reader->builder, &line);
    reader->has_line = true;
}

static int add_code(struct reader *reader, const char *at)
{
    need_function(reader);
    if (*at == '\n')
        return 0;
    find_line(reader);
    size_t width = reader->header.events.count;
    return add_costs(reader, at, reader->profile->self + reader->function * width,
                     reader->profile->line_costs + reader->line_item * width);
}

static int add_call(struct reader *reader, const char *at)
{
    need_function(reader);
    uint32_t callee = builder_function(&reader->builder, &reader->callee);
    uint32_t item = builder_call(&reader->builder, reader->function, callee);
    struct profile_call *call = &reader->profile->calls.items[item];
    if (__builtin_add_overflow(call->count, reader->call_count, &call->count))
        return reader_fail(reader, "the calls do not fit into 64 bits");
    find_line(reader);
    size_t width = reader->header.events.count;
    return add_costs(reader, at, reader->profile->inclusive + item * width,
                     reader->profile->line_calls + reader->line_item * width);
}

int reader_read_costs(struct reader *reader, const char *at)
{
    if (!reader->header.part_count)
        return reader_fail(reader, "costs before the line of 'events:'");
    if (read_positions(reader, &at) < 0)
        return -1;
    enum costs_of costs_of = reader->costs_of;
    reader->costs_of = COSTS_OF_CODE;
    switch (costs_of) {
    case COSTS_OF_CODE:
        return add_code(reader, at);
    case COSTS_OF_CALL:
        return add_call(reader, at);
    case COSTS_OF_JUMP:
        return 0;
    }
    abort();
}
