#include "sample.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/array.h"
#include "gate/base/str.h"

void sample_set(char **text, const char *value)
{
    free(*text);
    *text = xstrdup(value);
}

static void set_revisions(struct result *result)
{
    result->base = (struct revision_info){
        .commit = xstrdup("4f1c2a9be07d55a3c1b0e9d8f7a6b5c4d3e2f1a0"),
        .tree = xstrdup("aa11bb22cc33dd44ee55ff66aa77bb88cc99dd00"),
        .subject = xstrdup("store: keep cases sorted by their number"),
        .asked = xstrdup("origin/main"),
        .was_built_before = true
    };
    result->head = (struct revision_info){
        .commit = xstrdup("9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e"),
        .tree = xstrdup("0011223344556677889900aabbccddeeff001122"),
        .subject = xstrdup("list: read the store once instead of twice"),
        .asked = xstrdup("HEAD")
    };
    result->base_rule = xstrdup("merge base of HEAD and origin/main");
}

static void set_machine(struct machine *machine)
{
    *machine = (struct machine){ .cpu_model = xstrdup("AMD EPYC 7763 64-Core Processor"),
                                 .cpus_online = 4,
                                 .microcode = xstrdup("0xa0011d1"),
                                 .kernel = xstrdup("6.1.0-18-amd64"),
                                 .governor = xstrdup("performance"),
                                 .boost = MACHINE_BOOST_ON,
                                 .memory_bytes = (int64_t)16 << 30,
                                 .virtualisation = xstrdup("kvm"),
                                 .image = xstrdup("ubuntu24 20260105.1.0") };
}

static void set_common(struct result *result)
{
    result->pawl_version = xstrdup("0.1.0");
    result->started_at = xstrdup("2026-02-03T10:20:30Z");
    result->elapsed_ns = 252000000000;
    result->measuring_ns = 187000000000;
    set_revisions(result);
    set_machine(&result->machine);
    result->accounting = xstrdup("processes: all of a run, by its cgroup; hardware "
                                 "counters: none (the machine offers none)");
    result->toolchain = xstrdup("gcc (Debian 12.2.0-14) 12.2.0");
    result->pinning = xstrdup("CPU 3 of 4, which served the fewest interrupts since boot "
                              "(8,123; the others up to 12,345)");
    result->priority = xstrdup("runs come before other work (nice value -20, their "
                               "session's group too)");
    result->seed = 81985529216486895;
    result->reproduce =
        xstrdup("pawl check --base 4f1c2a9be07d --head 9d8e7f6a5b4c --seed "
                "81985529216486895");
    result->false_alarm = 0.01;
    result->miss = 0.05;
    result->budget_ns = 300000000000;
    result->max_pairs = 135;
    result->verdict = VERDICT_OK;
    strvec_push(&result->changed_paths, "runners/case-tracker/store.c");
    strvec_push(&result->changed_paths, "runners/case-tracker/list.c");
}

static void settle(struct row *row, enum verdict verdict, const char *reason)
{
    row->verdict = verdict;
    sample_set(&row->reason, reason);
}

static void add_benches(struct result *result)
{
    static const char *const ids[] = { "list[n=1000]", "list[n=100000]",
                                       "search[n=100000]", "import" };
    static const double seconds[] = { 0.0123, 1.31, 0.245, 0.0875 };
    static const double changes[] = { 0.0013, -0.0041, 0.0072, 0.0005 };
    for (size_t i = 0; i < 4; i++) {
        sample_add_pairs(sample_add_bench(result, ids[i]));
        sample_add_row(result, METRIC_CPU, seconds[i], changes[i], 0.006);
        sample_add_row(result, METRIC_PEAK_RSS, 5.1e6 * (double)(i + 1), changes[i] / 4,
                       0.001)
            ->margin = 0.05;
        sample_add_row(result, METRIC_WALL, seconds[i] * 1.04, changes[i] * 1.1, 0.011)
            ->is_judged = false;
    }
}

void sample_pass(struct result *result)
{
    set_common(result);
    add_benches(result);
}

/* Row 3 * bench + (0 cpu, 1 peak_rss, 2 wall). */
static void change_row(struct row *row, double change, double width, enum verdict verdict)
{
    row->change = change;
    row->change_low = change - width;
    row->change_high = change + width;
    row->head_median = row->base_median * (1 + change);
    row->verdict = verdict;
}

void sample_regression(struct result *result)
{
    sample_pass(result);
    struct row *rows = result->rows.items;
    change_row(&rows[0], 0.049, 0.011, VERDICT_REGRESSED);
    change_row(&rows[3], 0.182, 0.021, VERDICT_REGRESSED);
    change_row(&rows[4], -0.09, 0.001, VERDICT_IMPROVED);
    change_row(&rows[6], 0.0311, 0.005, VERDICT_REGRESSED);
    result->benches.items[0].verdict = VERDICT_REGRESSED;
    result->benches.items[1].verdict = VERDICT_REGRESSED;
    result->benches.items[2].verdict = VERDICT_REGRESSED;
    strvec_push(&result->config_changes,
                "margins.cpu is 5 % in head and 2 % in base: a looser rule");
    strvec_push(&result->warnings,
                "the load was 1.8 on 4 CPUs: other programs ran meanwhile");
    result->verdict = VERDICT_REGRESSED;
    result->exit = GATE_REGRESSED;
}

