#include "gate/config/config.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/config/parts.h"
#include "gate/config/waiver.h"
#include "runners/machine_fact.h"

#define VERSION   1
#define MINUTE_NS (INT64_C(60) * 1000000000)

static int read_schema(const struct node *node, void *config)
{
    (void)config;
    const char *ignored = NULL;
    return node_read_string(node, "a string", &ignored);
}

static int read_version(const struct node *node, void *config)
{
    (void)config;
    if (!json_is_integer(node->value) || json_integer_value(node->value) != VERSION)
        return node_must_be(node, "%d", VERSION);
    return 0;
}

static int read_build(const struct node *node, void *config)
{
    return read_recipe(node, &((struct config *)config)->build);
}

static int read_verify(const struct node *node, void *config)
{
    return read_recipe(node, &((struct config *)config)->verify);
}

static int read_common_margins(const struct node *node, void *config)
{
    return read_margins(node, ((struct config *)config)->margins);
}

static int read_common_paths(const struct node *node, void *config)
{
    return read_paths(node, &((struct config *)config)->paths);
}

static int read_common_creep(const struct node *node, void *config)
{
    return read_creep_margins(node, &((struct config *)config)->creep);
}

static int read_suites(const struct node *node, void *config)
{
    struct config *into = config;
    into->suites = xcalloc(json_array_size(node->value) + 1, sizeof *into->suites);
    return node_read_array(node, true, "suites", read_suite, into);
}

/* The margins before the suites, whose benchmarks start from them; behind the suites what
 * speaks of their benches. */
static const struct key keys[] = {
    { .name = "$schema", .read = read_schema },
    { .name = "version", .read = read_version, .is_required = true },
    { .name = "build", .read = read_build },
    { .name = "verify", .read = read_verify },
    { .name = "env", .read = read_environment },
    { .name = "pass_env", .read = read_pass_environment },
    { .name = "paths", .read = read_common_paths },
    { .name = "margins", .read = read_common_margins },
    { .name = "anchor", .read = read_anchor },
    { .name = "creep_margins", .read = read_common_creep },
    { .name = "errors", .read = read_errors },
    { .name = "budget", .read = read_budget },
    { .name = "layouts", .read = read_layouts },
    { .name = "debug", .read = read_debug },
    { .name = "baselines", .read = read_baselines },
    { .name = "machine_class", .read = read_machine_class },
    { .name = "stale", .read = read_stale },
    { .name = "suites", .read = read_suites, .is_required = true },
    { .name = "waivers", .read = read_waivers },
    { .name = "removed", .read = read_removed },
    { .name = "renamed", .read = read_renamed },
};
const struct key_table config_keys = { "a configuration", keys,
                                       sizeof keys / sizeof keys[0] };

static void set_defaults(struct config *config)
{
    config->build.timeout_ns = 10 * MINUTE_NS;
    config->verify.timeout_ns = 10 * MINUTE_NS;
    margins_set_defaults(config->margins);
    config->false_alarm = 0.01;
    config->miss = 0.05;
    config->budget_ns = 5 * MINUTE_NS;
    config->max_pairs = 135;
    config->warmup_pairs = 2;
    config->layouts = (struct layout_choice){ LAYOUTS_REGRESSED, 5 };
    config->debug_flags = xstrdup("-g");
    config->baselines = xstrdup("baselines");
    config->machine_facts = machine_facts_default();
    config->stale = (struct stale_limits){ .commits = 50, .age_s = INT64_C(30) * 86400 };
}

/* A later version may have keys that are unknown here; the version is what to say then.
 */
static int check_version_first(const struct node *top)
{
    json_t *version = json_object_get(top->value, "version");
    if (!version)
        return 0;
    struct node member = node_member(top, "version", version);
    return read_version(&member, NULL);
}

/* What needs to know the suites. */
static int check_whole(const struct node *top, const struct config *config)
{
    json_t *creep = json_object_get(top->value, "creep_margins");
    struct node member = node_member(top, "creep_margins", creep);
    return creep ? check_creep_margins(&member, config) : 0;
}

struct config *config_parse(const char *text, const char *path, struct error *err)
{
    AUTO_JSON json_t *root = json_read_text(text, path, ERROR_CONFIG, err);
    if (!root)
        return NULL;

    AUTO_CONFIG struct config *config = xcalloc(1, sizeof *config);
    config->path = xstrdup(path);
    config->text = xstrdup(text);
    set_defaults(config);
    struct reader reader = { .text = text, .path = path, .err = err };
    struct node top = { .reader = &reader, .value = root };
    if (check_version_first(&top) < 0 ||
        node_read_object(&top, &config_keys, config) < 0 || check_whole(&top, config) < 0)
        return NULL;

    struct config *whole = config;
    config = NULL;
    return whole;
}

static void goal_clear(struct goal *goal)
{
    for (size_t i = 0; i < goal->where_count; i++) {
        free(goal->where[i].name);
        free(goal->where[i].value);
    }
    free(goal->where);
    free(goal->limits);
    free(goal->machine_class);
    free(goal->elsewhere);
}

static void benchmark_clear(struct benchmark *benchmark)
{
    for (size_t i = 0; i < benchmark->sweep_count; i++) {
        free(benchmark->sweeps[i].name);
        strvec_clear(&benchmark->sweeps[i].values);
    }
    for (size_t i = 0; i < benchmark->goal_count; i++)
        goal_clear(&benchmark->goals[i]);
    free(benchmark->name);
    command_clear(&benchmark->run);
    command_clear(&benchmark->run_one);
    commands_clear(&benchmark->setup);
    commands_clear(&benchmark->teardown);
    strvec_clear(&benchmark->environment);
    free(benchmark->stdin_path);
    free(benchmark->format);
    free(benchmark->results_path);
    free(benchmark->directory);
    free(benchmark->sweeps);
    free(benchmark->samples);
    free(benchmark->work.parameter);
    free(benchmark->work.unit);
    growth_ceiling_clear(&benchmark->growth);
    free(benchmark->goals);
    strvec_clear(&benchmark->binaries);
}

static void suite_clear(struct suite *suite)
{
    for (size_t i = 0; i < suite->benchmark_count; i++)
        benchmark_clear(&suite->benchmarks[i]);
    free(suite->name);
    for (enum hook hook = 0; hook < HOOK_COUNT; hook++)
        commands_clear(&suite->hooks[hook]);
    strvec_clear(&suite->environment);
    strvec_clear(&suite->paths);
    free(suite->benchmarks);
}

void config_free(struct config *config)
{
    if (!config)
        return;
    for (size_t i = 0; i < config->suite_count; i++)
        suite_clear(&config->suites[i]);
    free(config->suites);
    waivers_clear(&config->waivers);
    manifest_clear(&config->manifest);
    strvec_clear(&config->paths);
    commands_clear(&config->build.run);
    commands_clear(&config->verify.run);
    strvec_clear(&config->environment);
    strvec_clear(&config->pass_environment);
    free(config->debug_flags);
    free(config->baselines);
    free(config->anchor);
    free(config->path);
    free(config->text);
    free(config);
}

void config_release(struct config **config)
{
    config_free(*config);
    *config = NULL;
}
