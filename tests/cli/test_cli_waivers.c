/* Accepted regressions, on a figure that repeats exactly: the bytes that a run writes. */
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

/* A waiver of the bytes; the day is far away, or long past. */
#define WAIVER(UP_TO, UNTIL)                                                       \
    "\"waivers\": [{ \"row\": \"spin\", \"metric\": \"written_bytes\", \"up_to\":" \
    " \"" UP_TO "\", \"reason\": \"a log that was missed\", \"owner\": \"anna\","  \
    " \"until\": \"" UNTIL "\" }],"
#define FAR  "2999-12-31"
#define PAST "2020-02-29"

/* A project without a build: a script that writes. */
static void
write_side(struct sandbox *sandbox, const char *top, int bytes, const char *subject)
{
    AUTO_FREE char *config = str_format(
        "{ \"version\": 1,\n  %s\n"
        "  \"margins\": { \"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": "
        "\"none\", \"written_bytes\": \"2%%\" },\n"
        "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
        "    { \"name\": \"spin\", \"run\": \"sh bench.sh\" }] }] }\n",
        top);
    AUTO_FREE char *script = str_format("head -c %d /dev/zero\n", bytes);
    sandbox_write(sandbox, "project/pawl.json", config);
    sandbox_write(sandbox, "project/bench.sh", script);
    repository_commit_all(sandbox, "project", subject, NULL);
}

/* Base writes 100,000 bytes; head the bytes, with what pawl.json says on top. */
static void
two_sides(struct sandbox *sandbox, const char *base_top, const char *head_top, int bytes)
{
    repository_make(sandbox, "project");
    write_side(sandbox, base_top, 100000, "base");
    write_side(sandbox, head_top, bytes, "head");
}

static void a_regression_counts_without_a_waiver(void **state)
{
    two_sides(*state, "", "", 104000);
    struct outcome outcome = pawl_exits(*state, 1, "check --pairs 20");

    assert_contains(outcome.out, "regressed  spin written_bytes");
    assert_contains(outcome.out, "+4.0 %");
    outcome_clear(&outcome);
}

#define CHECK_ALL "check --pairs 20 --markdown ../report.md --json ../result.json"

static void an_accepted_regression_passes_and_every_report_says_who_and_why(void **state)
{
    struct sandbox *sandbox = *state;
    static const char *const formats[] = { "terminal", "markdown", "json", "junit",
                                           "tsv" };
    static const char said[] = "waived by this change itself: up to 5 % until " FAR
                               " (anna: a log that was missed)";

    two_sides(sandbox, "", WAIVER("5%", FAR), 104000);
    struct outcome outcome = pawl_exits(sandbox, 0, CHECK_ALL);

    assert_contains(outcome.out, "Yes, but 1 row got worse and is waived.");
    outcome_clear(&outcome);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        outcome =
            pawl_exits(sandbox, 0, "report ../result.json --format %s | tr -s ' \n' ' '",
                       formats[i]);
        if (!strstr(outcome.out, "waived") || !strstr(outcome.out, said))
            fail_msg("%s: %s", formats[i], outcome.out);
        outcome_clear(&outcome);
    }
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");
    assert_contains(report, "1 of 1 rows judged (1 waived)");
}

static void more_than_was_accepted_counts(void **state)
{
    two_sides(*state, "", WAIVER("5%", FAR), 106000);
    struct outcome outcome = pawl_exits(*state, 1, "check --pairs 20");

    assert_contains(outcome.out, "more than is waived: up to 5 %");
    assert_contains(outcome.out, "exceeded,");
    outcome_clear(&outcome);
}

static void an_expired_waiver_counts_no_more_and_says_since_when(void **state)
{
    two_sides(*state, WAIVER("5%", PAST), WAIVER("5%", PAST), 104000);
    struct outcome outcome = pawl_exits(*state, 1, "check --pairs 20");

    assert_contains(outcome.out, "its waiver ended on " PAST);
    assert_contains(outcome.out, "over: it");
    outcome_clear(&outcome);
}

static void a_waiver_that_base_has_too_is_not_this_changes_doing(void **state)
{
    two_sides(*state, WAIVER("5%", FAR), WAIVER("5%", FAR), 104000);
    struct outcome outcome = pawl_exits(*state, 0, "check --pairs 20");

    assert_contains(outcome.out, "waived: up to 5 %");
    assert_lacks(outcome.out, "by this change itself");
    outcome_clear(&outcome);
}

static void a_waiver_that_head_dropped_holds_no_more(void **state)
{
    two_sides(*state, WAIVER("5%", FAR), "", 104000);

    pawl_must_exit(*state, 1, "check --pairs 20");
}

static void a_waiver_that_is_not_needed_is_named(void **state)
{
    two_sides(*state, WAIVER("5%", FAR), WAIVER("5%", FAR), 101000);
    struct outcome outcome = pawl_exits(*state, 0, "check --pairs 20");

    assert_contains(outcome.out, "waiver: spin written_bytes up to 5 % until");
    assert_contains(outcome.out, "it can be removed");
    assert_contains(outcome.out, "Yes: nothing got larger by more than its margin");
    outcome_clear(&outcome);
}

static void a_waiver_of_what_is_not_there_is_refused_with_its_place(void **state)
{
    struct sandbox *sandbox = *state;

    two_sides(sandbox, "", WAIVER("5%", FAR), 104000);
    sandbox_must(sandbox, "sed -i 's/\"row\": \"spin\"/\"row\": \"spni\"/' "
                          "project/pawl.json");
    repository_commit_all(sandbox, "project", "typo", NULL);
    struct outcome outcome = pawl_exits(sandbox, 2, "check --pairs 20");

    assert_contains(outcome.err, "line 2, column 17: 'waivers[0].row' names no bench: "
                                 "'spni', did you mean 'spin'?");
    outcome_clear(&outcome);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_regression_counts_without_a_waiver),
        T(an_accepted_regression_passes_and_every_report_says_who_and_why),
        T(more_than_was_accepted_counts),
        T(an_expired_waiver_counts_no_more_and_says_since_when),
        T(a_waiver_that_base_has_too_is_not_this_changes_doing),
        T(a_waiver_that_head_dropped_holds_no_more),
        T(a_waiver_that_is_not_needed_is_named),
        T(a_waiver_of_what_is_not_there_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