/* A bench of its own with one row, beside the result's. */
static struct row *add_opinion(struct second_opinion *opinion,
                               const char *id,
                               double change,
                               enum verdict verdict)
{
    struct result part = { .benches = opinion->benches, .rows = opinion->rows };
    struct bench_result *bench = sample_add_bench(&part, id);
    sample_add_pairs(bench);
    bench->verdict = verdict;
    struct row *row = sample_add_row(&part, METRIC_CPU, 0.0123, change, 0.006);
    row->verdict = verdict;
    *opinion = (struct second_opinion){ .benches = part.benches, .rows = part.rows };
    return row;
}

void sample_confirm(struct result *result)
{
    sample_regression(result);
    struct row *rows = result->rows.items;
    result->confirm = xcalloc(1, sizeof *result->confirm);
    add_opinion(result->confirm, "list[n=1000]", 0.047, VERDICT_REGRESSED);
    add_opinion(result->confirm, "list[n=100000]", 0.179, VERDICT_REGRESSED);
    add_opinion(result->confirm, "search[n=100000]", 0.001, VERDICT_OK);
    settle(&rows[0], VERDICT_REGRESSED,
           "fresh builds showed it again: +4.7 % (+4.1 % .. +5.3 %) in 40 pairs");
    settle(&rows[3], VERDICT_REGRESSED,
           "fresh builds showed it again: +17.9 % (+17.3 % .. +18.5 %) in 40 pairs");
    settle(&rows[6], VERDICT_INCONCLUSIVE,
           "regressed at first with +3.1 % (+2.6 % .. +3.6 %) in 40 pairs, but fresh "
           "builds did not confirm it: +0.10 % (-0.50 % .. +0.70 %) in 40 pairs, which "
           "is ok");
    result->benches.items[2].verdict = VERDICT_INCONCLUSIVE;
}

void sample_control(struct result *result)
{
    sample_regression(result);
    result->control = xcalloc(1, sizeof *result->control);
    add_opinion(result->control, "control: list[n=1000]", 0.002, VERDICT_OK);
    settle(add_opinion(result->control, "control: import", 0.016, VERDICT_INCONCLUSIVE),
           VERDICT_INCONCLUSIVE,
           "its budget of pairs was spent: about 160 more pairs (40.0 s) would decide");
}

void sample_distrusted(struct result *result)
{
    sample_control(result);
    settle(add_opinion(result->control, "control: search[n=100000]", -0.049,
                       VERDICT_IMPROVED),
           VERDICT_IMPROVED,
           "a copy of base is off by -4.9 % (-5.5 % .. -4.3 %); pairs thrown away, "
           "disturbed from outside: 1");
    result->verdict = VERDICT_FAILED;
    result->exit = GATE_NOT_MEASURED;
}

void sample_inconclusive(struct result *result)
{
    sample_pass(result);
    struct row *rows = result->rows.items;
    change_row(&rows[0], 0.017, 0.009, VERDICT_INCONCLUSIVE);
    settle(
        &rows[0], VERDICT_INCONCLUSIVE,
        "the interval reaches past the margin; about 160 more pairs (40 s) would decide");
    change_row(&rows[6], -0.002, 0.2, VERDICT_INCONCLUSIVE);
    settle(&rows[6], VERDICT_INCONCLUSIVE,
           "too noisy for its margin: about 9,000 more pairs would be needed");
    sample_add_bench(result, "export")->verdict = VERDICT_INCONCLUSIVE;
    settle(sample_add_empty_row(result, VERDICT_INCONCLUSIVE), VERDICT_INCONCLUSIVE,
           "not measured: the time budget was spent before its turn");
    result->benches.items[0].verdict = VERDICT_INCONCLUSIVE;
    result->benches.items[2].verdict = VERDICT_INCONCLUSIVE;
    result->verdict = VERDICT_INCONCLUSIVE;
}

static void add_goal(struct result *result,
                     const char *label,
                     double limit,
                     double value,
                     enum goal_outcome outcome)
{
    *array_push(&result->goals) =
        (struct goal_result){ .bench_id = xstrdup("list[n=100000]"),
                              .label = xstrdup(label),
                              .metric = METRIC_WALL,
                              .limit = limit,
                              .value = value,
                              .low = value * 0.98,
                              .high = value * 1.03,
                              .run_count = 40,
                              .outcome = outcome };
}

