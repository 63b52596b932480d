#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/build/verify.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

/* Builds with a recipe that notes its runs, and sets the workshop's recipe to the script
 * for verify. */
static void build_for(struct workshop *shop, const char *script, struct built_side *side)
{
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, "echo 1 >state; echo run >>\"$HOME/runs\"");
    workshop_build(shop, "head", &head, side);
    workshop_set_recipe(shop, script);
}

static int verify(struct workshop *shop, const struct built_side *side, struct error *err)
{
    return verify_side(&shop->builder, side, &shop->recipe, "head", err);
}

static void verify_runs_in_the_built_tree(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    struct error err = { 0 };
    build_for(shop, "cat state", &side);

    assert_int_equal(verify(shop, &side, &err), 0);

    AUTO_FREE char *log = sandbox_read(
        shop->sandbox, side.entry.verify_log + strlen(shop->sandbox->path) + 1);
    assert_string_equal(log, "$ cat state\n1\n");
}

static void failing_verify_names_side_and_command(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    struct error err = { 0 };
    build_for(shop, "echo 3 of 4 passed; exit 8", &side);

    assert_int_equal(verify(shop, &side, &err), -1);

    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_contains(
        err.message,
        "verifying head failed: 'echo 3 of 4 passed; exit 8' exited with 8; ");
    assert_true(str_ends_with(err.message, "verify.log):\n3 of 4 passed"));
}

static void empty_verify_is_fine(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    struct error err = { 0 };
    const struct recipe nothing = { 0 };
    build_for(shop, "false", &side);

    assert_int_equal(verify_side(&shop->builder, &side, &nothing, "head", &err), 0);
}

static void check_runs_after(struct workshop *shop, const char *script, size_t want)
{
    struct built_side side = BUILT_SIDE_INIT;
    struct error err = { 0 };
    build_for(shop, script, &side);
    (void)!verify(shop, &side, &err);
    built_side_release(&side);

    build_for(shop, "true", &side);
    built_side_release(&side);
    assert_int_equal(workshop_lines(shop, "runs"), want);
}

static void what_verify_writes_does_not_damage_the_build(void **state)
{
    check_runs_after(*state, "echo 22 >state; echo new >other", 1);
}

static void what_a_failed_verify_changed_is_built_again(void **state)
{
    check_runs_after(*state, "echo 22 >state; exit 1", 2);
}

static void build_without_cache_can_be_verified(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    struct error err = { 0 };
    shop->builder.is_cache_off = true;
    build_for(shop, "echo 2 >state", &side);

    assert_int_equal(verify(shop, &side, &err), 0);

    built_side_release(&side);
    assert_int_equal(workshop_entries(shop), 0);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(verify_runs_in_the_built_tree),
        TEST(failing_verify_names_side_and_command),
        TEST(empty_verify_is_fine),
        TEST(what_verify_writes_does_not_damage_the_build),
        TEST(what_a_failed_verify_changed_is_built_again),
        TEST(build_without_cache_can_be_verified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
