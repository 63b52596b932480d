#include "runners/process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "gate/base/error.h"
#include "gate/base/interrupt.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "runners/spawner/protocol.h"
#include "runners/spawner_link.h"

static void add_text(struct str *message, const char *text)
{
    str_add_bytes(message, text, strlen(text) + 1);
}

static void add_all(struct str *message, const struct strvec *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        add_text(message, texts->items[i]);
}

/* Returns the bit where there is a path. */
static uint32_t add_path(struct str *message, const char *path, enum spawner_path bit)
{
    if (!path)
        return 0;
    add_text(message, path);
    return bit;
}

/* False where no kernel would take that much. */
static bool compose(struct str *message, const struct process_spec *spec)
{
    size_t words = spec->argv->count + spec->environment->count;
    if (words > SPAWNER_MAX_WORDS)
        return false;
    struct spawner_request header = {
        .kind = SPAWNER_RUN,
        .argument_count = (uint32_t)spec->argv->count,
        .environment_count = (uint32_t)spec->environment->count,
        .cpu = spec->cpu,
        .is_raised = spec->is_raised,
        .timeout_ns = spec->timeout_ns,
    };
    str_reset(message);
    str_add_bytes(message, (const char *)&header, sizeof header);
    add_all(message, spec->argv);
    add_all(message, spec->environment);
    header.paths = add_path(message, spec->directory, SPAWNER_HAS_DIRECTORY) |
                   add_path(message, spec->stdin_path, SPAWNER_HAS_STDIN) |
                   add_path(message, spec->stdout_path, SPAWNER_HAS_STDOUT) |
                   add_path(message, spec->stderr_path, SPAWNER_HAS_STDERR);
    size_t length = message->length - sizeof header;
    header.length = (uint32_t)length;
    memcpy(message->data, &header, sizeof header);
    return length <= SPAWNER_MAX_TEXT;
}

static enum process_step step_of(uint32_t step)
{
    switch ((enum spawner_step)step) {
    case SPAWNER_STEP_NONE:
    case SPAWNER_STEP_PROCESS:
        return PROCESS_STEP_PROCESS;
    case SPAWNER_STEP_CPU:
        return PROCESS_STEP_CPU;
    case SPAWNER_STEP_STDIN:
        return PROCESS_STEP_STDIN;
    case SPAWNER_STEP_STDOUT:
        return PROCESS_STEP_STDOUT;
    case SPAWNER_STEP_STDERR:
        return PROCESS_STEP_STDERR;
    case SPAWNER_STEP_DIRECTORY:
        return PROCESS_STEP_DIRECTORY;
    case SPAWNER_STEP_PROGRAM:
        return PROCESS_STEP_PROGRAM;
    }
    return PROCESS_STEP_PROCESS;
}

