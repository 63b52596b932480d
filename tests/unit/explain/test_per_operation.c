/* Costs of a run made those of one operation. All figures are worked out by hand. */
#include <stdlib.h>

#include "gate/explain/call_paths.h"
#include "gate/explain/per_operation.h"
#include "gate/explain/story.h"
#include "gate/explain/story_costs.h"
#include "tests/unit/explain/comparing.h"

#define HEADER "events: Ir\nob=/tree/program\n"

/* start spends 50; the harness spends 10 and 20 in log; the operation 100, 60 in f, which
 * calls log too, for 20. log has 40 in all, of which half is called from f. */
#define RUN                                                                   \
    HEADER                                                                    \
    "fl=/tree/a.c\nfn=start\n1 50\ncfn=BM_f(benchmark::State&)\ncalls=1 20\n" \
    "2 180\ncfn=log\ncalls=9 60\n3 20\n"                                      \
    "fn=BM_f(benchmark::State&)\n20 100\ncfn=f\ncalls=7 40\n21 80\n"          \
    "fn=f\n40 60\ncfn=log\ncalls=5 60\n41 20\n"                               \
    "fn=log\n60 40\n"

static struct costs *
read_run(struct comparing *comparing, enum side side, const char *text)
{
    struct costs *costs = &comparing->pair.costs[side];
    comparing_add_text(comparing, side, text);
    costs_finish(costs);
    return costs;
}

/* 250 cost 1 us: 4 ns each. */
static void without_a_root_all_is_scaled(void **state)
{
    struct comparing *comparing = *state;
    struct costs *costs = read_run(comparing, SIDE_BASE, RUN);

    assert_close(costs_per_operation(costs, COSTS_NONE, 1e-6), 250, 1e-9);
    costs_finish(costs);
    assert_int_equal(costs->total, 1000000);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "f")->self, 240000);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "f")->inclusive, 320000);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "start")->self, 200000);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "f")->calls, 0);
}

/* Below BM_f are 100 + 60 + half of log's 40: 180, of which each is 10 ns of 1.8 us. */
static void what_others_call_too_is_the_roots_in_proportion(void **state)
{
    struct comparing *comparing = *state;
    struct costs *costs = read_run(comparing, SIDE_BASE, RUN);
    uint32_t root = operation_root(costs, "google", "BM_f/8");

    assert_close(costs_per_operation(costs, root, 1.8e-6), 180, 1e-9);
    costs_finish(costs);
    assert_int_equal(costs->total, 1800000);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "log")->self, 200000);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "f")->inclusive, 800000);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "start")->self, 0);
}

static void lines_are_scaled_with_their_function(void **state)
{
    struct comparing *comparing = *state;
    struct costs *costs = read_run(comparing, SIDE_BASE, RUN);
    uint32_t root = operation_root(costs, "google", "BM_f");
    assert_close(costs_per_operation(costs, root, 1.8e-6), 180, 1e-9);
    for (size_t i = 0; i < costs->lines.count; i++) {
        const struct costs_line *line = &costs->lines.items[i];
        uint64_t self = line->line == 40 ? 600000 : line->line == 60 ? 200000 : 0;
        if (line->line == 40 || line->line == 60 || line->line == 1)
            assert_int_equal(line->self, self);
        if (line->line == 21)
            assert_int_equal(line->called, 800000);
    }
}

/* f and g call one another: 30 and 10 of their own, and 20 of log's 40. */
static void circles_below_the_root_are_kept_whole(void **state)
{
    struct comparing *comparing = *state;
    struct costs *costs = read_run(
        comparing, SIDE_BASE,
        HEADER "fl=/tree/a.c\nfn=main\n1 5\ncfn=f\ncalls=1 40\n2 60\n"
               "fn=start\n3 5\ncfn=main\ncalls=1 1\n4 65\ncfn=log\ncalls=1 60\n5 20\n"
               "fn=f\n40 30\ncfn=g\ncalls=7 50\n41 30\n"
               "fn=g\n50 10\ncfn=f\ncalls=6 40\n51 10\ncfn=log\ncalls=2 60\n52 20\n"
               "fn=log\n60 40\n");
    assert_close(costs_per_operation(costs, operation_main(costs), 65e-12), 65, 0.01);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "f")->self, 30);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "g")->self, 10);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "log")->self, 20);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "start")->self, 0);
}

/* Code without names calls the root, and is called below it, where it spends 20 of its
 * 30. */
static void who_calls_the_root_makes_no_circle_of_it(void **state)
{
    struct comparing *comparing = *state;
    struct costs *costs = read_run(
        comparing, SIDE_BASE,
        HEADER "fl=???\nfn=???\n0 30\ncfi=/tree/a.c\ncfn=main\ncalls=1 1\n0 80\n"
               "fl=/tree/a.c\nfn=main\n1 60\ncfi=???\ncfn=???\ncalls=1 0\n2 20\n");
    assert_close(costs_per_operation(costs, operation_main(costs), 80e-12), 80, 0.01);
    costs_finish(costs);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "main")->cycle, 0);
    assert_int_equal(comparing_function(comparing, SIDE_BASE, "main")->inclusive,
                     costs->total);
}

