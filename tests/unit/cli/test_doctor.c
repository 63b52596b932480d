#include <errno.h>

#include "gate/base/str.h"
#include "gate/cli/doctor.h"
#include "tests/support/check.h"

static char empty[] = "";

static struct machine quiet_machine(void)
{
    static char performance[] = "performance";
    static char none[] = "none";
    return (struct machine){ .cpu_model = empty,
                             .cpus_online = 4,
                             .microcode = empty,
                             .kernel = empty,
                             .governor = performance,
                             .boost = MACHINE_BOOST_OFF,
                             .virtualisation = none,
                             .image = empty };
}

static struct surroundings quiet_surroundings(void)
{
    return (struct surroundings){ .allowed_cpus = 4,
                                  .quiet_cpu = 3,
                                  .has_smt = KNOWN_NO,
                                  .smt_siblings = empty,
                                  .load_average = 0.1,
                                  .has_psi = KNOWN_YES,
                                  .has_pmu = KNOWN_YES,
                                  .perf_paranoid = 2,
                                  .has_delays = KNOWN_YES,
                                  .disk_free_bytes = INT64_C(50) << 30 };
}

static const struct priority raised = { .is_raised = true, .is_groups = true };

static const struct finding *find(const struct findings *findings, const char *name)
{
    for (size_t i = 0; i < findings->count; i++)
        if (str_equal(findings->items[i].name, name))
            return &findings->items[i];
    fail_msg("nothing was found about '%s'", name);
    return NULL;
}

static void a_quiet_machine_has_nothing_to_mend(void **state)
{
    const struct machine machine = quiet_machine();
    const struct surroundings surroundings = quiet_surroundings();
    AUTO_FINDINGS struct findings findings = { 0 };

    (void)state;
    doctor_find(&machine, &surroundings, &raised, "/usr/bin/valgrind", &findings);

    for (size_t i = 0; i < findings.count; i++) {
        assert_int_equal(findings.items[i].state, FINDING_FINE);
        assert_null(findings.items[i].mend);
    }
}

struct ailment {
    struct priority priority;
    struct machine machine;
    struct surroundings surroundings;
    const char *name;
    enum finding_state state;
    const char *says;
    const char *mend; /* a part of it; NULL: there is none */
};

static void check_ailment(const struct ailment *ailment)
{
    AUTO_FINDINGS struct findings findings = { 0 };
    doctor_find(&ailment->machine, &ailment->surroundings, &ailment->priority, NULL,
                &findings);

    const struct finding *finding = find(&findings, ailment->name);
    assert_int_equal(finding->state, ailment->state);
    assert_contains(finding->text, ailment->says);
    if (ailment->mend)
        assert_contains(finding->mend, ailment->mend);
    else
        assert_null(finding->mend);
}

static struct ailment
ailment(const char *name, enum finding_state state, const char *says, const char *mend)
{
    return (struct ailment){ .priority = raised,
                             .machine = quiet_machine(),
                             .surroundings = quiet_surroundings(),
                             .name = name,
                             .state = state,
                             .says = says,
                             .mend = mend };
}

static void what_is_wrong_is_said_with_the_command_that_mends_it(void **state)
{
    static char powersave[] = "powersave";
    static char siblings[] = "3,7";
    struct ailment cases[] = {
        ailment("governor", FINDING_POOR, "powersave: the clock", "cpupower"),
        ailment("smt", FINDING_NOTE, "siblings 3,7", "smt/control"),
        ailment("turbo", FINDING_NOTE, "heat", "boost"),
        ailment("load", FINDING_POOR, "3.00 over the last minute", "top"),
        ailment("pressure", FINDING_POOR, "50 % of the last minute", NULL),
        ailment("steal", FINDING_POOR, "5.00 %", NULL),
        ailment("limits", FINDING_POOR, "1.5 CPUs of 4", NULL),
        ailment("counters", FINDING_NOTE, "perf_event_paranoid is 4", "sysctl"),
        ailment("valgrind", FINDING_NOTE, "not installed", "apt-get install valgrind"),
        ailment("swap", FINDING_POOR, "1.00 MiB in use", "swapoff"),
        ailment("disk", FINDING_POOR, "1.00 GiB free", "cache"),
        ailment("cpus", FINDING_POOR, "only one CPU", NULL),
        ailment("priority", FINDING_NOTE, "more is not permitted", "limits.d/pawl.conf"),
        ailment("priority", FINDING_NOTE, "started with the nice value 5", NULL),
    };

    (void)state;
    cases[0].machine.governor = powersave;
    cases[1].surroundings.has_smt = KNOWN_YES;
    cases[1].surroundings.smt_siblings = siblings;
    cases[2].machine.boost = MACHINE_BOOST_ON;
    cases[3].surroundings.load_average = 3;
    cases[4].surroundings.cpu_pressure = 0.5;
    cases[5].surroundings.steal_share = 0.05;
    cases[6].surroundings.cgroup_cpus = 1.5;
    cases[7].surroundings.perf_paranoid = 4;
    cases[9].surroundings.swap_used_bytes = 1 << 20;
    cases[10].surroundings.disk_free_bytes = 1 << 30;
    cases[11].surroundings.quiet_cpu = -1;
    cases[12].priority = (struct priority){ .trouble = EACCES };
    cases[13].priority = (struct priority){ .usual_nice = 5 };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_ailment(&cases[i]);
}

static void what_a_container_hides_is_said(void **state)
{
    struct ailment cases[] = {
        ailment("pressure", FINDING_NOTE, "no /proc/pressure", NULL),
        ailment("counters", FINDING_NOTE, "no hardware counters here", NULL),
        ailment("smt", FINDING_NOTE, "does not tell", NULL),
        ailment("load", FINDING_NOTE, "can't be read", NULL),
        ailment("delays", FINDING_NOTE, "does not count", "task_delayacct"),
    };

    (void)state;
    cases[0].surroundings.has_psi = KNOWN_NO;
    cases[1].surroundings.has_pmu = KNOWN_NOT;
    cases[2].surroundings.has_smt = KNOWN_NOT;
    cases[3].surroundings.load_average = -1;
    cases[4].surroundings.has_delays = KNOWN_NOT;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_ailment(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quiet_machine_has_nothing_to_mend),
        cmocka_unit_test(what_is_wrong_is_said_with_the_command_that_mends_it),
        cmocka_unit_test(what_a_container_hides_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
