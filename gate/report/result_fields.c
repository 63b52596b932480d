#include "gate/report/result_fields.h"

#include <math.h>

#include "gate/experiment/pair_json.h"
#include "gate/report/explanation_fields.h"
#include "gate/report/sharding_fields.h"
#include "gate/verdict/result.h"
#include "runners/fields.h"

_Static_assert(sizeof(enum verdict) == sizeof(unsigned), "enums are read as unsigned");
_Static_assert(sizeof(struct rows) == sizeof(struct field_array), "arrays look alike");

static const char *name_of_verdict(unsigned value)
{
    return verdict_name((enum verdict)value);
}
static const char *name_of_outcome(unsigned value)
{
    return goal_outcome_name((enum goal_outcome)value);
}
static const char *name_of_finding(unsigned value)
{
    return layout_finding_name((enum layout_finding)value);
}
static const char *name_of_growth_outcome(unsigned value)
{
    return growth_outcome_name((enum growth_outcome)value);
}
static const char *name_of_waiver_outcome(unsigned value)
{
    return waiver_outcome_name((enum waiver_outcome)value);
}
static const char *name_of_exit(unsigned value)
{
    static const char *const names[] = { [GATE_PASS] = "pass",
                                         [GATE_REGRESSED] = "regressed",
                                         [GATE_NOT_MEASURED] = "not measured",
                                         [GATE_INCONCLUSIVE] = "inconclusive" };
    return names[value];
}
static const struct field_choice verdicts = { VERDICT_COUNT, name_of_verdict };
static const struct field_choice outcomes = { GOAL_MISSED + 1, name_of_outcome };
static const struct field_choice findings = { LAYOUT_FAILS + 1, name_of_finding };
static const struct field_choice growth_outcomes = { GROWTH_OUTCOME_COUNT,
                                                     name_of_growth_outcome };
static const struct field_choice waiver_outcomes = { WAIVER_OUTCOME_COUNT,
                                                     name_of_waiver_outcome };
static const struct field_choice exits = { GATE_INCONCLUSIVE + 1, name_of_exit };

static json_t *write_pair(const void *item)
{
    return pair_to_json(item);
}
static int read_pair(const json_t *json, void *item, struct error *err)
{
    return pair_from_json(json, item, err);
}
static const struct field_item pair_item = { sizeof(struct pair), write_pair, read_pair };

static const struct field row_members[] = {
    FIELD("bench", FIELD_TEXT, struct row, bench_id),
    FIELD_OF_CHOICE("metric", struct row, metric, metric_choice),
    FIELD("is_judged", FIELD_BOOL, struct row, is_judged),
    FIELD("is_exact", FIELD_BOOL, struct row, is_exact),
    FIELD_OF_CHOICE("verdict", struct row, verdict, verdicts),
    FIELD("unit", FIELD_TEXT_OPTION, struct row, unit),
    FIELD("reason", FIELD_TEXT, struct row, reason),
    FIELD("margin", FIELD_NUMBER, struct row, margin),
    FIELD("pair_count", FIELD_SIZE, struct row, pair_count),
    FIELD("discarded_count", FIELD_SIZE, struct row, discarded_count),
    FIELD("base_median", FIELD_NUMBER, struct row, base_median),
    FIELD("head_median", FIELD_NUMBER, struct row, head_median),
    FIELD("change", FIELD_NUMBER, struct row, change),
    FIELD("change_low", FIELD_NUMBER, struct row, change_low),
    FIELD("change_high", FIELD_NUMBER, struct row, change_high),
    FIELD("p_regressed", FIELD_NUMBER, struct row, p_regressed),
    FIELD("p_regressed_holm", FIELD_NUMBER, struct row, p_regressed_holm),
    FIELD("p_ok", FIELD_NUMBER, struct row, p_ok),
    FIELD("p_improved", FIELD_NUMBER, struct row, p_improved),
    FIELD("p_improved_holm", FIELD_NUMBER, struct row, p_improved_holm),
    FIELD("detection_limit", FIELD_NUMBER, struct row, detection_limit),
    FIELD("noise_sd", FIELD_NUMBER, struct row, noise_sd),
    FIELD("order_bias", FIELD_NUMBER, struct row, order_bias),
    FIELD("order_bias_low", FIELD_NUMBER, struct row, order_bias_low),
    FIELD("order_bias_high", FIELD_NUMBER, struct row, order_bias_high),
};
static const struct field_table row_fields = FIELD_TABLE(row_members, struct row);

