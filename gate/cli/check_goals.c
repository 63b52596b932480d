/* Goals that are for some machines only. */
#include <fnmatch.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/cli/check.h"
#include "gate/store/machine_class.h"
#include "runners/machine.h"

static bool has_class(const struct benchmark *benchmark)
{
    for (size_t i = 0; i < benchmark->goal_count; i++)
        if (benchmark->goals[i].machine_class)
            return true;
    return false;
}

static bool is_asked_for(const struct check *check)
{
    for (size_t i = 0; i < check->gate.list.count; i++)
        if (has_class(check->gate.list.items[i].bench->benchmark))
            return true;
    return false;
}

static void place(const struct benchmark *benchmark, const char *class_name)
{
    for (size_t i = 0; i < benchmark->goal_count; i++) {
        struct goal *goal = &benchmark->goals[i];
        if (!goal->machine_class || goal->elsewhere ||
            fnmatch(goal->machine_class, class_name, 0) == 0)
            continue;
        goal->elsewhere = xstrdup(class_name);
    }
}

void check_place_goals(struct check *check)
{
    AUTO_MACHINE_CLASS struct machine_class here = { 0 };
    struct machine machine = { 0 };
    if (!is_asked_for(check))
        return;
    machine_read("", &machine);
    machine_class_of(&machine, check->toolchain, check->configs[SIDE_HEAD]->machine_facts,
                     &here);
    machine_clear(&machine);
    for (size_t i = 0; i < check->gate.list.count; i++)
        place(check->gate.list.items[i].bench->benchmark, here.name);
}
