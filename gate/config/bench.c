#include "gate/config/bench.h"

#include <fnmatch.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"

static size_t count_combinations(const struct benchmark *benchmark)
{
    size_t count = 1;
    for (size_t i = 0; i < benchmark->sweep_count; i++)
        count *= benchmark->sweeps[i].values.count;
    return count;
}

/* The combinations are numbered as by an odometer whose last wheel is the last sweep. */
static void set_parameters(struct bench *bench, size_t number)
{
    const struct benchmark *benchmark = bench->benchmark;
    bench->parameter_count = benchmark->sweep_count;
    bench->parameters = xcalloc(benchmark->sweep_count + 1, sizeof *bench->parameters);
    for (size_t i = benchmark->sweep_count; i-- > 0;) {
        const struct sweep *sweep = &benchmark->sweeps[i];
        bench->parameters[i].name = sweep->name;
        bench->parameters[i].value = sweep->values.items[number % sweep->values.count];
        number /= sweep->values.count;
    }
}

static char *make_id(const struct bench *bench)
{
    struct str id = STR_INIT;
    str_add(&id, bench->benchmark->name);
    for (size_t i = 0; i < bench->parameter_count; i++)
        str_addf(&id, "%c%s=%s", i ? ',' : '[', bench->parameters[i].name,
                 bench->parameters[i].value);
    if (bench->parameter_count)
        str_add_char(&id, ']');
    return str_detach(&id);
}

static void add_benches(const struct suite *suite,
                        const struct benchmark *benchmark,
                        struct benches *out)
{
    size_t count = count_combinations(benchmark);
    for (size_t i = 0; i < count; i++) {
        struct bench *bench = array_push(out);
        bench->suite = suite;
        bench->benchmark = benchmark;
        set_parameters(bench, i);
        bench->id = make_id(bench);
    }
}

void benches_of(const struct config *config, struct benches *out)
{
    for (size_t i = 0; i < config->suite_count; i++) {
        const struct suite *suite = &config->suites[i];
        for (size_t j = 0; j < suite->benchmark_count; j++)
            add_benches(suite, &suite->benchmarks[j], out);
    }
}

static void bench_clear(struct bench *bench)
{
    free(bench->parameters);
    free(bench->id);
}

void benches_clear(struct benches *benches)
{
    for (size_t i = 0; i < benches->count; i++)
        bench_clear(&benches->items[i]);
    array_clear(benches);
}

/* Ids have brackets, which fnmatch would take for sets of characters. */
static char *as_glob(const char *pattern)
{
    struct str glob = STR_INIT;
    for (; *pattern; pattern++) {
        if (*pattern == '[' || *pattern == ']' || *pattern == '\\')
            str_add_char(&glob, '\\');
        str_add_char(&glob, *pattern);
    }
    return str_detach(&glob);
}

bool bench_matches(const char *pattern, const char *id, const char *benchmark)
{
    AUTO_FREE char *glob = as_glob(pattern);
    return fnmatch(glob, id, 0) == 0 || fnmatch(glob, benchmark, 0) == 0;
}

/* Marks what the pattern matches; how many there are. */
static size_t
mark_matches(const struct benches *benches, const char *pattern, bool *is_kept)
{
    size_t count = 0;
    for (size_t i = 0; i < benches->count; i++) {
        const struct bench *bench = &benches->items[i];
        if (!bench_matches(pattern, bench->id, bench->benchmark->name))
            continue;
        is_kept[i] = true;
        count++;
    }
    return count;
}

static int
refuse_pattern(const struct benches *benches, const char *pattern, struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (size_t i = 0; i < benches->count; i++) {
        strvec_push(&names, benches->items[i].benchmark->name);
        strvec_push(&names, benches->items[i].id);
    }
    const char *nearest =
        str_nearest(pattern, (const char *const *)names.items, names.count);
    if (nearest)
        return error_set(err, ERROR_USAGE,
                         "no benchmark matches '%s', did you mean '%s'?", pattern,
                         nearest);
    AUTO_STR struct str known = STR_INIT;
    bool has_harness = false;
    for (size_t i = 0; i < benches->count; i++)
        has_harness = has_harness || benches->items[i].benchmark->format;
    for (size_t i = 0; i < benches->count && i < 20; i++)
        str_addf(&known, "%s%s", i ? ", " : "", benches->items[i].id);
    return error_set(err, ERROR_USAGE, "no benchmark matches '%s' (there are: %s%s%s)",
                     pattern, known.data, benches->count > 20 ? ", ..." : "",
                     has_harness ? "; what a harness prints is measured as a whole" : "");
}

static void keep_marked(struct benches *benches, const bool *is_kept)
{
    size_t kept = 0;
    for (size_t i = 0; i < benches->count; i++) {
        if (is_kept[i])
            benches->items[kept++] = benches->items[i];
        else
            bench_clear(&benches->items[i]);
    }
    for (size_t i = kept; i < benches->count; i++)
        benches->items[i] = (struct bench){ 0 };
    benches->count = kept;
}

int config_select(struct benches *benches,
                  const struct strvec *patterns,
                  struct error *err)
{
    if (!patterns->count)
        return 0;
    AUTO_FREE bool *is_kept = xcalloc(benches->count + 1, sizeof *is_kept);
    for (size_t i = 0; i < patterns->count; i++)
        if (!mark_matches(benches, patterns->items[i], is_kept))
            return refuse_pattern(benches, patterns->items[i], err);
    keep_marked(benches, is_kept);
    return 0;
}
