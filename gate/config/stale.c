/* How old stored sessions may be. */
#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"

#define SECOND_NS INT64_C(1000000000)

static int read_commits(const struct node *node, void *config)
{
    struct config *into = config;
    int64_t count = 0;
    if (node_read_integer(node, 0, 100000, &count) < 0)
        return -1;
    into->stale.commits = (size_t)count;
    return 0;
}

static int read_age(const struct node *node, void *config)
{
    struct config *into = config;
    int64_t age_ns = 0;
    if (node_read_duration(node, "1h", "3650d", &age_ns) < 0)
        return -1;
    into->stale.age_s = age_ns / SECOND_NS;
    return 0;
}

static const struct key keys[] = {
    { .name = "commits", .read = read_commits },
    { .name = "age", .read = read_age },
};
const struct key_table stale_keys = { "when stored sessions are stale", keys,
                                      sizeof keys / sizeof keys[0] };

static char *limits_text(const struct stale_limits *limits)
{
    return str_format("%zu commits or %.4g days", limits->commits,
                      (double)limits->age_s / 86400);
}

void config_stale_changes(const struct config *base,
                          const struct config *head,
                          struct strvec *out)
{
    AUTO_FREE char *before = limits_text(&base->stale);
    AUTO_FREE char *after = limits_text(&head->stale);
    if (!str_equal(before, after))
        strvec_pushf(out, "stored sessions are stale beyond: %s on base, %s on head",
                     before, after);
}

int read_stale(const struct node *node, void *config)
{
    return node_read_object(node, &stale_keys, config);
}
