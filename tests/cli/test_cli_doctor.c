/* `pawl doctor` and `pawl measure` on this machine, and on one that hides half of itself.
 */
#include <stdbool.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

static void doctor_says_what_it_found_and_how_noisy_it_is(void **state)
{
    struct outcome outcome = sandbox_run(*state, "'%s' doctor --time 1ms", PAWL_PROGRAM);

    assert_int_equal(outcome.exit_code, 0);
    assert_contains(outcome.out, "  cpus  ");
    assert_contains(outcome.out, "  valgrind  ");
    assert_contains(outcome.out, "against itself, 8 pairs");
    assert_contains(outcome.out, "  wall ");
    outcome_clear(&outcome);
}

static void json_has_the_findings_and_the_margins(void **state)
{
    struct outcome outcome =
        sandbox_run(*state, "'%s' doctor --time 1ms --json", PAWL_PROGRAM);

    AUTO_JSON json_t *json = json_loads(outcome.out, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    assert_string_equal(json_string_value(json_object_get(json, "schema")),
                        "pawl-doctor/1");
    assert_true(json_array_size(json_object_get(json, "findings")) >= 10);
    const json_t *cpu = json_object_get(json_object_get(json, "noise"), "cpu");
    const json_t *margins = json_object_get(cpu, "margin_after_pairs");
    double after_8 = json_number_value(json_object_get(margins, "8"));
    double after_60 = json_number_value(json_object_get(margins, "60"));
    assert_true(after_8 >= after_60);
    outcome_clear(&outcome);
}

static void what_is_not_installed_is_said(void **state)
{
    sandbox_must(*state, "mkdir empty");
    struct outcome outcome =
        sandbox_run(*state, "PATH=\"$PWD/empty\" '%s' doctor --no-noise", PAWL_PROGRAM);

    assert_int_equal(outcome.exit_code, 0);
    assert_contains(outcome.out, "not installed: it would count instructions");
    assert_contains(outcome.out, "try: sudo apt-get install valgrind");
    outcome_clear(&outcome);
}

/* A mount namespace in which /proc/pressure is an empty directory. */
#define BLIND "unshare -m sh -c 'mount -t tmpfs none /proc/pressure && \"$0\" \"$@\"' "

static bool can_hide(struct sandbox *sandbox)
{
    struct outcome outcome = sandbox_run(sandbox, BLIND "true");
    bool can = outcome.exit_code == 0;
    outcome_clear(&outcome);
    return can;
}

static void a_container_without_pressure_is_measured_all_the_same(void **state)
{
    if (!can_hide(*state)) {
        print_message("skipped: this user may not make a mount namespace\n");
        skip();
    }
    struct outcome doctor =
        sandbox_run(*state, BLIND "'%s' doctor --time 1ms", PAWL_PROGRAM);
    struct outcome measure =
        sandbox_run(*state, BLIND "'%s' measure -n 10 -- true", PAWL_PROGRAM);

    assert_int_equal(doctor.exit_code, 0);
    assert_contains(doctor.out, "no /proc/pressure");
    assert_contains(doctor.out, "against itself, 8 pairs");
    assert_int_equal(measure.exit_code, 0);
    assert_contains(measure.out, "10 runs");
    outcome_clear(&doctor);
    outcome_clear(&measure);
}

static void arguments_are_refused(void **state)
{
    pawl_refuses(*state, 2, "'pawl doctor' takes no arguments, but got 'me'",
                 "doctor me");
    pawl_refuses(*state, 2, "unknown option '--nois'", "doctor --nois");
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(doctor_says_what_it_found_and_how_noisy_it_is),
        T(json_has_the_findings_and_the_margins),
        T(what_is_not_installed_is_said),
        T(a_container_without_pressure_is_measured_all_the_same),
        T(arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
