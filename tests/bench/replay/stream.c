#include "tests/bench/replay/stream.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"

void stream_clear(struct stream *stream)
{
    array_clear(&stream->wall);
    array_clear(&stream->cpu);
    free(stream->name);
    *stream = (struct stream){ 0 };
}

/* Reads a number above 0 that is followed by end, or by the end of the text, and moves
 * *text past both; -1 where there is none. */
static int read_number(const char **text, char end, double *out)
{
    char *rest = NULL;

    if (**text < '0' || **text > '9') /* strtod would skip white space, lines too */
        return -1;
    double value = strtod(*text, &rest);
    if ((*rest && *rest != end) || !(value > 0) || !isfinite(value))
        return -1;
    *text = *rest ? rest + 1 : rest;
    *out = value;
    return 0;
}

static int parse(const char *text, struct stream *stream, struct error *err)
{
    static const char header[] = "wall_ns,cpu_us\n";
    if (!str_starts_with(text, header))
        return error_set(err, ERROR_USAGE, "the first line must be 'wall_ns,cpu_us'");

    text += sizeof header - 1;
    for (size_t line = 2; *text; line++) {
        const char *start = text;
        double wall_ns = 0;
        double cpu_us = 0;
        if (read_number(&text, ',', &wall_ns) < 0 ||
            read_number(&text, '\n', &cpu_us) < 0)
            return error_set(err, ERROR_USAGE,
                             "line %zu must be two numbers above 0, not '%.*s'", line,
                             (int)strcspn(start, "\n"), start);
        *array_push(&stream->wall) = wall_ns;
        *array_push(&stream->cpu) = cpu_us;
    }
    return 0;
}

int stream_load(struct stream *stream, const char *path, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STREAM struct stream loaded = { 0 };

    if (file_read(path, &text, err) < 0)
        return -1;
    if (parse(text.data, &loaded, err) < 0)
        return error_prefix(err, "in '%s': ", path);
    loaded.name = xstrdup(path_base(path));
    *stream = loaded;
    loaded = (struct stream){ 0 };
    return 0;
}