static void set_ending(struct process_result *result, int status)
{
    result->end = WIFSIGNALED(status) ? PROCESS_SIGNALLED : PROCESS_EXITED;
    result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    result->signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* Sets a figure that the machine may not tell. */
static void
tell(struct process_result *result, enum metric metric, int64_t value, int64_t *field)
{
    if (value == SPAWNER_UNKNOWN)
        return;
    *field = value;
    result->told |= METRIC_BIT(metric);
}

static void tell_all(struct process_result *result, const struct spawner_usage *usage)
{
    tell(result, METRIC_RUN_QUEUE_WAIT, usage->run_queue_wait_ns,
         &result->run_queue_wait_ns);
    tell(result, METRIC_IO_WAIT, usage->io_wait_ns, &result->io_wait_ns);
    tell(result, METRIC_READ_BYTES, usage->read_bytes, &result->read_bytes);
    tell(result, METRIC_WRITTEN_BYTES, usage->written_bytes, &result->written_bytes);
    tell(result, METRIC_READ_CALLS, usage->read_calls, &result->read_calls);
    tell(result, METRIC_WRITE_CALLS, usage->write_calls, &result->write_calls);
    tell(result, METRIC_DISK_READ_BYTES, usage->disk_read_bytes,
         &result->disk_read_bytes);
    tell(result, METRIC_DISK_WRITTEN_BYTES, usage->disk_written_bytes,
         &result->disk_written_bytes);
}

static void tell_counters(struct process_result *result, const int64_t *counters)
{
    tell(result, METRIC_INSTRUCTIONS, counters[0], &result->instructions);
    tell(result, METRIC_CYCLES, counters[1], &result->cycles);
    tell(result, METRIC_BRANCH_MISSES, counters[2], &result->branch_misses);
    tell(result, METRIC_CACHE_MISSES, counters[3], &result->cache_misses);
}

static int take_reply(const struct spawner_reply *reply,
                      struct process_result *out,
                      struct error *err)
{
    const struct spawner_usage *usage = &reply->usage;
    struct process_result result = {
        .start_errno = reply->start_errno,
        .wall_ns = reply->wall_ns,
        .user_ns = usage->user_ns,
        .system_ns = usage->system_ns,
        .peak_rss_bytes = usage->peak_rss_bytes,
        .minor_faults = usage->minor_faults,
        .major_faults = usage->major_faults,
        .voluntary_switches = usage->voluntary_switches,
        .involuntary_switches = usage->involuntary_switches,
    };
    tell_all(&result, usage);
    tell_counters(&result, reply->counters);
    switch ((enum spawner_outcome)reply->outcome) {
    case SPAWNER_ENDED:
        set_ending(&result, reply->wait_status);
        break;
    case SPAWNER_TIMED_OUT:
        result.end = PROCESS_TIMED_OUT;
        break;
    case SPAWNER_NOT_STARTED:
        result = (struct process_result){ .end = PROCESS_NOT_STARTED,
                                          .start_errno = reply->start_errno,
                                          .start_step = step_of(reply->start_step) };
        break;
    case SPAWNER_STUCK:
        return error_set(err, ERROR_SYSTEM,
                         "cannot kill what the program has started; it resists SIGKILL");
    case SPAWNER_CANCELLED:
    default:
        return error_set(err, ERROR_SYSTEM, "the spawner gave up waiting");
    }
    *out = result;
    return 0;
}

void process_abandon(struct spawner *spawner)
{
    const struct spawner_request request = { .kind = SPAWNER_CANCEL };
    struct spawner_reply reply;
    struct error ignored = { 0 };
    if (!spawner->is_running)
        return;
    spawner->is_running = false;
    if (spawner_send(spawner, &request, sizeof request, &ignored) == 0)
        (void)!spawner_receive(spawner, &reply, sizeof reply, false, &ignored);
}

int process_start(struct spawner *spawner,
                  const struct process_spec *spec,
                  struct error *err)
{
    struct error trouble = { 0 };
    if (!spec->is_cleanup && interrupt_check(err) < 0)
        return -1;
    spawner->is_too_long = !compose(&spawner->message, spec);
    if (spawner->is_too_long)
        return 0;
    if (spawner_send(spawner, spawner->message.data, spawner->message.length, &trouble) <
        0)
        return error_set(err, trouble.code, "cannot run '%s': %s", spec->argv->items[0],
                         trouble.message);
    spawner->is_running = true;
    return 0;
}

int process_finish(struct spawner *spawner,
                   const struct process_spec *spec,
                   struct process_result *result,
                   struct error *err)
{
    struct spawner_reply reply = { 0 };
    struct error trouble = { 0 };
    if (spawner->is_too_long) {
        *result = (struct process_result){ .end = PROCESS_NOT_STARTED,
                                           .start_errno = E2BIG,
                                           .start_step = PROCESS_STEP_PROGRAM };
        return 0;
    }
    if (spawner_receive(spawner, &reply, sizeof reply, !spec->is_cleanup, &trouble) < 0) {
        /* A signal asked us to end: the run is ended first. */
        if (trouble.code == ERROR_INTERRUPTED) {
            process_abandon(spawner);
            return interrupt_check(err);
        }
        spawner->is_running = false;
        return error_set(err, trouble.code, "cannot run '%s': %s", spec->argv->items[0],
                         trouble.message);
    }
    spawner->is_running = false;
    if (take_reply(&reply, result, &trouble) < 0)
        return error_set(err, trouble.code, "running '%s': %s", spec->argv->items[0],
                         trouble.message);
    return 0;
}

int process_run(struct spawner *spawner,
                const struct process_spec *spec,
                struct process_result *result,
                struct error *err)
{
    return process_start(spawner, spec, err) < 0
               ? -1
               : process_finish(spawner, spec, result, err);
}

int process_run_together(const struct process_one *first,
                         const struct process_one *second,
                         struct error *err)
{
    if (process_start(first->spawner, first->spec, err) < 0)
        return -1;
    if (process_start(second->spawner, second->spec, err) < 0) {
        process_abandon(first->spawner);
        return -1;
    }
    if (process_finish(first->spawner, first->spec, first->result, err) < 0) {
        process_abandon(second->spawner);
        return -1;
    }
    return process_finish(second->spawner, second->spec, second->result, err);
}

bool process_succeeded(const struct process_result *result)
{
    return result->end == PROCESS_EXITED && result->exit_code == 0;
}

static void
add_start(struct str *text, const struct process_spec *spec, enum process_step step)
{
    switch (step) {
    case PROCESS_STEP_PROCESS:
        str_add(text, "cannot make a process");
        return;
    case PROCESS_STEP_CPU:
        str_addf(text, "cannot pin it to CPU %d", spec->cpu);
        return;
    case PROCESS_STEP_STDIN:
        str_addf(text, "cannot read '%s'", spec->stdin_path);
        return;
    case PROCESS_STEP_STDOUT:
        str_addf(text, "cannot write '%s'", spec->stdout_path);
        return;
    case PROCESS_STEP_STDERR:
        str_addf(text, "cannot write '%s'", spec->stderr_path);
        return;
    case PROCESS_STEP_DIRECTORY:
        str_addf(text, "cannot enter '%s'", spec->directory);
        return;
    case PROCESS_STEP_PROGRAM:
        str_addf(text, "cannot run '%s'", spec->argv->items[0]);
        return;
    }
    abort();
}

static void add_signal(struct str *text, int signal_number)
{
    const char *name = sigabbrev_np(signal_number);
    if (name)
        str_addf(text, "was killed by SIG%s", name);
    else
        str_addf(text, "was killed by signal %d", signal_number);
}

char *process_describe(const struct process_spec *spec,
                       const struct process_result *result)
{
    struct str text = STR_INIT;
    switch (result->end) {
    case PROCESS_EXITED:
        str_addf(&text, "exited with %d", result->exit_code);
        break;
    case PROCESS_SIGNALLED:
        add_signal(&text, result->signal_number);
        break;
    case PROCESS_TIMED_OUT:
        str_add(&text, "took longer than ");
        units_add_duration(&text, (double)spec->timeout_ns / 1e9);
        break;
    case PROCESS_NOT_STARTED:
        str_add(&text, "could not be started: ");
        add_start(&text, spec, result->start_step);
        str_addf(&text, ": %s", strerror(result->start_errno));
        break;
    }
    return str_detach(&text);
}
