#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

#define MOST_NAME_BYTES 80

struct benchmark_reading {
    const struct config *config;
    struct benchmark *benchmark;
    bool is_shell;
};

/* Names go into row ids such as "list[n=1000] cpu" and are given on command lines. */
bool is_name(const char *text)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    static const char others[] = "._/+-";
    size_t length = strlen(text);
    if (!length || length > MOST_NAME_BYTES || !strchr(letters, *text))
        return false;
    for (; *text; text++)
        if (!strchr(letters, *text) && !strchr(others, *text))
            return false;
    return true;
}

char *read_name(const struct node *node)
{
    const char *text = json_string_value(node->value);
    if (text && is_name(text))
        return xstrdup(text);
    node_must_be(node,
                 "a name of 1 to %d characters A-Z, a-z, 0-9 and ._/+-, beginning with a "
                 "letter or digit",
                 MOST_NAME_BYTES);
    return NULL;
}

static size_t count_of_name(const struct config *config, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < config->suite_count; i++) {
        const struct suite *suite = &config->suites[i];
        for (size_t j = 0; j < suite->benchmark_count; j++)
            if (suite->benchmarks[j].name && str_equal(suite->benchmarks[j].name, name))
                count++;
    }
    return count;
}

static int read_benchmark_name(const struct node *node, void *into)
{
    struct benchmark_reading *reading = into;
    reading->benchmark->name = read_name(node);
    if (!reading->benchmark->name)
        return -1;
    if (count_of_name(reading->config, reading->benchmark->name) > 1)
        return node_error(node, "is the name of another benchmark already: '%s'",
                          reading->benchmark->name);
    return 0;
}

static int read_sizes(const struct node *node, void *into)
{
    return read_sweeps(node, ((struct benchmark_reading *)into)->benchmark);
}

static int read_shell(const struct node *node, void *into)
{
    return node_read_bool(node, &((struct benchmark_reading *)into)->is_shell);
}

static void add_known_placeholders(const struct benchmark *benchmark,
                                   struct strvec *known)
{
    for (size_t i = 0; i < benchmark->sweep_count; i++)
        strvec_push(known, benchmark->sweeps[i].name);
    template_add_places(known);
}

static int read_run(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    struct command_reading command = { .known = &known, .is_shell = reading->is_shell };
    return read_command(node, &command, &reading->benchmark->run);
}

static int read_hook(const struct node *node,
                     const struct benchmark_reading *reading,
                     struct commands *hook)
{
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    struct command_reading commands = { .known = &known,
                                        .is_shell = reading->is_shell,
                                        .commands = hook };
    return read_commands(node, &commands);
}

static int read_setup(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    return read_hook(node, reading, &reading->benchmark->setup);
}

static int read_teardown(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    return read_hook(node, reading, &reading->benchmark->teardown);
}

static int read_own_variables(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    return read_variables(node, &known, &reading->benchmark->environment);
}

static int read_input(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    return read_stdin(node, &known, &reading->benchmark->stdin_path);
}

static int read_directory(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    return read_own_place(node, &known, &reading->benchmark->directory);
}

static int read_own_cache(const struct node *node, void *into)
{
    return read_cache(node, &((struct benchmark_reading *)into)->benchmark->is_cold);
}

static int read_how_paired(const struct node *node, void *into)
{
    return read_pairing(node, &((struct benchmark_reading *)into)->benchmark->pairing);
}

static int read_same_output(const struct node *node, void *into)
{
    struct benchmark_reading *reading = into;
    return node_read_bool(node, &reading->benchmark->has_same_output);
}

static int read_stdout(const struct node *node, void *into)
{
    struct benchmark_reading *reading = into;
    const char *text = json_string_value(node->value);
    if (!text || (!str_equal(text, "null") && !str_equal(text, "file")))
        return node_must_be(node, "\"null\" or \"file\"");
    reading->benchmark->output = str_equal(text, "file") ? OUTPUT_FILE : OUTPUT_NULL;
    return 0;
}

static int read_output_format(const struct node *node, void *into)
{
    return read_format(node, ((struct benchmark_reading *)into)->benchmark);
}

static int read_results_path(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    return read_own_place(node, &known, &reading->benchmark->results_path);
}

static int read_one_name(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    struct command_reading command = { .known = &known, .is_shell = reading->is_shell };
    return read_run_one(node, &command, reading->benchmark);
}

static int read_ceiling(const struct node *node, void *into)
{
    return read_growth(node, ((struct benchmark_reading *)into)->benchmark);
}

static int read_goal_list(const struct node *node, void *into)
{
    return read_goals(node, ((struct benchmark_reading *)into)->benchmark);
}

