#include "runners/formats/lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"

void lines_clear(struct lines *lines)
{
    str_clear(&lines->line);
}

bool lines_next(struct lines *lines)
{
    if (!*lines->rest)
        return false;
    size_t length = strcspn(lines->rest, "\n");
    str_reset(&lines->line);
    str_add_bytes(&lines->line, lines->rest, length);
    if (str_ends_with(lines->line.data, "\r"))
        str_truncate(&lines->line, length - 1);
    lines->rest += length + (lines->rest[length] == '\n');
    lines->number++;
    return true;
}

void lines_split(const char *line, struct strvec *words)
{
    static const char blanks[] = " \t";
    for (line += strspn(line, blanks); *line; line += strspn(line, blanks)) {
        size_t length = strcspn(line, blanks);
        strvec_push_owned(words, xstrndup(line, length));
        line += length;
    }
}

bool lines_parse_number(const char *text, double *out)
{
    char *end = NULL;
    if (!*text || text[strspn(text, "+-.0123456789eE")])
        return false;
    double value = strtod(text, &end);
    if (*end || end == text || !isfinite(value))
        return false;
    *out = value;
    return true;
}
