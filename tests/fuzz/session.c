/* libFuzzer on the reader of recorded sessions (clang only):
 *
 *     cmake --preset clang && cmake --build build/clang --target fuzz-session
 *     build/clang/tests/fuzz/fuzz-session -max_len=16384 CORPUS baselines */
#include "gate/store/session.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/store/session_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What was read can be written, and reads as the same again. */
static void check(const struct session *session)
{
    AUTO_STR struct str first = STR_INIT;
    AUTO_STR struct str second = STR_INIT;
    AUTO_SESSION struct session again = { 0 };
    struct error err = { 0 };
    session_json_text(session, &first);
    if (session_json_read(first.data, first.length, "again", &again, &err) < 0)
        abort();
    session_json_text(&again, &second);
    if (!str_equal(first.data, second.data))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO_SESSION struct session session = { 0 };
    struct error err = { 0 };
    if (session_json_read((const char *)bytes, length, "input", &session, &err) == 0)
        check(&session);
    else if (err.code == ERROR_NONE || session.command)
        abort();
    return 0;
}
