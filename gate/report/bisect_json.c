#include "gate/base/fields.h"
#include "gate/base/json_layout.h"
#include "gate/report/bisect_report.h"
#include "gate/report/explanation_fields.h"
#include "gate/report/result_fields.h"
#include "gate/verdict/bisect_result.h"
#include "runners/fields.h"

#define SCHEMA "pawl-bisect/1"

static const char *name_of_kind(unsigned value)
{
    return bisect_kind_name((enum bisect_kind)value);
}
static const char *name_of_answer(unsigned value)
{
    return probe_answer_name((enum probe_answer)value);
}
static const char *name_of_state(unsigned value)
{
    return bisect_state_name((enum bisect_state)value);
}
static const struct field_choice kinds = { BISECT_CULPRIT + 1, name_of_kind };
static const struct field_choice answers = { PROBE_SKIPPED + 1, name_of_answer };
static const struct field_choice states = { BISECT_STATE_COUNT, name_of_state };

static const struct field probe_members[] = {
    FIELD_OF_CHOICE("kind", struct bisect_probe, kind, kinds),
    FIELD("commit", FIELD_TEXT, struct bisect_probe, commit),
    FIELD("subject", FIELD_TEXT, struct bisect_probe, subject),
    FIELD("against", FIELD_TEXT, struct bisect_probe, against),
    FIELD("threshold", FIELD_NUMBER, struct bisect_probe, threshold),
    FIELD_OF_CHOICE("answer", struct bisect_probe, answer, answers),
    FIELD("change", FIELD_NUMBER, struct bisect_probe, change),
    FIELD("change_low", FIELD_NUMBER, struct bisect_probe, change_low),
    FIELD("change_high", FIELD_NUMBER, struct bisect_probe, change_high),
    FIELD("p_wrong", FIELD_NUMBER, struct bisect_probe, p_wrong),
    FIELD("pair_count", FIELD_SIZE, struct bisect_probe, pair_count),
    FIELD("elapsed_ns", FIELD_INT64, struct bisect_probe, elapsed_ns),
    FIELD("reason", FIELD_TEXT, struct bisect_probe, reason),
};
static const struct field_table probe_fields =
    FIELD_TABLE(probe_members, struct bisect_probe);

static const struct field suspect_members[] = {
    FIELD("commit", FIELD_TEXT, struct bisect_suspect, commit),
    FIELD("subject", FIELD_TEXT, struct bisect_suspect, subject),
    FIELD("is_merge", FIELD_BOOL, struct bisect_suspect, is_merge),
    FIELD("probability", FIELD_NUMBER, struct bisect_suspect, probability),
    FIELD("reason", FIELD_TEXT, struct bisect_suspect, reason),
};
static const struct field_table suspect_fields =
    FIELD_TABLE(suspect_members, struct bisect_suspect);

static const struct field members[] = {
    FIELD("pawl_version", FIELD_TEXT, struct bisect_result, pawl_version),
    FIELD("started_at", FIELD_TEXT, struct bisect_result, started_at),
    FIELD("elapsed_ns", FIELD_INT64, struct bisect_result, elapsed_ns),
    FIELD_OF_TABLE("good", FIELD_OBJECT, struct bisect_result, good, revision_fields),
    FIELD_OF_TABLE("bad", FIELD_OBJECT, struct bisect_result, bad, revision_fields),
    FIELD("bench", FIELD_TEXT, struct bisect_result, bench_id),
    FIELD_OF_CHOICE("metric", struct bisect_result, metric, metric_choice),
    FIELD("margin", FIELD_NUMBER, struct bisect_result, margin),
    FIELD("by_first_parents", FIELD_BOOL, struct bisect_result, by_first_parents),
    FIELD("commit_count", FIELD_SIZE, struct bisect_result, commit_count),
    FIELD_OF_CHOICE("outcome", struct bisect_result, state, states),
    FIELD("reason", FIELD_TEXT, struct bisect_result, reason),
    FIELD("change", FIELD_NUMBER, struct bisect_result, change),
    FIELD("change_low", FIELD_NUMBER, struct bisect_result, change_low),
    FIELD("change_high", FIELD_NUMBER, struct bisect_result, change_high),
    FIELD_OF_TABLE(
        "suspects", FIELD_LIST, struct bisect_result, suspects, suspect_fields),
    FIELD("probability", FIELD_NUMBER, struct bisect_result, probability),
    FIELD("is_confirmed", FIELD_BOOL, struct bisect_result, is_confirmed),
    FIELD("own_change", FIELD_NUMBER, struct bisect_result, own_change),
    FIELD("own_change_low", FIELD_NUMBER, struct bisect_result, own_low),
    FIELD("own_change_high", FIELD_NUMBER, struct bisect_result, own_high),
    FIELD_OF_TABLE("explanations",
                   FIELD_OPTION,
                   struct bisect_result,
                   explanations,
                   explanations_fields),
    FIELD_OF_TABLE("probes", FIELD_LIST, struct bisect_result, probes, probe_fields),
    FIELD("pair_count", FIELD_SIZE, struct bisect_result, pair_count),
    FIELD_OF_TABLE(
        "machine", FIELD_OBJECT, struct bisect_result, machine, machine_fields),
    FIELD("accounting", FIELD_TEXT, struct bisect_result, accounting),
    FIELD("priority", FIELD_TEXT, struct bisect_result, priority),
    FIELD("toolchain", FIELD_TEXT, struct bisect_result, toolchain),
    FIELD("reproduce", FIELD_TEXT, struct bisect_result, reproduce),
    FIELD("warnings", FIELD_TEXTS, struct bisect_result, warnings),
};
static const struct field_table fields = FIELD_TABLE(members, struct bisect_result);

void bisect_report_json(const struct bisect_result *result, struct str *out)
{
    json_t *json = fields_write(&fields, result);
    json_object_set_new(json, "schema", json_string(SCHEMA));
    json_layout(json, out);
    json_decref(json);
}
