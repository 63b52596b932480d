/* The callgrind format, rule by rule, in small files written by hand. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/callgrind/profile.h"
#include "tests/unit/callgrind/reading.h"

/* "Extended Example" of the format's specification in valgrind's manual. */
static const char extended[] = "# callgrind format\n"
                               "events: Instructions\n"
                               "\n"
                               "fl=file1.c\n"
                               "fn=main\n"
                               "16 20\n"
                               "cfn=func1\n"
                               "calls=1 50\n"
                               "16 400\n"
                               "cfi=file2.c\n"
                               "cfn=func2\n"
                               "calls=3 20\n"
                               "16 400\n"
                               "\n"
                               "fn=func1\n"
                               "51 100\n"
                               "cfi=file2.c\n"
                               "cfn=func2\n"
                               "calls=2 20\n"
                               "51 300\n"
                               "\n"
                               "fl=file2.c\n"
                               "fn=func2\n"
                               "20 700\n";

static void costs_and_calls_are_those_of_the_manuals_example(void **state)
{
    struct reading *reading = *state;
    read_text(reading, extended);

    assert_int_equal(reading->profile.functions.count, 3);
    assert_self(reading, "main", 20);
    assert_self(reading, "func1", 100);
    assert_self(reading, "func2", 700);
    assert_call(reading, "main", "func1", 1, 400);
    assert_call(reading, "main", "func2", 3, 400);
    assert_call(reading, "func1", "func2", 2, 300);
    assert_string_equal(
        reading->profile.functions.items[find_function(reading, "func2")].file,
        "file2.c");
}

static void the_totals_are_the_sum_where_none_are_stated(void **state)
{
    struct reading *reading = *state;
    read_text(reading, extended);
    assert_int_equal(reading->profile.totals[0], 820);
}

/* "Name Compression" of the manual: numbers defined before anything else. */
static void numbers_stand_for_names(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Instructions\n"
                       "fl=(1) file1.c\nfl=(2) file2.c\n"
                       "fn=(1) main\nfn=(2) func1\nfn=(3) func2\n\n"
                       "fl=(1)\nfn=(1)\n16 20\n"
                       "cfn=(2)\ncalls=1 50\n16 400\n"
                       "cfi=(2)\ncfn=(3)\ncalls=3 20\n16 400\n\n"
                       "fn=(2)\n51 100\ncfi=(2)\ncfn=(3)\ncalls=2 20\n51 300\n\n"
                       "fl=(2)\nfn=(3)\n20 700\n");

    assert_int_equal(reading->profile.functions.count, 3);
    assert_self(reading, "func2", 700);
    assert_call(reading, "func1", "func2", 2, 300);
}

static void a_number_is_one_thing_for_files_and_another_for_functions(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\nob=(7) prog\nfl=(7) a.c\nfn=(7) f\n1 5\n");

    const struct profile_function *function = &reading->profile.functions.items[0];
    assert_string_equal(function->object, "prog");
    assert_string_equal(function->file, "a.c");
    assert_string_equal(function->name, "f");
}

static void functions_of_one_name_differ_by_file_and_object(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\n"
                       "ob=one\nfl=a.c\nfn=f\n1 5\nfl=b.c\nfn=f\n1 6\n"
                       "ob=two\nfn=f\n1 7\nfn=f\n1 8\n");

    assert_int_equal(reading->profile.functions.count, 3);
    assert_int_equal(reading->profile.self[0], 5);
    assert_int_equal(reading->profile.self[1], 6);
    assert_int_equal(reading->profile.self[2], 15);
}

/* "Subposition Compression" of the manual. */
static void positions_are_relative_to_the_line_of_costs_before(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "positions: instr line\nevents: ticks\nfl=a.c\nfn=func\n"
                       "0x80001234 90 1\n+3 * 5\n+1 +1 6\n-0x4 -11 7\n");

    assert_int_equal(reading->profile.lines.count, 3);
    assert_line(reading, "a.c", 90, 6);
    assert_line(reading, "a.c", 91, 6);
    assert_line(reading, "a.c", 80, 7);
    assert_self(reading, "func", 19);
}

static void positions_without_a_line_leave_it_unknown(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "positions: instr\nevents: Ir\nfl=a.c\nfn=f\n0x12 5\n+2 6\n");
    assert_line(reading, "a.c", 0, 11);
}

static void inlined_code_counts_for_its_function_and_stands_in_its_file(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\nfl=a.c\nfn=f\n1 5\nfi=a.h\n1 6\nfe=a.c\n2 7\n");

    assert_int_equal(reading->profile.functions.count, 1);
    assert_self(reading, "f", 18);
    assert_line(reading, "a.c", 1, 5);
    assert_line(reading, "a.h", 1, 6);
    assert_line(reading, "a.c", 2, 7);
}

static void the_file_of_inlined_code_ends_with_its_function(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\nfl=a.c\nfn=f\n1 5\nfi=a.h\n1 6\n\nfn=g\n2 7\n");
    assert_string_equal(
        reading->profile.functions.items[find_function(reading, "g")].file, "a.c");
    assert_line(reading, "a.c", 2, 7);
}

