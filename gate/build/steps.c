#include "gate/build/steps.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/base/units.h"
#include "gate/build/printable.h"
#include "gate/build/step_log.h"
#include "runners/process.h"

enum {
    TAIL_LINES = 20,
    TAIL_BYTES = 1500,
    COMMAND_CHARACTERS = 200, /* of a command in a message; scripts can be long */
};

/* Appends a "$ command" line to the log; *end is the log's length after it. */
static int
begin_step(const char *log_path, const char *text, off_t *end, struct error *err)
{
    AUTO_STR struct str line = STR_INIT;
    AUTO_FD int fd = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_errno(err, "cannot open the log '%s'", log_path);
    str_addf(&line, "$ %s\n", text);
    if (fd_write_all(fd, line.data, line.length, log_path, err) < 0)
        return -1;
    *end = lseek(fd, 0, SEEK_END);
    return *end < 0 ? error_errno(err, "cannot read the log '%s'", log_path) : 0;
}

/* The last lines of bytes: where they begin. A first line that was cut is left out, if
 * there are others. */
static const char *last_lines(const char *bytes, size_t length, bool is_cut)
{
    const char *end = bytes + length;
    const char *from = end;
    size_t lines = 0;
    while (from > bytes) {
        bool begins_line = from < end && from[-1] == '\n';
        if (begins_line && ++lines == TAIL_LINES)
            return from;
        from--;
    }
    const char *newline = is_cut ? memchr(bytes, '\n', length) : NULL;
    return newline && newline + 1 < end ? newline + 1 : bytes;
}

/* Appends the end of what stands in the log from offset on. */
static void add_tail(struct str *out, const char *log_path, off_t offset, size_t limit)
{
    char bytes[TAIL_BYTES];
    struct stat info;
    AUTO_FD int fd = open(log_path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) < 0 || info.st_size <= offset)
        return;
    bool is_cut = info.st_size - offset > (off_t)limit;
    off_t from = is_cut ? info.st_size - (off_t)limit : offset;
    ssize_t got = pread(fd, bytes, limit, from);
    if (got <= 0)
        return;
    size_t length = (size_t)got;
    while (length > 0 && bytes[length - 1] == '\n')
        length--;
    const char *tail = last_lines(bytes, length, is_cut);
    printable_add(out, tail, (size_t)(bytes + length - tail), "\n\t", TAIL_BYTES);
}

static char *how_it_ended(const struct workplace *place,
                          const struct process_spec *spec,
                          const struct process_result *result)
{
    AUTO_STR struct str text = STR_INIT;
    /* spec's limit is what was left for this step: a number that nobody has set. */
    if (result->end != PROCESS_TIMED_OUT)
        return process_describe(spec, result);
    str_add(&text, "was stopped, for all together took longer than ");
    units_add_duration(&text, (double)place->timeout_ns / 1e9);
    return str_detach(&text);
}

/* What a step that failed is reported as. */
struct failure {
    const char *doing;
    const char *text;
    const char *how;
    off_t log_offset; /* where its own output begins */
};

static int report_failure(const struct workplace *place,
                          const struct failure *failure,
                          enum error_code code,
                          struct error *err)
{
    AUTO_STR struct str message = STR_INIT;
    AUTO_STR struct str tail = STR_INIT;
    str_addf(&message, "%s failed: '", failure->doing);
    size_t shown = printable_add(&message, failure->text, strlen(failure->text), "",
                                 COMMAND_CHARACTERS);
    str_addf(&message, "%s' %s", failure->text[shown] ? "..." : "", failure->how);

    /* The end of the output is what tells the reason: nothing of it may be cut off. */
    size_t used = message.length + strlen(place->log_path) + 100;
    size_t room = used < sizeof err->message ? sizeof err->message - used : 0;
    if (room > 0)
        add_tail(&tail, place->log_path, failure->log_offset,
                 room < TAIL_BYTES ? room : TAIL_BYTES);
    if (tail.length > 0)
        str_addf(&message, "; the end of its output (all of it: %s):\n%s",
                 place->log_path, tail.data);
    else
        str_addf(&message, "; it printed nothing (log: %s)", place->log_path);
    return error_set(err, code, "%s", message.data);
}

static int run_step(const struct workplace *place,
                    const struct step *step,
                    int64_t deadline_ns,
                    struct failure *failure,
                    char **how,
                    struct error *err)
{
    int64_t left_ns = place->timeout_ns ? deadline_ns - clock_now_ns() : 0;
    const struct process_spec spec = {
        .argv = step->argv,
        .environment = place->environment,
        .directory = place->directory,
        .stdout_path = place->log_path,
        .stderr_path = place->log_path,
        .timeout_ns = place->timeout_ns && left_ns < 1 ? 1 : left_ns,
        .cpu = PROCESS_ANY_CPU,
    };
    struct process_result result;
    failure->text = step->text;
    if (begin_step(place->log_path, step->text, &failure->log_offset, err) < 0 ||
        process_run(place->spawner, &spec, &result, err) < 0 ||
        step_log_shorten(place->log_path, failure->log_offset, err) < 0)
        return -1;
    if (!process_succeeded(&result))
        *how = how_it_ended(place, &spec, &result);
    return 0;
}

int steps_run(const struct workplace *place,
              const struct step *steps,
              size_t count,
              enum error_code code,
              const char *doing,
              struct error *err)
{
    int64_t deadline_ns = clock_now_ns() + place->timeout_ns;
    for (size_t i = 0; i < count; i++) {
        AUTO_FREE char *how = NULL;
        struct failure failure = { .doing = doing };
        if (interrupt_check(err) < 0)
            return -1;
        log_detail("%s: %s", doing, steps[i].text);
        if (run_step(place, &steps[i], deadline_ns, &failure, &how, err) < 0)
            return error_prefix(err, "%s: ", doing);
        if (!how)
            continue;
        failure.how = how;
        return report_failure(place, &failure, code, err);
    }
    return 0;
}
