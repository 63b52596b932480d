/* Which benches a config takes away and adds. */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"

static bool has_bench(const struct benches *benches, const char *id)
{
    for (size_t i = 0; i < benches->count; i++)
        if (str_equal(benches->items[i].id, id))
            return true;
    return false;
}

static bool has_benchmark(const struct benches *benches, const char *name)
{
    for (size_t i = 0; i < benches->count; i++)
        if (str_equal(benches->items[i].benchmark->name, name))
            return true;
    return false;
}

/* Whether a bench of base goes by another name in head. */
static bool
is_renamed(const struct manifest *manifest, const struct benches *head, const char *id)
{
    for (size_t i = 0; i < head->count; i++) {
        const struct bench *bench = &head->items[i];
        AUTO_FREE char *before =
            manifest_name_before(manifest, bench->id, bench->benchmark->name);
        if (before && str_equal(before, id))
            return true;
    }
    return false;
}

/* Benchmarks and, of benchmarks that both have, sizes. */
struct telling {
    const struct benches *others;
    const struct benchmark *told; /* said of the whole benchmark already */
    struct strvec *out;
};

static void tell(struct telling *telling, const struct bench *bench, const char *how)
{
    const char *name = bench->benchmark->name;
    if (bench->benchmark == telling->told)
        return;
    if (has_benchmark(telling->others, name)) {
        strvec_pushf(telling->out, "bench '%s' is %s on head", bench->id, how);
        return;
    }
    telling->told = bench->benchmark;
    strvec_pushf(telling->out, "benchmark '%s' is %s on head", name, how);
}

static void tell_gone(const struct manifest *manifest,
                      const struct benches *base,
                      const struct benches *head,
                      struct strvec *out)
{
    struct telling telling = { .others = head, .out = out };
    for (size_t i = 0; i < base->count; i++) {
        const struct bench *bench = &base->items[i];
        if (has_bench(head, bench->id) || is_renamed(manifest, head, bench->id))
            continue;
        bool is_meant = manifest_removes(manifest, bench->id, bench->benchmark->name);
        tell(&telling, bench, is_meant ? "removed, as pawl.json says," : "gone");
    }
}

static void tell_new(const struct manifest *manifest,
                     const struct benches *base,
                     const struct benches *head,
                     struct strvec *out)
{
    struct telling telling = { .others = base, .out = out };
    for (size_t i = 0; i < head->count; i++) {
        const struct bench *bench = &head->items[i];
        AUTO_FREE char *before =
            manifest_name_before(manifest, bench->id, bench->benchmark->name);
        if (has_bench(base, bench->id))
            continue;
        if (before && has_bench(base, before))
            strvec_pushf(out, "bench '%s' is called '%s' on head", before, bench->id);
        else
            tell(&telling, bench, "new");
    }
}

void tell_benches(const struct config *base,
                  const struct config *head,
                  struct strvec *out)
{
    AUTO_BENCHES struct benches before = { 0 };
    AUTO_BENCHES struct benches after = { 0 };
    benches_of(base, &before);
    benches_of(head, &after);
    tell_gone(&head->manifest, &before, &after, out);
    tell_new(&head->manifest, &before, &after, out);
}
