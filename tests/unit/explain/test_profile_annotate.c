/* Two real profiles against what callgrind_annotate says of each: a program that finds
 * names by bisection, and the same by a scan. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/unit/explain/comparing.h"

static const char program[] =
    "#include <stdlib.h>\n"
    "#include <string.h>\n"
    "static char names[400][16];\n"
    "__attribute__((noinline)) static int compare(const void *a, const void *b)\n"
    "{ return strcmp(a, b); }\n"
    "#ifndef SCAN\n"
    "__attribute__((noinline)) static int bisect(const char *name)\n"
    "{\n"
    "    int low = 0, high = 399;\n"
    "    while (low < high) {\n"
    "        int middle = (low + high) / 2;\n"
    "        if (compare(names[middle], name) < 0) low = middle + 1; else high = middle;\n"
    "    }\n"
    "    return low;\n"
    "}\n"
    "#endif\n"
    "__attribute__((noinline)) static int find(const char *name)\n"
    "{\n"
    "#ifdef SCAN\n"
    "    for (int i = 0; i < 400; i++)\n"
    "        if (compare(name, names[i]) == 0)\n"
    "            return i;\n"
    "    return -1;\n"
    "#else\n"
    "    return bisect(name);\n"
    "#endif\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    int sum = 0;\n"
    "    for (int i = 0; i < 400; i++) {\n"
    "        names[i][0] = 'a' + (char)(i / 20);\n"
    "        names[i][1] = 'a' + (char)(i % 20);\n"
    "    }\n"
    "    for (int i = 0; i < 400; i++)\n"
    "        sum += find(names[i]);\n"
    "    return sum == 79800 ? 0 : 1;\n"
    "}\n";

static bool has(struct sandbox *sandbox, const char *tool)
{
    struct outcome outcome = sandbox_run(sandbox, "command -v %s", tool);
    bool is_there = outcome.exit_code == 0;
    outcome_clear(&outcome);
    return is_there;
}

static void profile(struct sandbox *sandbox, const char *side, const char *flag)
{
    sandbox_must(sandbox,
                 "cc -g -O1 %s program.c -o program-%s && valgrind -q --tool=callgrind "
                 "--callgrind-out-file=%s.out ./program-%s && here=$PWD && cd / && "
                 "callgrind_annotate --auto=no --threshold=100 --show-percs=no "
                 "$here/%s.out >$here/%s.self && callgrind_annotate --inclusive=yes "
                 "--auto=no --threshold=100 --show-percs=no $here/%s.out "
                 ">$here/%s.inclusive",
                 flag, side, side, side, side, side, side, side);
}

/* The figure in front of "<anything>program.c:name [". 0 where there is none. */
static uint64_t annotated(const char *text, const char *name)
{
    AUTO_FREE char *key = str_format("program.c:%s [", name);
    const char *at = strstr(text, key);
    uint64_t figure = 0;
    while (at && at > text && at[-1] != '\n')
        at--;
    for (; at && *at && strchr(" 0123456789,", *at); at++)
        if (*at >= '0' && *at <= '9')
            figure = figure * 10 + (uint64_t)(*at - '0');
        else if (*at == ' ' && figure)
            break;
    return figure;
}

static void check_function(struct comparing *comparing, const char *name)
{
    static const char *const sides[] = { "base", "head" };
    const struct function_diff *item = comparing_item(comparing, name);
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        AUTO_FREE char *self_file = str_format("%s.self", sides[side]);
        AUTO_FREE char *inclusive_file = str_format("%s.inclusive", sides[side]);
        AUTO_FREE char *self = sandbox_read(comparing->sandbox, self_file);
        AUTO_FREE char *inclusive = sandbox_read(comparing->sandbox, inclusive_file);
        assert_true(annotated(self, name) > 0);
        assert_int_equal(item->sides[side].self, annotated(self, name));
        assert_int_equal(item->sides[side].inclusive, annotated(inclusive, name));
    }
}

static void a_scan_in_the_place_of_an_index_is_found(void **state)
{
    struct comparing *comparing = *state;
    struct sandbox *sandbox = comparing->sandbox;
    if (!has(sandbox, "valgrind") || !has(sandbox, "callgrind_annotate") ||
        !has(sandbox, "cc")) {
        print_message(
            "skipped: needs valgrind and a C compiler (apt-get install valgrind gcc)\n");
        skip();
    }
    sandbox_write(sandbox, "program.c", program);
    profile(sandbox, "base", "");
    profile(sandbox, "head", "-DSCAN");
    comparing_add_file(comparing, SIDE_BASE, sandbox_file(sandbox, "base.out"),
                       sandbox->path);
    comparing_add_file(comparing, SIDE_HEAD, sandbox_file(sandbox, "head.out"),
                       sandbox->path);
    comparing_finish(comparing);

    check_function(comparing, "find");
    check_function(comparing, "compare");
    check_function(comparing, "main");
    comparing_assert_sums(comparing);
    const struct function_diff *find = comparing_item(comparing, "find");
    assert_true(find->inclusive_share > 0.99);
    assert_int_equal(find->sides[SIDE_BASE].calls, 400);
    assert_int_equal(find->sides[SIDE_HEAD].calls, 400);
    /* Found at their own places: 1 + 2 + ... + 400. */
    assert_int_equal(comparing_item(comparing, "compare")->sides[SIDE_HEAD].calls, 80200);
    assert_int_equal(comparing_item(comparing, "bisect")->fate, FUNCTION_GONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPARING_FACT(a_scan_in_the_place_of_an_index_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
