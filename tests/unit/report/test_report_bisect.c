/* Bisections as people and programs read them. */
#include <math.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/text.h"
#include "gate/report/bisect_report.h"
#include "gate/report/report.h"
#include "gate/verdict/bisect_result.h"
#include "golden.h"
#include "tests/support/check.h"

static const struct report_screen usual = { .width = REPORT_USUAL };

static void set_revision(struct revision_info *revision, char digit, const char *subject)
{
    char id[41] = { 0 };
    for (size_t i = 0; i < 40; i++)
        id[i] = digit;
    *revision = (struct revision_info){ .commit = xstrdup(id),
                                        .tree = xstrdup(id),
                                        .subject = xstrdup(subject),
                                        .asked = xstrdup("v1") };
}

static struct bisect_probe *add_probe(struct bisect_result *result,
                                      enum bisect_kind kind,
                                      char digit,
                                      const char *subject)
{
    struct revision_info revision;
    struct bisect_probe *probe = array_push(&result->probes);
    set_revision(&revision, digit, subject);
    *probe = (struct bisect_probe){ .kind = kind,
                                    .commit = revision.commit,
                                    .subject = revision.subject,
                                    .against = revision.tree,
                                    .change = (double)NAN,
                                    .p_wrong = (double)NAN,
                                    .elapsed_ns = 12300000000,
                                    .reason = xstrdup("") };
    free(revision.asked);
    return probe;
}

static void measured(struct bisect_probe *probe,
                     enum probe_answer answer,
                     double change,
                     double p_wrong,
                     size_t pairs)
{
    probe->answer = answer;
    probe->threshold = 0.025;
    probe->change = change;
    probe->change_low = change - 0.005;
    probe->change_high = change + 0.005;
    probe->p_wrong = p_wrong;
    probe->pair_count = pairs;
}

static void add_suspect(struct bisect_result *result,
                        char digit,
                        const char *subject,
                        double probability,
                        const char *reason)
{
    struct revision_info revision;
    set_revision(&revision, digit, subject);
    *array_push(&result->suspects) = (struct bisect_suspect){ .commit = revision.commit,
                                                              .subject = revision.subject,
                                                              .probability = probability,
                                                              .reason = xstrdup(reason) };
    free(revision.tree);
    free(revision.asked);
}

static void fill(struct bisect_result *result, enum bisect_state state)
{
    *result = (struct bisect_result){
        .pawl_version = xstrdup("1.2.3"),
        .started_at = xstrdup("2026-01-02T03:04:05Z"),
        .elapsed_ns = 83000000000,
        .bench_id = xstrdup("parse[n=1000]"),
        .metric = METRIC_CPU,
        .margin = 0.02,
        .by_first_parents = true,
        .commit_count = 64,
        .state = state,
        .reason = xstrdup(""),
        .change = 0.051,
        .change_low = 0.046,
        .change_high = 0.056,
        .probability = 0.9957,
        .own_change = (double)NAN,
        .own_low = (double)NAN,
        .own_high = (double)NAN,
        .pair_count = 312,
        .machine = { .cpu_model = xstrdup("Testprozessor 9"), .cpus_online = 4 },
        .accounting = xstrdup("all processes"),
        .priority = xstrdup("as usual"),
        .toolchain = xstrdup("cc 12"),
        .reproduce = xstrdup("pawl bisect --good a --bad b"),
    };
    set_revision(&result->good, 'a', "fast");
    set_revision(&result->bad, 'b', "slow");
}

/* What a commit's author may write into a subject, and a build into a reason. */
#define HOSTILE "<b>@all</b> | ::error:: `x`"

static void fill_found(struct bisect_result *result)
{
    fill(result, BISECT_FOUND);
    result->has_own = result->is_confirmed = true;
    result->own_change = 0.029;
    result->own_low = 0.024;
    result->own_high = 0.034;
    add_suspect(result, 'c', HOSTILE, 0.9962, "");
    result->suspects.items[0].is_merge = true;
    measured(add_probe(result, BISECT_ENDS, 'b', "slow"), PROBE_SLOW, 0.051, 0.0049, 30);
    struct bisect_probe *skipped = add_probe(result, BISECT_PROBE, 'd', HOSTILE);
    skipped->answer = PROBE_SKIPPED;
    free(skipped->reason);
    skipped->reason = xstrdup("building head failed: " HOSTILE);
    measured(add_probe(result, BISECT_PROBE, 'e', "middle"), PROBE_IN_BETWEEN, 0.024,
             (double)NAN, 135);
    measured(add_probe(result, BISECT_PROBE, 'f', "early"), PROBE_FAST, 0.001, 0.0049,
             12);
    measured(add_probe(result, BISECT_CULPRIT, 'c', HOSTILE), PROBE_SLOW, 0.029, 0.002,
             27);
    result->explained = xstrdup("  why: 87 % are in 'find'\n\n    ```" HOSTILE);
    strvec_push(&result->warnings, "the machine was busy");
}

static void fill_range(struct bisect_result *result)
{
    fill(result, BISECT_RANGE);
    add_suspect(result, 'd', "does not build", 0.49, "building head failed");
    add_suspect(result, 'e', "its child", 0.48, "");
    measured(add_probe(result, BISECT_ENDS, 'b', "slow"), PROBE_SLOW, 0.051, 0.0049, 30);
}

static void what_was_found_reads_well_and_obeys_nobody(void **state)
{
    AUTO(bisect_result_clear) struct bisect_result result;
    AUTO_STR struct str markdown = STR_INIT;
    AUTO_STR struct str terminal = STR_INIT;
    AUTO_STR struct str json = STR_INIT;
    (void)state;
    fill_found(&result);

    bisect_report_markdown(&result, &markdown);
    bisect_report_screen(&result, &usual, NULL, &terminal);
    bisect_report_json(&result, &json);

    assert_golden("bisect_found.md", markdown.data);
    assert_golden("bisect_found.txt", terminal.data);
    assert_golden("bisect_found.json", json.data);
}

