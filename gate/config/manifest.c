#include "gate/config/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"

void manifest_clear(struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->removed.count; i++) {
        free(manifest->removed.items[i].pattern);
        free(manifest->removed.items[i].place);
    }
    for (size_t i = 0; i < manifest->renamed.count; i++) {
        free(manifest->renamed.items[i].from);
        free(manifest->renamed.items[i].to);
        free(manifest->renamed.items[i].place);
    }
    array_clear(&manifest->removed);
    array_clear(&manifest->renamed);
}

bool manifest_removes(const struct manifest *manifest,
                      const char *id,
                      const char *benchmark)
{
    for (size_t i = 0; i < manifest->removed.count; i++)
        if (bench_matches(manifest->removed.items[i].pattern, id, benchmark))
            return true;
    return false;
}

char *manifest_name_before(const struct manifest *manifest,
                           const char *id,
                           const char *benchmark)
{
    for (size_t i = 0; i < manifest->renamed.count; i++)
        if (str_equal(manifest->renamed.items[i].to, id))
            return xstrdup(manifest->renamed.items[i].from);
    for (size_t i = 0; i < manifest->renamed.count; i++)
        if (str_equal(manifest->renamed.items[i].to, benchmark))
            return str_format("%s%s", manifest->renamed.items[i].from,
                              id + strlen(benchmark));
    return NULL;
}

static const struct benchmark *find_named(const struct config *config, const char *name)
{
    for (size_t s = 0; s < config->suite_count; s++) {
        const struct suite *suite = &config->suites[s];
        for (size_t b = 0; b < suite->benchmark_count; b++)
            if (str_equal(suite->benchmarks[b].name, name))
                return &suite->benchmarks[b];
    }
    return NULL;
}

/* The benchmark of what a name stands for: of itself, or of one of its sizes. */
static const struct benchmark *find_meant(const struct config *config, const char *name)
{
    const struct benchmark *named = find_named(config, name);
    AUTO_FREE char *stem = xstrndup(name, strcspn(name, "["));
    return named ? named : find_named(config, stem);
}

const struct benchmark *manifest_benchmark_before(const struct config *base,
                                                  const struct config *head,
                                                  const struct benchmark *benchmark)
{
    const struct benchmark *same = find_named(base, benchmark->name);
    for (size_t i = 0; !same && i < head->manifest.renamed.count; i++) {
        const struct rename *rename = &head->manifest.renamed.items[i];
        if (find_meant(head, rename->to) == benchmark)
            same = find_meant(base, rename->from);
    }
    return same;
}

static const struct removal *find_removal(const struct config *config,
                                          const char *pattern)
{
    for (size_t i = 0; i < config->manifest.removed.count; i++)
        if (str_equal(config->manifest.removed.items[i].pattern, pattern))
            return &config->manifest.removed.items[i];
    return NULL;
}

static const struct rename *find_rename(const struct config *config,
                                        const struct rename *like)
{
    for (size_t i = 0; i < config->manifest.renamed.count; i++) {
        const struct rename *rename = &config->manifest.renamed.items[i];
        if (str_equal(rename->from, like->from) && str_equal(rename->to, like->to))
            return rename;
    }
    return NULL;
}

struct entry {
    const char *what; /* "removed" */
    const char *name;
    const char *place;
    bool is_old; /* base has it too */
};

static int check_entry(const struct entry *entry,
                       const struct benches *benches,
                       struct strvec *warnings,
                       struct error *err)
{
    if (benches_may_have(benches, entry->name))
        return 0;
    if (entry->is_old) {
        strvec_pushf(warnings,
                     "\"%s\" in pawl.json still names '%s', which base does not have "
                     "either: it can be taken out",
                     entry->what, entry->name);
        return 0;
    }
    AUTO_FREE char *nearest = bench_nearest(benches, entry->name);
    return error_set(err, ERROR_CONFIG, "%s: '%s' names no bench of base: '%s'%s",
                     entry->place, entry->what, entry->name, nearest);
}

int manifest_check(const struct config *base,
                   const struct config *head,
                   struct strvec *warnings,
                   struct error *err)
{
    AUTO_BENCHES struct benches benches = { 0 };
    benches_of(base, &benches);
    for (size_t i = 0; i < head->manifest.removed.count; i++) {
        const struct removal *removal = &head->manifest.removed.items[i];
        const struct entry entry = { "removed", removal->pattern, removal->place,
                                     find_removal(base, removal->pattern) != NULL };
        if (check_entry(&entry, &benches, warnings, err) < 0)
            return -1;
    }
    for (size_t i = 0; i < head->manifest.renamed.count; i++) {
        const struct rename *rename = &head->manifest.renamed.items[i];
        const struct entry entry = { "renamed", rename->from, rename->place,
                                     find_rename(base, rename) != NULL };
        if (check_entry(&entry, &benches, warnings, err) < 0)
            return -1;
    }
    return 0;
}
