/* --control: base against a second build of base, in the same rounds as base against
 * head. Nothing changed there, so a difference is the measurement's own doing. */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"

#define STAGE "control"

/* All that is to be measured, once more under another id. */
static void list_copies(struct check *check)
{
    struct check_stage *stage = &check->control;
    stage->name = STAGE;
    stage->family = FAMILY_CONTROL;
    stage->copies = xcalloc(check->gate.list.count, sizeof *stage->copies);
    for (size_t i = 0; i < check->gate.list.count; i++) {
        const struct check_bench *listed = &check->gate.list.items[i];
        struct bench_copy *copy = &stage->copies[stage->copy_count];
        if (listed->settled != VERDICT_NONE)
            continue;
        stage->copy_count++;
        copy->bench = *listed->bench;
        copy->bench.printed_name = side_printed_name(listed->bench, SIDE_BASE);
        copy->bench.name_before = NULL;
        copy->bench.id = copy->id = str_format(STAGE ": %s", listed->bench->id);
        if (listed->bench->group)
            copy->bench.group = copy->group =
                str_format(STAGE ": %s", listed->bench->group);
        array_push(&stage->list)->bench = &copy->bench;
    }
}

static int build_copy(struct check *check, struct error *err)
{
    struct check_stage *stage = &check->control;
    struct built_side *copy = &stage->built[SIDE_HEAD];
    const struct check_build build = { SIDE_BASE, "base's copy", STAGE, NULL, NULL };
    if (check_build(check, &build, copy, err) < 0)
        return -1;
    stage->trees[SIDE_BASE] = check->gate.trees[SIDE_BASE];
    stage->trees[SIDE_HEAD] = copy->entry.tree;
    return scratch_open(&stage->scratch, check->cache_directory, err);
}

int check_add_control(struct check *check, struct error *err)
{
    if (!check->options.controls)
        return 0;
    list_copies(check);
    if (!check->control.list.count)
        return 0;
    log_step("with a control, a copy of base, about twice as much is to be measured");
    if (build_copy(check, err) < 0)
        return -1;
    return check_same_work(check, &check->control, err);
}