static void paths_are_those_below_the_root(void **state)
{
    enum {
        START,
        MAIN,
        F,
        LOG
    };
    struct call_path items[] = { { START, PATH_NONE, 50 },
                                 { LOG, 0, 20 },
                                 { MAIN, 0, 100 },
                                 { F, 2, 60 },
                                 { LOG, 3, 40 } };
    struct call_paths paths = { .items = items, .count = 5 };
    (void)state;

    assert_close(call_paths_scale(&paths, MAIN, 1000), 5, 1e-12); /* 1000 / 200 */
    assert_int_equal(paths.count, 3);
    assert_int_equal(paths.items[0].function, MAIN);
    assert_int_equal(paths.items[0].parent, PATH_NONE);
    assert_close(paths.items[0].self, 500, 1e-9);
    assert_int_equal(paths.items[2].function, LOG);
    assert_int_equal(paths.items[2].parent, 1);
    assert_close(paths.items[2].self, 200, 1e-9);
}

static void nothing_stays_nothing(void **state)
{
    struct comparing *comparing = *state;
    struct costs *costs = read_run(comparing, SIDE_BASE, HEADER "fl=/tree/a.c\nfn=f\n");
    assert_close(costs_per_operation(costs, COSTS_NONE, 1e-6), 0, 0);
    assert_int_equal(costs->total, 0);
}

static void roots_are_known_by_the_harness(void **state)
{
    struct comparing *comparing = *state;
    const struct costs *costs =
        read_run(comparing, SIDE_BASE,
                 HEADER "fl=/tree/a.c\nfn=BM_find(benchmark::State&)\n1 5\n"
                        "fn=void BM_list<int>(benchmark::State&)\n2 5\nfn=pre_BM_x\n3 5\n"
                        "fn=testing.(*B).runN\n4 5\nfn=main\n5 5\nfn=domain\n6 7\n");
#define NAME(root) (costs->functions.items[root].name)
    assert_string_equal(NAME(operation_root(costs, "google", "BM_find/8/real_time")),
                        "BM_find(benchmark::State&)");
    assert_string_equal(NAME(operation_root(costs, "google", "BM_list<int>/8")),
                        "void BM_list<int>(benchmark::State&)");
    assert_string_equal(NAME(operation_root(costs, "go", "p.BenchmarkX-8")),
                        "testing.(*B).runN");
    assert_string_equal(NAME(operation_main(costs)), "main");
    assert_int_equal(operation_root(costs, "google", "BM_fin"), COSTS_NONE);
    assert_int_equal(operation_root(costs, "google", "BM_x"), COSTS_NONE);
    assert_int_equal(operation_root(costs, "lines", "main"), COSTS_NONE);
}

static void compare(struct comparing *comparing,
                    const char *base,
                    double base_s,
                    const char *head,
                    double head_s)
{
    struct profile_pair *pair = &comparing->pair;
    const char *texts[SIDE_COUNT] = { base, head };
    const double times_s[SIDE_COUNT] = { base_s, head_s };
    for (enum side side = 0; side < SIDE_COUNT; side++)
        pair->counted[side] = costs_per_operation(read_run(comparing, side, texts[side]),
                                                  COSTS_NONE, times_s[side]);
    pair->is_per_operation = true;
    comparing_finish(comparing);
}

static void assert_told(const struct comparing *comparing, const char *want)
{
    struct explanation explanation = { 0 };
    story_tell(&comparing->pair, STORY_SAME, &explanation);
    char *told = strvec_join(&explanation.why, "\n");
    explanation_clear(&explanation);
    assert_string_equal(told, want);
    free(told);
}

/* Of 100 ns half is f's; of 500 ns nine tenths: 50 -> 450 ns is all of the difference,
 * though the run had 1000 samples before and 800 now. */
static void the_time_of_an_operation_is_told(void **state)
{
    struct comparing *comparing = *state;
    const struct line_range line = { 40, 1 };
    comparing_edit(comparing, "a.c", line, line);
    comparing->pair.is_sampled = true;
    compare(comparing, HEADER "fl=/tree/a.c\nfn=f\n40 500\nfn=g\n60 500\n", 100e-9,
            HEADER "fl=/tree/a.c\nfn=f\n40 720\nfn=g\n60 80\n", 500e-9);
    assert_told(comparing,
                "100 % of the added time is in 'f' (a.c:40), which this change "
                "edits");
}

