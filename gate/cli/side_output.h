/* What the run of a harness printed, or wrote to its results. */
#pragma once

#include <stdbool.h>

#include "gate/base/str.h"
#include "gate/cli/harness.h"

/* SIDE_OUTPUT_INIT is nothing. */
struct side_output {
    struct str text; /* as it was printed; empty once it is read */
    bool is_there;
    struct harness_run run;
};
#define SIDE_OUTPUT_INIT ((struct side_output){ .text = STR_INIT })
void side_output_clear(struct side_output *output);

/* Takes the file's text, over what was there before; none where there is no such file. */
void side_output_take(struct side_output *output, const char *path);

/* Reads what was taken. */
void side_output_read(struct side_output *output,
                      const struct benchmark *benchmark,
                      enum side side);
