#include "runners/formats/format.h"

#include <string.h>

#include "gate/base/error.h"
#include "runners/formats/lines.h"

static const struct format *const formats[] = {
    &format_hyperfine, &format_pytest, &format_google, &format_criterion,
    &format_catch2,    &format_go,     &format_csv,    &format_lines,
};
#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

const char format_names[] =
    "catch2, criterion, csv, go, google, hyperfine, lines, pytest";

const struct format *format_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (str_equal(formats[i]->name, name))
            return formats[i];
    }
    return NULL;
}

const struct format *format_recognise(const struct document *document)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (formats[i]->recognises(document))
            return formats[i];
    }
    return NULL;
}

int format_unknown(const struct document *document, const char *names, struct error *err)
{
    AUTO_LINES struct lines lines = LINES_OF(document->text.data);
    while (lines_next(&lines)) {
        if (lines.line.data[strspn(lines.line.data, " \t")])
            break;
    }
    return document_error_at(document, lines.number, err,
                             "not one of the formats that pawl reads (%s)", names);
}

int format_read(const struct format *format,
                const struct document *document,
                struct recording *recording,
                struct error *err)
{
    if (format->read(document, recording, err) < 0)
        return -1;
    if (!recording->count)
        return error_set(err, ERROR_USAGE, "in '%s': no benchmark in it, read as %s",
                         document->path, format->description);
    return 0;
}
