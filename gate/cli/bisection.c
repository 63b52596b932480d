#include "gate/cli/bisection.h"

#include <stdlib.h>

#include "gate/base/clock.h"

void bisection_init(struct bisection *bisection)
{
    *bisection = (struct bisection){ .started_ns = clock_now_ns() };
}

void bisection_clear(struct bisection *bisection)
{
    comparison_close(&bisection->comparison);
    bisect_result_clear(&bisection->result);
    bisect_clear(&bisection->plan);
    lineage_clear(&bisection->lineage);
    stretch_clear(&bisection->stretch);
    config_file_clear(&bisection->config_file);
    source_close(bisection->source);
    free(bisection->cache_directory);
    free(bisection->bench_id);
    free(bisection->pattern);
    free(bisection->directory);
    free(bisection->explained_here);
}
