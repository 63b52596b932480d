#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/options.h"
#include "tests/support/check.h"

/* What one reading of a command line gave. */
struct reading {
    struct strvec words;
    char *argv[16]; /* the words; rearranged by the reading */
    bool has_colour;
    bool has_cache;
    const char *text;
    const char *since;
    struct strvec list;
    uint64_t number;
    int64_t duration_ns;
    struct operands operands;
    struct error err;
    int result;
};

static void reading_clear(struct reading *reading)
{
    strvec_clear(&reading->words);
    strvec_clear(&reading->list);
}
#define AUTO_READING AUTO(reading_clear)

#define ROWS 9
static void make_table(struct reading *r, struct option_row table[ROWS])
{
    const struct option_row rows[ROWS] = {
        { OPTION_GROUP, 0, NULL, NULL, NULL, "how it looks" },
        { OPTION_FLAG, 'c', "colour", &r->has_colour, NULL, "in colours" },
        { OPTION_TEXT, 'n', "name", &r->text, "NAME", "what it is called;\nor not" },
        { OPTION_CHOICE, 0, "since", &r->since, "REV", "from there on" },
        { OPTION_GROUP, 0, NULL, NULL, NULL, "how it works" },
        { OPTION_NEGATION, 0, "no-cache", &r->has_cache, NULL, "do not keep" },
        { OPTION_LIST, 'a', "add", &r->list, "WORD", "one more" },
        { OPTION_NUMBER, 0, "count", &r->number, "N", "how many" },
        { OPTION_DURATION, 't', "time-that-it-may-take", &r->duration_ns, "TIME",
          "how long" },
    };
    memcpy(table, rows, sizeof rows);
}

/* Reads a command line whose words are parted by single blanks. */
static void read_line(struct reading *r, const char *line)
{
    *r = (struct reading){ .has_cache = true, .number = 1, .duration_ns = 1 };
    struct option_row table[ROWS];
    for (const char *word = line; *word;) {
        size_t length = strcspn(word, " ");
        strvec_pushf(&r->words, "%.*s", (int)length, word);
        word += length + (word[length] == ' ');
    }
    for (size_t i = 0; i < r->words.count; i++)
        r->argv[i] = r->words.items[i];
    make_table(r, table);
    r->result =
        options_read(table, ROWS, (int)r->words.count, r->argv, &r->operands, &r->err);
}

static void values_are_taken_in_every_way_of_writing(void **state)
{
    (void)state;
    static const char *const lines[] = { "--name x --count 7", "--name=x --count=7",
                                         "-n x --count=7", "-nx --count 7" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        AUTO_READING struct reading r;
        read_line(&r, lines[i]);
        assert_int_equal(r.result, 0);
        assert_string_equal(r.text, "x");
        assert_int_equal(r.number, 7);
        assert_int_equal(r.operands.count, 0);
    }
}

static void each_kind_fills_its_target(void **state)
{
    (void)state;
    AUTO_READING struct reading r;
    read_line(&r, "-c --no-cache -a one --add=two --time-that-it-may-take 2s");

    assert_int_equal(r.result, 0);
    assert_true(r.has_colour);
    assert_false(r.has_cache);
    assert_int_equal(r.list.count, 2);
    assert_string_equal(r.list.items[1], "two");
    assert_int_equal(r.duration_ns, 2000000000);
}

static void value_of_a_choice_may_be_left_out(void **state)
{
    (void)state;
    AUTO_READING struct reading bare;
    AUTO_READING struct reading given;
    read_line(&bare, "--since v1");
    read_line(&given, "--since=v1");

    assert_string_equal(bare.since, "");
    assert_string_equal(bare.operands.items[0], "v1");
    assert_string_equal(given.since, "v1");
}

static void targets_stay_as_they_were_where_nothing_is_given(void **state)
{
    (void)state;
    AUTO_READING struct reading r;
    read_line(&r, "");

    assert_int_equal(r.result, 0);
    assert_false(r.has_colour);
    assert_true(r.has_cache);
    assert_null(r.text);
    assert_int_equal(r.number, 1);
    assert_int_equal(r.duration_ns, 1);
    assert_false(r.operands.wants_help);
}

static void operands_may_stand_between_options(void **state)
{
    (void)state;
    AUTO_READING struct reading r;
    read_line(&r, "one -c two --count 3 - three");

    assert_int_equal(r.result, 0);
    assert_int_equal(r.operands.count, 4);
    assert_string_equal(r.operands.items[0], "one");
    assert_string_equal(r.operands.items[1], "two");
    assert_string_equal(r.operands.items[2], "-");
    assert_string_equal(r.operands.items[3], "three");
    assert_null(r.operands.rest);
}

