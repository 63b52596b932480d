#include "tests/unit/explain/flames.h"

#include <stdlib.h>

#include "gate/base/str.h"
#include "tests/support/check.h"

const struct flame_frame *flame_at(const struct flame_tree *tree, const char **path)
{
    uint32_t at = 0;
    for (; *path; path++) {
        uint32_t next = FLAME_NONE;
        for (uint32_t i = at + 1; i < tree->frames.count; i++)
            if (tree->frames.items[i].parent == at && tree->frames.items[i].name &&
                str_equal(tree->frames.items[i].name, *path))
                next = i;
        if (next == FLAME_NONE)
            fail_msg("no frame '%s'", *path);
        at = next;
    }
    return &tree->frames.items[at];
}

void flame_assert_sums(const struct flame_tree *tree)
{
    size_t count = tree->frames.count;
    double(*sums)[SIDE_COUNT] = calloc(count, sizeof *sums);
    for (size_t i = count; i-- > 0;) {
        const struct flame_frame *frame = &tree->frames.items[i];
        for (enum side side = 0; side < SIDE_COUNT; side++) {
            double whole = frame->inclusive[side];
            assert_close(frame->self[side] + sums[i][side], whole, 1e-9 * (whole + 1));
            if (i)
                sums[frame->parent][side] += whole;
        }
        if (i) {
            assert_true(frame->parent < i);
            assert_int_equal(frame->depth, tree->frames.items[frame->parent].depth + 1);
        }
    }
    free(sums);
}
