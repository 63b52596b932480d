/* One pass over the file, line by line; nothing is allocated for a line. */
#include "runners/callgrind/reader.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/callgrind/profile.h"
#include "runners/callgrind/scan.h"

static void reader_clear(struct reader *reader)
{
    input_close(&reader->input);
    header_clear(&reader->header);
    names_clear(&reader->names);
    builder_clear(&reader->builder);
}

/* "name", "(12) name" or "(12)", behind the '='. NULL with an error for a number that
 * stands for nothing. */
static const char *read_name(struct reader *reader, enum name_kind kind, const char *at)
{
    const char *rest = at + 1;
    uint64_t number = 0;
    if (*at != '(' || !scan_is_digit(*rest) || !scan_number(&rest, &number) ||
        *rest != ')')
        return names_intern(&reader->names, at, scan_line_length(at));

    rest = scan_blanks(rest + 1);
    size_t length = scan_line_length(rest);
    if (length) {
        const char *name = names_intern(&reader->names, rest, length);
        names_define(&reader->names, kind, number, name);
        return name;
    }
    const char *name = names_find(&reader->names, kind, number);
    if (!name)
        reader_fail(reader, "'%.*s' stands for no name yet", (int)(rest - at), at);
    return name;
}

/* "fn=": what follows is the code of that function, in the file of the last "fl=":
 * inlined code of the function before may have ended in another file. It is made with its
 * first costs only, for names may also be listed before anything else. */
static int begin_function(struct reader *reader, const char *at)
{
    const char *name = read_name(reader, NAME_FUNCTION, at);
    if (!name)
        return -1;
    reader->file = reader->function_file;
    reader->place = (struct profile_function){ .object = reader->object,
                                               .file = reader->function_file,
                                               .name = name };
    reader->has_function = false;
    return 0;
}

/* "cfn=": the function that the next "calls=" is about. */
static int begin_callee(struct reader *reader, const char *at)
{
    const char *name = read_name(reader, NAME_FUNCTION, at);
    if (!name)
        return -1;
    reader->callee = (struct profile_function){
        .object = reader->called_object ? reader->called_object : reader->object,
        .file = reader->called_file ? reader->called_file : reader->file,
        .name = name,
    };
    reader->called_object = reader->called_file = NULL;
    return 0;
}

static int
set_name(struct reader *reader, enum name_kind kind, const char *at, const char **out)
{
    const char *name = read_name(reader, kind, at);
    if (!name)
        return -1;
    *out = name;
    return 0;
}

static int set_file(struct reader *reader, const char *at)
{
    if (set_name(reader, NAME_FILE, at, &reader->file) < 0)
        return -1;
    reader->function_file = reader->file;
    return 0;
}

static int begin_call(struct reader *reader, const char *at)
{
    if (!reader->callee.name)
        return reader_fail(reader, "'calls=' before the 'cfn=' that says whose");
    if (!scan_number(&at, &reader->call_count))
        return reader_fail(reader, "'calls=' must be a whole number below 2^64");
    reader->costs_of = COSTS_OF_CALL;
    return 0;
}

static int read_header(struct reader *reader, const char *line)
{
    if (header_read_line(&reader->header, &reader->input, line, reader->err) < 0)
        return -1;
    reader->builder.event_count = reader->header.events.count;
    return 0;
}

/* Lines that begin with 'c' or 'j'. */
static int read_called_line(struct reader *reader, const char *line)
{
    const char *ignored = NULL;
    const char *at = line;
    if (scan_word(&at, "cfn="))
        return begin_callee(reader, at);
    if (scan_word(&at, "calls="))
        return begin_call(reader, at);
    if (scan_word(&at, "cfi=") || scan_word(&at, "cfl="))
        return set_name(reader, NAME_FILE, at, &reader->called_file);
    if (scan_word(&at, "cob="))
        return set_name(reader, NAME_OBJECT, at, &reader->called_object);
    if (scan_word(&at, "jfi="))
        return set_name(reader, NAME_FILE, at, &ignored);
    if (scan_word(&at, "jfn="))
        return set_name(reader, NAME_FUNCTION, at, &ignored);
    if (scan_word(&at, "jump=") || scan_word(&at, "jcnd=")) {
        reader->costs_of = COSTS_OF_JUMP;
        return 0;
    }
    return read_header(reader, line);
}

