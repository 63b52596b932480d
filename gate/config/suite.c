#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/config/parts.h"
#include "gate/config/template.h"

static int read_suite_name(const struct node *node, void *into)
{
    struct suite_reading *reading = into;
    reading->suite->name = read_name(node);
    if (!reading->suite->name)
        return -1;
    for (size_t i = 0; i + 1 < reading->config->suite_count; i++)
        if (str_equal(reading->config->suites[i].name, reading->suite->name))
            return node_error(node, "is the name of another suite already: '%s'",
                              reading->suite->name);
    return 0;
}

static int read_shell(const struct node *node, void *into)
{
    return node_read_bool(node, &((struct suite_reading *)into)->is_shell);
}

static int read_benchmarks(const struct node *node, void *into)
{
    struct suite_reading *reading = into;
    reading->suite->benchmarks =
        xcalloc(json_array_size(node->value) + 1, sizeof *reading->suite->benchmarks);
    return node_read_array(node, true, "benchmarks", read_benchmark, reading);
}

static void add_known_placeholders(const struct suite *suite, struct strvec *known)
{
    for (size_t i = 0; i < suite->benchmark_count; i++) {
        const struct benchmark *benchmark = &suite->benchmarks[i];
        for (size_t j = 0; j < benchmark->sweep_count; j++)
            if (!strings_have(known, benchmark->sweeps[j].name))
                strvec_push(known, benchmark->sweeps[j].name);
    }
    template_add_places(known);
}

static bool has_all(const struct benchmark *benchmark, const struct strvec *names)
{
    size_t found = template_count_places(names);
    for (size_t i = 0; i < benchmark->sweep_count; i++)
        if (strings_have(names, benchmark->sweeps[i].name))
            found++;
    return found == names->count;
}

/* A command with {m} and {n} where each benchmark has one of them only would never run.
 */
static int check_reachable(const struct node *node,
                           const struct command *command,
                           const struct suite *suite)
{
    AUTO_STRVEC struct strvec names = { 0 };
    if (template_names(command, &names, node->reader->err) < 0)
        return -1;
    for (size_t i = 0; i < suite->benchmark_count; i++)
        if (has_all(&suite->benchmarks[i], &names))
            return 0;
    AUTO_FREE char *all = strvec_join(&names, "} and {");
    return node_error(node, "has {%s}, which no benchmark of the suite has together",
                      all);
}

static int read_hook(const struct node *node,
                     const struct suite_reading *reading,
                     struct commands *hook)
{
    const struct suite *suite = reading->suite;
    AUTO_STRVEC struct strvec known = { 0 };
    add_known_placeholders(suite, &known);
    struct command_reading commands = { .known = &known,
                                        .is_shell = reading->is_shell,
                                        .commands = hook };
    if (read_commands(node, &commands) < 0)
        return -1;
    for (size_t i = 0; i < hook->count; i++) {
        struct node element = node_element(node, i);
        if (check_reachable(&element, &hook->items[i], suite) < 0)
            return -1;
    }
    return 0;
}

static int read_prepare(const struct node *node, void *into)
{
    const struct suite_reading *reading = into;
    return read_hook(node, reading, &reading->suite->hooks[HOOK_PREPARE]);
}

static int read_setup(const struct node *node, void *into)
{
    const struct suite_reading *reading = into;
    return read_hook(node, reading, &reading->suite->hooks[HOOK_SETUP]);
}

static int read_teardown(const struct node *node, void *into)
{
    const struct suite_reading *reading = into;
    return read_hook(node, reading, &reading->suite->hooks[HOOK_TEARDOWN]);
}

/* Its benchmarks start from these. Their parameters are not known to all of them. */
static int read_common_variables(const struct node *node, void *into)
{
    const struct suite_reading *reading = into;
    AUTO_STRVEC struct strvec known = { 0 };
    template_add_places(&known);
    return read_variables(node, &known, &reading->suite->environment);
}

static int read_own_paths(const struct node *node, void *into)
{
    return read_paths(node, &((struct suite_reading *)into)->suite->paths);
}

/* The hooks last: their placeholders are the parameters of the benchmarks. */
static const struct key keys[] = {
    { .name = "name", .read = read_suite_name, .is_required = true },
    { .name = "shell", .read = read_shell },
    { .name = "paths", .read = read_own_paths },
    { .name = "env", .read = read_common_variables },
    { .name = "benchmarks", .read = read_benchmarks, .is_required = true },
    { .name = "prepare", .read = read_prepare },
    { .name = "setup", .read = read_setup },
    { .name = "teardown", .read = read_teardown },
};
const struct key_table suite_keys = { "a suite", keys, sizeof keys / sizeof keys[0] };

int read_suite(const struct node *node, void *config)
{
    struct config *into = config;
    struct suite *suite = &into->suites[into->suite_count++];
    struct suite_reading reading = { .config = into, .suite = suite };
    return node_read_object(node, &suite_keys, &reading);
}
