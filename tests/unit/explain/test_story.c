/* What is said of two profiles, whole sentences. */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/explain/story.h"
#include "tests/unit/explain/comparing.h"

#define HEADER "events: Ir\nob=/tree/program\n"
#define MAIN   "fl=/tree/main.c\nfn=main\n5 100\ncfi=/tree/lookup.c\n"
#define LOOKUP "fl=/tree/lookup.c\n"
#define LIBC   "ob=/lib/libc.so.6\nfl=./string/strcmp.S\nfn=strcmp\n"
#define CALL_STRCMP(count, cost)                                                         \
    "cob=/lib/libc.so.6\ncfi=./string/strcmp.S\ncfn=strcmp\ncalls=" count " 1\n41 " cost \
    "\n"

static void assert_told(struct comparing *comparing, const char *want)
{
    struct explanation explanation = { 0 };
    story_tell(&comparing->pair, STORY_SAME, &explanation);
    AUTO_FREE char *told = strvec_join(&explanation.why, "\n");
    explanation_clear(&explanation);
    assert_string_equal(told, want);
}

static void edit(struct comparing *comparing, const char *file, uint32_t line)
{
    const struct line_range range = { line, 1 };
    comparing_edit(comparing, file, range, range);
}

/* 10,000 more of which 9,000 are at the changed line 41. */
static void code_that_was_edited_is_named_with_its_line(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "lookup.c", 41);
    comparing_texts(comparing,
                    HEADER MAIN "cfn=find_case\ncalls=7 40\n6 50\n" LOOKUP
                                "fn=find_case\n40 10\n41 40\n",
                    HEADER "fl=/tree/main.c\nfn=main\n5 1100\ncfi=/tree/lookup.c\n"
                           "cfn=find_case\ncalls=7 40\n6 9050\n" LOOKUP
                           "fn=find_case\n40 10\n41 9040\n");
    assert_told(comparing, "90 % of the added instructions are in 'find_case' "
                           "(lookup.c:41), which this change edits");
}

static void what_edited_code_calls_is_counted_with_it(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "lookup.c", 41);
    comparing_texts(comparing,
                    HEADER MAIN "cfn=find_case\ncalls=7 40\n6 150\n" LOOKUP
                                "fn=find_case\n40 10\n41 40\n" CALL_STRCMP("10", "100")
                                    LIBC "1 100\n",
                    HEADER MAIN
                    "cfn=find_case\ncalls=7 40\n6 10150\n" LOOKUP
                    "fn=find_case\n40 10\n41 3040\n" CALL_STRCMP("700", "7100") LIBC
                    "1 7100\n");
    assert_told(comparing,
                "100 % of the added instructions are in 'find_case' (lookup.c:41), which "
                "this change edits, and in what it calls; 70 % in 'strcmp' "
                "(string/strcmp.S) alone, called 700 times where it was 10");
}

static void a_saving_is_called_one(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "lookup.c", 41);
    comparing_texts(comparing, HEADER LOOKUP "fn=find_case\n40 10\n41 9040\n",
                    HEADER LOOKUP "fn=find_case\n40 10\n41 40\n");
    assert_told(comparing, "100 % of the saved instructions are in 'find_case' "
                           "(lookup.c:41), which this change edits");
}

/* main is edited, but passes on what it always did: the data changed. */
static void what_was_not_edited_is_not_blamed_on_the_edit(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "main.c", 5);
    comparing_texts(comparing,
                    HEADER MAIN "cfn=find_case\ncalls=7 40\n6 50\n" LOOKUP
                                "fn=find_case\n40 10\n41 40\n",
                    HEADER MAIN "cfn=find_case\ncalls=7 40\n6 9050\n" LOOKUP
                                "fn=find_case\n40 10\n41 9040\n");
    assert_told(comparing,
                "none of the added instructions are in lines that this change edits: "
                "100 % are in 'find_case' (lookup.c:41), called 7 times, as before "
                "(other data, or other code by the compiler)");
}

