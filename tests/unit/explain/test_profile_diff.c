/* Two profiles by hand, so that what must be said of each pair of them is certain. Real
 * ones are in test_profile_annotate.c. */
#include <math.h>

#include "gate/base/str.h"
#include "tests/unit/explain/comparing.h"

#define HEADER "events: Ir\nob=/tree/program\n"
#define MAIN(self, calls)                    \
    "fl=/tree/main.c\nfn=main\n1 " self "\n" \
    "cfi=/tree/lookup.c\n" calls

static void functions_stand_by_what_they_add(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(
        comparing,
        HEADER MAIN(
            "10", "cfn=find\ncalls=5 20\n2 100\n") "fl=/tree/lookup.c\nfn=find\n20 100\n",
        HEADER MAIN(
            "15",
            "cfn=find\ncalls=5 20\n2 900\n") "fl=/tree/lookup.c\nfn=find\n20 900\n");

    const struct profile_diff *diff = &comparing->pair.diff;
    assert_int_equal(diff->functions.count, 2);
    assert_string_equal(diff->functions.items[0].name, "find");
    assert_string_equal(diff->functions.items[0].file, "lookup.c");
    assert_close(diff->functions.items[0].self_share, 800.0 / 805, 1e-12);
    assert_close(diff->functions.items[1].self_share, 5.0 / 805, 1e-12);
    assert_close(diff->functions.items[1].inclusive_share, 1, 1e-12);
    assert_int_equal(diff->functions.items[0].sides[SIDE_HEAD].calls, 5);
    comparing_assert_sums(comparing);
}

static void what_got_cheaper_has_a_share_against_it(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(comparing, HEADER "fl=a.c\nfn=f\n1 100\nfn=g\n2 50\n",
                    HEADER "fl=a.c\nfn=f\n1 220\nfn=g\n2 30\n");
    assert_close(comparing_item(comparing, "f")->self_share, 1.2, 1e-12);
    assert_close(comparing_item(comparing, "g")->self_share, -0.2, 1e-12);
    assert_close(profile_difference(&comparing->pair.diff), 100, 0);
}

static void equal_profiles_have_no_shares(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(comparing, HEADER "fl=a.c\nfn=f\n1 100\n",
                    HEADER "fl=a.c\nfn=f\n1 100\n");
    assert_true(isnan(comparing_item(comparing, "f")->self_share));
    assert_int_equal(comparing_item(comparing, "f")->fate, FUNCTION_KEPT);
}

static void new_and_gone_functions_are_said_to_be(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(comparing, HEADER "fl=a.c\nfn=f\n1 100\nfn=old\n2 70\n",
                    HEADER "fl=a.c\nfn=f\n1 100\nfl=b.c\nfn=fresh\n2 40\n");
    assert_int_equal(comparing_item(comparing, "old")->fate, FUNCTION_GONE);
    assert_int_equal(comparing_item(comparing, "old")->sides[SIDE_HEAD].function,
                     COSTS_NONE);
    assert_int_equal(comparing_item(comparing, "fresh")->fate, FUNCTION_NEW);
    comparing_assert_sums(comparing);
}

static void a_function_in_another_file_has_moved(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(comparing, HEADER "fl=/tree/a.c\nfn=f\n1 100\n",
                    HEADER "fl=/tree/b.c\nfn=f\n1 150\n");
    const struct function_diff *moved = comparing_item(comparing, "f");
    assert_int_equal(moved->fate, FUNCTION_MOVED);
    assert_string_equal(moved->was, "a.c");
    assert_string_equal(moved->file, "b.c");
    assert_int_equal(moved->sides[SIDE_BASE].self, 100);
}

/* Each of two static functions "step" has its file; one of them moves with it. */
static void renamed_files_keep_static_duplicates_apart(void **state)
{
    struct comparing *comparing = *state;
    const struct hunk_spec rename = { .old_path = "a.c", .new_path = "c.c" };
    comparing_add_hunk(comparing, &rename);
    comparing_add_text(comparing, SIDE_BASE,
                       HEADER
                       "fl=/tree/a.c\nfn=step\n1 100\nfl=/tree/b.c\nfn=step\n1 10\n");
    comparing_add_text(comparing, SIDE_HEAD,
                       HEADER
                       "fl=/tree/c.c\nfn=step\n1 300\nfl=/tree/b.c\nfn=step\n1 11\n");
    comparing_finish(comparing);

    const struct function_diff *first = &comparing->pair.diff.functions.items[0];
    assert_int_equal(comparing->pair.diff.functions.count, 2);
    assert_string_equal(first->file, "c.c");
    assert_string_equal(first->was, "a.c");
    assert_close(function_self_difference(first), 200, 0);
    assert_int_equal(comparing->pair.diff.functions.items[1].fate, FUNCTION_KEPT);
}

static void one_in_the_place_of_another_is_compared_with_it(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(
        comparing,
        HEADER MAIN(
            "10",
            "cfn=find_index\ncalls=500 20\n2 100\n") "fl=/tree/lookup.c\nfn=find_index\n20 100\n",
        HEADER MAIN(
            "10",
            "cfn=find_scan\ncalls=500 20\n2 900\n") "fl=/tree/lookup.c\nfn=find_scan\n20 900\n");
    const struct function_diff *found = comparing_item(comparing, "find_scan");
    assert_int_equal(found->fate, FUNCTION_RENAMED);
    assert_string_equal(found->was, "find_index");
    assert_int_equal(found->sides[SIDE_BASE].self, 100);
    assert_int_equal(comparing->pair.diff.functions.count, 2);
    comparing_assert_sums(comparing);
}

