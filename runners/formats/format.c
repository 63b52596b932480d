#include "runners/formats/format.h"

#include "gate/base/error.h"

static const struct format *const formats[] = {
    &format_hyperfine, &format_pytest, &format_google, &format_go, &format_csv,
};
#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

const char format_names[] = "csv, go, google, hyperfine, pytest";

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
