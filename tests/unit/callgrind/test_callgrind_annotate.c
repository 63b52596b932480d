/* Real profiles against callgrind_annotate, which comes with valgrind: those of
 * tests/data/callgrind with what it said when they were made, and one of a program that
 * is built and run here. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "tests/unit/callgrind/annotated.h"
#include "tests/unit/callgrind/reading.h"

/* Compares with the text of callgrind_annotate in the file. Rows of self cost are all
 * compared. */
static size_t compare(struct reading *reading, const char *path, bool is_inclusive)
{
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };
    if (file_read(path, &text, &err) < 0)
        fail_msg("%s", err.message);
    return annotated_check(&reading->profile, text.data, is_inclusive);
}

static void compare_stored(struct reading *reading, const char *name, uint64_t total)
{
    AUTO_FREE char *file = str_format("%s.out", name);
    AUTO_FREE char *path = data_path(file);
    AUTO_FREE char *self_file = str_format("%s.self.txt", name);
    AUTO_FREE char *self = data_path(self_file);
    AUTO_FREE char *inclusive_file = str_format("%s.inclusive.txt", name);
    AUTO_FREE char *inclusive = data_path(inclusive_file);

    read_file(reading, path);
    assert_int_equal(reading->profile.totals[0], total);
    assert_true(compare(reading, self, false) >= 10);
    assert_true(compare(reading, inclusive, true) >= 10);

    uint64_t only_total = 0;
    struct error err = { 0 };
    if (profile_read_total(path, "Ir", &only_total, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(only_total, total);
}

static void stored_profiles_agree_function_by_function(void **state)
{
    compare_stored(*state, "lines", 1278);
    compare_stored(*state, "instructions", 1278);
    compare_stored(*state, "parts", 1278);
    compare_stored(*state, "threads", 1278);
}

/* A program with a C library in it, a few hundred functions, qsort calling back. */
static const char program[] =
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "static int compare(const void *a, const void *b)\n"
    "{ return *(const int *)a - *(const int *)b; }\n"
    "static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }\n"
    "int main(void)\n"
    "{\n"
    "    static int v[3000];\n"
    "    unsigned seed = 1;\n"
    "    for (int i = 0; i < 3000; i++)\n"
    "        v[i] = (int)((seed = seed * 1103515245 + 12345) >> 8);\n"
    "    qsort(v, 3000, sizeof *v, compare);\n"
    "    char text[64];\n"
    "    int n = 0;\n"
    "    for (int i = 0; i < 100; i++)\n"
    "        n += snprintf(text, sizeof text, \"%d %s\", v[i], \"x\");\n"
    "    return fib(12) + n > 0 ? 0 : 1;\n"
    "}\n";

static bool has(struct reading *reading, const char *tool)
{
    struct outcome outcome = sandbox_run(reading->sandbox, "command -v %s", tool);
    bool is_there = outcome.exit_code == 0;
    outcome_clear(&outcome);
    return is_there;
}

static void a_profile_made_now_agrees_to_the_last_instruction(void **state)
{
    struct reading *reading = *state;
    struct sandbox *sandbox = reading->sandbox;
    if (!has(reading, "valgrind") || !has(reading, "callgrind_annotate") ||
        !has(reading, "cc")) {
        print_message(
            "skipped: needs valgrind and a C compiler (apt-get install valgrind gcc)\n");
        skip();
    }
    sandbox_write(sandbox, "program.c", program);
    sandbox_must(sandbox, "cc -g -O1 program.c -o program");
    sandbox_must(sandbox,
                 "valgrind -q --tool=callgrind --dump-instr=yes --collect-jumps=yes "
                 "--callgrind-out-file=made.out ./program");
    const char *options = "--auto=no --threshold=100 --show-percs=no";
    const char *made = sandbox_file(sandbox, "made.out");
    sandbox_must(sandbox, "here=$PWD; cd / && callgrind_annotate %s %s >$here/self.txt",
                 options, made);
    sandbox_must(
        sandbox,
        "here=$PWD; cd / && callgrind_annotate --inclusive=yes %s %s >$here/inclusive.txt",
        options, made);

    read_file(reading, made);
    assert_true(compare(reading, sandbox_file(sandbox, "self.txt"), false) > 100);
    assert_true(compare(reading, sandbox_file(sandbox, "inclusive.txt"), true) > 100);

    uint64_t total = 0;
    struct error err = { 0 };
    AUTO_FREE char *text = sandbox_read(sandbox, "self.txt");
    if (profile_read_total(made, "Ir", &total, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(total, annotated_total(text));
    assert_int_equal(total, reading->profile.totals[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        READING_FACT(stored_profiles_agree_function_by_function),
        READING_FACT(a_profile_made_now_agrees_to_the_last_instruction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
