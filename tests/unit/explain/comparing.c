#include "tests/unit/explain/comparing.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
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
    profile_pair_clear(&comparing->pair);
    diff_lines_clear(&comparing->changed);
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
        got = costs_add(&comparing->pair.costs[side], &profile, &paths, &err);
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

void comparing_add_hunk(struct comparing *comparing, const struct hunk_spec *hunk)
{
    struct file_lines *file = NULL;
    for (size_t i = 0; i < comparing->changed.count; i++)
        if (str_equal(comparing->changed.items[i].old_path, hunk->old_path))
            file = &comparing->changed.items[i];
    if (!file) {
        file = array_push(&comparing->changed);
        *file = (struct file_lines){ .old_path = xstrdup(hunk->old_path),
                                     .new_path = xstrdup(hunk->new_path) };
    }
    *array_push(&file->hunks) = (struct line_hunk){
        .old_lines = hunk->old_lines,
        .new_lines = hunk->new_lines,
        .enclosing = xstrdup(hunk->enclosing ? hunk->enclosing : ""),
    };
}

void comparing_edit(struct comparing *comparing,
                    const char *file,
                    struct line_range old_lines,
                    struct line_range new_lines)
{
    const struct hunk_spec hunk = {
        .old_path = file, .new_path = file, .old_lines = old_lines, .new_lines = new_lines
    };
    comparing_add_hunk(comparing, &hunk);
}

void comparing_finish(struct comparing *comparing)
{
    profile_pair_finish(&comparing->pair, &comparing->changed);
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
    const struct costs *costs = &comparing->pair.costs[side];
    uint32_t found = costs_find(costs, name, NULL);
    if (found == COSTS_NONE)
        fail_msg("no function '%s', or several", name);
    return &costs->functions.items[found];
}

const struct function_diff *comparing_item(const struct comparing *comparing,
                                           const char *name)
{
    for (size_t i = 0; i < comparing->pair.diff.functions.count; i++)
        if (str_equal(comparing->pair.diff.functions.items[i].name, name))
            return &comparing->pair.diff.functions.items[i];
    fail_msg("no function '%s' in the comparison", name);
    return NULL;
}

void comparing_assert_sums(const struct comparing *comparing)
{
    const struct profile_diff *diff = &comparing->pair.diff;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        uint64_t sum = 0;
        for (size_t i = 0; i < diff->shown_count; i++)
            sum += diff->functions.items[i].sides[side].self;
        assert_int_equal(sum, diff->totals[side]);
    }
}
