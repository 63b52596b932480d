#include "tests/unit/explain/comparing.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/callgrind/profile.h"

int comparing_setup(void **state)
{
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) != 0)
        return -1;
    struct comparing *comparing = xcalloc(1, sizeof *comparing);
    comparing->sandbox = sandbox;
    *state = comparing;
    return 0;
}

int comparing_teardown(void **state)
{
    struct comparing *comparing = *state;
    void *sandbox = comparing->sandbox;
    profile_diff_clear(&comparing->diff);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        costs_clear(&comparing->costs[side]);
    free(comparing);
    return sandbox_teardown(&sandbox);
}

void comparing_add_file(struct comparing *comparing,
                        enum side side,
                        const char *path,
                        const char *tree)
{
    struct profile profile = { 0 };
    struct error err = { 0 };
    const struct tree_paths paths = { .tree = tree };
    int got = profile_read(path, &profile, &err);
    if (got == 0)
        got = costs_add(&comparing->costs[side], &profile, &paths, &err);
    profile_clear(&profile);
    if (got < 0)
        fail_msg("%s", err.message);
}

void comparing_add_text(struct comparing *comparing, enum side side, const char *text)
{
    sandbox_write(comparing->sandbox, "profile", text);
    comparing_add_file(comparing, side, sandbox_file(comparing->sandbox, "profile"),
                       "/tree");
}

void comparing_finish(struct comparing *comparing)
{
    const struct file_renames none = { 0 };
    costs_finish(&comparing->costs[SIDE_BASE]);
    costs_finish(&comparing->costs[SIDE_HEAD]);
    profile_diff_make(&comparing->diff, &comparing->costs[SIDE_BASE],
                      &comparing->costs[SIDE_HEAD], &none);
}

void comparing_texts(struct comparing *comparing, const char *base, const char *head)
{
    comparing_add_text(comparing, SIDE_BASE, base);
    comparing_add_text(comparing, SIDE_HEAD, head);
    comparing_finish(comparing);
}

const struct costs_function *
comparing_function(const struct comparing *comparing, enum side side, const char *name)
{
    const struct costs *costs = &comparing->costs[side];
    uint32_t found = costs_find(costs, name, NULL);
    if (found == COSTS_NONE)
        fail_msg("no function '%s', or several", name);
    return &costs->functions.items[found];
}

const struct function_diff *comparing_item(const struct comparing *comparing,
                                           const char *name)
{
    for (size_t i = 0; i < comparing->diff.functions.count; i++)
        if (str_equal(comparing->diff.functions.items[i].name, name))
            return &comparing->diff.functions.items[i];
    fail_msg("no function '%s' in the comparison", name);
    return NULL;
}

void comparing_assert_sums(const struct comparing *comparing)
{
    const struct profile_diff *diff = &comparing->diff;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        uint64_t sum = 0;
        for (size_t i = 0; i < diff->shown_count; i++)
            sum += diff->functions.items[i].sides[side].self;
        assert_int_equal(sum, diff->totals[side]);
    }
}
