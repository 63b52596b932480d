/* How the reader of pawl.json hangs together: one table of keys for each kind of object,
 * one function for each kind of value. Internal to gate/config. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/config/config.h"
#include "gate/config/config_reader.h"

/* The tables, in the order of docs/configuration.md. Tests hold the schema against them.
 */
extern const struct key_table config_keys;
extern const struct key_table recipe_keys;
extern const struct key_table errors_keys;
extern const struct key_table budget_keys;
extern const struct key_table stale_keys;
extern const struct key_table suite_keys;
extern const struct key_table benchmark_keys;
extern const struct key_table command_keys;
extern const struct key_table waiver_keys;

/* recipe.c: into a struct recipe with its default timeout. */
int read_recipe(const struct node *node, void *recipe) MUST_CHECK;

/* settings.c: into the struct config. */
int read_environment(const struct node *node, void *config) MUST_CHECK;
int read_pass_environment(const struct node *node, void *config) MUST_CHECK;
int read_errors(const struct node *node, void *config) MUST_CHECK;
int read_budget(const struct node *node, void *config) MUST_CHECK;

/* operations.c: "samples", which needs to know "same_output", and "work", which needs the
 * sizes. */
int read_samples(const struct node *node,
                 const struct strvec *known,
                 struct benchmark *benchmark) MUST_CHECK;
int read_work(const struct node *node, struct benchmark *benchmark) MUST_CHECK;
/* Refuses what is asked of a metric that the benchmark's runs can't tell. */
int check_is_told(const struct node *node,
                  const struct benchmark *benchmark,
                  enum metric metric) MUST_CHECK;
/* Takes the common margins off those metrics. */
void drop_untold_margins(struct benchmark *benchmark);

/* surroundings.c. known: the placeholders that values may have; NULL: values are plain.
 * Appended "NAME=value" each. */
int read_variables(const struct node *node,
                   const struct strvec *known,
                   struct strvec *variables) MUST_CHECK;
int read_stdin(const struct node *node, const struct strvec *known, char **path)
    MUST_CHECK;
/* A path that is each side's own: in the tree, or in {work}. */
int read_own_place(const struct node *node, const struct strvec *known, char **path)
    MUST_CHECK;
int read_cache(const struct node *node, bool *is_cold) MUST_CHECK;
bool is_variable_name(const char *name);
#define VARIABLE_NAMES "letters, digits and '_', not beginning with a digit"
/* Relative, and nowhere "..". */
bool is_inside_tree(const char *path);

/* paths.c */
int read_paths(const struct node *node, struct strvec *paths) MUST_CHECK;
/* "src, !src/docs", or "all". The caller's. */
char *paths_text(const struct strvec *paths) MUST_CHECK;

/* pairing.c */
int read_pairing(const struct node *node, enum pairing *out) MUST_CHECK;
const char *pairing_name(enum pairing pairing);

/* layouts.c: into the struct config. */
int read_layouts(const struct node *node, void *config) MUST_CHECK;

/* debug.c: into the struct config. */
int read_debug(const struct node *node, void *config) MUST_CHECK;
/* baselines.c: into the struct config. */
int read_baselines(const struct node *node, void *config) MUST_CHECK;
int read_machine_class(const struct node *node, void *config) MUST_CHECK;

/* stale.c: into the struct config. */
int read_stale(const struct node *node, void *config) MUST_CHECK;
void config_stale_changes(const struct config *base,
                          const struct config *head,
                          struct strvec *out);

/* margins.c: over the METRIC_COUNT margins that stand there already. */
void margins_set_defaults(struct margin *margins);
int read_margins(const struct node *node, void *margins) MUST_CHECK;
int read_margin(const struct node *node, enum metric metric, struct margin *out)
    MUST_CHECK;
/* "2 % or 1 MiB", "not judged". The caller's. */
char *margin_text(enum metric metric, const struct margin *margin) MUST_CHECK;

/* creep.c: the anchor into the struct config, margins over those that stand there. The
 * checks refuse margins of what no benchmark, or this one, is judged by. */
int read_anchor(const struct node *node, void *config) MUST_CHECK;
int read_creep_margins(const struct node *node, struct creep_margins *creep) MUST_CHECK;
int check_creep_margins(const struct node *node, const struct config *config) MUST_CHECK;
int check_own_creep_margins(const struct node *node, const struct benchmark *benchmark)
    MUST_CHECK;
/* As config_gate_changes, of anchor and creep margins alone. */
void config_creep_changes(const struct config *base,
                          const struct config *head,
                          struct strvec *out);
