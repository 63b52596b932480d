#include "tests/unit/callgrind/reading.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

int reading_setup(void **state)
{
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) != 0)
        return -1;
    struct reading *reading = xcalloc(1, sizeof *reading);
    reading->sandbox = sandbox;
    *state = reading;
    return 0;
}

int reading_teardown(void **state)
{
    struct reading *reading = *state;
    void *sandbox = reading->sandbox;
    profile_clear(&reading->profile);
    free(reading);
    return sandbox_teardown(&sandbox);
}

void read_file(struct reading *reading, const char *path)
{
    struct error err = { 0 };
    profile_clear(&reading->profile);
    if (profile_read(path, &reading->profile, &err) < 0)
        fail_msg("%s", err.message);
}

void read_text(struct reading *reading, const char *text)
{
    sandbox_write(reading->sandbox, "profile", text);
    read_file(reading, sandbox_file(reading->sandbox, "profile"));
}

char *data_path(const char *name)
{
    return str_format("%s/data/callgrind/%s", getenv("PAWL_TEST_DATA"), name);
}

uint32_t find_function(const struct reading *reading, const char *name)
{
    const struct profile *profile = &reading->profile;
    for (uint32_t i = 0; i < profile->functions.count; i++)
        if (str_equal(profile->functions.items[i].name, name))
            return i;
    fail_msg("no function '%s'", name);
    return 0;
}

void assert_self(const struct reading *reading, const char *name, uint64_t want)
{
    size_t width = reading->profile.events.count;
    assert_int_equal(reading->profile.self[find_function(reading, name) * width], want);
}

void assert_line(const struct reading *reading,
                 const char *file,
                 uint32_t line,
                 uint64_t want)
{
    const struct profile *profile = &reading->profile;
    for (size_t i = 0; i < profile->lines.count; i++)
        if (profile->lines.items[i].line == line &&
            str_equal(profile->lines.items[i].file, file)) {
            assert_int_equal(profile->line_costs[i * profile->events.count], want);
            return;
        }
    fail_msg("no line %u of '%s'", line, file);
}

void assert_call(const struct reading *reading,
                 const char *caller,
                 const char *callee,
                 uint64_t count,
                 uint64_t inclusive)
{
    const struct profile *profile = &reading->profile;
    for (size_t i = 0; i < profile->calls.count; i++) {
        const struct profile_call *call = &profile->calls.items[i];
        if (call->caller == find_function(reading, caller) &&
            call->callee == find_function(reading, callee)) {
            assert_int_equal(call->count, count);
            assert_int_equal(profile->inclusive[i * profile->events.count], inclusive);
            return;
        }
    }
    fail_msg("'%s' does not call '%s'", caller, callee);
}