static void what_follows_two_dashes_is_left_alone(void **state)
{
    (void)state;
    AUTO_READING struct reading r;
    read_line(&r, "one -- ls -l -- --help");

    assert_int_equal(r.result, 0);
    assert_false(r.operands.wants_help);
    assert_int_equal(r.operands.count, 1);
    assert_int_equal(r.operands.rest_count, 4);
    assert_string_equal(r.operands.rest[0], "ls");
    assert_string_equal(r.operands.rest[3], "--help");
}

static void value_may_begin_with_a_dash_and_be_empty(void **state)
{
    (void)state;
    AUTO_READING struct reading dash;
    read_line(&dash, "--name --count");
    AUTO_READING struct reading empty;
    read_line(&empty, "--name=");

    assert_string_equal(dash.text, "--count");
    assert_string_equal(empty.text, "");
}

static void help_ends_the_reading(void **state)
{
    (void)state;
    AUTO_READING struct reading r;
    read_line(&r, "--count 3 -h --no-such-option");

    assert_int_equal(r.result, 0);
    assert_true(r.operands.wants_help);
    assert_int_equal(r.number, 3);
}

static void bad_options_are_refused_with_what_is_allowed(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *message;
    } cases[] = {
        { "--nmae x", "unknown option '--nmae', did you mean '--name'?" },
        { "--nmae=x", "unknown option '--nmae=x', did you mean '--name'?" },
        { "--q", "unknown option '--q'; --help lists them all" },
        { "-q", "unknown option '-q'; --help lists them all" },
        { "---", "unknown option '---'; --help lists them all" },
        { "--nam x", "unknown option '--nam', did you mean '--name'?" },
        { "--name", "--name needs a value: NAME" },
        { "-n", "--name needs a value: NAME" },
        { "--colour=yes", "--colour takes no value, but got 'yes'" },
        { "--no-cache=", "--no-cache takes no value, but got ''" },
        { "-ca", "'-ca': write short options one by one" },
        { "--count x", "--count must be a whole number, not 'x'" },
        { "--count=", "--count must be a whole number, not ''" },
        { "--count -1", "--count must be a whole number, not '-1'" },
        { "--count 1.5", "--count must be a whole number, not '1.5'" },
        { "--count 0x10", "--count must be a whole number, not '0x10'" },
        { "--count 9223372036854775808",
          "--count must be a whole number, not '9223372036854775808'" },
        { "--count 99999999999999999999999",
          "--count must be a whole number, not '99999999999999999999999'" },
        { "-t 5", "--time-that-it-may-take must be a duration such as" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_READING struct reading r;
        read_line(&r, cases[i].line);
        assert_int_equal(r.result, -1);
        assert_int_equal(r.err.code, ERROR_USAGE);
        assert_contains(r.err.message, cases[i].message);
    }
}

static void largest_number_is_taken(void **state)
{
    (void)state;
    AUTO_READING struct reading r;
    read_line(&r, "--count 9223372036854775807");

    assert_int_equal(r.result, 0);
    assert_true(r.number == INT64_MAX);
}

static void help_is_grouped_and_aligned(void **state)
{
    (void)state;
    struct reading r = { 0 };
    struct option_row table[ROWS];
    AUTO_STR struct str help = STR_INIT;

    make_table(&r, table);
    options_add_help(table, ROWS, &help);

    assert_string_equal(help.data, "how it looks:\n"
                                   "  -c, --colour              in colours\n"
                                   "  -n, --name NAME           what it is called;\n"
                                   "                            or not\n"
                                   "  --since[=REV]             from there on\n"
                                   "\n"
                                   "how it works:\n"
                                   "  --no-cache                do not keep\n"
                                   "  -a, --add WORD            one more\n"
                                   "  --count N                 how many\n"
                                   "  -t, --time-that-it-may-take TIME\n"
                                   "                            how long\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_taken_in_every_way_of_writing),
        cmocka_unit_test(each_kind_fills_its_target),
        cmocka_unit_test(value_of_a_choice_may_be_left_out),
        cmocka_unit_test(targets_stay_as_they_were_where_nothing_is_given),
        cmocka_unit_test(operands_may_stand_between_options),
        cmocka_unit_test(what_follows_two_dashes_is_left_alone),
        cmocka_unit_test(value_may_begin_with_a_dash_and_be_empty),
        cmocka_unit_test(help_ends_the_reading),
        cmocka_unit_test(bad_options_are_refused_with_what_is_allowed),
        cmocka_unit_test(largest_number_is_taken),
        cmocka_unit_test(help_is_grouped_and_aligned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
