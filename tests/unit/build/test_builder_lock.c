#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/source/source.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/unit/build/workshop.h"

/* What another pawl does: opens everything anew and builds. 0, or the code of its error.
 * In a process of its own, for an interrupt stays with a process. */
static int build_elsewhere(const struct workshop *shop, const struct revision *revision)
{
    struct error err = { 0 };
    struct built_side side = BUILT_SIDE_INIT;
    struct builder builder = shop->builder;
    log_set_level(LOG_QUIET);
    interrupt_install();
    builder.spawner = spawner_open(&err);
    builder.source =
        source_open(sandbox_file(shop->sandbox, "project"), shop->cache, &err);
    const struct build_request request = { .side = "head",
                                           .revision = revision,
                                           .recipe = &shop->recipe };
    if (err.code == ERROR_NONE && builder_build(&builder, &request, &side, &err) == 0)
        built_side_release(&side);
    source_close(builder.source);
    spawner_close(builder.spawner);
    return (int)err.code;
}

static pid_t start_elsewhere(const struct workshop *shop, const struct revision *revision)
{
    pid_t child = fork();
    if (child == 0)
        _exit(build_elsewhere(shop, revision));
    assert_true(child > 0);
    return child;
}

static int end_of(pid_t child)
{
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Waits for a named pipe to be opened at its other end: a meeting, not a guess at times.
 */
static void meet(struct workshop *shop, const char *pipe)
{
    sandbox_must(shop->sandbox, "echo go >%s", pipe);
}

static void two_builders_of_one_build_make_it_once(void **state)
{
    struct workshop *shop = *state;
    struct built_side side = BUILT_SIDE_INIT;
    struct revision head = workshop_head(shop);
    sandbox_must(shop->sandbox, "mkfifo begun");
    workshop_set_recipe(shop, "echo run >>\"$HOME/runs\"; read x <\"$HOME/begun\"");

    pid_t first = start_elsewhere(shop, &head);
    pid_t second = start_elsewhere(shop, &head);
    meet(shop, "begun");

    assert_int_equal(end_of(first), 0);
    assert_int_equal(end_of(second), 0);
    workshop_build(shop, "head", &head, &side);
    built_side_release(&side);
    assert_int_equal(workshop_lines(shop, "runs"), 1);
}

static void build_in_use_can_be_used_by_another(void **state)
{
    struct workshop *shop = *state;
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    struct revision head = workshop_head(shop);
    workshop_set_recipe(shop, "echo run >>\"$HOME/runs\"");
    workshop_build(shop, "head", &head, &side);

    assert_int_equal(end_of(start_elsewhere(shop, &head)), 0);

    assert_int_equal(workshop_lines(shop, "runs"), 1);
}

static void interrupt_ends_the_wait_for_another_builder(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    sandbox_must(shop->sandbox, "mkfifo begun ended");
    workshop_set_recipe(shop, "echo go >\"$HOME/begun\"; read x <\"$HOME/ended\"");
    pid_t builder = start_elsewhere(shop, &head);
    sandbox_must(shop->sandbox, "read x <begun");

    /* Whether the signal finds it waiting or before that: it must end, and so. */
    pid_t waiter = fork();
    if (waiter == 0) {
        interrupt_install();
        raise(SIGINT);
        _exit(build_elsewhere(shop, &head));
    }

    assert_int_equal(end_of(waiter), ERROR_INTERRUPTED);
    meet(shop, "ended");
    assert_int_equal(end_of(builder), 0);
}

static void interrupted_build_leaves_no_tree(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    sandbox_must(shop->sandbox, "mkfifo begun");
    workshop_set_recipe(shop, "echo go >\"$HOME/begun\"; sleep 1000");
    pid_t builder = start_elsewhere(shop, &head);
    sandbox_must(shop->sandbox, "read x <begun");

    kill(builder, SIGTERM);

    assert_int_equal(end_of(builder), ERROR_INTERRUPTED);
    sandbox_must(shop->sandbox, "! test -e cache/builds/*/tree");
}

static void killed_build_is_built_again_by_the_next(void **state)
{
    struct workshop *shop = *state;
    struct revision head = workshop_head(shop);
    AUTO_BUILT_SIDE struct built_side side = BUILT_SIDE_INIT;
    int status = 0;
    sandbox_must(shop->sandbox, "mkfifo begun");
    workshop_set_recipe(
        shop, "if test -p \"$HOME/begun\"; then echo half >result; echo go "
              ">\"$HOME/begun\"; sleep 1000; fi; test ! -e result && echo whole >result");
    pid_t builder = start_elsewhere(shop, &head);
    sandbox_must(shop->sandbox, "read x <begun; rm begun");
    kill(builder, SIGKILL);
    assert_int_equal(waitpid(builder, &status, 0), builder);

    workshop_build(shop, "head", &head, &side);

    sandbox_must(shop->sandbox, "grep -qx whole %s/result", side.entry.tree);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, workshop_setup, workshop_teardown)

int main(void)
{
    log_set_level(LOG_QUIET);
    const struct CMUnitTest tests[] = {
        TEST(two_builders_of_one_build_make_it_once),
        TEST(build_in_use_can_be_used_by_another),
        TEST(interrupt_ends_the_wait_for_another_builder),
        TEST(interrupted_build_leaves_no_tree),
        TEST(killed_build_is_built_again_by_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