void sample_improved(struct result *result)
{
    sample_pass(result);
    struct row *rows = result->rows.items;
    change_row(&rows[3], -0.412, 0.004, VERDICT_IMPROVED);
    change_row(&rows[5], -0.405, 0.006, VERDICT_NONE);
    change_row(&rows[6], -0.034, 0.006, VERDICT_IMPROVED);
    result->benches.items[1].verdict = VERDICT_IMPROVED;
    result->benches.items[2].verdict = VERDICT_IMPROVED;
    add_goal(result, "wall", 2, 0.787, GOAL_MET);
    add_goal(result, "wall_p95", 0.8, 0.79, GOAL_CANNOT_TELL);
    result->goals.items[1].high = (double)INFINITY;
    add_goal(result, "wall_p99", 0.5, 0.81, GOAL_MISSED);
    result->goals.items[2].was_missed_on_base = true;
    sample_add_programs(result);
    result->verdict = VERDICT_IMPROVED;
}

static void add_unmeasured(struct result *result,
                           const char *id,
                           enum verdict verdict,
                           const char *reason)
{
    struct bench_result *bench = sample_add_bench(result, id);
    bench->verdict = verdict;
    sample_set(&bench->reason, reason);
    sample_set(&sample_add_empty_row(result, verdict)->reason, reason);
}

void sample_trouble(struct result *result)
{
    sample_pass(result);
    change_row(&result->rows.items[9], 0.061, 0.008, VERDICT_REGRESSED);
    result->benches.items[3].verdict = VERDICT_REGRESSED;
    add_unmeasured(result, "export", VERDICT_FAILED,
                   "head was killed by SIGSEGV in pair 3; base succeeded");
    add_unmeasured(result, "merge[n=10]", VERDICT_MISSING,
                   "base's configuration lists it and head's does not");
    add_unmeasured(result, "stats", VERDICT_NEW, "");
    result->verdict = VERDICT_FAILED;
    result->exit = GATE_NOT_MEASURED;
}

void sample_identical(struct result *result)
{
    set_common(result);
    add_unmeasured(result, "list[n=1000]", VERDICT_IDENTICAL, "");
    add_unmeasured(result, "search", VERDICT_IDENTICAL, "");
    result->verdict = VERDICT_IDENTICAL;
    result->measuring_ns = 0;
}

/* Every place of foreign text gets all of it. */
static const char hostile[] =
    "| `x` ``y`` <script>alert(1)</script> @octocat #12 GH-34 [a](javascript:b) ![i](http://e) "
    "**b** $m$ www.evil.com a@b.co\n::error::forged\r\n##[add-mask]s\033[31m \xe2\x80\xae"
    "rtl \xff </details> \\|";

void sample_hostile(struct result *result)
{
    sample_regression(result);
    sample_set(&result->base.subject, hostile);
    sample_set(&result->head.subject, hostile);
    sample_set(&result->base.commit, "`@octocat`|<b>");
    sample_set(&result->base_rule, hostile);
    sample_set(&result->machine.cpu_model, hostile);
    sample_set(&result->machine.kernel, hostile);
    sample_set(&result->accounting, hostile);
    sample_set(&result->toolchain, hostile);
    sample_set(&result->pinning, hostile);
    sample_set(&result->priority, hostile);
    sample_set(&result->started_at, hostile);
    sample_set(&result->pawl_version, hostile);
    sample_set(&result->reproduce, "pawl check \n```\n# @octocat\n::error::x\n````");
    sample_set(&result->rows.items[0].bench_id, hostile);
    sample_set(&result->rows.items[0].reason, hostile);
    strvec_push(&result->warnings, hostile);
    strvec_push(&result->warnings, "1. @octocat: ::warning::x");
    strvec_push(&result->config_changes, hostile);
    strvec_push(&result->changed_paths, hostile);
    add_unmeasured(result, hostile, VERDICT_FAILED, hostile);
    add_unmeasured(result, hostile, VERDICT_NEW, hostile);
    add_goal(result, hostile, 1, 2, GOAL_MISSED);
    sample_set(&result->goals.items[0].bench_id, hostile);
    result->verdict = VERDICT_FAILED;
    result->exit = GATE_NOT_MEASURED;
}

void sample_large(struct result *result, size_t row_count)
{
    static const enum verdict verdicts[] = { VERDICT_OK, VERDICT_REGRESSED,
                                             VERDICT_INCONCLUSIVE, VERDICT_IMPROVED };
    set_common(result);
    for (size_t i = 0; i < row_count; i++) {
        AUTO_FREE char *id = str_format("benchmark with a long name %zu[size=%zu]", i, i);
        enum verdict verdict = verdicts[i % 10 < 4 ? i % 10 : 0];
        sample_add_bench(result, id)->verdict = verdict;
        struct row *row =
            sample_add_row(result, METRIC_CPU, 0.01, 0.0001 * (double)(i % 700), 0.01);
        settle(row, verdict,
               verdict == VERDICT_OK ? ""
                                     : "a reason of some length, as the gate writes it");
    }
    result->verdict = VERDICT_REGRESSED;
    result->exit = GATE_REGRESSED;
}