static const struct field bench_members[] = {
    FIELD("id", FIELD_TEXT, struct bench_result, id),
    FIELD("suite", FIELD_TEXT, struct bench_result, suite),
    FIELD_OF_CHOICE("verdict", struct bench_result, verdict, verdicts),
    FIELD("reason", FIELD_TEXT, struct bench_result, reason),
    FIELD("command", FIELD_TEXT, struct bench_result, command),
    FIELD("is_cpu_bound", FIELD_BOOL, struct bench_result, is_cpu_bound),
    FIELD("is_pinned", FIELD_BOOL, struct bench_result, is_pinned),
    FIELD("is_together", FIELD_BOOL, struct bench_result, is_together),
    { .key = "pairs",
      .kind = FIELD_ITEMS,
      .offset = offsetof(struct bench_result, pairs),
      .item = &pair_item },
    { .key = "counted_pairs",
      .kind = FIELD_ITEMS,
      .offset = offsetof(struct bench_result, counted_pairs),
      .item = &pair_item },
};
static const struct field_table bench_fields =
    FIELD_TABLE(bench_members, struct bench_result);

static const struct field goal_trend_members[] = {
    FIELD("session_count", FIELD_SIZE, struct goal_trend, session_count),
    FIELD("since", FIELD_TEXT, struct goal_trend, since),
    FIELD("first", FIELD_NUMBER, struct goal_trend, first),
    FIELD("within", FIELD_NUMBER, struct goal_trend, within),
};
static const struct field_table goal_trend_fields =
    FIELD_TABLE(goal_trend_members, struct goal_trend);

static const struct field goal_members[] = {
    FIELD("bench", FIELD_TEXT, struct goal_result, bench_id),
    FIELD("label", FIELD_TEXT, struct goal_result, label),
    FIELD_OF_CHOICE("metric", struct goal_result, metric, metric_choice),
    FIELD("limit", FIELD_NUMBER, struct goal_result, limit),
    FIELD("value", FIELD_NUMBER, struct goal_result, value),
    FIELD("low", FIELD_NUMBER, struct goal_result, low),
    FIELD("high", FIELD_NUMBER, struct goal_result, high),
    FIELD("run_count", FIELD_SIZE, struct goal_result, run_count),
    FIELD_OF_CHOICE("outcome", struct goal_result, outcome, outcomes),
    FIELD("was_missed_on_base", FIELD_BOOL, struct goal_result, was_missed_on_base),
    FIELD("reason", FIELD_TEXT, struct goal_result, reason),
    FIELD_OF_TABLE("trend", FIELD_OPTION, struct goal_result, trend, goal_trend_fields),
};
static const struct field_table goal_fields =
    FIELD_TABLE(goal_members, struct goal_result);

static const struct field exponent_members[] = {
    FIELD("exponent", FIELD_NUMBER, struct growth_exponent, exponent),
    FIELD("low", FIELD_NUMBER, struct growth_exponent, low),
    FIELD("high", FIELD_NUMBER, struct growth_exponent, high),
};
static const struct field_table exponent_fields =
    FIELD_TABLE(exponent_members, struct growth_exponent);

