/* Comparison after comparison. */
#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/path.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/base/tree.h"
#include "gate/base/units.h"
#include "gate/cli/bisection.h"
#include "gate/cli/measuring.h"
#include "gate/report/phrase.h"
#include "gate/source/hash.h"
#include "runners/accounting.h"

/* Everything that decides what is measured. */
static char *search_key(const struct bisection *bisection)
{
    AUTO_STR struct str text = STR_INIT;
    char key[SOURCE_ID_SIZE];
    str_addf(&text, "%s\n%s\n%s\n", bisection->good.commit, bisection->bad.commit,
             bisection->bench_id);
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (bisection->margins[metric].is_gated)
            str_addf(&text, "%s %.17g %.17g\n", metric_name(metric),
                     bisection->margins[metric].share, bisection->margins[metric].floor);
    }
    bisect_options_add_repeat(&bisection->options, &text);
    str_add(&text, bisection->config_file.text);
    source_hash_text(text.data, text.length, key);
    return xstrdup(key);
}

static int find_directory(struct bisection *bisection, struct error *err)
{
    AUTO_FREE char *key = search_key(bisection);
    AUTO_FREE char *name = str_format("bisections/%s", key);
    bisection->directory = path_join(bisection->cache_directory, name);
    if (bisection->options.is_fresh && tree_remove(bisection->directory, err) < 0)
        return -1;
    if (file_is_directory(bisection->directory))
        log_step("going on with an interrupted search; --fresh begins anew");
    return tree_make(bisection->directory, err);
}

static size_t max_pairs(const struct bisection *bisection)
{
    uint64_t asked = bisection->options.max_pairs;
    return asked ? (size_t)asked : bisection->config_file.config->max_pairs;
}

static void announce(const struct bisection *bisection)
{
    AUTO_STR struct str line = STR_INIT;
    phrase_add_count(&line, bisection->stretch.count, "commit");
    str_addf(&line, " to search%s by %s",
             bisection->options.all_parents ? "" : ", by first parents,",
             bisection->bench_id);
    for (enum metric metric = METRIC_COUNT; metric-- > 0;) {
        if (bisection->margins[metric].is_gated)
            str_addf(&line, " %s", metric_name(metric));
    }
    log_step("%s", line.data);
}

int bisection_begin(struct bisection *bisection, struct error *err)
{
    if (source_stretch(bisection->source, &bisection->good, &bisection->bad,
                       !bisection->options.all_parents, &bisection->stretch, err) < 0)
        return -1;
    for (size_t i = 0; i < bisection->stretch.count; i++) {
        const struct stretch_commit *commit = &bisection->stretch.items[i];
        lineage_add(&bisection->lineage, commit->parents, commit->parent_count);
    }
    bisect_init(&bisection->plan, &bisection->lineage, bisection->margins,
                max_pairs(bisection));
    bisection->seed = bisection->options.seed;
    if (!bisection->options.has_seed && random_seed(&bisection->seed, err) < 0)
        return -1;
    announce(bisection);
    return find_directory(bisection, err);
}

/* The comparison's entry, new where it is not measured longer. */
static struct bisect_probe *find_probe(struct bisection *bisection,
                                       const struct bisect_order *order,
                                       const char *against)
{
    const struct revision *revision = &bisection->stretch.items[order->commit].revision;
    struct bisect_probes *probes = &bisection->result.probes;
    for (size_t i = 0; i < probes->count; i++) {
        if (probes->items[i].kind == order->kind &&
            str_equal(probes->items[i].commit, revision->commit))
            return &probes->items[i];
    }
    struct bisect_probe *probe = array_push(probes);
    *probe = (struct bisect_probe){ .kind = order->kind,
                                    .commit = xstrdup(revision->commit),
                                    .subject = xstrdup(revision->subject),
                                    .against = xstrdup(against),
                                    .change = (double)NAN,
                                    .change_low = (double)-INFINITY,
                                    .change_high = (double)INFINITY,
                                    .p_wrong = (double)NAN,
                                    .reason = xstrdup("") };
    return probe;
}