static void of_two_that_could_take_a_place_none_does(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(
        comparing,
        HEADER MAIN("10",
                    "cfn=old\ncalls=5 20\n2 100\n") "fl=/tree/lookup.c\nfn=old\n20 100\n",
        HEADER MAIN(
            "10",
            "cfn=one\ncalls=5 20\n2 900\n"
            "cfi=/tree/lookup.c\ncfn=two\ncalls=5 30\n3 9\n") "fl=/tree/lookup.c\nfn=one\n20 900\nfn=two\n30 9\n");
    assert_int_equal(comparing_item(comparing, "old")->fate, FUNCTION_GONE);
    assert_int_equal(comparing_item(comparing, "one")->fate, FUNCTION_NEW);
}

/* main grows by 95 as two functions of 100 together are gone, one called by the other. */
static void what_was_inlined_is_counted_with_its_caller(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(
        comparing,
        HEADER MAIN(
            "10",
            "cfn=outer\ncalls=5 20\n2 100\n") "fl=/tree/lookup.c\nfn=outer\n20 40\ncfn=inner\ncalls=9 30\n21 60\n"
                                              "fn=inner\n30 60\n",
        HEADER "fl=/tree/main.c\nfn=main\n1 105\n");

    const struct function_diff *host = comparing_item(comparing, "main");
    const struct function_diff *inner = comparing_item(comparing, "inner");
    assert_int_equal(inner->fate, FUNCTION_INLINED);
    assert_int_equal(comparing_item(comparing, "outer")->fate, FUNCTION_INLINED);
    assert_ptr_equal(&comparing->pair.diff.functions.items[inner->into], host);
    assert_int_equal(host->with_count, 2);
    assert_int_equal(host->sides[SIDE_BASE].self, 110);
    assert_close(function_self_difference(host), -5, 0);
    assert_int_equal(comparing->pair.diff.shown_count, 1);
    comparing_assert_sums(comparing);
}

static void what_is_no_longer_inlined_is_counted_with_its_caller_too(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(
        comparing, HEADER "fl=/tree/main.c\nfn=main\n1 110\n",
        HEADER MAIN(
            "10",
            "cfn=outer\ncalls=5 20\n2 130\n") "fl=/tree/lookup.c\nfn=outer\n20 130\n");
    const struct function_diff *host = comparing_item(comparing, "main");
    assert_int_equal(comparing_item(comparing, "outer")->fate, FUNCTION_INLINED);
    assert_close(function_self_difference(host), 30, 0);
    comparing_assert_sums(comparing);
}

/* A caller that hardly grew has not taken the work over. */
static void what_is_gone_without_a_trace_was_not_inlined(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(
        comparing,
        HEADER MAIN(
            "10",
            "cfn=outer\ncalls=5 20\n2 100\n") "fl=/tree/lookup.c\nfn=outer\n20 100\n",
        HEADER "fl=/tree/main.c\nfn=main\n1 30\n");
    assert_int_equal(comparing_item(comparing, "outer")->fate, FUNCTION_GONE);
    comparing_assert_sums(comparing);
}

static void recursion_is_no_reason_not_to_be_matched(void **state)
{
    struct comparing *comparing = *state;
    comparing_texts(
        comparing,
        HEADER MAIN(
            "10",
            "cfn=walk\ncalls=1 20\n2 100\n") "fl=/tree/lookup.c\nfn=walk\n20 40\ncfn=walk'2\ncalls=1 20\n21 60\n"
                                             "fn=walk'2\n20 60\n",
        HEADER MAIN(
            "10",
            "cfn=descend\ncalls=1 20\n2 100\n") "fl=/tree/lookup.c\nfn=descend\n20 70\ncfn=descend'2\n"
                                                "calls=1 20\n21 60\nfn=descend'2\n20 60\n");
    const struct function_diff *item = comparing_item(comparing, "descend");
    assert_int_equal(item->fate, FUNCTION_RENAMED);
    assert_int_equal(item->sides[SIDE_BASE].inclusive, 100);
    assert_int_equal(item->sides[SIDE_HEAD].inclusive, 130);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(functions_stand_by_what_they_add),
        COMPARING_FACT(what_got_cheaper_has_a_share_against_it),
        COMPARING_FACT(equal_profiles_have_no_shares),
        COMPARING_FACT(new_and_gone_functions_are_said_to_be),
        COMPARING_FACT(a_function_in_another_file_has_moved),
        COMPARING_FACT(renamed_files_keep_static_duplicates_apart),
        COMPARING_FACT(one_in_the_place_of_another_is_compared_with_it),
        COMPARING_FACT(of_two_that_could_take_a_place_none_does),
        COMPARING_FACT(what_was_inlined_is_counted_with_its_caller),
        COMPARING_FACT(what_is_no_longer_inlined_is_counted_with_its_caller_too),
        COMPARING_FACT(what_is_gone_without_a_trace_was_not_inlined),
        COMPARING_FACT(recursion_is_no_reason_not_to_be_matched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