static const struct field growth_members[] = {
    FIELD("name", FIELD_TEXT, struct growth_result, name),
    FIELD("parameter", FIELD_TEXT, struct growth_result, parameter),
    FIELD_OF_CHOICE("metric", struct growth_result, metric, metric_choice),
    FIELD("ceiling", FIELD_TEXT, struct growth_result, ceiling),
    FIELD("ceiling_exponent", FIELD_NUMBER, struct growth_result, ceiling_exponent),
    FIELD("tolerance", FIELD_NUMBER, struct growth_result, tolerance),
    FIELD("size_count", FIELD_SIZE, struct growth_result, size_count),
    FIELD("smallest", FIELD_NUMBER, struct growth_result, smallest),
    FIELD("largest", FIELD_NUMBER, struct growth_result, largest),
    FIELD_OF_TABLE("base", FIELD_OBJECT, struct growth_result, base, exponent_fields),
    FIELD_OF_TABLE("head", FIELD_OBJECT, struct growth_result, head, exponent_fields),
    FIELD_OF_TABLE(
        "difference", FIELD_OBJECT, struct growth_result, difference, exponent_fields),
    FIELD("base_tolerance", FIELD_NUMBER, struct growth_result, base_tolerance),
    FIELD("p_above", FIELD_NUMBER, struct growth_result, p_above),
    FIELD("p_above_holm", FIELD_NUMBER, struct growth_result, p_above_holm),
    FIELD("p_faster", FIELD_NUMBER, struct growth_result, p_faster),
    FIELD("p_faster_holm", FIELD_NUMBER, struct growth_result, p_faster_holm),
    FIELD("p_ok", FIELD_NUMBER, struct growth_result, p_ok),
    FIELD_OF_CHOICE("outcome", struct growth_result, outcome, growth_outcomes),
    FIELD("was_above_on_base", FIELD_BOOL, struct growth_result, was_above_on_base),
    FIELD("reason", FIELD_TEXT, struct growth_result, reason),
};
static const struct field_table growth_fields =
    FIELD_TABLE(growth_members, struct growth_result);

static const struct field waiver_members[] = {
    FIELD("row", FIELD_TEXT, struct waiver_result, row),
    FIELD("metric", FIELD_TEXT, struct waiver_result, metric),
    FIELD("up_to", FIELD_TEXT, struct waiver_result, up_to),
    FIELD("reason", FIELD_TEXT, struct waiver_result, reason),
    FIELD("owner", FIELD_TEXT, struct waiver_result, owner),
    FIELD("until", FIELD_TEXT, struct waiver_result, until),
    FIELD("is_added", FIELD_BOOL, struct waiver_result, is_added),
    FIELD("is_over", FIELD_BOOL, struct waiver_result, is_over),
    FIELD("for_rows", FIELD_TEXTS, struct waiver_result, for_rows),
    FIELD_OF_CHOICE("outcome", struct waiver_result, outcome, waiver_outcomes),
};
static const struct field_table waiver_fields =
    FIELD_TABLE(waiver_members, struct waiver_result);

static const struct field program_side_members[] = {
    FIELD("is_there", FIELD_BOOL, struct program_side, is_there),
    FIELD("has_parts", FIELD_BOOL, struct program_side, has_parts),
    FIELD("file_bytes", FIELD_INT64, struct program_side, file_bytes),
    FIELD("text_bytes", FIELD_INT64, struct program_side, text_bytes),
    FIELD("data_bytes", FIELD_INT64, struct program_side, data_bytes),
    FIELD("bss_bytes", FIELD_INT64, struct program_side, bss_bytes),
};
static const struct field_table program_side_fields =
    FIELD_TABLE(program_side_members, struct program_side);

static const struct field program_members[] = {
    FIELD("name", FIELD_TEXT, struct program_result, name),
    FIELD_OF_TABLE("base",
                   FIELD_OBJECT,
                   struct program_result,
                   sides[SIDE_BASE],
                   program_side_fields),
    FIELD_OF_TABLE("head",
                   FIELD_OBJECT,
                   struct program_result,
                   sides[SIDE_HEAD],
                   program_side_fields),
};
static const struct field_table program_fields =
    FIELD_TABLE(program_members, struct program_result);

