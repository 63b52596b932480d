/* Benches: the benchmarks of a config with every combination of their parameters filled
 * in, and their commands made ready to run.
 *
 * Nothing here copies from the config: it must outlive what is made of it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/config/config.h"

struct error;

/* What stands for "{name}" in a command. Both borrowed. */
struct placeholder {
    const char *name; /* "n", "work" */
    const char *value;
};

/* Appends the words of command to words, with placeholders filled in and "{{" and "}}"
 * made "{" and "}". Values are filled in after the splitting, so one with blanks stays
 * one word; in the script of a shell a value with characters other than letters, digits
 * and "_./-" is put in single quotes. -1 with ERROR_CONFIG where a placeholder of the
 * command is not among those given (of benchmarks' commands only what config_parse can't
 * know: {work} and {tree}); words is then as it was. */
int command_expand(const struct command *command,
                   const struct placeholder *placeholders,
                   size_t count,
                   struct strvec *words,
                   struct error *err) MUST_CHECK;

/* The same for a text that is no command: a path, or a variable with its value. The
 * caller's, or NULL. */
char *text_expand(const char *text,
                  const struct placeholder *placeholders,
                  size_t count,
                  struct error *err) MUST_CHECK;

/* One benchmark with one value for each of its parameters. */
struct bench {
    const struct suite *suite;
    const struct benchmark *benchmark;
    struct placeholder
        *parameters; /* one a sweep, sorted by name; without {work}, {tree} */
    size_t parameter_count;
    char *id; /* "list", "list[n=1000]", "x[m=2,n=10]": unique in the config */

    /* Of one name that a harness prints, whose id is "micro/name" or "micro[n=10]/name".
     * Borrowed. */
    const char *printed_name; /* NULL: the bench is the run itself */
    const char *name_before;  /* what base prints in its place; NULL: the same */
    const char *group;        /* the bench whose runs print it, among others */
    uint64_t metrics;         /* METRIC_BIT of what it is printed with */
};
/* How much a run of it does; NAN where the config does not say. */
double bench_work(const struct bench *bench);

struct benches {
    struct bench *items;
    size_t count;
    size_t capacity;
};
#define AUTO_BENCHES AUTO(benches_clear)

/* Appends every combination of every benchmark: suites, benchmarks and values as the
 * config orders them, the last parameter (by name) turning fastest. */
void benches_of(const struct config *config, struct benches *out);
void benches_clear(struct benches *benches);

/* Whether a pattern ('*' and '?' are wild; brackets stand for themselves) means a bench,
 * by its id or by its benchmark's name. */
bool bench_matches(const char *pattern, const char *id, const char *benchmark);

/* Keeps the benches whose id or benchmark's name matches one of the patterns ('*' and '?'
 * are wild; brackets stand for themselves). No patterns keep all. -1 with ERROR_USAGE for
 * a pattern that matches nothing, naming the nearest id; benches is then as it was. */
int config_select(struct benches *benches,
                  const struct strvec *patterns,
                  struct error *err) MUST_CHECK;

/* One running of one command of a suite's hook. */
struct hook_set {
    const struct suite *suite;
    const struct command *command;
    struct placeholder
        *parameters; /* those that the command mentions; without {work} and {tree} */
    size_t parameter_count;
};
struct hook_sets {
    struct hook_set *items;
    size_t count;
    size_t capacity;
};
#define AUTO_HOOK_SETS AUTO(hook_sets_clear)

/* Appends what the hook has to run for these benches, in this order: each of its suite's
 * commands once for each distinct combination of the values that it mentions (once, where
 * it mentions none), all of a command's before the next command's. Benches that lack a
 * parameter of the command do not need it. */
void hook_sets_of(const struct benches *benches, enum hook hook, struct hook_sets *out);
void hook_sets_clear(struct hook_sets *sets);
