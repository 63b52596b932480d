#include <stdlib.h>

#include "runners/environment.h"
#include "runners/process.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static cpu_set_t cpus(int first, int last)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int i = first; i <= last; i++)
        CPU_SET((size_t)i, &set);
    return set;
}

static int quiet_cpu(struct sandbox *sandbox, int first, int last)
{
    cpu_set_t allowed = cpus(first, last);
    return environment_quiet_cpu(sandbox->path, &allowed, NULL);
}

static void assert_why(struct sandbox *sandbox, int first, int last, const char *want)
{
    cpu_set_t allowed = cpus(first, last);
    char *why = NULL;
    (void)environment_quiet_cpu(sandbox->path, &allowed, &why);
    assert_string_equal(why, want);
    free(why);
}

/* CPU 1 is offline; ERR counts for no CPU. */
static void quiet_cpu_has_the_fewest_interrupts(void **state)
{
    sandbox_write(*state, "proc/interrupts",
                  "           CPU0       CPU2       CPU3\n"
                  "  0:         50          7          0  IO-APIC   2-edge  timer\n"
                  "LOC:        100        200        206  Local timer interrupts\n"
                  "ERR:         99\n");

    assert_int_equal(quiet_cpu(*state, 0, 3), 0);
    assert_int_equal(quiet_cpu(*state, 1, 3), 3);
    assert_int_equal(quiet_cpu(*state, 1, 2), 2);
    assert_int_equal(quiet_cpu(*state, 5, 7), 7);
}

static void quiet_cpu_is_the_last_where_none_is_quieter(void **state)
{
    assert_int_equal(quiet_cpu(*state, 0, 3), 3);

    sandbox_write(*state, "proc/interrupts",
                  "     CPU0  CPU1  CPU2\n  1:    4     4     4  x\n");
    assert_int_equal(quiet_cpu(*state, 0, 1), 1);
}

static void choice_is_explained(void **state)
{
    sandbox_write(*state, "proc/interrupts",
                  "     CPU0  CPU1  CPU2  CPU3\n  1:  1234    7    5000  7  x\n");

    assert_why(*state, 0, 2,
               "CPU 1 of 3, which served the fewest interrupts since boot (7; the others "
               "up to 5,000)");
    assert_why(*state, 0, 1,
               "CPU 1 of 2, which served the fewest interrupts since boot (7; the other "
               "1,234)");
    assert_why(*state, 2, 2, "no CPU, as there is but one");
    assert_why(*state, 4, 7,
               "CPU 7, the last of 4: none is seen to serve fewer interrupts");
    sandbox_write(*state, "proc/interrupts", "     CPU0  CPU1\n  1:  4   4  x\n");
    assert_why(*state, 0, 1,
               "CPU 1, the last of 2: none is seen to serve fewer interrupts");
}

static void only_one_cpu_is_no_choice(void **state)
{
    assert_int_equal(quiet_cpu(*state, 2, 2), PROCESS_ANY_CPU);
    assert_int_equal(quiet_cpu(*state, 2, 1), PROCESS_ANY_CPU);
}

static void quiet_cpu_of_this_machine_is_one_of_ours(void **state)
{
    (void)state;
    cpu_set_t ours;
    assert_int_equal(sched_getaffinity(0, sizeof ours, &ours), 0);

    int cpu = environment_quiet_cpu("", NULL, NULL);

    if (CPU_COUNT(&ours) == 1)
        assert_int_equal(cpu, PROCESS_ANY_CPU);
    else
        assert_true(cpu >= 0 && CPU_ISSET((size_t)cpu, &ours));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(quiet_cpu_has_the_fewest_interrupts),
        TEST(quiet_cpu_is_the_last_where_none_is_quieter),
        TEST(choice_is_explained),
        TEST(only_one_cpu_is_no_choice),
        TEST(quiet_cpu_of_this_machine_is_one_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
