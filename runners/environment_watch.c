#include "runners/environment_watch.h"

static struct environment_mark mark_of(const struct environment_sample *sample,
                                       int64_t own_ns)
{
    return (struct environment_mark){ .taken_ns = sample->taken_ns,
                                      .busy_ns = sample->busy_ns,
                                      .own_ns = own_ns };
}

/* Two marks take turns, so that the window is between one and two lengths long. */
static void keep_mark(struct environment_watch *watch, struct environment_mark mark)
{
    if (watch->newer.taken_ns &&
        mark.taken_ns - watch->newer.taken_ns < ENVIRONMENT_WINDOW_NS)
        return;
    watch->older = watch->newer;
    watch->newer = mark;
}

/* The youngest mark that is old enough. */
static const struct environment_mark *window_begin(const struct environment_watch *watch,
                                                   int64_t now_ns)
{
    const struct environment_mark *marks[] = { &watch->begin, &watch->newer,
                                               &watch->older };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i]->taken_ns && now_ns - marks[i]->taken_ns >= ENVIRONMENT_WINDOW_NS)
            return marks[i];
    return NULL;
}

static double share_of_others(const struct environment_watch *watch,
                              const struct environment_sample *after,
                              int64_t own_ns)
{
    const struct environment_mark *begin = window_begin(watch, after->taken_ns);
    if (!begin || after->cpu_count <= 0)
        return ENVIRONMENT_UNKNOWN;
    double window_ns = (double)(after->taken_ns - begin->taken_ns) * after->cpu_count;
    double busy_ns = (double)(after->busy_ns - begin->busy_ns);
    double others_ns = busy_ns - (double)(own_ns - begin->own_ns);
    double share = others_ns / window_ns;
    if (share < 0)
        return 0;
    return share > 1 ? 1 : share;
}

void environment_watch_begin(struct environment_watch *watch, int cpu, int64_t own_ns)
{
    environment_sample(watch->root, cpu, &watch->before);
    watch->begin = mark_of(&watch->before, own_ns);
    keep_mark(watch, watch->begin);
}

struct environment_change
environment_watch_end(struct environment_watch *watch, int cpu, int64_t own_ns)
{
    struct environment_sample after;
    environment_sample(watch->root, cpu, &after);
    struct environment_change change = environment_between(&watch->before, &after);
    change.others_share = share_of_others(watch, &after, own_ns);
    return change;
}
