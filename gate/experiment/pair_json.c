#include "gate/experiment/pair_json.h"

#include <stddef.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/experiment/around_json.h"

/* The whole numbers of a run; each stands in the JSON under its name, but for those that
 * the machine does not tell. */
struct run_field {
    const char *name;
    size_t offset;
    uint64_t told; /* the bit that says whether it is known; 0: always */
};
#define FIELD(name, bit)                                    \
    {                                                       \
#name, offsetof(struct process_result, name), (bit) \
    }
#define OPTIONAL(name, metric) FIELD(name, METRIC_BIT(metric))
static const struct run_field run_fields[] = {
    FIELD(wall_ns, 0),
    FIELD(user_ns, 0),
    FIELD(system_ns, 0),
    FIELD(peak_rss_bytes, 0),
    FIELD(minor_faults, 0),
    FIELD(major_faults, 0),
    FIELD(voluntary_switches, 0),
    FIELD(involuntary_switches, 0),
    OPTIONAL(run_queue_wait_ns, METRIC_RUN_QUEUE_WAIT),
    OPTIONAL(io_wait_ns, METRIC_IO_WAIT),
    OPTIONAL(read_bytes, METRIC_READ_BYTES),
    OPTIONAL(written_bytes, METRIC_WRITTEN_BYTES),
    OPTIONAL(read_calls, METRIC_READ_CALLS),
    OPTIONAL(write_calls, METRIC_WRITE_CALLS),
    OPTIONAL(disk_read_bytes, METRIC_DISK_READ_BYTES),
    OPTIONAL(disk_written_bytes, METRIC_DISK_WRITTEN_BYTES),
    OPTIONAL(instructions, METRIC_INSTRUCTIONS),
    OPTIONAL(cycles, METRIC_CYCLES),
    OPTIONAL(branch_misses, METRIC_BRANCH_MISSES),
    OPTIONAL(cache_misses, METRIC_CACHE_MISSES),
};
#define RUN_FIELD_COUNT (sizeof run_fields / sizeof run_fields[0])

static const char *const end_names[] = {
    [PROCESS_EXITED] = "exited",
    [PROCESS_SIGNALLED] = "signalled",
    [PROCESS_TIMED_OUT] = "timed out",
    [PROCESS_NOT_STARTED] = "not started",
};
#define END_COUNT (sizeof end_names / sizeof end_names[0])

static const char *const step_names[] = {
    [PROCESS_STEP_PROCESS] = "process", [PROCESS_STEP_CPU] = "cpu",
    [PROCESS_STEP_STDIN] = "stdin",     [PROCESS_STEP_STDOUT] = "stdout",
    [PROCESS_STEP_STDERR] = "stderr",   [PROCESS_STEP_DIRECTORY] = "directory",
    [PROCESS_STEP_PROGRAM] = "program",
};
#define STEP_COUNT (sizeof step_names / sizeof step_names[0])

static const char *const discard_names[] = {
    [DISCARD_NONE] = "none",
    [DISCARD_STEAL] = "steal",
    [DISCARD_SUSPEND] = "suspend",
    [DISCARD_THROTTLE] = "throttle",
    [DISCARD_OTHERS] = "others",
    [DISCARD_COLLISION] = "collision",
    [DISCARD_UNREADABLE] = "unreadable",
};

static void set_unless_zero(json_t *object, const char *key, int value)
{
    if (value)
        json_object_set_new(object, key, json_integer(value));
}

static json_t *run_to_json(const struct process_result *run)
{
    json_t *object = json_object();
    json_object_set_new(object, "end", json_string(end_names[run->end]));
    set_unless_zero(object, "exit_code", run->exit_code);
    set_unless_zero(object, "signal", run->signal_number);
    set_unless_zero(object, "start_errno", run->start_errno);
    if (run->end == PROCESS_NOT_STARTED)
        json_object_set_new(object, "start_step",
                            json_string(step_names[run->start_step]));
    for (size_t i = 0; i < RUN_FIELD_COUNT; i++) {
        const struct run_field *field = &run_fields[i];
        int64_t value = 0;
        memcpy(&value, (const char *)run + field->offset, sizeof value);
        if (!field->told || run->told & field->told)
            json_object_set_new(object, field->name, json_integer(value));
    }
    return object;
}

/* "readings" beside the kernel's figures, by the names of their metrics. */
static void add_readings(json_t *side, const struct readings *readings)
{
    if (!readings->known)
        return;
    json_t *figures = json_object();
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        if (readings->known & METRIC_BIT(metric))
            json_object_set_new(figures, metric_name(metric),
                                json_real(readings->values[metric]));
    }
    json_object_set_new(side, "readings", figures);
}

static json_t *side_to_json(const struct pair *pair, enum side side)
{
    json_t *object = run_to_json(&pair->sides[side]);
    add_readings(object, &pair->readings[side]);
    return object;
}

