/* Samples made a profile: stacks by hand, and those of a program that spins in one
 * function. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/file.h"
#include "gate/base/str.h"
#include "runners/callgrind/profile.h"
#include "runners/perf/perf.h"
#include "runners/perf/stack_tree.h"
#include "runners/perf/stacks.h"
#include "tests/unit/counting/counted.h"

static void convert(struct counted *counted,
                    const char *from,
                    struct profile *profile,
                    struct stack_tree *tree)
{
    struct error err = { 0 };
    AUTO_FREE char *to = xstrdup(sandbox_file(counted->sandbox, "profile"));
    if (stacks_convert(from, to, tree, &err) < 0 || profile_read(to, profile, &err) < 0)
        fail_msg("%s", err.message);
}

static void
read_stacks(struct counted *counted, const char *text, struct profile *profile)
{
    AUTO_STACK_TREE struct stack_tree tree = { 0 };
    sandbox_write(counted->sandbox, "stacks", text);
    AUTO_FREE char *from = xstrdup(sandbox_file(counted->sandbox, "stacks"));
    convert(counted, from, profile, &tree);
}

static uint64_t total_of(const struct profile *profile)
{
    if (!profile->totals)
        fail_msg("no totals");
    return profile->totals ? profile->totals[0] : 0;
}

static uint64_t self_of(const struct profile *profile, const char *name)
{
    for (size_t i = 0; i < profile->functions.count; i++)
        if (str_equal(profile->functions.items[i].name, name))
            return profile->self[i];
    fail_msg("no function '%s'", name);
    return 0;
}

static uint64_t
called(const struct profile *profile, const char *caller, const char *callee)
{
    for (size_t i = 0; i < profile->calls.count; i++) {
        const struct profile_call *call = &profile->calls.items[i];
        if (str_equal(profile->functions.items[call->caller].name, caller) &&
            str_equal(profile->functions.items[call->callee].name, callee))
            return profile->inclusive[i];
    }
    return 0;
}

static uint64_t line_cost(const struct profile *profile, const char *file, uint32_t line)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < profile->lines.count; i++)
        if (str_equal(profile->lines.items[i].file, file) &&
            profile->lines.items[i].line == line)
            sum += profile->line_costs[i];
    return sum;
}

static void a_sample_costs_one_where_it_is_and_in_each_call_above(void **state)
{
    AUTO_PROFILE struct profile profile = { 0 };
    read_stacks(*state,
                " 5017    1003009 \n"
                "\t            1143 find (/w/big)\n"
                "  /w/big.c:3\n"
                "\t            11a3 work(int, std::map<int, int> const&) (/w/big)\n"
                "  /w/big.c:5\n"
                "\t            11ea main (/w/big)\n"
                "  /w/big.c:9\n"
                "\n"
                " 5017    1003009 \n"
                "\t            11b0 work(int, std::map<int, int> const&) (/w/big)\n"
                "  ??:0\n"
                "\t            11ea main (/w/big)\n"
                "  /w/big.c:9\n"
                "\n"
                "12345    1003009 \n"
                "\t            99 [unknown] ([unknown])\n"
                "\n",
                &profile);

    assert_int_equal(total_of(&profile), 3);
    assert_int_equal(self_of(&profile, "find"), 1);
    assert_int_equal(self_of(&profile, "work(int, std::map<int, int> const&)"), 1);
    assert_int_equal(self_of(&profile, "main"), 0);
    assert_int_equal(self_of(&profile, "???"), 1);
    assert_int_equal(called(&profile, "main", "work(int, std::map<int, int> const&)"), 2);
    assert_int_equal(line_cost(&profile, "/w/big.c", 3), 1);
    assert_int_equal(line_cost(&profile, "/w/big.c", 5), 0);
}

/* a calls b, which calls a, which calls b; and b calls itself. */
static void recursion_is_counted_once(void **state)
{
    AUTO_PROFILE struct profile profile = { 0 };
    read_stacks(*state,
                "1 1 \n\t1 b (/p)\n\t1 b (/p)\n\t1 a (/p)\n\t1 b (/p)\n\t1 a (/p)\n"
                "\t1 main (/p)\n",
                &profile);

    assert_int_equal(total_of(&profile), 1);
    assert_int_equal(self_of(&profile, "b"), 1);
    assert_int_equal(called(&profile, "a", "b"), 1);
    assert_int_equal(called(&profile, "b", "a"), 1);
    assert_int_equal(called(&profile, "b", "b"), 0);
    assert_int_equal(called(&profile, "main", "a"), 1);
}

static uint32_t
node_below(const struct stack_tree *tree, uint32_t parent, const char *name)
{
    for (uint32_t i = 0; i < tree->nodes.count; i++) {
        const struct stack_node *node = &tree->nodes.items[i];
        if (node->parent == parent &&
            str_equal(tree->functions.items[node->function].name, name))
            return i;
    }
    fail_msg("no stack with '%s'", name);
    return STACK_NONE;
}

/* "main;a;b": the samples of that stack. */
static uint64_t samples_of(const struct stack_tree *tree, char *path)
{
    uint32_t node = STACK_NONE;
    for (char *name = strtok_r(path, ";", &path); name; name = strtok_r(NULL, ";", &path))
        node = node_below(tree, node, name);
    return tree->nodes.items[node].samples;
}

