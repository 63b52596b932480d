#include "runners/perf/perf.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "runners/callgrind/profile.h"
#include "runners/perf/stacks.h"

/* $1 is the directory, $2 the frequency, $3 how often it is run, $4 how callers are
 * found; the rest is what is run. A first try with a program of nothing tells what perf
 * can't do from what the program can't. */
static const char script[] =
    "directory=$1 frequency=$2 turns=$3 callers=$4; shift 4\n"
    "command -v perf >/dev/null || exit 127\n"
    "perf record -q -o \"$directory/try\" -e cpu-clock:u true >/dev/null 2>&1 || exit 125\n"
    "[ \"$turns\" -le 1 ] || set -- /bin/sh -c 'turns=$1; shift;"
    " while [ \"$turns\" -gt 0 ]; do \"$@\" || exit; turns=$((turns - 1)); done'"
    " sh \"$turns\" \"$@\"\n"
    "perf record -q -o \"$directory/samples\" -e cpu-clock:u -F \"$frequency\""
    " --call-graph \"$callers\" -- \"$@\"\n"
    "code=$?\n"
    "perf script -i \"$directory/samples\" --no-inline --full-source-path"
    " -F pid,period,ip,sym,dso,srcline >\"$directory/stacks\" 2>/dev/null </dev/null\n"
    "exit $code\n";

int perf_frequency(double run_s)
{
    double frequency = run_s > 0 ? PERF_ENOUGH_SAMPLES / run_s : PERF_MOST_PER_S;
    if (frequency >= PERF_MOST_PER_S)
        return PERF_MOST_PER_S;
    return frequency <= PERF_LEAST_PER_S ? PERF_LEAST_PER_S : (int)frequency;
}

int perf_begin(const char *directory, struct error *err)
{
    return tree_remove(directory, err) < 0 ? -1 : tree_make(directory, err);
}

void perf_wrap(const struct strvec *argv,
               const char *directory,
               struct perf_plan plan,
               struct strvec *words)
{
    strvec_clear(words);
    strvec_push(words, "/bin/sh");
    strvec_push(words, "-c");
    strvec_push(words, script);
    strvec_push(words, "perf");
    strvec_push(words, directory);
    strvec_pushf(words, "%d", plan.per_s);
    strvec_pushf(words, "%d", plan.turns);
    strvec_push(words, plan.has_frame_pointers ? "fp" : "dwarf,8192");
    strvec_push_all(words, argv);
}

int perf_read(const char *directory,
              struct profile *profile,
              struct stack_tree *stacks,
              struct error *err)
{
    AUTO_FREE char *sampled = path_join(directory, "stacks");
    AUTO_FREE char *written = path_join(directory, "profile");
    if (stacks_convert(sampled, written, stacks, err) < 0)
        return -1;
    return profile_read(written, profile, err);
}
