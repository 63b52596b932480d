/* Searches by bytes written, which repeat to the last one: what must come out is certain,
 * however busy the machine is. */
#include <signal.h>
#include <sys/stat.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "tests/cli/background.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

#define SEARCH                                                         \
    "bisect --row bench --metric written_bytes --json ../bisect.json " \
    "--no-explain "

/* One commit of the project. */
struct step {
    const char *name;
    size_t bytes; /* that its benchmark writes */
    bool is_unbuildable;
    bool fails; /* its benchmark does */
};

/* Each run is counted, and can be made to block, as background.h says. */
static void write_step(struct sandbox *sandbox, const struct step *step)
{
    AUTO_FREE char *script =
        str_format("#!/bin/sh\n"
                   "# %s\n"
                   "cd '%s' || exit 9\n"
                   "echo run >>runs\n"
                   "if [ -s place ] && [ \"$(wc -l <runs)\" = \"$(cat place)\" ]; then\n"
                   "    echo $$ >reached\n"
                   "    exec sleep 600\n"
                   "fi\n"
                   "%s\n"
                   "exec head -c %zu /dev/zero\n",
                   step->name, sandbox->path, step->fails ? "exit 3" : "", step->bytes);
    sandbox_write(sandbox, "project/bench.sh", script);
    sandbox_write(sandbox, "project/build.sh",
                  step->is_unbuildable ? "echo it is broken; exit 1\n" : "exit 0\n");
    sandbox_must(sandbox, "chmod +x project/bench.sh");
    repository_commit_all(sandbox, "project", step->name, NULL);
}

static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/pawl.json",
                  "{ \"version\": 1, \"build\": { \"run\": [\"sh build.sh\"] },\n"
                  "  \"margins\": { \"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": "
                  "\"none\", \"written_bytes\": \"2%\" },\n"
                  "  \"budget\": { \"warmup\": 1 },\n"
                  "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
                  "    { \"name\": \"bench\", \"run\": \"./bench.sh\" }] }] }\n");
    sandbox_write(sandbox, "runs", "");
    sandbox_write(sandbox, "place", "");
    assert_int_equal(mkfifo(sandbox_file(sandbox, "reached"), 0600), 0);
}

/* A line of commits c0, c1, ... of which those from culprit on write 5 % more. */
static void make_line(struct sandbox *sandbox, size_t count, size_t culprit)
{
    make_project(sandbox);
    for (size_t i = 0; i < count; i++) {
        AUTO_FREE char *name = str_format("c%zu", i);
        const struct step step = { .name = name, .bytes = i >= culprit ? 10500 : 10000 };
        write_step(sandbox, &step);
    }
}

static json_t *read_json(struct sandbox *sandbox)
{
    struct error err = { 0 };
    json_t *json =
        json_read_file(sandbox_file(sandbox, "bisect.json"), ERROR_USAGE, &err);
    if (!json)
        fail_msg("%s", err.message);
    return json;
}

static const char *text_of(const json_t *json, const char *key)
{
    return json_string_value(json_object_get(json, key));
}

static const json_t *first_suspect(const json_t *json)
{
    return json_array_get(json_object_get(json, "suspects"), 0);
}

static void culprit_is_found_past_commits_that_do_not_build_or_run(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    for (size_t i = 0; i < 9; i++) {
        AUTO_FREE char *name = str_format("c%zu", i);
        const struct step step = { .name = name,
                                   .bytes = i >= 7 ? 10500 : 10000,
                                   .is_unbuildable = i == 4,
                                   .fails = i == 3 };
        write_step(sandbox, &step);
    }

    struct outcome outcome =
        pawl_exits(sandbox, 1, SEARCH "--good HEAD~8 --bad HEAD --report ../report.md");
    AUTO_JSON json_t *json = read_json(sandbox);
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");
    char culprit[REPOSITORY_ID_SIZE];
    repository_id(sandbox, "project", "HEAD~1", culprit);

    assert_contains(outcome.out, "made bench written_bytes larger: +5.0 %");
    assert_contains(outcome.out, "c7");
    assert_contains(outcome.err, "passed over: building head failed");
    assert_contains(outcome.err, "passed over: head exited with 3");
    assert_string_equal(text_of(json, "schema"), "pawl-bisect/1");
    assert_string_equal(text_of(json, "outcome"), "found");
    assert_string_equal(text_of(first_suspect(json), "commit"), culprit);
    assert_true(json_is_true(json_object_get(json, "is_confirmed")));
    assert_true(json_number_value(json_object_get(json, "probability")) > 0.98);
    assert_close(json_number_value(json_object_get(json, "own_change")), 0.05, 0.001);
    assert_contains(report, "- culprit");
    assert_int_equal(count_entries(sandbox, "cache/bisections"), 1); /* done */
    outcome_clear(&outcome);
}

