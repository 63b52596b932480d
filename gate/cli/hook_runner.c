#include "gate/cli/hook_runner.h"

#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/build/last_words.h"
#include "gate/build/printable.h"

/* Of a command in a message; scripts can be long. */
#define COMMAND_CHARACTERS 200

void hook_runner_clear(struct hook_runner *runner)
{
    str_clear(&runner->failure);
}

/* The first that failed is the one to tell of: a teardown may stumble over what a setup
 * has left undone. */
static void note_failure(struct hook_runner *runner,
                         const struct hook_order *order,
                         const struct process_spec *spec,
                         const struct process_result *result)
{
    if (runner->failure.length)
        return;
    const char *text = order->command->text;
    AUTO_FREE char *end = process_describe(spec, result);
    str_addf(&runner->failure, "%s failed: '", order->what);
    size_t shown =
        printable_add(&runner->failure, text, strlen(text), "", COMMAND_CHARACTERS);
    str_addf(&runner->failure, "%s' %s", text[shown] ? "..." : "", end);
    if (runner->log_path)
        last_words_add(&runner->failure, runner->log_path);
}

int hook_run(struct hook_runner *runner,
             const struct hook_order *order,
             struct process_result *result,
             struct error *err)
{
    AUTO_SIDE_COMMAND struct side_command made = { 0 };
    if (side_command_of_hook(order->scope, order->command, &made, err) < 0)
        return -1;
    const struct process_spec spec = {
        .argv = &made.argv,
        .environment = &made.environment,
        .directory = made.directory,
        .stdout_path = runner->log_path,
        .stderr_path = runner->log_path,
        .timeout_ns = order->timeout_ns,
        .cpu = order->cpu,
        .is_cleanup = order->is_cleanup,
    };
    if (runner->log_path)
        (void)truncate(runner->log_path, 0); /* runs append; not there yet is fine */
    if (process_run(runner->spawner, &spec, result, err) < 0)
        return -1;
    if (!process_succeeded(result))
        note_failure(runner, order, &spec, result);
    return 0;
}