/* Figures of "perf report -g folded": tests/data/perf/make.sh. */
static void check_recorded(struct counted *counted, const char *name)
{
    AUTO_PROFILE struct profile profile = { 0 };
    AUTO_STACK_TREE struct stack_tree tree = { 0 };
    AUTO_STR struct str folded = STR_INIT;
    struct error err = { 0 };
    AUTO_FREE char *from =
        str_format("%s/data/perf/%s.txt", getenv("PAWL_TEST_DATA"), name);
    AUTO_FREE char *want =
        str_format("%s/data/perf/%s.folded", getenv("PAWL_TEST_DATA"), name);
    char *rest = NULL;
    uint64_t sum = 0;
    convert(counted, from, &profile, &tree);
    assert_int_equal(file_read(want, &folded, &err), 0);
    for (char *line = strtok_r(folded.data, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        char *path = NULL;
        uint64_t samples = strtoul(line, &path, 10);
        assert_int_equal(samples_of(&tree, path + 1), samples);
        sum += samples;
    }
    assert_true(sum > 0);
    assert_int_equal(sum, total_of(&profile));
}

static void whole_stacks_have_the_samples_that_perf_report_counts(void **state)
{
    check_recorded(*state, "base");
    check_recorded(*state, "head");
}

static void a_run_without_a_sample_has_an_empty_profile(void **state)
{
    AUTO_PROFILE struct profile profile = { 0 };
    read_stacks(*state, "", &profile);
    assert_int_equal(profile.functions.count, 0);
}

static void damaged_stacks_are_read_as_far_as_they_go(void **state)
{
    AUTO_PROFILE struct profile profile = { 0 };
    read_stacks(
        *state,
        "\t\n\t(\n\t1 (\n\t1 )\n\t1 a\n\t1 a (b\n  :\n  /x:y\n\t1 ok (/p)\n  :5\n",
        &profile);
    assert_int_equal(total_of(&profile), 1);
}

/* In the profile "(0x7)" is the number of a name; the fuzzer found it. */
static void a_name_that_looks_like_a_number_is_none(void **state)
{
    AUTO_PROFILE struct profile profile = { 0 };
    read_stacks(*state, "1 1 \n\t1 (0x7) (/p)\n\t1 (anonymous namespace)::f (/p)\n",
                &profile);
    assert_int_equal(self_of(&profile, "???"), 1);
    assert_int_equal(called(&profile, "(anonymous namespace)::f", "???"), 1);
}

static void long_runs_are_asked_less_often(void **state)
{
    (void)state;
    assert_int_equal(perf_frequency(0), 997);
    assert_int_equal(perf_frequency(1), 997);
    assert_int_equal(perf_frequency(20), 400);
    assert_int_equal(perf_frequency(3600), 11);
}

static const char spinning[] =
    "__attribute__((noinline)) static int spin(void)\n"
    "{ int s = 0; for (volatile long i = 0; i < 40000000; i++) s += (int)i & 1;\n"
    "  return s; }\n"
    "int main(void) { return spin() == 7; }\n";

/* As many samples as the text has, which grep counts, and hardly any outside spin. */
static void a_program_is_sampled_where_it_spins(void **state)
{
    struct counted *counted = *state;
    struct sandbox *sandbox = counted->sandbox;
    AUTO_PROFILE struct profile profile = { 0 };
    AUTO_STACK_TREE struct stack_tree tree = { 0 };
    AUTO_STRVEC struct strvec words = { 0 };
    struct error err = { 0 };
    AUTO_FREE char *directory = xstrdup(sandbox_file(sandbox, "perf"));
    sandbox_write(sandbox, "spinning.c", spinning);
    sandbox_must(sandbox, "cc -g -O1 spinning.c -o spinning");
    strvec_push(&counted->argv, sandbox_file(sandbox, "spinning"));
    if (perf_begin(directory, &err) < 0)
        fail_msg("%s", err.message);
    perf_wrap(&counted->argv, directory, (struct perf_plan){ PERF_MOST_PER_S, 1, false },
              &words);
    struct process_result result = counted_run(counted, &words, &counted->environment);
    if (!process_succeeded(&result)) {
        print_message("skipped: needs perf (apt-get install linux-perf), and to be let "
                      "(sysctl kernel.perf_event_paranoid=2)\n");
        skip();
    }
    if (perf_read(directory, &profile, &tree, &err) < 0)
        fail_msg("%s", err.message);
    struct outcome counts =
        sandbox_run(sandbox, "grep -c '^ *[0-9][0-9]*  *[0-9][0-9]* *$' "
                             "perf/stacks");
    long samples = strtol(counts.out, NULL, 10);
    outcome_clear(&counts);

    assert_true(samples > 0);
    assert_true(total_of(&profile) >= (uint64_t)samples - 1 &&
                total_of(&profile) <= (uint64_t)samples);
    assert_true(self_of(&profile, "spin") * 10 > total_of(&profile) * 8);
    assert_true(called(&profile, "main", "spin") * 10 > total_of(&profile) * 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTED_FACT(a_sample_costs_one_where_it_is_and_in_each_call_above),
        COUNTED_FACT(recursion_is_counted_once),
        COUNTED_FACT(whole_stacks_have_the_samples_that_perf_report_counts),
        COUNTED_FACT(a_run_without_a_sample_has_an_empty_profile),
        COUNTED_FACT(damaged_stacks_are_read_as_far_as_they_go),
        COUNTED_FACT(a_name_that_looks_like_a_number_is_none),
        cmocka_unit_test(long_runs_are_asked_less_often),
        COUNTED_FACT(a_program_is_sampled_where_it_spins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
