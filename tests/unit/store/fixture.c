#include "fixture.h"

#include <math.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "runners/machine_fact.h"

#define TOOLCHAIN "cc (Debian 12.2.0-14+deb12u1) 12.2.0"

static void set_machine(struct machine *machine)
{
    *machine =
        (struct machine){ .cpu_model = xstrdup("Intel(R) Xeon(R) Processor @ 2.60GHz"),
                          .cpus_online = 2,
                          .microcode = xstrdup("0x1"),
                          .kernel = xstrdup("6.1.0-18-amd64"),
                          .governor = xstrdup(""),
                          .boost = MACHINE_BOOST_UNKNOWN,
                          .memory_bytes = 8000000000,
                          .virtualisation = xstrdup("kvm"),
                          .image = xstrdup(""),
                          .libc = xstrdup("glibc 2.36") };
}

static void add_row(struct session_side *side,
                    const char *bench_id,
                    enum metric metric,
                    double median)
{
    *array_push(&side->rows) = (struct session_row){ .bench_id = xstrdup(bench_id),
                                                     .metric = metric,
                                                     .is_judged = metric == METRIC_CPU,
                                                     .run_count = 15,
                                                     .median = median,
                                                     .low = median * 0.99,
                                                     .high = median * 1.02,
                                                     .spread = 0.0125,
                                                     .change = (double)NAN,
                                                     .change_low = (double)NAN,
                                                     .change_high = (double)NAN };
}

static void set_side(struct session_side *side, const char *commit)
{
    side->commit = xstrdup(commit);
    side->tree = xstrdup("2222222222222222222222222222222222222222");
    side->subject = xstrdup("list: shorter \"lines\"");
    side->committed_s = 1764190000;
    add_row(side, "list[n=1000]", METRIC_WALL, 0.00123);
    add_row(side, "list[n=1000]", METRIC_CPU, 0.00115);
    add_row(side, "add", METRIC_PEAK_RSS, 1048576);
    *array_push(&side->gaps) = (struct session_gap){ .bench_id = xstrdup("find"),
                                                     .reason = xstrdup("exited with 3") };
    session_side_sort(side);
}

void fixture_session(struct session *out)
{
    *out = (struct session){ .pawl_version = xstrdup("0.1.0"),
                             .command = xstrdup("run"),
                             .recorded_at = xstrdup("2026-11-26T21:14:00Z"),
                             .toolchain = xstrdup(TOOLCHAIN),
                             .config_hash =
                                 xstrdup("3333333333333333333333333333333333333333"),
                             .seed = UINT64_C(18446744073709551557) };
    set_machine(&out->machine);
    machine_class_of(&out->machine, TOOLCHAIN, machine_facts_default(),
                     &out->machine_class);
    set_side(&out->head, "abcdef0123456789abcdef0123456789abcdef01");
}

void fixture_check(struct session *out)
{
    fixture_session(out);
    free(out->command);
    out->command = xstrdup("check");
    out->base = xcalloc(1, sizeof *out->base);
    set_side(out->base, "1111111111111111111111111111111111111111");
    out->head.rows.items[0].change = 0.021;
    out->head.rows.items[0].change_low = 0.018;
    out->head.rows.items[0].change_high = (double)INFINITY;
}

void fixture_renumber(struct session *session, unsigned number)
{
    free(session->head.commit);
    free(session->recorded_at);
    session->head.commit =
        str_format("%02ucdef0123456789abcdef0123456789abcdef01", number);
    session->recorded_at =
        str_format("2026-10-26T21:%02u:%02uZ", number % 60, number / 60);
}
