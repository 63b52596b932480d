#include "gate/cli/side_command.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "runners/environment.h"

struct side_scope side_scope_of_bench(const struct bench *bench,
                                      const struct side_place *place,
                                      const struct strvec *environment)
{
    return (struct side_scope){
        .place = place,
        .parameters = bench->parameters,
        .parameter_count = bench->parameter_count,
        .environment = environment,
        .variables = &bench->benchmark->environment,
    };
}

struct side_scope side_scope_of_hook(const struct hook_set *set,
                                     const struct side_place *place,
                                     const struct strvec *environment)
{
    return (struct side_scope){
        .place = place,
        .parameters = set->parameters,
        .parameter_count = set->parameter_count,
        .environment = environment,
        .variables = &set->suite->environment,
    };
}

void side_command_clear(struct side_command *command)
{
    strvec_clear(&command->argv);
    strvec_clear(&command->environment);
    free(command->directory);
    free(command->stdin_path);
    free(command->results_path);
    *command = (struct side_command){ 0 };
}

/* The scope's placeholders with those for its places. */
struct known {
    struct placeholder *items;
    size_t count;
};

static struct known known_of(const struct side_scope *scope)
{
    struct known known = { .items =
                               xcalloc(scope->parameter_count + 2, sizeof *known.items) };
    for (; known.count < scope->parameter_count; known.count++)
        known.items[known.count] = scope->parameters[known.count];
    known.items[known.count++] =
        (struct placeholder){ .name = "work", .value = scope->place->scratch };
    known.items[known.count++] =
        (struct placeholder){ .name = "tree", .value = scope->place->tree };
    return known;
}

static void known_clear(struct known *known)
{
    free(known->items);
}

char *
side_scope_expand(const struct side_scope *scope, const char *text, struct error *err)
{
    AUTO(known_clear) struct known known = known_of(scope);
    return text_expand(text, known.items, known.count, err);
}

static int expand_all(const struct strvec *texts,
                      const struct known *known,
                      struct strvec *out,
                      struct error *err)
{
    for (size_t i = 0; i < texts->count; i++) {
        char *text = text_expand(texts->items[i], known->items, known->count, err);
        if (!text)
            return -1;
        strvec_push_owned(out, text);
    }
    return 0;
}

/* A path of the config, from the top of the tree; the caller's. */
static char *expand_path(const struct side_scope *scope,
                         const char *path,
                         const struct known *known,
                         struct error *err)
{
    AUTO_FREE char *expanded = text_expand(path, known->items, known->count, err);
    return expanded ? path_join(scope->place->tree, expanded) : NULL;
}

/* NULL stays NULL. */
static int expand_optional(const struct side_scope *scope,
                           const char *path,
                           const struct known *known,
                           char **out,
                           struct error *err)
{
    if (!path)
        return 0;
    *out = expand_path(scope, path, known, err);
    return *out ? 0 : -1;
}

static int fill(const struct side_scope *scope,
                const struct command *command,
                const struct known *known,
                struct side_command *made,
                struct error *err)
{
    AUTO_STRVEC struct strvec variables = { 0 };
    if (command_expand(command, known->items, known->count, &made->argv, err) < 0 ||
        expand_all(scope->variables, known, &variables, err) < 0)
        return -1;
    environment_merge(scope->environment, &variables, &made->environment);
    return 0;
}

int side_command_of_hook(const struct side_scope *scope,
                         const struct command *command,
                         struct side_command *out,
                         struct error *err)
{
    AUTO(known_clear) struct known known = known_of(scope);
    AUTO_SIDE_COMMAND struct side_command made = { 0 };
    if (fill(scope, command, &known, &made, err) < 0)
        return -1;
    made.directory = xstrdup(scope->place->tree);
    *out = made;
    made = (struct side_command){ 0 };
    return 0;
}

int side_command_of_run(const struct side_scope *scope,
                        const struct benchmark *benchmark,
                        struct side_command *out,
                        struct error *err)
{
    AUTO(known_clear) struct known known = known_of(scope);
    AUTO_SIDE_COMMAND struct side_command made = { 0 };
    const char *directory = benchmark->directory ? benchmark->directory : "{tree}";
    if (fill(scope, &benchmark->run, &known, &made, err) < 0)
        return -1;
    made.directory = expand_path(scope, directory, &known, err);
    if (!made.directory)
        return -1;
    if (expand_optional(scope, benchmark->stdin_path, &known, &made.stdin_path, err) <
            0 ||
        expand_optional(scope, benchmark->results_path, &known, &made.results_path, err) <
            0)
        return -1;
    *out = made;
    made = (struct side_command){ 0 };
    return 0;
}

/* The same name seen from the top of the tree, where the program is run elsewhere. */
static void
push_as_run(const struct side_command *command, const char *word, struct strvec *words)
{
    strvec_push_owned(words, path_join(command->directory, word));
}

int side_command_names(const struct side_scope *scope,
                       const struct benchmark *benchmark,
                       struct strvec *words,
                       struct error *err)
{
    AUTO(known_clear) struct known known = known_of(scope);
    AUTO_SIDE_COMMAND struct side_command command = { 0 };
    if (side_command_of_run(scope, benchmark, &command, err) < 0)
        return -1;

    bool is_elsewhere = benchmark->directory != NULL;
    for (size_t i = 0; i < command.argv.count; i++) {
        const char *word = command.argv.items[i];
        bool is_sought = i == 0 && !strchr(word, '/'); /* in PATH */
        if (is_elsewhere && !is_sought)
            push_as_run(&command, word, words);
        if (!is_elsewhere || is_sought || i > 0)
            strvec_push(words, word);
    }
    if (is_elsewhere)
        strvec_push(words, command.directory);
    if (command.stdin_path)
        strvec_push(words, command.stdin_path);
    return expand_all(scope->variables, &known, words, err);
}
