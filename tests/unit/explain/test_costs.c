/* One side's profiles added up. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/explain/cycles.h"
#include "runners/callgrind/profile.h"
#include "tests/unit/explain/comparing.h"

static void read_tiny(struct comparing *comparing)
{
    AUTO_FREE char *path =
        str_format("%s/data/callgrind/lines.out", getenv("PAWL_TEST_DATA"));
    comparing_add_file(comparing, SIDE_BASE, path, "/build");
    costs_finish(&comparing->pair.costs[SIDE_BASE]);
}

static void assert_costs(const struct comparing *comparing,
                         const char *name,
                         uint64_t self,
                         uint64_t inclusive)
{
    const struct costs_function *got = comparing_function(comparing, SIDE_BASE, name);
    assert_int_equal(got->self, self);
    assert_int_equal(got->inclusive, inclusive);
}

/* Inclusive: tests/data/callgrind/lines.inclusive.txt, by callgrind_annotate. fib is
 * called from outside its recursion once a run of work: its 428. Self: the sum of fib and
 * fib'2 in lines.self.txt. */
static void costs_are_those_of_callgrind_annotate(void **state)
{
    struct comparing *comparing = *state;
    read_tiny(comparing);

    assert_int_equal(comparing->pair.costs[SIDE_BASE].total, 1278);
    assert_costs(comparing, "start_thread", 0, 709);
    assert_costs(comparing, "main", 0, 569);
    assert_costs(comparing, "fib", 428, 428);
    assert_costs(comparing, "work", 746, 1278);
}

/* is_even and is_odd call each other: both have what the circle came to, which is what
 * the calls of is_even from work came to (104). */
static void functions_in_a_circle_have_the_circles_costs(void **state)
{
    struct comparing *comparing = *state;
    read_tiny(comparing);

    const struct costs_function *even =
        comparing_function(comparing, SIDE_BASE, "is_even");
    const struct costs_function *odd = comparing_function(comparing, SIDE_BASE, "is_odd");
    assert_int_equal(even->inclusive, 104);
    assert_int_equal(odd->inclusive, 104);
    assert_true(even->cycle != 0);
    assert_int_equal(even->cycle, odd->cycle);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "fib")->cycle, 0);
}

static void functions_have_their_lines_and_files(void **state)
{
    struct comparing *comparing = *state;
    read_tiny(comparing);

    const struct costs_function *fib = comparing_function(comparing, SIDE_BASE, "fib");
    assert_string_equal(fib->file, "tiny.c");
    assert_true(fib->is_in_tree);
    assert_int_equal(fib->first_line, 8);
    assert_int_equal(fib->last_line, 10);
    assert_false(comparing_function(comparing, SIDE_BASE, "start_thread")->is_in_tree);
}

/* sum_to of tiny.h is inlined into work. */
static void lines_of_inlined_code_keep_their_file(void **state)
{
    struct comparing *comparing = *state;
    read_tiny(comparing);

    const struct costs *costs = &comparing->pair.costs[SIDE_BASE];
    uint32_t work = costs_find(costs, "work", "tiny.c");
    uint64_t inlined = 0;
    uint64_t own = 0;
    uint64_t called = 0;
    for (size_t i = 0; i < costs->lines.count; i++) {
        const struct costs_line *line = &costs->lines.items[i];
        if (line->function != work)
            continue;
        called += line->called;
        if (str_equal(line->file, "tiny.h"))
            inlined += line->self;
        else
            own += line->self;
    }
    assert_int_equal(inlined, 712); /* tiny.h:work in lines.self.txt */
    assert_int_equal(own, 746 - 712);
    assert_int_equal(called, 428 + 104);
}

static void processes_are_added_up(void **state)
{
    struct comparing *comparing = *state;
    static const char text[] = "events: Ir\nob=/tree/a\nfl=a.c\nfn=main\n1 5\n"
                               "cfn=work\ncalls=2 10\n2 30\nfn=work\n10 30\n";
    comparing_add_text(comparing, SIDE_BASE, text);
    comparing_add_text(comparing, SIDE_BASE, text);
    costs_finish(&comparing->pair.costs[SIDE_BASE]);

    assert_costs(comparing, "main", 10, 70);
    assert_costs(comparing, "work", 60, 60);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "work")->calls, 4);
    assert_int_equal(comparing->pair.costs[SIDE_BASE].total, 70);
    assert_int_equal(comparing->pair.costs[SIDE_BASE].calls.count, 1);
}