/* Lines that begin with 'f' or 'o'. */
static int read_name_line(struct reader *reader, const char *line)
{
    const char *at = line;
    if (scan_word(&at, "fn="))
        return begin_function(reader, at);
    if (scan_word(&at, "fl="))
        return set_file(reader, at);
    if (scan_word(&at, "fi=") || scan_word(&at, "fe="))
        return set_name(reader, NAME_FILE, at, &reader->file);
    if (scan_word(&at, "ob="))
        return set_name(reader, NAME_OBJECT, at, &reader->object);
    return read_header(reader, line);
}

static bool begins_costs(char first)
{
    return scan_is_digit(first) || first == '+' || first == '-' || first == '*';
}

static int read_line(struct reader *reader, const char *line)
{
    if (begins_costs(*line))
        return reader_read_costs(reader, line);
    if (*line == '#' || *scan_blanks(line) == '\n')
        return 0;
    if (reader->costs_of == COSTS_OF_CALL)
        return reader_fail(reader, "the line behind 'calls=' must have its costs");
    if (*line == 'f' || *line == 'o')
        return read_name_line(reader, line);
    if (*line == 'c' || *line == 'j')
        return read_called_line(reader, line);
    return read_header(reader, line);
}

static int read_block(struct reader *reader, const char *line, const char *block_end)
{
    while (line < block_end) {
        reader->input.line++;
        reader->end = line;
        if (read_line(reader, line) < 0)
            return -1;
        line = reader->end;
        while (*line != '\n')
            line++;
        line++;
    }
    return 0;
}

static int read_all(struct reader *reader)
{
    const char *begin = NULL;
    const char *end = NULL;
    int got = 0;
    while ((got = input_next(&reader->input, &begin, &end, reader->err)) > 0)
        if (read_block(reader, begin, end) < 0)
            return -1;
    if (got < 0)
        return -1;
    if (reader->costs_of == COSTS_OF_CALL)
        return reader_fail(reader, "the file ends before the costs of 'calls='");
    return header_finish(&reader->header, &reader->input, reader->err);
}

/* The totals as the file states them, or what its costs come to where it does not. */
static int make_totals(struct reader *reader)
{
    const struct profile *profile = reader->profile;
    size_t width = reader->header.events.count;
    uint64_t *totals = xcalloc(width, sizeof *totals);
    reader->profile->totals = totals;
    for (size_t e = 0; e < width; e++)
        totals[e] = reader->header.totals[e];
    if (reader->header.has_any_total)
        return 0;
    for (size_t f = 0; f < profile->functions.count; f++)
        for (size_t e = 0; e < width; e++)
            if (__builtin_add_overflow(totals[e], profile->self[f * width + e],
                                       &totals[e]))
                return reader_fail(reader, "the costs do not fit into 64 bits");
    return 0;
}

int profile_read(const char *path, struct profile *profile, struct error *err)
{
    AUTO(reader_clear)
    struct reader reader = {
        .header = HEADER_INIT,
        .builder = { .profile = profile },
        .profile = profile,
        .err = err,
    };
    const char *unknown = names_intern(&reader.names, "???", 3);
    reader.object = reader.file = reader.function_file = unknown;
    reader.place =
        (struct profile_function){ .object = unknown, .file = unknown, .name = unknown };
    if (input_open(&reader.input, path, err) < 0)
        return -1;
    int got = read_all(&reader);
    if (got == 0)
        got = make_totals(&reader);

    profile->part_count = reader.header.part_count;
    strvec_copy(&profile->events, &reader.header.events);
    profile->names = reader.names.texts; /* taken over */
    reader.names.texts = (struct strvec){ 0 };
    if (got < 0)
        profile_clear(profile);
    return got;
}