static void a_caller_that_calls_more_is_to_blame(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "main.c", 5);
    comparing_texts(comparing,
                    HEADER MAIN "cfn=find_case\ncalls=7 40\n6 50\n" LOOKUP
                                "fn=find_case\n40 10\n41 40\n",
                    HEADER MAIN "cfn=find_case\ncalls=7000 40\n6 9050\n" LOOKUP
                                "fn=find_case\n40 10\n41 9040\n");
    assert_told(comparing,
                "100 % of the added instructions are in 'main' (main.c:6), which this "
                "change edits, and in what it calls; 100 % in 'find_case' "
                "(lookup.c:41) alone, called 7,000 times where it was 7");
}

static void callers_that_were_not_edited_are_left_open(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(comparing,
                    HEADER MAIN "cfn=find_case\ncalls=7 40\n6 50\n" LOOKUP
                                "fn=find_case\n40 10\n41 40\n",
                    HEADER MAIN "cfn=find_case\ncalls=7000 40\n6 9050\n" LOOKUP
                                "fn=find_case\n40 10\n41 9040\n");
    assert_told(
        comparing,
        "none of the added instructions are in lines that this change edits: "
        "100 % are in 'find_case' (lookup.c:41), called 7,000 times where it was 7 "
        "(its callers changed, or the data)");
}

static void several_edited_functions_are_named_together(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "a.c", 1);
    edit(comparing, "a.c", 20);
    comparing_texts(comparing,
                    HEADER "fl=/tree/a.c\nfn=f\n1 10\nfn=g\n20 10\nfn=h\n40 10\n",
                    HEADER "fl=/tree/a.c\nfn=f\n1 60\nfn=g\n20 40\nfn=h\n40 30\n");
    assert_told(comparing, "50 % of the added instructions are in 'f' (a.c:1), 30 % in "
                           "'g' (a.c:20), which this change edits");
}

/* json_add saves 5,450,000, and calls plain, which is new and costs 2,950,000. */
static void what_its_callees_make_up_for_is_told_with_them(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "a.c", 14);
    edit(comparing, "a.c", 31);
    comparing_texts(comparing,
                    HEADER "fl=/tree/a.c\nfn=json_add\n14 5980000\nfn=rest\n90 9000000\n",
                    HEADER "fl=/tree/a.c\nfn=json_add\n14 530000\ncfn=plain\n"
                           "calls=9 30\n14 2950000\nfn=plain\n31 2950000\n"
                           "fn=rest\n90 9000000\n");
    assert_told(comparing,
                "100 % of the saved instructions are in 'json_add' (a.c:14), which this "
                "change edits, and in what it calls; the function itself saves 5.45 M "
                "instructions, and 'plain' (a.c) costs 2.95 M more");
}

static void what_others_make_up_for_is_told_by_its_size(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "a.c", 14);
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n14 100000\nfn=g\n31 700000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n14 1000000\nfn=g\n31 300000\n");
    assert_told(comparing, "'f' (a.c:14), which this change edits, adds 900 k "
                           "instructions, more than the whole run does (500 k), for 'g' "
                           "(a.c) saves 400 k");
}

static void it_is_told_so_where_nobody_edited_it(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "a.c", 31);
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n14 1000000\nfn=g\n31 300000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n14 100000\nfn=g\n31 700000\n");
    assert_told(
        comparing,
        "none of the saved instructions are in lines that this change edits: 'f' "
        "(a.c:14) saves 900 k instructions, more than the whole run does (500 k), "
        "called 0 times, as before (other data, or other code by the compiler)");
}

static void hardly_more_than_all_is_all(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "a.c", 14);
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n14 1000\nfn=g\n31 5000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n14 2000\nfn=g\n31 4970\n");
    assert_told(comparing, "all of the added instructions are in 'f' (a.c:14), which "
                           "this change edits");
}

static void samples_are_told_without_calls(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "a.c", 14);
    comparing->pair.is_sampled = true;
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n14 1000\nfn=g\n31 5000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n14 3000\nfn=g\n31 5000\n");
    assert_told(comparing, "100 % of the added samples are in 'f' (a.c:14), which this "
                           "change edits");
}

/* 3 * sqrt(10000 + 10424) is 428.7. */
static void what_chance_may_do_to_samples_is_not_told(void **state)
{
    struct comparing *comparing = *state;
    comparing->pair.is_sampled = true;
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n14 10000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n14 10424\n");
    assert_told(comparing,
                "sampled, and 10,000 samples of base and 10,424 of head are too "
                "few to tell where their difference is");
}

