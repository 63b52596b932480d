/* Each rule by small profiles: one that fires it, and a near miss. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/explain/smells.h"
#include "gate/verdict/result.h"
#include "tests/unit/explain/comparing.h"
#include "tests/unit/explain/smell_profiles.h"

#define NO_N 0.0 /* not known */
static struct explanation
smells_of(struct comparing *comparing, const char *base, const char *head, double n)
{
    struct explanation explanation = { .bench_id = xstrdup("rows") };
    comparing_texts(comparing, base, head);
    const struct smell_evidence evidence = { .pair = &comparing->pair, .n = n };
    smells_find(&evidence, &explanation);
    return explanation;
}

/* rule NULL: nothing fires. */
static void assert_first(struct explanation *explanation, const char *rule)
{
    const char *got =
        explanation->smells.count ? explanation->smells.items[0].rule : "nothing";
    AUTO_FREE char *kept = xstrdup(got);
    explanation_clear(explanation);
    assert_string_equal(kept, rule ? rule : "nothing");
}

static void assert_smells(
    void **state, const char *base, const char *head, double n, const char *rule)
{
    struct explanation explanation = smells_of(*state, base, head, n);
    assert_first(&explanation, rule);
}

static void a_smell_has_its_figures_its_caller_and_what_to_look_at(void **state)
{
    struct explanation explanation = smells_of(*state, CALLED("regcomp", "1", "100"),
                                               CALLED("regcomp", "300", "30000"), NO_N);
    assert_int_equal(explanation.smells.count, 1);
    const struct explained_smell *smell = &explanation.smells.items[0];
    AUTO_FREE char *says = xstrdup(smell->says);
    AUTO_FREE char *caller = xstrdup(smell->caller);
    bool is_new = smell->is_new;
    uint32_t line = smell->line;
    double figures[] = { smell->base, smell->head, smell->share };
    explanation_clear(&explanation);

    assert_string_equal(says, "'regcomp' is called 300 times where it was 1, by 'main' "
                              "(main.c:7) in a loop: 38 % of the instructions");
    assert_string_equal(caller, "main");
    assert_true(is_new);
    assert_int_equal(line, 7);
    assert_close(figures[0], 1, 0);
    assert_close(figures[1], 300, 0);
    assert_close(figures[2], 0.375, 1e-9);
}

static void regexes_compiled_in_a_loop_smell(void **state)
{
    assert_smells(state, CALLED("regcomp", "1", "100"),
                  CALLED("pcre2_compile_8", "300", "30000"), NO_N,
                  "regex compiled in a loop");
}

static void a_few_regexes_do_not(void **state)
{
    assert_smells(state, CALLED("regcomp", "1", "100"), CALLED("regcomp", "9", "30000"),
                  NO_N, NULL);
}

static void regexes_that_cost_nothing_do_not(void **state)
{
    assert_smells(state, CALLED("regcomp", "1", "100"), CALLED("regcomp", "300", "400"),
                  NO_N, NULL);
}

/* 14 calls, 7 by each of two functions. */
static void regexes_of_many_callers_are_no_loop(void **state)
{
    assert_smells(state, NOTHING,
                  HEADER MAIN("50000") "fn=a\n9 10\n" CALL(
                      "regcomp", "7", "3000") "fn=b\n9 10\n" CALL("regcomp", "7", "3000")
                      LIBRARY("regcomp", "6000"),
                  NO_N, NULL);
}

static void a_query_a_row_smells(void **state)
{
    assert_smells(state, CALLED("sqlite3_prepare_v2", "1", "100"),
                  CALLED("sqlite3_prepare_v2", "40", "30000"), 40, "a query a row");
}

static void fewer_queries_than_rows_do_not(void **state)
{
    assert_smells(state, CALLED("sqlite3_prepare_v2", "1", "100"),
                  CALLED("sqlite3_prepare_v2", "40", "30000"), 1000, NULL);
}

#define STEPPED(reads)                                                                  \
    HEADER MAIN("50000") CALL("sqlite3_prepare_v2", "1", "100")                         \
        CALL("sqlite3_step", "200", "30000") CALL("sqlite3_reset", "200", "2000")       \
            reads LIBRARY("sqlite3_prepare_v2", "100") LIBRARY("sqlite3_step", "30000") \
                LIBRARY("sqlite3_reset", "2000")

static void one_query_that_is_run_again_for_each_row_smells(void **state)
{
    assert_smells(state, NOTHING,
                  STEPPED(CALL("sqlite3_column_int", "200", "1000"))
                      LIBRARY("sqlite3_column_int", "1000"),
                  200, "a query a row");
}

static void rows_that_are_only_written_do_not(void **state)
{
    assert_smells(state, NOTHING, STEPPED(""), 200, NULL);
}

