#include "gate/cli/side_output.h"

#include "gate/base/error.h"
#include "gate/base/file.h"

void side_output_clear(struct side_output *output)
{
    str_clear(&output->text);
    harness_run_clear(&output->run);
    *output = SIDE_OUTPUT_INIT;
}

void side_output_take(struct side_output *output, const char *path)
{
    struct error ignored = { 0 };
    side_output_clear(output);
    output->is_there = file_exists(path) && file_read(path, &output->text, &ignored) == 0;
}

void side_output_read(struct side_output *output,
                      const struct benchmark *benchmark,
                      enum side side)
{
    if (output->is_there)
        harness_read(&output->run, benchmark, side, &output->text);
    else
        harness_read_nothing(&output->run, benchmark, side);
}