static void copies_of_a_function_are_one(void **state)
{
    struct comparing *comparing = *state;
    comparing_add_text(comparing, SIDE_BASE,
                       "events: Ir\nob=/tree/a\nfl=a.c\nfn=work.part.0\n1 5\n"
                       "fn=work\n2 7\nfn=work.constprop.1\n3 11\n");
    costs_finish(&comparing->pair.costs[SIDE_BASE]);

    assert_costs(comparing, "work", 23, 23);
    assert_int_equal(comparing->pair.costs[SIDE_BASE].functions.count, 1);
}

/* Two static functions of one name; code without a name, of two libraries. */
static void functions_of_one_name_are_told_apart_by_file(void **state)
{
    struct comparing *comparing = *state;
    comparing_add_text(comparing, SIDE_BASE,
                       "events: Ir\nob=/tree/a\nfl=a.c\nfn=step\n1 5\nfl=b.c\nfn=step\n"
                       "1 7\nob=/lib/x.so\nfl=???\nfn=0x1234\n0 11\nfn=0x99\n0 13\n"
                       "ob=/lib/y.so\nfn=0x1234\n0 17\n");
    costs_finish(&comparing->pair.costs[SIDE_BASE]);

    const struct costs *costs = &comparing->pair.costs[SIDE_BASE];
    assert_int_equal(costs->functions.count, 4);
    assert_int_equal(costs_find(costs, "step", NULL), COSTS_NONE);
    uint32_t nameless = costs_find(costs, COSTS_NO_NAME, "/lib/x.so");
    assert_int_equal(costs->functions.items[nameless].self, 24);
    assert_int_equal(costs->functions.items[costs_find(costs, "step", "b.c")].self, 7);
}

static void a_profile_without_instructions_is_refused(void **state)
{
    struct comparing *comparing = *state;
    struct profile profile = { 0 };
    struct error err = { 0 };
    const struct tree_paths paths = { 0 };
    sandbox_write(comparing->sandbox, "profile", "events: Cycles\nfn=f\n1 5\n");
    assert_int_equal(
        profile_read(sandbox_file(comparing->sandbox, "profile"), &profile, &err), 0);
    int got = costs_add(&comparing->pair.costs[SIDE_BASE], &profile, &paths, &err);
    profile_clear(&profile);

    assert_int_equal(got, -1);
    assert_int_equal(err.code, ERROR_BENCHMARK);
    assert_contains(err.message, "no instructions");
}

/* A chain of 100,000 functions, the last of which calls the first. */
static void long_chains_of_calls_are_followed(void **state)
{
    struct comparing *comparing = *state;
    AUTO_STR struct str text = STR_INIT;
    const int count = 100000;
    str_add(&text, "events: Ir\nob=/tree/a\nfl=a.c\n");
    for (int i = 0; i < count; i++)
        str_addf(&text, "fn=f%dx\n1 1\ncfn=f%dx\ncalls=1 1\n1 1\n", i, (i + 1) % count);
    comparing_add_text(comparing, SIDE_BASE, text.data);
    costs_finish(&comparing->pair.costs[SIDE_BASE]);

    assert_costs(comparing, "f0x", 1, (uint64_t)count);
    assert_costs(comparing, "f99999x", 1, (uint64_t)count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(costs_are_those_of_callgrind_annotate),
        COMPARING_FACT(functions_in_a_circle_have_the_circles_costs),
        COMPARING_FACT(functions_have_their_lines_and_files),
        COMPARING_FACT(lines_of_inlined_code_keep_their_file),
        COMPARING_FACT(processes_are_added_up),
        COMPARING_FACT(copies_of_a_function_are_one),
        COMPARING_FACT(functions_of_one_name_are_told_apart_by_file),
        COMPARING_FACT(a_profile_without_instructions_is_refused),
        COMPARING_FACT(long_chains_of_calls_are_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