static const struct field revision_members[] = {
    FIELD("commit", FIELD_TEXT, struct revision_info, commit),
    FIELD("tree", FIELD_TEXT, struct revision_info, tree),
    FIELD("subject", FIELD_TEXT, struct revision_info, subject),
    FIELD("asked", FIELD_TEXT, struct revision_info, asked),
    FIELD("merged", FIELD_TEXT_OPTION, struct revision_info, merged),
    FIELD("is_dirty", FIELD_BOOL, struct revision_info, is_dirty),
    FIELD("was_built_before", FIELD_BOOL, struct revision_info, was_built_before),
};
const struct field_table revision_fields =
    FIELD_TABLE(revision_members, struct revision_info);

static const struct field opinion_members[] = {
    FIELD_OF_TABLE("benches", FIELD_LIST, struct second_opinion, benches, bench_fields),
    FIELD_OF_TABLE("rows", FIELD_LIST, struct second_opinion, rows, row_fields),
    FIELD_OF_TABLE("growths", FIELD_LIST, struct second_opinion, growths, growth_fields),
};
static const struct field_table opinion_fields =
    FIELD_TABLE(opinion_members, struct second_opinion);

static const struct field layout_block_members[] = {
    FIELD("compile_flags", FIELD_TEXT, struct layout_block, compile_flags),
    FIELD("link_flags", FIELD_TEXT, struct layout_block, link_flags),
    FIELD_OF_TABLE("benches", FIELD_LIST, struct layout_block, benches, bench_fields),
    FIELD_OF_TABLE("rows", FIELD_LIST, struct layout_block, rows, row_fields),
};
static const struct field_table layout_block_fields =
    FIELD_TABLE(layout_block_members, struct layout_block);

static const struct field layout_row_members[] = {
    FIELD("bench", FIELD_TEXT, struct layout_row, bench_id),
    FIELD_OF_CHOICE("metric", struct layout_row, metric, metric_choice),
    FIELD("is_improvement", FIELD_BOOL, struct layout_row, is_improvement),
    FIELD("layout_count", FIELD_SIZE, struct layout_row, layout_count),
    FIELD("beyond_count", FIELD_SIZE, struct layout_row, beyond_count),
    FIELD("change", FIELD_NUMBER, struct layout_row, change),
    FIELD("change_low", FIELD_NUMBER, struct layout_row, change_low),
    FIELD("change_high", FIELD_NUMBER, struct layout_row, change_high),
    FIELD("p_holds", FIELD_NUMBER, struct layout_row, p_holds),
    FIELD("p_fails", FIELD_NUMBER, struct layout_row, p_fails),
    FIELD("layout_sd", FIELD_NUMBER, struct layout_row, layout_sd),
    FIELD("run_sd", FIELD_NUMBER, struct layout_row, run_sd),
    FIELD("layout_share", FIELD_NUMBER, struct layout_row, layout_share),
    FIELD_OF_CHOICE("finding", struct layout_row, finding, findings),
};
static const struct field_table layout_row_fields =
    FIELD_TABLE(layout_row_members, struct layout_row);

static const struct field layout_study_members[] = {
    FIELD("first_count", FIELD_SIZE, struct layout_study, first_count),
    FIELD("most_count", FIELD_SIZE, struct layout_study, most_count),
    FIELD("cut_short", FIELD_TEXT, struct layout_study, cut_short),
    FIELD_OF_TABLE(
        "blocks", FIELD_LIST, struct layout_study, blocks, layout_block_fields),
    FIELD_OF_TABLE("rows", FIELD_LIST, struct layout_study, rows, layout_row_fields),
};
static const struct field_table layout_study_fields =
    FIELD_TABLE(layout_study_members, struct layout_study);