static void several_suspects_are_all_shown(void **state)
{
    AUTO(bisect_result_clear) struct bisect_result result;
    AUTO_STR struct str markdown = STR_INIT;
    AUTO_STR struct str terminal = STR_INIT;
    (void)state;
    fill_range(&result);

    bisect_report_markdown(&result, &markdown);
    bisect_report_screen(&result, &usual, NULL, &terminal);

    assert_golden("bisect_range.md", markdown.data);
    assert_golden("bisect_range.txt", terminal.data);
}

static void narrow_screens_get_narrow_lines(void **state)
{
    AUTO(bisect_result_clear) struct bisect_result result;
    AUTO_STR struct str text = STR_INIT;
    const struct report_screen narrow = { .width = 60 };
    (void)state;
    fill_range(&result);
    free(result.suspects.items[1].subject);
    result.suspects.items[1].subject =
        xstrdup("a subject that says on and on what it does and why");

    bisect_report_screen(&result, &narrow, NULL, &text);

    char *rest = NULL;
    for (char *line = strtok_r(text.data, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest))
        assert_in_range(text_width(line), 1, 60);
}

static void check_color(enum bisect_state state, const char *color)
{
    AUTO(bisect_result_clear) struct bisect_result result;
    AUTO_STR struct str text = STR_INIT;
    AUTO_STR struct str line = STR_INIT;
    const struct report_screen screen = { .width = 100, .use_color = true };
    AUTO_FREE char *begin = str_format("\033[1m%s", color);
    fill(&result, state);
    bisect_report_screen(&result, &screen, NULL, &text);
    bisect_report_line(&result, true, &line);
    assert_contains(text.data, begin);
    assert_contains(line.data, begin);
    assert_ptr_equal(strchr(line.data, '\n'), line.data + line.length - 1);
}

static void the_answer_is_red_where_something_got_worse(void **state)
{
    (void)state;
    check_color(BISECT_SCATTERED, "\033[31m");
    check_color(BISECT_UNTOLD, "\033[33m");
    check_color(BISECT_BETTER, "\033[32m");
    check_color(BISECT_SAME, "No difference");
}

static void what_explains_it_may_be_of_another_width(void **state)
{
    AUTO(bisect_result_clear) struct bisect_result result;
    AUTO_STR struct str text = STR_INIT;
    (void)state;
    fill_found(&result);

    bisect_report_screen(&result, &usual, "  why, as wide as here", &text);

    assert_contains(text.data, "\n  why, as wide as here\n");
    assert_lacks(text.data, result.explained);
}

static void check_answer(enum bisect_state state, const char *want)
{
    AUTO(bisect_result_clear) struct bisect_result result;
    AUTO_STR struct str answer = STR_INIT;
    fill(&result, state);
    free(result.reason);
    result.reason = xstrdup("head exited with 3");
    bisect_add_answer(&answer, &result);
    assert_string_equal(answer.data, want);
}

static void every_end_has_its_sentence(void **state)
{
    (void)state;
    check_answer(
        BISECT_SAME,
        "No difference: parse[n=1000] cpu is not worse at bad than at good by half "
        "its margin of 2 %: bad against good is +5.1 % (+4.6 .. +5.6).");
    check_answer(BISECT_BETTER,
                 "Nothing to find: parse[n=1000] cpu is better at bad than at good: bad "
                 "against good is +5.1 % (+4.6 .. +5.6).");
    check_answer(BISECT_UNCLEAR,
                 "Not decided: whether parse[n=1000] cpu differs can't be told in these "
                 "pairs: bad against good is +5.1 % (+4.6 .. +5.6).");
    check_answer(BISECT_SCATTERED, "No single commit made parse[n=1000] cpu slower: bad "
                                   "against good is +5.1 % (+4.6 .. +5.6).");
    check_answer(BISECT_UNTOLD, "Could not compare good with bad by parse[n=1000] cpu: "
                                "head exited with 3");
}

static void the_share_of_a_culprit_is_that_of_the_logs(void **state)
{
    AUTO(bisect_result_clear) struct bisect_result result;
    (void)state;
    fill_found(&result);

    /* R: log(1.029) / log(1.051) */
    assert_close(bisect_result_share(&result), 0.574713603, 1e-9);
    assert_int_equal(bisect_result_measured(&result), 4);
    assert_int_equal(bisect_result_skipped(&result), 1);
}

static void where_larger_is_better_a_worse_effect_is_a_fall(void **state)
{
    const struct reading reading = { .metric = METRIC_THROUGHPUT,
                                     .effect = log(1.25),
                                     .low = log(1.2),
                                     .high = (double)INFINITY };
    (void)state;

    struct bisect_change change = bisect_change_of(&reading);

    assert_close(change.change, -0.2, 1e-12);
    assert_close(change.high, 1 / 1.2 - 1, 1e-12);
    assert_true(isinf(change.low) && change.low < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_found_reads_well_and_obeys_nobody),
        cmocka_unit_test(several_suspects_are_all_shown),
        cmocka_unit_test(narrow_screens_get_narrow_lines),
        cmocka_unit_test(the_answer_is_red_where_something_got_worse),
        cmocka_unit_test(what_explains_it_may_be_of_another_width),
        cmocka_unit_test(every_end_has_its_sentence),
        cmocka_unit_test(the_share_of_a_culprit_is_that_of_the_logs),
        cmocka_unit_test(where_larger_is_better_a_worse_effect_is_a_fall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
