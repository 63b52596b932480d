/* How large the programs are that the benches run. */
#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/build/layout.h"
#include "gate/build/program_size.h"
#include "gate/build/programs.h"
#include "gate/cli/check.h"

static int list_of_side(const struct check *check,
                        enum side side,
                        struct strvec *names,
                        struct error *err)
{
    const struct check_stage *gate = &check->gate;
    for (size_t i = 0; i < gate->list.count; i++) {
        AUTO_STRVEC struct strvec words = { 0 };
        const struct bench *bench = gate->list.items[i].bench;
        const struct layout_bench runs = { &words, &bench->benchmark->binaries };
        if (check_names_executed(check, bench, side, &words, err) < 0)
            return -1;
        programs_run_by(gate->trees[side], &runs, names);
    }
    return programs_shared(gate->trees[side], names, err);
}

static struct program_side side_of(const char *tree, const char *name)
{
    AUTO_FREE char *path = path_join(tree, name);
    struct program_size size = program_size_of(path);
    return (struct program_side){
        .is_there = size.is_there,
        .has_parts = size.has_parts,
        .file_bytes = size.file_bytes,
        .text_bytes = size.text_bytes,
        .data_bytes = size.data_bytes,
        .bss_bytes = size.bss_bytes,
    };
}

int check_size_programs(struct check *check, struct error *err)
{
    AUTO_STRVEC struct strvec names = { 0 };
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        if (list_of_side(check, side, &names, err) < 0)
            return -1;
    }
    strvec_sort(&names);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.items[i];
        if (i && str_equal(name, names.items[i - 1]))
            continue;
        *array_push(&check->result.programs) = (struct program_result){
            .name = xstrdup(name),
            .sides = { [SIDE_BASE] = side_of(check->gate.trees[SIDE_BASE], name),
                       [SIDE_HEAD] = side_of(check->gate.trees[SIDE_HEAD], name) },
        };
    }
    return 0;
}
