#include <stdlib.h>

#include "fixture.h"
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/store/machine_class.h"
#include "runners/machine.h"
#include "runners/machine_fact.h"
#include "tests/support/check.h"

static char nothing[] = "";

static struct machine machine_named(char *cpu_model)
{
    return (struct machine){ .cpu_model = cpu_model,
                             .cpus_online = 4,
                             .microcode = nothing,
                             .kernel = nothing,
                             .governor = nothing,
                             .virtualisation = nothing,
                             .image = nothing,
                             .libc = nothing };
}

static void names_are_made_for_people(void **state)
{
    static const struct {
        const char *model;
        const char *start;
    } cases[] = {
        { "Intel(R) Xeon(R) Processor @ 2.60GHz", "xeon-4c-" },
        { "AMD EPYC 7763 64-Core Processor", "epyc-7763-4c-" },
        { "Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz", "core-i7-8550u-4c-" },
        { "Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "xeon-platinum-8370c-4c-" },
        { "implementer 0x41 part 0xd0c", "implementer-0x41-part-0xd0c-4c-" },
        { "", "machine-4c-" },
        { "../../etc/passwd", "etc-passwd-4c-" },
        { "\xc3\xa9\xff\x01 ~ ((", "machine-4c-" },
        { "(R", "r-4c-" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_FREE char *model = xstrdup(cases[i].model);
        AUTO_MACHINE_CLASS struct machine_class made = { 0 };
        struct machine machine = machine_named(model);
        machine_class_of(&machine, "", machine_facts_default(), &made);
        if (!str_starts_with(made.name, cases[i].start))
            fail_msg("'%s' gave '%s'", cases[i].model, made.name);
        assert_true(machine_class_name_is_valid(made.name));
    }
}

static void long_names_are_cut(void **state)
{
    AUTO_MACHINE_CLASS struct machine_class made = { 0 };
    struct str model = STR_INIT;
    (void)state;
    for (int i = 0; i < 1000; i++)
        str_add(&model, "word ");
    struct machine machine = machine_named(model.data);
    machine.image = model.data;
    machine_class_of(&machine, "cc 12", MACHINE_FACTS_ALL, &made);
    assert_true(machine_class_name_is_valid(made.name));
    str_clear(&model);
}

static void names_tell_virtualisation_and_compiler(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    (void)state;
    fixture_session(&session);
    assert_true(str_starts_with(session.machine_class.name, "xeon-2c-kvm-gcc12-"));
}

static void every_fact_of_the_class_makes_another_name(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_MACHINE_CLASS struct machine_class changed = { 0 };
    (void)state;
    fixture_session(&session);
    free(session.machine.kernel);
    session.machine.kernel = xstrdup("5.10.0-1-amd64");
    machine_class_of(&session.machine, session.toolchain, machine_facts_default(),
                     &changed);
    assert_string_not_equal(changed.name, session.machine_class.name);
    assert_false(machine_class_equal(&changed, &session.machine_class));
}

static void facts_outside_of_the_class_change_nothing(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_MACHINE_CLASS struct machine_class same = { 0 };
    (void)state;
    fixture_session(&session);
    free(session.machine.kernel);
    session.machine.kernel = xstrdup("6.12.1");
    free(session.machine.microcode);
    session.machine.microcode = xstrdup("0x2");
    machine_class_of(&session.machine, "gcc (Debian 12.3.1-1) 12.3.1",
                     machine_facts_default(), &same);
    assert_string_equal(same.name, session.machine_class.name);
    assert_true(machine_class_equal(&same, &session.machine_class));
}

static void compilers_are_told_by_family_and_major_version(void **state)
{
    static const struct {
        const char *line;
        const char *want;
    } cases[] = {
        { "cc (Debian 12.2.0-14+deb12u1) 12.2.0", "gcc 12" },
        { "gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0", "gcc 11" },
        { "x86_64-linux-gnu-gcc-13 (GCC) 13.1.0", "gcc 13" },
        { "Debian clang version 14.0.6", "clang 14" },
        { "Ubuntu clang version 14.0.0-1ubuntu1.1", "clang 14" },
        { "tcc version 0.9.27 (x86_64 Linux)", "tcc 0" },
        { "odd", "odd" },
        { "", "" },
    };
    (void)state;
    struct machine machine = machine_named(nothing);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        AUTO_FREE char *got =
            machine_fact_value(MACHINE_FACT_COMPILER, &machine, cases[i].line);
        assert_string_equal(got, cases[i].want);
    }
}

static void image_and_kernel_have_a_part_that_stays(void **state)
{
    char image[] = "ubuntu24 20250105.1.0";
    char kernel[] = "6.1.0-18-amd64";
    struct machine machine = machine_named(nothing);
    (void)state;
    machine.image = image;
    machine.kernel = kernel;
    AUTO_FREE char *name = machine_fact_value(MACHINE_FACT_IMAGE, &machine, "");
    AUTO_FREE char *version =
        machine_fact_value(MACHINE_FACT_IMAGE_VERSION, &machine, "");
    AUTO_FREE char *major = machine_fact_value(MACHINE_FACT_KERNEL_MAJOR, &machine, "");
    assert_string_equal(name, "ubuntu24");
    assert_string_equal(version, "20250105.1.0");
    assert_string_equal(major, "6");
}

static void facts_are_found_by_their_names(void **state)
{
    (void)state;
    for (enum machine_fact fact = 0; fact < MACHINE_FACT_COUNT; fact++) {
        enum machine_fact found = MACHINE_FACT_COUNT;
        assert_true(machine_fact_parse(machine_fact_name(fact), &found));
        assert_int_equal(found, fact);
    }
    enum machine_fact untouched = MACHINE_FACT_LIBC;
    assert_false(machine_fact_parse("hostname", &untouched));
    assert_int_equal(untouched, MACHINE_FACT_LIBC);
}

static void differences_name_the_fact_and_both_values(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_MACHINE_CLASS struct machine_class other = { 0 };
    AUTO_STRVEC struct strvec clauses = { 0 };
    uint32_t facts = machine_facts_default() & ~MACHINE_FACT_BIT(MACHINE_FACT_LIBC);
    (void)state;
    fixture_session(&session);
    free(session.machine.governor);
    session.machine.governor = xstrdup("performance");
    machine_class_of(&session.machine, "clang version 14.0.6",
                     facts | MACHINE_FACT_BIT(MACHINE_FACT_MICROCODE), &other);

    machine_class_differences(&session.machine_class, &other, &clauses);

    assert_int_equal(clauses.count, 4);
    assert_string_equal(clauses.items[0], "compiler: gcc 12 here, clang 14 there");
    assert_string_equal(clauses.items[1], "governor: unknown here, performance there");
    assert_string_equal(clauses.items[2],
                        "libc: glibc 2.36 here, no part of the class there");
    assert_string_equal(clauses.items[3],
                        "microcode: no part of the class here, 0x1 there");
}

static void equal_classes_have_no_differences(void **state)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_MACHINE_CLASS struct machine_class copy = { 0 };
    AUTO_STRVEC struct strvec clauses = { 0 };
    (void)state;
    fixture_session(&session);
    machine_class_copy(&copy, &session.machine_class);
    machine_class_differences(&session.machine_class, &copy, &clauses);
    assert_int_equal(clauses.count, 0);
    assert_true(machine_class_equal(&session.machine_class, &copy));
}

static void names_that_lead_elsewhere_are_none(void **state)
{
    static const char *const bad[] = { "",     ".",    "..",         "../x", "a/b",
                                       "-x",   ".git", "Xeon",       "a b",  "a\n",
                                       "a\\b", "a:b",  "caf\xc3\xa9" };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(machine_class_name_is_valid(bad[i]));
    assert_true(machine_class_name_is_valid("xeon-2c-kvm-gcc12-0a1b2c3d"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_made_for_people),
        cmocka_unit_test(long_names_are_cut),
        cmocka_unit_test(names_tell_virtualisation_and_compiler),
        cmocka_unit_test(every_fact_of_the_class_makes_another_name),
        cmocka_unit_test(facts_outside_of_the_class_change_nothing),
        cmocka_unit_test(compilers_are_told_by_family_and_major_version),
        cmocka_unit_test(image_and_kernel_have_a_part_that_stays),
        cmocka_unit_test(facts_are_found_by_their_names),
        cmocka_unit_test(differences_name_the_fact_and_both_values),
        cmocka_unit_test(equal_classes_have_no_differences),
        cmocka_unit_test(names_that_lead_elsewhere_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
