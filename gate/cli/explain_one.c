#include "gate/cli/explain_one.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/config/one_name.h"

#define OWN_PLACEHOLDERS 2
#define SHOWN_NAMES      3

void one_name_make(struct one_name *one, const struct bench *bench, enum side side)
{
    size_t count = bench->parameter_count + OWN_PLACEHOLDERS;
    const char *name = side_printed_name(bench, side);
    struct placeholder *parameters = xcalloc(count, sizeof *parameters);
    one->regex = one_name_regex(bench->benchmark->format, name);
    parameters[0] = (struct placeholder){ ONE_NAME, name };
    parameters[1] = (struct placeholder){ ONE_REGEX, one->regex };
    for (size_t i = 0; i < bench->parameter_count; i++)
        parameters[OWN_PLACEHOLDERS + i] = bench->parameters[i];
    one->benchmark = *bench->benchmark;
    if (one->benchmark.run_one.words.count)
        one->benchmark.run = one->benchmark.run_one;
    one->bench = *bench;
    one->bench.benchmark = &one->benchmark;
    one->bench.parameters = parameters;
    one->bench.parameter_count = count;
}

void one_name_clear(struct one_name *one)
{
    free(one->bench.parameters);
    free(one->regex);
    *one = (struct one_name){ 0 };
}

void one_names_clear(struct one_names *names)
{
    for (enum side side = 0; side < SIDE_COUNT; side++)
        one_name_clear(&names->sides[side]);
}

/* "'a', 'b', 'c' and 9 more" */
static void add_names(struct str *text, const struct strvec *printed)
{
    for (size_t i = 0; i < printed->count && i < SHOWN_NAMES; i++)
        str_addf(text, "%s'%s'", i ? ", " : "", printed->items[i]);
    if (printed->count > SHOWN_NAMES)
        str_addf(text, " and %zu more", printed->count - SHOWN_NAMES);
}

static void say_not_alone(struct explaining *explaining,
                          const struct bench *bench,
                          const struct strvec *printed)
{
    AUTO_STR struct str names = STR_INIT;
    add_names(&names, printed);
    if (bench->benchmark->run_one.words.count)
        explain_leave_out(
            explaining,
            "'%s' was not profiled: '%s' is to run it alone (\"run_one\" in "
            "pawl.json), and prints %s",
            bench->id, bench->benchmark->run_one.text, names.data);
    else
        explain_leave_out(
            explaining,
            "'%s' was not profiled: its run prints %s, and a profile would be "
            "of all of them together; \"run_one\" in pawl.json can say how "
            "to run one alone",
            bench->id, names.data);
}

/* 1, 0 or -1 as one_names_try. */
static int try_side(struct explaining *explaining,
                    const struct bench *bench,
                    enum side side,
                    struct one_names *names,
                    struct error *err)
{
    const struct check_stage *stage = &explaining->check->explain;
    struct one_name *one = &names->sides[side];
    AUTO_SIDE_RUNNER struct side_runner runner;
    AUTO_STRVEC struct strvec printed = { 0 };
    AUTO_FREE char *path = path_join(stage->scratch.directory, "one.out");
    one_name_make(one, bench, side);
    const struct side_bench where = check_side_bench(stage, &one->bench);
    struct first_run run = { .stdout_path = path };
    check_fill_runner(explaining->check, &runner);
    if (check_run_once(&runner, &where, side, &run, err) < 0)
        return -1;
    AUTO_FREE char *failure = run.failure;
    const struct harness_run *told = &runner.outputs[side].run;
    if (failure || told->failure) {
        explain_leave_out(explaining, "'%s' was not profiled: run alone, %s", bench->id,
                          failure ? failure : told->failure);
        return 0;
    }
    names->wall_s[side] = (double)run.wall_ns * 1e-9;
    names->user_s[side] = (double)run.user_ns * 1e-9;
    names->system_s[side] = (double)run.system_ns * 1e-9;
    harness_names(told, &printed);
    if (printed.count == 1 && str_equal(printed.items[0], side_printed_name(bench, side)))
        return 1;
    say_not_alone(explaining, bench, &printed);
    return 0;
}

int one_names_try(struct explaining *explaining,
                  const struct bench *bench,
                  struct one_names *names,
                  struct error *err)
{
    for (enum side side = 0; side < SIDE_COUNT; side++) {
        int got = try_side(explaining, bench, side, names, err);
        if (got <= 0)
            return got;
    }
    return 1;
}

/* "python3.11" is python's. */
static bool is_version_of(const char *program, const char *name)
{
    size_t length = strlen(name);
    return str_starts_with(program, name) &&
           !program[length + strspn(program + length, "0123456789.")];
}

/* The first word, or what stands behind env and its variables and options. */
static const char *program_of(const struct strvec *words)
{
    size_t i = 0;
    bool is_env = str_equal(path_base(words->items[0]), "env");
    while (is_env && i + 1 < words->count &&
           (i == 0 || *words->items[i] == '-' || strchr(words->items[i], '=')))
        i++;
    return path_base(words->items[i]);
}

bool one_names_are_interpreted(const struct one_names *names)
{
    static const char *const programs[] = { "python", "pytest", "node", "npm",  "npx",
                                            "deno",   "bun",    "ruby", "perl", "php",
                                            "java",   "dotnet", "lua" };
    const struct benchmark *benchmark = &names->sides[SIDE_HEAD].benchmark;
    const char *program = program_of(&benchmark->run.words);
    if (str_equal(benchmark->format, "pytest"))
        return true;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (is_version_of(program, programs[i]))
            return true;
    return false;
}
