/* What benchmarks need before they can run: data generated, files copied. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"

struct error;
struct strvec;
struct workplace;

/* Runs the commands (count argvs with all placeholders filled in) one after another;
 * place is the side's tree and time limit for all of them, side_name "base" or "head". -1
 * with ERROR_BENCHMARK and "preparing base failed: 'gen 10' exited with 1; ...". */
int prepare_run(const struct workplace *place,
                const struct strvec *commands,
                size_t count,
                const char *side_name,
                struct error *err) MUST_CHECK;