static void a_call_from_inlined_code_goes_to_the_file_that_it_names(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\nob=p\nfl=a.c\nfn=f\nfi=a.h\n"
                       "cob=lib\ncfi=l.c\ncfn=g\ncalls=2 9\n3 50\n"
                       "cfn=h\ncalls=1 9\n3 60\n");

    const struct profile_function *g =
        &reading->profile.functions.items[find_function(reading, "g")];
    const struct profile_function *h =
        &reading->profile.functions.items[find_function(reading, "h")];
    assert_string_equal(g->object, "lib");
    assert_string_equal(g->file, "l.c");
    assert_string_equal(h->object, "p");
    assert_string_equal(h->file, "a.h");
    assert_self(reading, "f", 0);
}

static void jumps_cost_nothing_and_move_the_position(void **state)
{
    struct reading *reading = *state;
    read_text(reading,
              "positions: instr line\nevents: Ir\nfl=a.c\nfn=f\n"
              "0x10 5 1\njcnd=1/3 +23 0\n* * \njump=2 0x40 9\n+4 +1\n+1 +1 8\n"
              "jfi=(3) b.c\njfn=(9) g\njump=1 0x50 3\n* *\nfl=(3)\nfn=(9)\n0x60 1 2\n");

    assert_self(reading, "f", 9);
    assert_line(reading, "a.c", 7, 8);
    assert_line(reading, "b.c", 1, 2);
}

static void costs_left_out_at_the_end_of_a_line_are_zero(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Cycles Instructions Flops\nfl=file.f\nfn=main\n"
                       "15 90 14 2\n16 20 12\n");

    assert_int_equal(reading->profile.self[0], 110);
    assert_int_equal(reading->profile.self[1], 26);
    assert_int_equal(reading->profile.self[2], 2);
    assert_int_equal(profile_event(&reading->profile, "Flops"), 2);
    assert_int_equal(profile_event(&reading->profile, "Ir"), -1);
}

static void parts_are_added_up(void **state)
{
    struct reading *reading = *state;
    read_text(reading,
              "events: Ir\nsummary: 5\nfl=a.c\nfn=(1) f\n1 5\ntotals: 5\n\n"
              "part: 2\nevents: Ir\nsummary: 7\nfl=a.c\nfn=(1)\n1 7\ntotals: 7\n");

    assert_int_equal(reading->profile.part_count, 2);
    assert_int_equal(reading->profile.totals[0], 12);
    assert_int_equal(reading->profile.functions.count, 1);
    assert_self(reading, "f", 12);
}

static void the_summary_is_the_total_where_costs_were_left_out(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\nsummary: 50\nfn=f\n1 5\ntotals: 5\n");
    assert_int_equal(reading->profile.totals[0], 50);
}

static void line_ends_of_windows_and_a_missing_last_one_are_read(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\r\nfl=a.c\r\nfn=f\r\n1 5\r\n\r\ntotals: 5");
    assert_int_equal(reading->profile.totals[0], 5);
    assert_string_equal(reading->profile.functions.items[0].name, "f");
}

static void names_may_hold_blanks_and_brackets(void **state)
{
    struct reading *reading = *state;
    read_text(reading, "events: Ir\nfn=(1) operator new(unsigned long)\n1 5\n"
                       "fn=(below main)\n1 6\nfn=(2nd)\n1 7\n");
    assert_self(reading, "operator new(unsigned long)", 5);
    assert_self(reading, "(below main)", 6);
    assert_self(reading, "(2nd)", 7);
}

/* Longer than the blocks that a file is read in. */
static void a_name_of_a_megabyte_is_read(void **state)
{
    struct reading *reading = *state;
    AUTO_STR struct str text = STR_INIT;
    str_add(&text, "events: Ir\nfn=");
    for (int i = 0; i < 1 << 18; i++)
        str_add(&text, "name");
    str_add(&text, "\n1 5\n");
    read_text(reading, text.data);
    assert_int_equal(strlen(reading->profile.functions.items[0].name), 1 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        READING_FACT(costs_and_calls_are_those_of_the_manuals_example),
        READING_FACT(the_totals_are_the_sum_where_none_are_stated),
        READING_FACT(numbers_stand_for_names),
        READING_FACT(a_number_is_one_thing_for_files_and_another_for_functions),
        READING_FACT(functions_of_one_name_differ_by_file_and_object),
        READING_FACT(positions_are_relative_to_the_line_of_costs_before),
        READING_FACT(positions_without_a_line_leave_it_unknown),
        READING_FACT(inlined_code_counts_for_its_function_and_stands_in_its_file),
        READING_FACT(the_file_of_inlined_code_ends_with_its_function),
        READING_FACT(a_call_from_inlined_code_goes_to_the_file_that_it_names),
        READING_FACT(jumps_cost_nothing_and_move_the_position),
        READING_FACT(costs_left_out_at_the_end_of_a_line_are_zero),
        READING_FACT(parts_are_added_up),
        READING_FACT(the_summary_is_the_total_where_costs_were_left_out),
        READING_FACT(line_ends_of_windows_and_a_missing_last_one_are_read),
        READING_FACT(names_may_hold_blanks_and_brackets),
        READING_FACT(a_name_of_a_megabyte_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