json_t *pair_to_json(const struct pair *pair)
{
    json_t *object = json_object();
    enum side first = pair->head_ran_first ? SIDE_HEAD : SIDE_BASE;
    json_object_set_new(object, "number", json_integer((json_int_t)pair->number));
    json_object_set_new(object, "position", json_integer((json_int_t)pair->position));
    json_object_set_new(object, "is_warmup", json_boolean(pair->is_warmup));
    json_object_set_new(object, "first", json_string(side_names[first]));
    json_object_set_new(object, "is_pinned", json_boolean(pair->is_pinned));
    if (pair->is_together)
        json_object_set_new(object, "is_together", json_true());
    if (pair->wrote_files)
        json_object_set_new(object, "wrote_files", json_true());
    json_object_set_new(object, "padding_bytes", json_integer(pair->padding_bytes));
    json_object_set_new(object, "discard", json_string(discard_names[pair->discard]));
    json_t *around = around_to_json(&pair->around);
    if (around)
        json_object_set_new(object, "around", around);
    for (enum side side = 0; side < SIDE_COUNT; side++)
        json_object_set_new(object, side_names[side], side_to_json(pair, side));
    return object;
}

static int bad_key(const char *key, struct error *err)
{
    return error_set(err, ERROR_USAGE,
                     "a pair's '%s' is missing or not what it should be", key);
}

static int
read_count(const json_t *object, const char *key, int64_t *out, struct error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return bad_key(key, err);
    *out = json_integer_value(value);
    return 0;
}

static int read_flag(const json_t *object, const char *key, bool *out, struct error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_boolean(value))
        return bad_key(key, err);
    *out = json_is_true(value);
    return 0;
}

static int read_name(const json_t *object,
                     const char *key,
                     const char *const *names,
                     size_t count,
                     struct error *err)
{
    const char *text = json_string_value(json_object_get(object, key));
    for (size_t i = 0; text && i < count; i++) {
        if (str_equal(text, names[i]))
            return (int)i;
    }
    return bad_key(key, err);
}

static int
read_optional(const json_t *object, const char *key, int *out, struct error *err)
{
    int64_t value = 0;
    if (json_object_get(object, key) &&
        (read_count(object, key, &value, err) < 0 || value > INT32_MAX))
        return bad_key(key, err);
    *out = (int)value;
    return 0;
}

static int read_step(const json_t *object, enum process_step *out, struct error *err)
{
    int step = read_name(object, "start_step", step_names, STEP_COUNT, err);
    if (step < 0)
        return -1;
    *out = (enum process_step)step;
    return 0;
}

static int
run_from_json(const json_t *object, struct process_result *out, struct error *err)
{
    int end = read_name(object, "end", end_names, END_COUNT, err);
    if (end < 0 || read_optional(object, "exit_code", &out->exit_code, err) < 0 ||
        read_optional(object, "signal", &out->signal_number, err) < 0 ||
        read_optional(object, "start_errno", &out->start_errno, err) < 0)
        return -1;
    out->end = (enum process_end)end;
    if (out->end == PROCESS_NOT_STARTED && read_step(object, &out->start_step, err) < 0)
        return -1;
    for (size_t i = 0; i < RUN_FIELD_COUNT; i++) {
        const struct run_field *field = &run_fields[i];
        int64_t value = 0;
        if (field->told && !json_object_get(object, field->name))
            continue;
        if (read_count(object, field->name, &value, err) < 0)
            return -1;
        memcpy((char *)out + field->offset, &value, sizeof value);
        out->told |= field->told;
    }
    return 0;
}

static int readings_from_json(const json_t *run, struct readings *out, struct error *err)
{
    json_t *object = json_object_get(run, "readings");
    const char *name = NULL;
    json_t *value = NULL;
    if (object && !json_is_object(object))
        return bad_key("readings", err);
    json_object_foreach(object, name, value) {
        enum metric metric = METRIC_COUNT;
        if (!metric_parse(name, &metric) || !json_is_number(value))
            return bad_key("readings", err);
        readings_set(out, metric, json_number_value(value));
    }
    return 0;
}

int pair_from_json(const json_t *value, struct pair *out, struct error *err)
{
    struct pair pair = { 0 };
    int64_t number = 0;
    int64_t position = 0;
    int64_t padding = 0;

    if (read_count(value, "number", &number, err) < 0 ||
        read_count(value, "position", &position, err) < 0 ||
        read_count(value, "padding_bytes", &padding, err) < 0 ||
        read_flag(value, "is_warmup", &pair.is_warmup, err) < 0 ||
        read_flag(value, "is_pinned", &pair.is_pinned, err) < 0)
        return -1;
    if ((json_object_get(value, "is_together") &&
         read_flag(value, "is_together", &pair.is_together, err) < 0) ||
        (json_object_get(value, "wrote_files") &&
         read_flag(value, "wrote_files", &pair.wrote_files, err) < 0))
        return -1;
    int first = read_name(value, "first", side_names, SIDE_COUNT, err);
    int discard = read_name(value, "discard", discard_names, DISCARD_COUNT, err);
    if (first < 0 || discard < 0 ||
        around_from_json(json_object_get(value, "around"), &pair.around, err) < 0)
        return -1;
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        const json_t *run = json_object_get(value, side_names[side]);
        if (run_from_json(run, &pair.sides[side], err) < 0 ||
            readings_from_json(run, &pair.readings[side], err) < 0)
            return -1;
    }
    if (padding > UINT32_MAX)
        return bad_key("padding_bytes", err);
    pair.number = (size_t)number;
    pair.position = (size_t)position;
    pair.padding_bytes = (uint32_t)padding;
    pair.head_ran_first = first == SIDE_HEAD;
    pair.discard = (enum discard)discard;
    *out = pair;
    return 0;
}

const char *discard_name(enum discard discard)
{
    return discard_names[discard];
}