/* f: 50 -> 540 ns, g: 50 -> 10 ns; 440 ns in all. */
static void what_others_make_up_for_has_its_size(void **state)
{
    struct comparing *comparing = *state;
    const struct line_range line = { 40, 1 };
    comparing_edit(comparing, "a.c", line, line);
    comparing->pair.is_sampled = true;
    compare(comparing, HEADER "fl=/tree/a.c\nfn=f\n40 5000\nfn=g\n60 5000\n", 110e-9,
            HEADER "fl=/tree/a.c\nfn=f\n40 5400\nfn=g\n60 100\n", 550e-9);
    assert_told(comparing,
                "'f' (a.c:40), which this change edits, adds 485 ns an operation, more "
                "than the whole operation does (440 ns), for 'g' (a.c) saves 45.0 ns");
}

/* The same of instructions: g may save nothing. */
static void what_others_save_is_not_told_of_instructions(void **state)
{
    struct comparing *comparing = *state;
    const struct line_range line = { 40, 1 };
    comparing_edit(comparing, "a.c", line, line);
    compare(comparing, HEADER "fl=/tree/a.c\nfn=f\n40 5000\nfn=g\n60 5000\n", 110e-9,
            HEADER "fl=/tree/a.c\nfn=f\n40 5400\nfn=g\n60 100\n", 550e-9);
    assert_told(
        comparing,
        "'f' (a.c:40), which this change edits, adds 485 ns an operation by its part "
        "of the instructions, more than the whole operation does (440 ns)");
}

/* A sample is 1 us of base's and 2 us of head's: the variance is 400 + 4 * 100, three
 * deviations are 84.85 us, and the difference is 200 - 400 = -200 us; of a quarter of the
 * samples it is 169.7. */
static void the_noise_of_samples_is_scaled_with_them(void **state)
{
    struct comparing *comparing = *state;
    comparing->pair.is_sampled = true;
    compare(comparing, HEADER "fl=/tree/a.c\nfn=f\n1 400\n", 400e-6,
            HEADER "fl=/tree/a.c\nfn=f\n1 100\n", 200e-6);
    assert_close(story_noise(&comparing->pair), 84.8528e6, 1e3);
}

/* 3 * sqrt(100^2 / 50 + 130^2 / 50) = 69.58 ns, and it is 30 ns more. */
static void too_few_samples_do_not_tell_where(void **state)
{
    struct comparing *comparing = *state;
    comparing->pair.is_sampled = true;
    compare(comparing, HEADER "fl=/tree/a.c\nfn=f\n1 50\n", 100e-9,
            HEADER "fl=/tree/a.c\nfn=f\n1 50\n", 130e-9);
    assert_told(comparing,
                "sampled, and 50 samples of base and 50 of head are too few to "
                "tell where their difference is");
}

/* f is nearly all of it, before and after: there is no riddle. */
static void an_edited_function_that_is_all_of_it_is_enough(void **state)
{
    struct comparing *comparing = *state;
    const struct line_range line = { 1, 1 };
    comparing_edit(comparing, "a.c", line, line);
    compare(comparing, HEADER "fl=/tree/a.c\nfn=f\n1 99\nfn=g\n2 1\n", 100e-9,
            HEADER "fl=/tree/a.c\nfn=f\n1 99\nfn=g\n2 1\n", 200e-9);
    assert_told(comparing, "99 % of the added time is in 'f' (a.c:1), which this change "
                           "edits");
}

/* Instructions have no noise; f has 60 % of both. */
static void what_grew_alike_is_said_to(void **state)
{
    struct comparing *comparing = *state;
    compare(comparing, HEADER "fl=/tree/a.c\nfn=f\n1 60\nfn=g\n2 40\n", 100e-9,
            HEADER "fl=/tree/a.c\nfn=f\n1 6000\nfn=g\n2 4000\n", 200e-9);
    assert_close(story_noise(&comparing->pair), 0, 0);
    assert_told(
        comparing,
        "no function explains most of the added time, and little of it is in what "
        "this change edits; the most is 60 % in 'f' (a.c:1)\n"
        "each function has about the same part of the time as before: all of it "
        "is done more or less often for an operation, or takes another time");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(without_a_root_all_is_scaled),
        COMPARING_FACT(what_others_call_too_is_the_roots_in_proportion),
        COMPARING_FACT(lines_are_scaled_with_their_function),
        COMPARING_FACT(circles_below_the_root_are_kept_whole),
        COMPARING_FACT(who_calls_the_root_makes_no_circle_of_it),
        cmocka_unit_test(paths_are_those_below_the_root),
        COMPARING_FACT(nothing_stays_nothing),
        COMPARING_FACT(roots_are_known_by_the_harness),
        COMPARING_FACT(the_time_of_an_operation_is_told),
        COMPARING_FACT(what_others_make_up_for_has_its_size),
        COMPARING_FACT(what_others_save_is_not_told_of_instructions),
        COMPARING_FACT(the_noise_of_samples_is_scaled_with_them),
        COMPARING_FACT(too_few_samples_do_not_tell_where),
        COMPARING_FACT(an_edited_function_that_is_all_of_it_is_enough),
        COMPARING_FACT(what_grew_alike_is_said_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
