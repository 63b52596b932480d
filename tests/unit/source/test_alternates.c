#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/strvec.h"
#include "gate/source/alternates.h"
#include "tests/unit/source/fixture.h"

/* The stores below the sandbox that are found from "a/objects", without its own name. */
static char *collect(struct sandbox *sandbox)
{
    AUTO_STRVEC struct strvec found = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    struct error err = { 0 };
    fixture_must(alternates_collect(sandbox_file(sandbox, "a/objects"), &found, &err),
                 &err);
    for (size_t i = 0; i < found.count; i++)
        strvec_push(&names, found.items[i] + strlen(sandbox->path) + 1);
    return strvec_join(&names, " ");
}

static void a_store_that_borrows_nothing_stands_alone(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_must(sandbox, "mkdir -p a/objects");

    AUTO_FREE char *found = collect(sandbox);

    assert_string_equal(found, "a/objects");
}

static void a_chain_of_absolute_and_relative_names_is_followed(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_must(sandbox, "mkdir -p b/objects c/objects d/objects");
    sandbox_write(sandbox, "a/objects/info/alternates",
                  "# a remark\n\n../../b/objects\n/nowhere/objects\n");
    sandbox_must(sandbox, "mkdir b/objects/info; printf '%%s\\n' \"$PWD/c/objects\" "
                          "../../d/objects >b/objects/info/alternates");

    AUTO_FREE char *found = collect(sandbox);

    assert_string_equal(found, "a/objects b/objects c/objects d/objects");
}

static void a_ring_ends(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "a/objects/info/alternates", "../../b/objects\n");
    sandbox_write(sandbox, "b/objects/info/alternates", "../../a/objects\n");

    AUTO_FREE char *found = collect(sandbox);

    assert_string_equal(found, "a/objects b/objects");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_store_that_borrows_nothing_stands_alone),
        T(a_chain_of_absolute_and_relative_names_is_followed),
        T(a_ring_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
