#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/build/toolchain.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

/* With the variable added to the environment, "" for none. */
static void check_version(struct workshop *shop, const char *variable, const char *want)
{
    AUTO_STRVEC struct strvec environment = { 0 };
    AUTO_STR struct str line = STR_INIT;
    struct error err = { 0 };
    strvec_push_all(&environment, &shop->environment);
    if (*variable)
        strvec_push(&environment, variable);
    if (toolchain_version(shop->spawner, &environment, shop->sandbox->path, &line, &err) <
        0)
        fail_msg("%s", err.message);
    assert_string_equal(line.data, want);
    sandbox_must(shop->sandbox, "! ls | grep toolchain");
}

static void first_line_of_cc_is_taken_where_nothing_is_set(void **state)
{
    struct workshop *shop = *state;
    struct outcome real = sandbox_run(shop->sandbox, "cc --version | head -n 1");
    real.out[strcspn(real.out, "\n")] = '\0';

    check_version(shop, "", real.out);
    check_version(shop, "CC=", real.out);
    check_version(shop, "CC= ", real.out);
    outcome_clear(&real);
}

static void cc_names_another_compiler_and_its_arguments(void **state)
{
    struct workshop *shop = *state;
    sandbox_write(shop->sandbox, "mycc", "#!/bin/sh\necho mycc \"$@\"\necho more\n");
    sandbox_must(shop->sandbox, "chmod +x mycc");
    AUTO_FREE char *variable = str_format("CC= %s/mycc  -m32", shop->sandbox->path);

    check_version(shop, variable, "mycc -m32 --version");
}

static void missing_or_failing_compiler_has_no_version(void **state)
{
    check_version(*state, "CC=no-such-compiler", "");
    check_version(*state, "CC=false", "");
}

static void missing_scratch_directory_is_told(void **state)
{
    struct workshop *shop = *state;
    AUTO_STR struct str line = STR_INIT;
    struct error err = { 0 };

    assert_int_equal(
        toolchain_version(shop->spawner, &shop->environment, "/no/such", &line, &err),
        -1);

    assert_string_equal(err.message,
                        "cannot make a file in '/no/such': No such file or directory");
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(first_line_of_cc_is_taken_where_nothing_is_set),
        TEST(cc_names_another_compiler_and_its_arguments),
        TEST(missing_or_failing_compiler_has_no_version),
        TEST(missing_scratch_directory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