static void set_reason(struct bisect_probe *probe, const char *reason)
{
    free(probe->reason);
    probe->reason = xstrdup(reason);
}

static void fill_probe(struct bisect_probe *probe, const struct reading *reading)
{
    static const enum probe_answer answers[] = { [READING_OPEN] = PROBE_UNDECIDED,
                                                 [READING_BELOW] = PROBE_FAST,
                                                 [READING_BEYOND] = PROBE_SLOW };
    probe->answer = answers[reading->side];
    probe->p_wrong = reading->side == READING_OPEN ? (double)NAN : reading->p_wrong;
    probe->pair_count = reading->pair_count;
    struct bisect_change change = bisect_change_of(reading);
    probe->change = change.change;
    probe->change_low = change.low;
    probe->change_high = change.high;
}

static const struct reading *reading_of_order(const struct bisect *plan,
                                              const struct bisect_order *order)
{
    switch (order->kind) {
    case BISECT_ENDS:
        return &plan->ends;
    case BISECT_PROBE:
        return &plan->commits[order->commit].reading;
    case BISECT_CULPRIT:
        return &plan->own;
    }
    abort();
}

static double threshold_of(const struct bisection *bisection,
                           const struct bisect_order *order)
{
    enum metric metric = bisection->plan.ends.metric;
    double share = order->margins[metric].share;
    return metric_info(metric)->larger_is_better ? 1 / (1 + share) - 1 : share;
}

static void say_answer(const struct bisect_probe *probe)
{
    AUTO_STR struct str line = STR_INIT;
    if (probe->answer == PROBE_SKIPPED) {
        log_step("%.10s: passed over: %s", probe->commit, probe->reason);
        return;
    }
    phrase_add_change(&line, probe->change);
    str_add(&line, " ");
    phrase_add_interval(&line, probe->change_low, probe->change_high);
    log_step("%.10s: %s in %zu pairs: %s%s", probe->commit, line.data, probe->pair_count,
             probe_answer_name(probe->answer),
             probe->answer == PROBE_UNDECIDED ? " so far" : "");
}

static void take_untold(struct bisection *bisection,
                        const struct bisect_order *order,
                        struct bisect_probe *probe,
                        const char *why)
{
    probe->answer = PROBE_SKIPPED;
    set_reason(probe, why);
    if (order->kind == BISECT_ENDS) {
        free(bisection->result.reason);
        bisection->result.reason = xstrdup(why);
    }
    bisect_take(&bisection->plan, order, NULL);
    say_answer(probe);
}

static void take_identical(struct bisection *bisection,
                           const struct bisect_order *order,
                           struct bisect_probe *probe)
{
    probe->answer = PROBE_FAST;
    set_reason(probe, "the same bytes on both sides");
    bisect_take_identical(&bisection->plan, order);
    log_step("%.10s: the same bytes as %.10s", probe->commit, probe->against);
}

/* Why a trial ended without an answer; NULL: it has one. The caller's. */
static char *why_untold(const struct trial *trial)
{
    if (!trial)
        return xstrdup("nothing that is run tells the metric");
    if (trial->state == TRIAL_FAILED)
        return trial->failure ? xstrdup(trial->failure)
                              : str_format("%s failed while it was measured",
                                           side_names[trial->failed_side]);
    if (!trial->counted)
        return xstrdup("the time budget ended before its first pair");
    for (size_t i = 0; i < trial->row_count; i++) {
        if (trial->rows[i].is_untold)
            return str_format("not told: %s",
                              metric_info(trial->rows[i].metric)->absence);
    }
    return NULL;
}

static void take_measured(struct bisection *bisection,
                          const struct bisect_order *order,
                          const struct trial *trial,
                          struct bisect_probe *probe)
{
    struct bisect *plan = &bisection->plan;
    bisect_take(plan, order, trial);
    fill_probe(probe, reading_of_order(plan, order));
    probe->threshold = threshold_of(bisection, order);
    if (order->kind == BISECT_PROBE && plan->commits[order->commit].is_in_between)
        probe->answer = PROBE_IN_BETWEEN;
    say_answer(probe);
}

