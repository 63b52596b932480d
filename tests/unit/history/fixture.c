#include "tests/unit/history/fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/source/commit_order.h"
#include "gate/stats/change_points.h"

#define FIRST_DAY 1767225600 /* 2026-01-01 */
#define DAY_S     86400

void made_commit_id(size_t commit, char id[41])
{
    /* In the first digits, which people see. */
    (void)snprintf(id, 41, "%010zu%030d", commit, 0);
}

struct session_row *
made_row(struct session_side *side, const char *bench, enum metric metric, double value)
{
    struct session_row *row = array_push(&side->rows);
    *row = (struct session_row){ .bench_id = xstrdup(bench),
                                 .metric = metric,
                                 .is_judged = true,
                                 .run_count = 20,
                                 .median = value,
                                 .low = 0.98 * value,
                                 .high = 1.02 * value,
                                 .spread = 0.02 };
    return row;
}

struct session_side *made_add(struct made_history *made, size_t commit, double cpu_s)
{
    char id[41];
    struct session *session = array_push(&made->sessions);
    made_commit_id(commit, id);
    *session = (struct session){ 0 };
    session->machine_class.name = xstrdup("xeon-2c-kvm-gcc12-3f9a12bc");
    session->recorded_at = xstrdup("2026-11-26T21:14:00Z");
    session->head.commit = xstrdup(id);
    session->head.subject = str_format("list: \"case\" <%zu> & more", commit);
    session->head.committed_s = FIRST_DAY + (int64_t)commit * DAY_S;
    made_row(&session->head, "list", METRIC_CPU, cpu_s);
    return &session->head;
}

void made_finish(struct made_history *made, size_t newest)
{
    char id[41];
    history_list_commits(&made->sessions, &made->commits);
    made->ages = xcalloc(made->commits.count, sizeof *made->ages);
    for (size_t i = 0; i < made->commits.count; i++) {
        made->ages[i] = COMMIT_NOT_THERE;
        for (size_t commit = 0; commit <= newest; commit++) {
            made_commit_id(commit, id);
            if (str_equal(id, made->commits.items[i]))
                made->ages[i] = newest - commit;
        }
    }
    made->request = (struct history_request){ .sessions = &made->sessions,
                                              .commits = &made->commits,
                                              .ages = made->ages,
                                              .oldest = COMMIT_NOT_THERE,
                                              .since_s = INT64_MIN,
                                              .alpha = CHANGE_ALPHA,
                                              .seed = 1 };
}

void made_collect(const struct made_history *made, struct history *out)
{
    history_collect(&made->request, out);
    for (size_t i = 0; i < out->rows.count; i++)
        history_find_changes(&made->request, out, &out->rows.items[i]);
}

void made_clear(struct made_history *made)
{
    sessions_clear(&made->sessions);
    strvec_clear(&made->commits);
    free(made->ages);
    *made = (struct made_history){ 0 };
}

/* Near enough to normal, the same on every machine: the sum of twelve uniform numbers. */
static double noise(uint64_t i)
{
    double sum = -6;
    for (uint64_t j = 0; j < 12; j++)
        sum += (double)(random_at(5, i, j) >> 11) * 0x1p-53;
    return sum;
}

void made_step(struct made_history *made)
{
    for (size_t commit = 0; commit < 60; commit++)
        made_add(made, commit,
                 0.003 * (1 + 0.01 * noise(commit)) * (commit < 30 ? 1 : 1.08));
    made_finish(made, 59);
}