static const struct field creep_step_members[] = {
    FIELD("bench", FIELD_TEXT, struct creep_step, bench_id),
    FIELD_OF_CHOICE("metric", struct creep_step, metric, metric_choice),
    FIELD("commit", FIELD_TEXT, struct creep_step, commit),
    FIELD("base", FIELD_TEXT, struct creep_step, base),
    FIELD("subject", FIELD_TEXT, struct creep_step, subject),
    FIELD("session", FIELD_TEXT, struct creep_step, session),
    FIELD("change", FIELD_NUMBER, struct creep_step, change),
    FIELD("change_low", FIELD_NUMBER, struct creep_step, change_low),
    FIELD("change_high", FIELD_NUMBER, struct creep_step, change_high),
};
static const struct field_table creep_step_fields =
    FIELD_TABLE(creep_step_members, struct creep_step);

static const struct field creep_members[] = {
    FIELD_OF_TABLE("anchor", FIELD_OBJECT, struct creep, anchor, revision_fields),
    FIELD("commit_count", FIELD_SIZE, struct creep, commit_count),
    FIELD("note", FIELD_TEXT, struct creep, note),
    FIELD("trouble", FIELD_TEXT, struct creep, trouble),
    FIELD_OF_TABLE("benches", FIELD_LIST, struct creep, benches, bench_fields),
    FIELD_OF_TABLE("rows", FIELD_LIST, struct creep, rows, row_fields),
    FIELD_OF_TABLE("steps", FIELD_LIST, struct creep, steps, creep_step_fields),
};
static const struct field_table creep_fields = FIELD_TABLE(creep_members, struct creep);

static const struct field baseline_session_members[] = {
    FIELD("name", FIELD_TEXT, struct baseline_session, name),
    FIELD("command", FIELD_TEXT, struct baseline_session, command),
    FIELD("recorded_at", FIELD_TEXT, struct baseline_session, recorded_at),
    FIELD("machine_class", FIELD_TEXT, struct baseline_session, machine_class),
    FIELD("commit", FIELD_TEXT, struct baseline_session, commit),
    FIELD("subject", FIELD_TEXT, struct baseline_session, subject),
    FIELD("distance", FIELD_SIZE, struct baseline_session, distance),
    FIELD("age_s", FIELD_INT64, struct baseline_session, age_s),
    FIELD("is_stale", FIELD_BOOL, struct baseline_session, is_stale),
};
static const struct field_table baseline_session_fields =
    FIELD_TABLE(baseline_session_members, struct baseline_session);

static json_t *write_median(const void *item)
{
    double median = *(const double *)item;
    return isfinite(median) ? json_real(median) : json_null();
}

static int read_median(const json_t *json, void *item, struct error *err)
{
    if (!json_is_number(json) && !json_is_null(json))
        return error_set(err, ERROR_USAGE, "must be a number");
    *(double *)item = json_is_null(json) ? (double)NAN : json_number_value(json);
    return 0;
}

static const struct field_item median_item = { .size = sizeof(double),
                                               .write = write_median,
                                               .read = read_median };

static const struct field baseline_row_members[] = {
    FIELD("bench", FIELD_TEXT, struct baseline_row, bench_id),
    FIELD_OF_CHOICE("metric", struct baseline_row, metric, metric_choice),
    FIELD("sessions", FIELD_TEXTS, struct baseline_row, sessions),
    { .key = "medians",
      .kind = FIELD_ITEMS,
      .offset = offsetof(struct baseline_row, medians),
      .item = &median_item },
    FIELD("stale_count", FIELD_SIZE, struct baseline_row, stale_count),
    FIELD("between_sd", FIELD_NUMBER, struct baseline_row, between_sd),
    FIELD("since", FIELD_TEXT, struct baseline_row, since),
};
static const struct field_table baseline_row_fields =
    FIELD_TABLE(baseline_row_members, struct baseline_row);