static void rows_of_which_few_are_read_do_not(void **state)
{
    assert_smells(state, NOTHING,
                  STEPPED(CALL("sqlite3_column_int", "199", "1000"))
                      LIBRARY("sqlite3_column_int", "1000"),
                  200, NULL);
}

/* By a function that writes none. */
static void rows_that_others_read_do_not(void **state)
{
    assert_smells(state, NOTHING,
                  STEPPED("fn=list\n9 10\n" CALL("sqlite3_column_int", "200", "1000"))
                      LIBRARY("sqlite3_column_int", "1000"),
                  200, NULL);
}

static void all_rows_of_one_query_do_not(void **state)
{
    assert_smells(state, NOTHING,
                  HEADER MAIN("50000") CALL("sqlite3_prepare_v2", "1", "100")
                      CALL("sqlite3_step", "200", "30000")
                          LIBRARY("sqlite3_prepare_v2", "100")
                              LIBRARY("sqlite3_step", "30000"),
                  200, NULL);
}

/* n is 100: 5,000 of the 10,000 pairs. */
static void calls_like_n_squared_smell(void **state)
{
    assert_smells(state, CALLED("strcmp", "700", "7000"),
                  CALLED("__strcmp_avx2", "5000", "50000"), 100, "calls like n squared");
}

static void variants_of_the_c_library_have_their_usual_names(void **state)
{
    struct explanation explanation =
        smells_of(*state, NOTHING, CALLED("__strcmp_avx2", "5000", "50000"), 100);
    assert_int_equal(explanation.smells.count, 1);
    assert_string_equal(explanation.smells.items[0].function, "strcmp");
    explanation_clear(&explanation);
}

static void calls_like_n_log_n_do_not(void **state)
{
    assert_smells(state, CALLED("strcmp", "100", "1000"),
                  CALLED("__strcmp_avx2", "1200", "50000"), 100, NULL);
}

static void squares_that_base_had_too_do_not(void **state)
{
    assert_smells(state, CALLED("strcmp", "4000", "40000"),
                  CALLED("strcmp", "5000", "50000"), 100, NULL);
}

static void without_n_ten_times_the_calls_of_base_smell(void **state)
{
    assert_smells(state, CALLED("memcmp", "1000", "10000"),
                  CALLED("memcmp", "10000", "50000"), NO_N, "called far more often");
}

static void without_n_nine_times_do_not(void **state)
{
    assert_smells(state, CALLED("memcmp", "1000", "10000"),
                  CALLED("memcmp", "9999", "50000"), NO_N, NULL);
}

static void opening_again_and_again_smells(void **state)
{
    assert_smells(state, CALLED("fopen", "1", "100"), CALLED("fopen", "50", "400"), NO_N,
                  "opened again and again");
}

static void as_many_files_as_base_do_not(void **state)
{
    assert_smells(state, CALLED("fopen", "30", "100"), CALLED("fopen", "50", "400"), NO_N,
                  NULL);
}

static void an_allocation_a_row_smells(void **state)
{
    assert_smells(state, CALLED("malloc", "2", "100"), CALLED("malloc", "202", "5000"),
                  200, "an allocation a row");
}

static void an_allocation_every_third_row_does_not(void **state)
{
    assert_smells(state, CALLED("malloc", "2", "100"), CALLED("malloc", "202", "5000"),
                  600, NULL);
}

static void allocations_of_libraries_do_not(void **state)
{
    assert_smells(state, NOTHING,
                  HEADER MAIN("50000") CALL("solve", "1", "20000")
                      LIBRARY("solve", "10000") CALL("malloc", "900", "10000")
                          LIBRARY("malloc", "10000"),
                  200, NULL);
}

/* The program was built elsewhere, or without debug information. */
static void allocations_of_nobody_known_do_not(void **state)
{
#define ELSEWHERE(count, cost)                                                          \
    "events: Ir\nob=/elsewhere/program\nfn=main\n0 50000\n" CALL("malloc", count, cost) \
        LIBRARY("malloc", cost)
    assert_smells(state, ELSEWHERE("2", "100"), ELSEWHERE("20002", "50000"), NO_N, NULL);
#undef ELSEWHERE
}

static void json_parsed_in_a_loop_smells(void **state)
{
    assert_smells(state, CALLED("json_loads", "10", "1000"),
                  CALLED("json_loads", "100", "50000"), NO_N, "done for each row");
}

static void json_parsed_as_often_as_before_does_not(void **state)
{
    assert_smells(state, CALLED("json_loads", "11", "1000"),
                  CALLED("json_loads", "100", "50000"), NO_N, NULL);
}

static void sorting_in_a_loop_that_costs_nothing_does_not(void **state)
{
    assert_smells(state, CALLED("qsort", "1", "10"), CALLED("qsort", "100", "2000"), NO_N,
                  NULL);
}

