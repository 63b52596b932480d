#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/config/bench.h"
#include "gate/config/parts.h"

struct manifest_reading {
    const struct benches *benches; /* of the same config */
    struct manifest *manifest;
};

/* What is gone can't be here. */
static int
check_is_gone(const struct node *node, const struct benches *benches, const char *pattern)
{
    for (size_t i = 0; i < benches->count; i++) {
        const struct bench *bench = &benches->items[i];
        if (bench_matches(pattern, bench->id, bench->benchmark->name))
            return node_error(node, "names '%s', which is still there", bench->id);
    }
    return 0;
}

static int read_removal(const struct node *node, void *into)
{
    const struct manifest_reading *reading = into;
    struct manifest *manifest = reading->manifest;
    const char *pattern = NULL;
    if (node_read_string(node, "a bench's id or a benchmark's name", &pattern) < 0 ||
        check_is_gone(node, reading->benches, pattern) < 0)
        return -1;
    for (size_t i = 0; i < manifest->removed.count; i++)
        if (str_equal(manifest->removed.items[i].pattern, pattern))
            return node_error(node, "names '%s' twice", pattern);
    *array_push(&manifest->removed) =
        (struct removal){ .pattern = xstrdup(pattern), .place = node_place(node) };
    return 0;
}

int read_removed(const struct node *node, void *config)
{
    struct config *into = config;
    AUTO_BENCHES struct benches benches = { 0 };
    benches_of(into, &benches);
    struct manifest_reading reading = { &benches, &into->manifest };
    return node_read_array(node, false, "benches' ids and benchmarks' names",
                           read_removal, &reading);
}

static bool is_plain(const char *name)
{
    for (; *name; name++)
        if (*name == '*' || *name == '?')
            return false;
    return true;
}

static int read_rename(const struct node *node, const struct manifest_reading *reading)
{
    struct manifest *manifest = reading->manifest;
    const char *to = NULL;
    if (node_read_string(node, "the name that it has now", &to) < 0 ||
        check_is_gone(node, reading->benches, node->key) < 0)
        return -1;
    if (!is_plain(node->key) || !is_plain(to))
        return node_error(node, "has '*' or '?': a benchmark's name stands for all of "
                                "its sizes");
    if (!benches_may_have(reading->benches, to))
        return refuse_bench_name(node, to, reading->benches);
    for (size_t i = 0; i < manifest->renamed.count; i++)
        if (str_equal(manifest->renamed.items[i].to, to))
            return node_error(node, "names '%s', which '%s' is called already", to,
                              manifest->renamed.items[i].from);
    *array_push(&manifest->renamed) = (struct rename){ .from = xstrdup(node->key),
                                                       .to = xstrdup(to),
                                                       .place = node_place(node) };
    return 0;
}

int read_renamed(const struct node *node, void *config)
{
    struct config *into = config;
    AUTO_BENCHES struct benches benches = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    if (!json_is_object(node->value))
        return node_must_be(node, "an object (names of before, and what they are now)");
    benches_of(into, &benches);
    node_sorted_keys(node, &names);
    struct manifest_reading reading = { &benches, &into->manifest };
    for (size_t i = 0; i < names.count; i++) {
        json_t *value = json_object_get(node->value, names.items[i]);
        struct node member = node_member(node, names.items[i], value);
        if (read_rename(&member, &reading) < 0)
            return -1;
    }
    return 0;
}