static const struct field baseline_members[] = {
    FIELD("store", FIELD_TEXT, struct baseline, store),
    FIELD("machine_class", FIELD_TEXT, struct baseline, machine_class),
    FIELD("is_across", FIELD_BOOL, struct baseline, is_across),
    FIELD("differences", FIELD_TEXTS, struct baseline, differences),
    FIELD_OF_TABLE(
        "sessions", FIELD_LIST, struct baseline, sessions, baseline_session_fields),
    FIELD_OF_TABLE("rows", FIELD_LIST, struct baseline, rows, baseline_row_fields),
};
static const struct field_table baseline_fields =
    FIELD_TABLE(baseline_members, struct baseline);

static const struct field result_members[] = {
    FIELD("pawl_version", FIELD_TEXT, struct result, pawl_version),
    FIELD("started_at", FIELD_TEXT, struct result, started_at),
    FIELD("elapsed_ns", FIELD_INT64, struct result, elapsed_ns),
    FIELD("measuring_ns", FIELD_INT64, struct result, measuring_ns),
    FIELD_OF_TABLE("base", FIELD_OBJECT, struct result, base, revision_fields),
    FIELD_OF_TABLE("head", FIELD_OBJECT, struct result, head, revision_fields),
    FIELD("base_rule", FIELD_TEXT, struct result, base_rule),
    FIELD("relevance", FIELD_TEXT_OPTION, struct result, relevance),
    FIELD("config_rule", FIELD_TEXT_OPTION, struct result, config_rule),
    FIELD_OF_TABLE("machine", FIELD_OBJECT, struct result, machine, machine_fields),
    FIELD("accounting", FIELD_TEXT, struct result, accounting),
    FIELD("toolchain", FIELD_TEXT, struct result, toolchain),
    FIELD("pinning", FIELD_TEXT, struct result, pinning),
    FIELD("priority", FIELD_TEXT, struct result, priority),
    FIELD("seed", FIELD_SEED, struct result, seed),
    FIELD("reproduce", FIELD_TEXT, struct result, reproduce),
    FIELD("false_alarm", FIELD_NUMBER, struct result, false_alarm),
    FIELD("miss", FIELD_NUMBER, struct result, miss),
    FIELD("budget_ns", FIELD_INT64, struct result, budget_ns),
    FIELD("max_pairs", FIELD_SIZE, struct result, max_pairs),
    FIELD_OF_TABLE("benches", FIELD_LIST, struct result, benches, bench_fields),
    FIELD_OF_TABLE("rows", FIELD_LIST, struct result, rows, row_fields),
    FIELD_OF_TABLE("goals", FIELD_LIST, struct result, goals, goal_fields),
    FIELD_OF_TABLE("growths", FIELD_LIST, struct result, growths, growth_fields),
    FIELD_OF_TABLE("waivers", FIELD_LIST, struct result, waivers, waiver_fields),
    FIELD_OF_TABLE(
        "programs", FIELD_LIST_OPTION, struct result, programs, program_fields),
    FIELD_OF_TABLE("confirm", FIELD_OPTION, struct result, confirm, opinion_fields),
    FIELD_OF_TABLE("control", FIELD_OPTION, struct result, control, opinion_fields),
    FIELD_OF_TABLE("layouts", FIELD_OPTION, struct result, layouts, layout_study_fields),
    FIELD_OF_TABLE(
        "explanations", FIELD_OPTION, struct result, explanations, explanations_fields),
    FIELD_OF_TABLE("sharding", FIELD_OPTION, struct result, sharding, sharding_fields),
    FIELD_OF_TABLE("creep", FIELD_OPTION, struct result, creep, creep_fields),
    FIELD_OF_TABLE("baseline", FIELD_OPTION, struct result, baseline, baseline_fields),
    FIELD("config_changes", FIELD_TEXTS, struct result, config_changes),
    FIELD("warnings", FIELD_TEXTS, struct result, warnings),
    FIELD("changed_paths", FIELD_TEXTS, struct result, changed_paths),
    FIELD_OF_CHOICE("verdict", struct result, verdict, verdicts),
    FIELD_OF_CHOICE("exit", struct result, exit, exits),
};
const struct field_table result_fields = FIELD_TABLE(result_members, struct result);