/* As where all was parsed by something dearer. */
static void json_parsed_in_a_loop_does_not_where_that_saves(void **state)
{
    assert_smells(state, CALLED("parse_all", "1", "60000"),
                  CALLED("json_loads", "100", "50000"), NO_N, NULL);
}

static void indented_output_smells(void **state)
{
    assert_smells(state, NOTHING, CALLED("dump_indent", "1000", "5000"), NO_N,
                  "pretty output of much data");
}

static void output_that_is_not_indented_does_not(void **state)
{
    assert_smells(state, NOTHING, CALLED("dump_indent", "1000", "2000"), NO_N, NULL);
}

static void what_base_had_is_said_to_be_old_and_comes_last(void **state)
{
    struct explanation explanation = smells_of(
        *state,
        HEADER MAIN("50000") CALL("regcomp", "40", "20000") LIBRARY("regcomp", "20000"),
        HEADER MAIN("50000") CALL("regcomp", "40", "20000") CALL("fopen", "60", "500")
            LIBRARY("regcomp", "20000") LIBRARY("fopen", "500"),
        NO_N);
    assert_int_equal(explanation.smells.count, 2);
    bool is_new[] = { explanation.smells.items[0].is_new,
                      explanation.smells.items[1].is_new };
    assert_string_equal(explanation.smells.items[0].function, "fopen");
    assert_string_equal(explanation.smells.items[1].function, "regcomp");
    assert_true(is_new[0]);
    assert_false(is_new[1]);
    explanation_clear(&explanation);
}

/* row is called 300 times, and calls the wrapper once each. */
static void the_loop_is_found_behind_wrappers(void **state)
{
    struct explanation explanation = smells_of(
        *state, NOTHING,
        HEADER MAIN("50000") "cfn=row\ncalls=300 9\n6 36000\n"
                             "fn=row\n9 3000\ncfn=wrapper\ncalls=300 20\n10 33000\n"
                             "fn=wrapper\n20 3000\n" CALL("regcomp", "300", "30000")
                                 LIBRARY("regcomp", "30000"),
        NO_N);
    assert_int_equal(explanation.smells.count, 1);
    assert_string_equal(explanation.smells.items[0].caller, "wrapper");
    assert_string_equal(explanation.smells.items[0].loop, "main");
    explanation_clear(&explanation);
}

static void nothing_smells_of_nothing(void **state)
{
    struct explanation explanation = { .bench_id = xstrdup("rows") };
    const struct smell_evidence evidence = { 0 };
    (void)state;
    smells_find(&evidence, &explanation);
    assert_first(&explanation, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(a_smell_has_its_figures_its_caller_and_what_to_look_at),
        COMPARING_FACT(regexes_compiled_in_a_loop_smell),
        COMPARING_FACT(a_few_regexes_do_not),
        COMPARING_FACT(regexes_that_cost_nothing_do_not),
        COMPARING_FACT(regexes_of_many_callers_are_no_loop),
        COMPARING_FACT(a_query_a_row_smells),
        COMPARING_FACT(fewer_queries_than_rows_do_not),
        COMPARING_FACT(one_query_that_is_run_again_for_each_row_smells),
        COMPARING_FACT(rows_that_are_only_written_do_not),
        COMPARING_FACT(rows_of_which_few_are_read_do_not),
        COMPARING_FACT(rows_that_others_read_do_not),
        COMPARING_FACT(all_rows_of_one_query_do_not),
        COMPARING_FACT(calls_like_n_squared_smell),
        COMPARING_FACT(variants_of_the_c_library_have_their_usual_names),
        COMPARING_FACT(calls_like_n_log_n_do_not),
        COMPARING_FACT(squares_that_base_had_too_do_not),
        COMPARING_FACT(without_n_ten_times_the_calls_of_base_smell),
        COMPARING_FACT(without_n_nine_times_do_not),
        COMPARING_FACT(opening_again_and_again_smells),
        COMPARING_FACT(as_many_files_as_base_do_not),
        COMPARING_FACT(an_allocation_a_row_smells),
        COMPARING_FACT(an_allocation_every_third_row_does_not),
        COMPARING_FACT(allocations_of_libraries_do_not),
        COMPARING_FACT(allocations_of_nobody_known_do_not),
        COMPARING_FACT(json_parsed_in_a_loop_smells),
        COMPARING_FACT(json_parsed_as_often_as_before_does_not),
        COMPARING_FACT(sorting_in_a_loop_that_costs_nothing_does_not),
        COMPARING_FACT(json_parsed_in_a_loop_does_not_where_that_saves),
        COMPARING_FACT(indented_output_smells),
        COMPARING_FACT(output_that_is_not_indented_does_not),
        COMPARING_FACT(what_base_had_is_said_to_be_old_and_comes_last),
        COMPARING_FACT(the_loop_is_found_behind_wrappers),
        COMPARING_FACT(nothing_smells_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
