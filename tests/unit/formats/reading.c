#include "tests/unit/formats/reading.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

void read_sample(const char *file, const char *format, struct recording *recording)
{
    struct error err = { 0 };
    struct document document;
    const char *root = getenv("PAWL_TEST_DATA");
    AUTO_FREE char *path = str_format("%s/data/formats/%s", root ? root : "", file);

    *recording = (struct recording){ 0 };
    if (document_open(&document, path, &err) < 0)
        fail_msg("%s", err.message);
    const struct format *found = format_recognise(&document);
    assert_non_null(found);
    assert_string_equal(found->name, format);
    if (format_read(found, &document, recording, &err) < 0)
        fail_msg("%s", err.message);
    document_clear(&document);
}

const struct series *series_of(const struct recording *recording,
                               const char *name,
                               const char *quantity,
                               size_t count)
{
    const struct series *series = recording_find(recording, name, quantity);
    if (!series)
        fail_msg("no series '%s' of '%s'", quantity, name);
    assert_int_equal(series->count, count);
    return series;
}

int read_text(struct sandbox *sandbox,
              const struct bad_case *bad,
              struct recording *recording,
              struct error *err)
{
    AUTO_DOCUMENT struct document document;
    sandbox_write(sandbox, "input", bad->text);
    if (document_open(&document, sandbox_file(sandbox, "input"), err) < 0)
        return -1;
    const struct format *format =
        bad->format ? format_find(bad->format) : format_recognise(&document);
    assert_non_null(format);
    return format_read(format, &document, recording, err);
}

void check_refused(struct sandbox *sandbox, const struct bad_case *bad)
{
    struct error err = { 0 };
    struct recording recording = { 0 };
    AUTO_FREE char *want =
        str_format("in '%s'%s", sandbox_file(sandbox, "input"), bad->message);

    assert_int_equal(read_text(sandbox, bad, &recording, &err), -1);
    assert_int_equal(err.code, ERROR_USAGE);
    if (!str_starts_with(err.message, want))
        fail_msg("for %s\nwanted %s\ngot    %s", bad->text, want, err.message);
    recording_clear(&recording);
}