/* 3 * sqrt(10000 + 10440) is 428.9. */
static void what_chance_can_hardly_do_to_samples_is(void **state)
{
    struct comparing *comparing = *state;
    comparing->pair.is_sampled = true;
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n14 10000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n14 10440\n");
    assert_told(comparing,
                "none of the added samples are in lines that this change edits: "
                "100 % are in 'f' (a.c:14): its callers changed, or the data, or "
                "the code by the compiler");
}

static void nothing_is_told_of_nothing(void **state)
{
    struct comparing *comparing = *state;
    edit(comparing, "a.c", 1);
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n1 100000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n1 100010\n");
    assert_told(comparing, "");
}

static void what_does_not_matter_here_is_not_told(void **state)
{
    struct comparing *comparing = *state;
    struct explanation explanation = { 0 };
    edit(comparing, "a.c", 1);
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n1 1000\n",
                    HEADER "fl=/tree/a.c\nfn=f\n1 1004\n");
    story_tell(&comparing->pair, 0.005, &explanation);
    assert_int_equal(explanation.why.count, 0);
    assert_int_equal(explanation.functions.count, 0);
    assert_int_equal(explanation.head_instructions, 1004);
    story_tell(&comparing->pair, 0.003, &explanation);
    assert_int_equal(explanation.why.count, 1);
    explanation_clear(&explanation);
}

static void tables_hold_what_was_found(void **state)
{
    struct comparing *comparing = *state;
    struct explanation explanation = { 0 };
    edit(comparing, "lookup.c", 41);
    comparing_texts(comparing,
                    HEADER MAIN "cfn=find_index\ncalls=7 40\n6 50\n" LOOKUP
                                "fn=find_index\n40 10\n41 40\n",
                    HEADER MAIN "cfn=find_scan\ncalls=7 40\n6 9050\n" LOOKUP
                                "fn=find_scan\n40 10\n41 9040\n");
    story_tell(&comparing->pair, STORY_SAME, &explanation);

    assert_int_equal(explanation.base_instructions, 150);
    assert_int_equal(explanation.head_instructions, 9150);
    assert_int_equal(explanation.functions.count, 1);
    const struct explained_function *function = &explanation.functions.items[0];
    assert_string_equal(function->name, "find_scan");
    assert_string_equal(function->file, "lookup.c");
    assert_string_equal(function->note, "in the place of 'find_index'");
    assert_int_equal(function->line, 41);
    assert_true(function->is_edited);
    assert_int_equal(function->base_self, 50);
    assert_int_equal(function->head_inclusive, 9050);
    assert_int_equal(function->head_calls, 7);
    assert_int_equal(explanation.lines.count, 2);
    assert_int_equal(explanation.lines.items[0].head_line, 41);
    assert_int_equal(explanation.lines.items[0].head_self, 9040);
    assert_int_equal(explanation.lines.items[1].base_line, 41);
    assert_int_equal(explanation.lines.items[1].head_line, 0);
    explanation_clear(&explanation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(code_that_was_edited_is_named_with_its_line),
        COMPARING_FACT(what_edited_code_calls_is_counted_with_it),
        COMPARING_FACT(a_saving_is_called_one),
        COMPARING_FACT(what_was_not_edited_is_not_blamed_on_the_edit),
        COMPARING_FACT(a_caller_that_calls_more_is_to_blame),
        COMPARING_FACT(callers_that_were_not_edited_are_left_open),
        COMPARING_FACT(several_edited_functions_are_named_together),
        COMPARING_FACT(what_its_callees_make_up_for_is_told_with_them),
        COMPARING_FACT(what_others_make_up_for_is_told_by_its_size),
        COMPARING_FACT(it_is_told_so_where_nobody_edited_it),
        COMPARING_FACT(hardly_more_than_all_is_all),
        COMPARING_FACT(samples_are_told_without_calls),
        COMPARING_FACT(what_chance_may_do_to_samples_is_not_told),
        COMPARING_FACT(what_chance_can_hardly_do_to_samples_is),
        COMPARING_FACT(nothing_is_told_of_nothing),
        COMPARING_FACT(what_does_not_matter_here_is_not_told),
        COMPARING_FACT(tables_hold_what_was_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