static int measure(struct bisection *bisection,
                   const struct bisect_order *order,
                   struct bisect_probe *probe,
                   struct error *err)
{
    AUTO(experiment_clear) struct experiment experiment = { 0 };
    if (bisection_measure(bisection, order, &experiment, err) < 0)
        return -1;
    bisection_keep_rows(bisection, &experiment);
    const struct trial *trial = bisection_trial(&experiment);
    AUTO_FREE char *why = why_untold(trial);
    if (why)
        take_untold(bisection, order, probe, why);
    else
        take_measured(bisection, order, trial, probe);
    return 0;
}

static bool is_open(const struct bisection *bisection, const struct bisect_order *order)
{
    return bisection->comparison.is_open && bisection->kind == order->kind &&
           bisection->commit == order->commit;
}

static void keep_surroundings(struct bisection *bisection)
{
    const struct check *check = &bisection->comparison.check;
    struct bisect_result *result = &bisection->result;
    if (result->toolchain || !check->toolchain)
        return;
    result->toolchain = xstrdup(check->toolchain);
    result->accounting = accounting_describe(spawner_accounting(check->spawner));
    result->priority = measuring_priority(check->options.may_raise, check->spawner);
}

static int carry_out(struct bisection *bisection,
                     const struct bisect_order *order,
                     struct error *err)
{
    struct comparison *comparison = &bisection->comparison;
    struct revision base;
    int64_t begun_ns = clock_now_ns();
    if (bisection_base(bisection, order, &base, err) < 0)
        return -1;
    struct bisect_probe *probe = find_probe(bisection, order, base.commit);
    if (!is_open(bisection, order)) {
        comparison_close(comparison);
        if (bisection_open_comparison(bisection, order, err) < 0)
            return -1;
        keep_surroundings(bisection);
    }
    if (comparison->why)
        take_untold(bisection, order, probe, comparison->why);
    else if (comparison->is_identical)
        take_identical(bisection, order, probe);
    else if (measure(bisection, order, probe, err) < 0)
        return -1;
    probe->elapsed_ns += clock_now_ns() - begun_ns;
    return 0;
}

/* From what the comparisons so far took each, builds and all. */
static void add_time_left(const struct bisection *bisection, struct str *line)
{
    const struct bisect_probes *probes = &bisection->result.probes;
    double left = fmax(ceil(bisect_left(&bisection->plan)), 1);
    int64_t sum_ns = 0;
    for (size_t i = 0; i < probes->count; i++)
        sum_ns += probes->items[i].elapsed_ns;
    str_addf(line, "about %.0f to go", left);
    if (!probes->count)
        return;
    str_add(line, ", ");
    units_add_duration(line, left * (double)sum_ns * 1e-9 / (double)probes->count);
}

static void say_order(const struct bisection *bisection, const struct bisect_order *order)
{
    static const char *const doings[] = { [BISECT_ENDS] = "bad against good",
                                          [BISECT_PROBE] = "against good",
                                          [BISECT_CULPRIT] = "against its parent" };
    const struct revision *revision = &bisection->stretch.items[order->commit].revision;
    AUTO_STR struct str left = STR_INIT;
    add_time_left(bisection, &left);
    if (is_open(bisection, order))
        log_step("%.10s %s, measured longer (%s)", revision->commit, doings[order->kind],
                 left.data);
    else
        log_step("%.10s %s: %s (%s)", revision->commit, doings[order->kind],
                 revision->subject, left.data);
}

int bisection_search(struct bisection *bisection, struct error *err)
{
    struct bisect_order order;
    while (bisect_next(&bisection->plan, &order)) {
        say_order(bisection, &order);
        if (carry_out(bisection, &order, err) < 0) {
            log_step("what was measured is kept: the same command goes on");
            return -1;
        }
    }
    int explained = bisection_explain(bisection, err);
    comparison_close(&bisection->comparison);
    return explained;
}