void benchmark_creep_changes(const struct config *base_config,
                             const struct benchmark *base,
                             const struct config *head_config,
                             const struct benchmark *head,
                             struct strvec *out);

/* quantity.c: a number with the metric's unit, into its base unit. Touch *out only on
 * success. */
bool parse_quantity(const json_t *value, enum metric metric, double *out) MUST_CHECK;
int read_quantity(const struct node *node, enum metric metric, double *out) MUST_CHECK;
/* "a duration such as ...", by the metric's unit. */
const char *quantity_examples(enum metric metric);
/* Appends the names of all metrics. */
void add_metric_names(struct strvec *names);

/* suite.c and benchmark.c. */
struct suite_reading {
    const struct config *config; /* margins are read; the suites up to now */
    struct suite *suite;
    bool is_shell; /* its hooks run in a shell */
};
int read_suite(const struct node *node, void *config) MUST_CHECK;
int read_benchmark(const struct node *node, void *suite_reading) MUST_CHECK;
/* A name of a suite or a benchmark: the caller's. NULL with the reader's error. */
bool is_name(const char *text);
char *read_name(const struct node *node) MUST_CHECK;

struct command_reading;
/* harness.c: into the benchmark, whose outputs and sweeps are read. */
int read_format(const struct node *node, struct benchmark *benchmark) MUST_CHECK;
/* "run_one", whose placeholders are known's and two more; the format is read. */
int read_run_one(const struct node *node,
                 const struct command_reading *reading,
                 struct benchmark *benchmark) MUST_CHECK;
/* Fills it in where the config leaves it out and the format has a usual way. */
void guess_run_one(struct benchmark *benchmark);
/* Of the whole benchmark. */
int check_results(const struct node *node, const struct benchmark *benchmark) MUST_CHECK;

/* sweep.c, growth.c and goal.c: into the benchmark; growth and goals need its sweeps. */
int read_sweeps(const struct node *node, struct benchmark *benchmark) MUST_CHECK;
int read_growth(const struct node *node, struct benchmark *benchmark) MUST_CHECK;
int read_goals(const struct node *node, struct benchmark *benchmark) MUST_CHECK;
/* NULL where the benchmark has no such parameter. */
const struct sweep *find_sweep(const struct benchmark *benchmark, const char *name);
/* Appends all that "growth" may say of a parameter: "O(1)", "O(log n)", ... */
void growth_forms(const char *parameter, struct strvec *out);
void growth_ceiling_clear(struct growth_ceiling *growth);
/* "wall", "wall_p95": what a goal names its limits by. */
bool goal_parse_limit(const char *name, struct goal_limit *limit) MUST_CHECK;
/* A parameter's value as text: the caller's. NULL with the reader's error. */
char *read_parameter_value(const struct node *node) MUST_CHECK;

/* waiver_reader.c: into the struct config, whose suites are read. */
int read_waivers(const struct node *node, void *config) MUST_CHECK;

/* manifest_reader.c: likewise. */
int read_removed(const struct node *node, void *config) MUST_CHECK;
int read_renamed(const struct node *node, void *config) MUST_CHECK;
/* changes_benches.c: as config_gate_changes, of the list of benches. */
void tell_benches(const struct config *base,
                  const struct config *head,
                  struct strvec *out);

/* bench_names.c: names of benches that a config speaks of beside its suites. */
struct benches;
/* Whether it is (or may be: what a harness prints shows only when it runs) a bench of
 * those. */
bool benches_may_have(const struct benches *benches, const char *pattern);
/* ", did you mean 'list'?" by ids and benchmarks' names, or what else helps; the
 * caller's. */
char *bench_nearest(const struct benches *benches, const char *pattern) MUST_CHECK;
/* "'waivers[0].row' names no row: 'lits', did you mean 'list'?" Always -1. */
int refuse_bench_name(const struct node *node,
                      const char *pattern,
                      const struct benches *benches);

/* command_reader.c: commands, checked against the placeholders that are known. */
struct command_reading {
    const struct strvec *known; /* NULL: a recipe's, which has none and is made final */
    bool is_shell;
    struct commands *commands; /* read_command_entry appends to these */
};
int read_command(const struct node *node,
                 const struct command_reading *reading,
                 struct command *out) MUST_CHECK;
int read_commands(const struct node *node, struct command_reading *reading) MUST_CHECK;
/* Whether text has no other placeholders than known (NULL: none at all), and no stray
 * braces. */
int check_text_placeholders(const struct node *node,
                            const char *text,
                            const struct strvec *known) MUST_CHECK;