/* What stands here is meant for this benchmark, so it must be able to mean something. */
static int read_own_margins(const struct node *node, void *into)
{
    struct benchmark *benchmark = ((struct benchmark_reading *)into)->benchmark;
    if (read_margins(node, benchmark->margins) < 0)
        return -1;
    for (enum metric metric = 0; metric < METRIC_COUNT; metric++) {
        json_t *value = json_object_get(node->value, metric_name(metric));
        struct node member = node_member(node, metric_name(metric), value);
        if (value && benchmark->margins[metric].is_gated &&
            check_is_told(&member, benchmark, metric) < 0)
            return -1;
    }
    return 0;
}

static int read_own_creep(const struct node *node, void *into)
{
    struct benchmark *benchmark = ((struct benchmark_reading *)into)->benchmark;
    if (read_creep_margins(node, &benchmark->creep) < 0)
        return -1;
    return check_own_creep_margins(node, benchmark);
}

static int read_sample_place(const struct node *node, void *into)
{
    const struct benchmark_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(reading->benchmark, &known);
    return read_samples(node, &known, reading->benchmark);
}

static int read_own_work(const struct node *node, void *into)
{
    return read_work(node, ((struct benchmark_reading *)into)->benchmark);
}

static int read_timeout(const struct node *node, void *into)
{
    struct benchmark_reading *reading = into;
    return node_read_duration(node, "1ms", "1d", &reading->benchmark->timeout_ns);
}

/* Only what stands in the tree: other programs are the same for both sides. */
static int read_binary(const struct node *node, void *into)
{
    struct strvec *binaries = into;
    const char *path = json_string_value(node->value);
    if (!path || !is_inside_tree(path))
        return node_must_be(node, "a path inside the tree, relative to its top");
    strvec_push(binaries, path);
    return 0;
}

static int read_binaries(const struct node *node, void *into)
{
    struct benchmark_reading *reading = into;
    return node_read_array(node, false, "paths", read_binary,
                           &reading->benchmark->binaries);
}

/* Commands need to know the sizes and "shell", "work" the sizes, "samples" whether
 * outputs are compared, "format" what it goes with, goals and margins what a run tells:
 * these come first. */
static const struct key keys[] = {
    { .name = "name", .read = read_benchmark_name, .is_required = true },
    { .name = "sizes", .read = read_sizes },
    { .name = "shell", .read = read_shell },
    { .name = "run", .read = read_run, .is_required = true },
    { .name = "setup", .read = read_setup },
    { .name = "teardown", .read = read_teardown },
    { .name = "env", .read = read_own_variables },
    { .name = "stdin", .read = read_input },
    { .name = "cwd", .read = read_directory },
    { .name = "cache", .read = read_own_cache },
    { .name = "pairing", .read = read_how_paired },
    { .name = "same_output", .read = read_same_output },
    { .name = "stdout", .read = read_stdout },
    { .name = "samples", .read = read_sample_place },
    { .name = "work", .read = read_own_work },
    { .name = "growth", .read = read_ceiling },
    { .name = "results", .read = read_results_path },
    { .name = "format", .read = read_output_format },
    { .name = "run_one", .read = read_one_name },
    { .name = "goals", .read = read_goal_list },
    { .name = "margins", .read = read_own_margins },
    { .name = "creep_margins", .read = read_own_creep },
    { .name = "timeout", .read = read_timeout },
    { .name = "binaries", .read = read_binaries },
};
const struct key_table benchmark_keys = { "a benchmark", keys,
                                          sizeof keys / sizeof keys[0] };

int read_benchmark(const struct node *node, void *suite_reading)
{
    const struct suite_reading *suite = suite_reading;
    struct benchmark *benchmark =
        &suite->suite->benchmarks[suite->suite->benchmark_count++];
    benchmark->timeout_ns = INT64_C(60) * 1000000000;
    memcpy(benchmark->margins, suite->config->margins, sizeof benchmark->margins);
    benchmark->creep = suite->config->creep;
    strvec_push_all(&benchmark->environment, &suite->suite->environment);

    struct benchmark_reading reading = { .config = suite->config,
                                         .benchmark = benchmark };
    if (node_read_object(node, &benchmark_keys, &reading) < 0)
        return -1;
    const char *obstacle = benchmark_obstacle_to_pairing(benchmark);
    if (benchmark->pairing == PAIRING_TOGETHER && obstacle)
        return node_error(node, "can't have \"pairing\": \"together\": %s", obstacle);
    drop_untold_margins(benchmark);
    guess_run_one(benchmark);
    return check_results(node, benchmark);
}
