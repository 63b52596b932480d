#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/build/prepare.h"
#include "gate/build/steps.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

static int prepare(struct workshop *shop, const char *last_script, struct error *err)
{
    const struct workplace place = {
        .spawner = shop->spawner,
        .environment = &shop->environment,
        .directory = shop->sandbox->path,
        .log_path = sandbox_file(shop->sandbox, "log"),
    };
    struct strvec commands[2] = { { 0 } };
    strvec_push(&commands[0], "mkdir");
    strvec_push(&commands[0], "made");
    strvec_push(&commands[1], "/bin/sh");
    strvec_push(&commands[1], "-c");
    strvec_push(&commands[1], last_script);
    int done = prepare_run(&place, commands, 2, "base", err);
    strvec_clear(&commands[0]);
    strvec_clear(&commands[1]);
    return done;
}

static void commands_run_in_their_order(void **state)
{
    struct workshop *shop = *state;
    struct error err = { 0 };

    assert_int_equal(prepare(shop, "echo 7 >made/file", &err), 0);

    AUTO_FREE char *text = sandbox_read(shop->sandbox, "made/file");
    assert_string_equal(text, "7\n");
}

static void failing_command_is_named(void **state)
{
    struct error err = { 0 };

    assert_int_equal(prepare(*state, "exit 4", &err), -1);

    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_contains(err.message,
                    "preparing base failed: '/bin/sh -c exit 4' exited with 4; ");
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(commands_run_in_their_order),
        TEST(failing_command_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
