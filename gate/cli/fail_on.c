#include "gate/cli/fail_on.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

static int read_word(const char *word, struct fail_on *out, struct error *err)
{
    if (str_equal(word, "inconclusive"))
        out->inconclusive = true;
    else if (str_equal(word, "layout"))
        out->layout = true;
    else if (str_equal(word, "error") || str_equal(word, "never"))
        return error_set(err, ERROR_USAGE, "--fail-on '%s' stands alone", word);
    else if (!str_equal(word, "regression"))
        return error_set(err, ERROR_USAGE,
                         "--fail-on must be 'regression', 'inconclusive', 'layout', "
                         "'error' or 'never', not '%s'",
                         word);
    return 0;
}

int fail_on_read(const char *text, struct fail_on *out, struct error *err)
{
    struct fail_on read = { .only_errors = str_equal(text, "error"),
                            .nothing = str_equal(text, "never") };
    const char *rest = text;
    while (!read.only_errors && !read.nothing) {
        size_t length = strcspn(rest, ",");
        AUTO_FREE char *word = xstrndup(rest, length);
        if (read_word(word, &read, err) < 0)
            return -1;
        rest += length;
        if (!*rest++)
            break;
    }
    *out = read;
    return 0;
}

enum exit_code fail_on_exit(const struct fail_on *fail_on, enum gate_exit gate)
{
    bool is_error = gate == GATE_NOT_MEASURED;
    if (fail_on->nothing || (fail_on->only_errors && !is_error))
        return EXIT_PASS;
    return (enum exit_code)gate;
}