static void without_a_difference_nothing_is_searched(void **state)
{
    struct sandbox *sandbox = *state;
    make_line(sandbox, 5, 9);

    struct outcome outcome =
        pawl_exits(sandbox, 0, SEARCH "--good HEAD~4 --bad HEAD --no-identical");
    AUTO_JSON json_t *json = read_json(sandbox);

    assert_contains(outcome.out, "No difference: bench written_bytes");
    assert_string_equal(text_of(json, "outcome"), "no difference");
    assert_int_equal(json_array_size(json_object_get(json, "probes")), 1);
    outcome_clear(&outcome);
}

static void row_and_commits_come_from_the_last_result(void **state)
{
    struct sandbox *sandbox = *state;
    char culprit[REPOSITORY_ID_SIZE];
    make_line(sandbox, 5, 2);
    repository_id(sandbox, "project", "HEAD~2", culprit);

    pawl_must_exit(sandbox, 1,
                   "check --base HEAD~4 --head HEAD --layouts off --no-explain -q");
    pawl_must_exit(sandbox, 1, "bisect --json ../bisect.json --report ../report.md -q");
    AUTO_JSON json_t *json = read_json(sandbox);
    AUTO_FREE char *report = sandbox_read(sandbox, "report.md");

    assert_string_equal(text_of(json, "metric"), "written_bytes");
    assert_contains(report, "### Where it comes from");
    assert_string_equal(text_of(first_suspect(json), "commit"), culprit);
}

/* c0 - c1 ------- merge - last
 *   \            /
 *    side - slow             */
static void culprit_on_a_branch_is_its_merge_or_by_all_parents_itself(void **state)
{
    struct sandbox *sandbox = *state;
    make_line(sandbox, 1, 9);
    repository_git(sandbox, "project", "checkout -q -b side");
    write_step(sandbox, &(struct step){ .name = "side", .bytes = 10000 });
    write_step(sandbox, &(struct step){ .name = "slow", .bytes = 10500 });
    repository_git(sandbox, "project", "checkout -q main");
    sandbox_write(sandbox, "project/note", "c1\n");
    repository_commit_all(sandbox, "project", "c1", NULL);
    repository_git(sandbox, "project", "merge -q --no-ff -m merge side");
    sandbox_write(sandbox, "project/note", "last\n");
    repository_commit_all(sandbox, "project", "last", NULL);

    struct outcome by_first = pawl_exits(sandbox, 1, SEARCH "--good main~3 --bad main");
    struct outcome by_all =
        pawl_exits(sandbox, 1, SEARCH "--good main~3 --bad main --all-parents");

    assert_contains(by_first.out, "  merge\n");
    assert_contains(by_first.out, "It is a merge");
    assert_contains(by_all.out, "  slow\n");
    outcome_clear(&by_first);
    outcome_clear(&by_all);
}

static void killed_search_is_gone_on_with(void **state)
{
    struct sandbox *sandbox = *state;
    make_line(sandbox, 5, 2);
    background_block_at(sandbox, 40);
    struct background background =
        background_start(sandbox, SEARCH "--good HEAD~4 --bad HEAD");
    background_end(&background, SIGKILL);
    sandbox_write(sandbox, "place", "");

    struct outcome outcome = pawl_exits(sandbox, 1, SEARCH "--good HEAD~4 --bad HEAD");
    AUTO_JSON json_t *json = read_json(sandbox);
    size_t pairs = (size_t)json_integer_value(json_object_get(json, "pair_count"));
    size_t probes = json_array_size(json_object_get(json, "probes"));

    /* Each comparison looks at the outputs once a side and warms up with a pair; the
     * killed run lost half a pair, and looked at the outputs of two comparisons. */
    size_t whole = 2 * probes + 2 * (pairs + probes);
    assert_contains(outcome.err, "going on with an interrupted search");
    assert_in_range(background_runs(sandbox), whole + 1, whole + 6);
    outcome_clear(&outcome);
}

static void what_cannot_be_searched_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    make_line(sandbox, 2, 1);

    pawl_refuses(sandbox, 2, "there is no result of this repository", "bisect -q");
    pawl_refuses(sandbox, 2, "--metric: there is no metric 'speed'",
                 "bisect -q --metric speed");
    pawl_refuses(sandbox, 2, "--pairs must be at least 10, not 3", "bisect --pairs 3");
    pawl_refuses(sandbox, 2, "'pawl bisect' takes no arguments, but got 'x'", "bisect x");
    struct outcome exchanged =
        pawl_exits(sandbox, 2, "bisect -q --row bench --good HEAD --bad HEAD~1");
    struct outcome unknown =
        pawl_exits(sandbox, 2, "bisect -q --row nothing --good HEAD~1 --bad HEAD");
    assert_contains(exchanged.err, "are they exchanged?");
    assert_contains(unknown.err, "--row: ");
    outcome_clear(&exchanged);
    outcome_clear(&unknown);
}

#define T(name) cmocka_unit_test_setup_teardown(name, gate_setup, gate_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(culprit_is_found_past_commits_that_do_not_build_or_run),
        T(without_a_difference_nothing_is_searched),
        T(row_and_commits_come_from_the_last_result),
        T(culprit_on_a_branch_is_its_merge_or_by_all_parents_itself),
        T(killed_search_is_gone_on_with),
        T(what_cannot_be_searched_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
