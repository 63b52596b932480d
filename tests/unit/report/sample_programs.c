#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "sample.h"

static struct program_side side_of(const int64_t sizes[4])
{
    if (sizes[3] < 0)
        return (struct program_side){ 0 };
    return (struct program_side){ .is_there = true,
                                  .has_parts = sizes[0] > 0,
                                  .text_bytes = sizes[0],
                                  .data_bytes = sizes[1],
                                  .bss_bytes = sizes[2],
                                  .file_bytes = sizes[3] };
}

void sample_add_program(struct result *result,
                        const char *name,
                        const int64_t base[4],
                        const int64_t head[4])
{
    *array_push(&result->programs) = (struct program_result){
        .name = xstrdup(name),
        .sides = { [SIDE_BASE] = side_of(base), [SIDE_HEAD] = side_of(head) },
    };
}

void sample_add_programs(struct result *result)
{
    static const int64_t none[] = { 0, 0, 0, -1 };
    static const int64_t script[] = { 0, 0, 0, 812 };
    static const int64_t longer_script[] = { 0, 0, 0, 815 };
    static const int64_t library[] = { 48012, 960, 16, 61280 };
    static const int64_t before[] = { 181204, 1432, 0, 402616 };
    static const int64_t after[] = { 187912, 1400, 4096, 410872 };
    sample_add_program(result, "bench/fill.sh", script, longer_script);
    sample_add_program(result, "build/case-tracker", before, after);
    sample_add_program(result, "build/libcases.so.1", library, library);
    sample_add_program(result, "build/warm-up", none, library);
}
