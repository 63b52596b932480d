/* pawl report --format html: the page of a result, with the flame graphs that lie beside
 * it. The golden result names one of its two explanations' "flame.svg". */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define PAGE  "report --format html "
#define FRAME "src=\"data:image/svg+xml;"

static int setup(void **state)
{
    if (gate_setup(state) != 0)
        return -1;
    struct sandbox *sandbox = *state;
    sandbox_write(sandbox, "project/x", "");
    sandbox_must(sandbox,
                 "mkdir kept && sed 's/graph of lookup/graph of find/' "
                 "\"$PAWL_TEST_DATA\"/golden/flame.svg >kept/flame.svg && "
                 "cp \"$PAWL_TEST_DATA\"/golden/result_explain.json kept/result.json");
    return 0;
}

static void pictures_beside_the_result_are_on_its_page(void **state)
{
    struct outcome outcome = pawl_exits(*state, 0, PAGE "../kept/result.json");

    assert_string_equal(outcome.err, "");
    assert_contains(outcome.out, FRAME);
    assert_contains(outcome.out, "%3Ctitle%3Efind");
    assert_lacks(outcome.out, "%3Cscript");
    outcome_clear(&outcome);
}

/* The page is made all the same, without it. */
static void check_left_out(struct sandbox *sandbox, const char *reason)
{
    struct outcome outcome = pawl_exits(sandbox, 0, PAGE "../kept/result.json");

    assert_contains(outcome.err, "pawl: warning: the page has no flame graph of "
                                 "'find[n=1000]': ");
    assert_contains(outcome.err, reason);
    assert_lacks(outcome.out, FRAME);
    assert_contains(outcome.out, "</html>");
    outcome_clear(&outcome);
}

static void a_picture_that_is_not_there_is_left_out(void **state)
{
    sandbox_must(*state, "rm kept/flame.svg");
    check_left_out(*state, "flame.svg': No such file");
}

static void a_file_that_is_no_picture_of_ours_is_left_out(void **state)
{
    sandbox_must(*state, "echo '<svg><script>alert(1)</script></svg>' >kept/flame.svg");
    check_left_out(*state, "flame.svg' is no flame graph of pawl's");
}

static void the_picture_of_another_bench_is_left_out(void **state)
{
    sandbox_must(*state, "sed -i 's/graph of find/graph of found/' kept/flame.svg");
    check_left_out(*state, "flame.svg' is the flame graph of another bench");
}

static void a_link_is_not_followed(void **state)
{
    sandbox_must(*state, "mv kept/flame.svg . && ln -s ../flame.svg kept/flame.svg");
    check_left_out(*state, "flame.svg': Too many levels of symbolic links");
}

static void a_file_that_is_too_large_is_left_out(void **state)
{
    sandbox_must(*state, "truncate -s 5M kept/flame.svg");
    check_left_out(*state, "flame.svg': it has more than 4 MiB");
}

/* Though there is a picture where it leads. */
static void check_name(struct sandbox *sandbox, const char *name)
{
    sandbox_must(sandbox,
                 "sed -i 's|\"flame\": \".*svg\"|\"flame\": \"%s\"|' kept/result.json && "
                 "grep -q '\"%s\"' kept/result.json",
                 name, name);
    check_left_out(sandbox, "is not the name of a picture");
}

static void names_lead_nowhere_else(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_must(sandbox, "cp kept/flame.svg . && mkdir kept/a && cp flame.svg kept/a");
    check_name(sandbox, "../flame.svg");
    check_name(sandbox, "a/flame.svg");
    check_name(sandbox, "/etc/x.svg");
    check_name(sandbox, "result.json.svg/.");
}

static void of_a_stranger_s_result_no_other_file_is_read(void **state)
{
    struct outcome outcome =
        pawl_exits(*state, 0, PAGE "--untrusted ../kept/result.json");

    assert_contains(outcome.err, "flame graphs are left out: with --untrusted, no file "
                                 "is read but the result\n");
    assert_lacks(outcome.out, FRAME);
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(pictures_beside_the_result_are_on_its_page),
        T(a_picture_that_is_not_there_is_left_out),
        T(a_file_that_is_no_picture_of_ours_is_left_out),
        T(the_picture_of_another_bench_is_left_out),
        T(a_link_is_not_followed),
        T(a_file_that_is_too_large_is_left_out),
        T(names_lead_nowhere_else),
        T(of_a_stranger_s_result_no_other_file_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
