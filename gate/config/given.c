#include "gate/config/given.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/config/config.h"
#include "gate/config/parts.h"

/* As YAML's "|" leaves it, a block ends in a line end. */
static char *trimmed(const char *text)
{
    static const char blanks[] = " \t\r\n";
    text += strspn(text, blanks);
    size_t length = strlen(text);
    while (length && strchr(blanks, text[length - 1]))
        length--;
    return xstrndup(text, length);
}

static bool needs_shell(const char *command)
{
    AUTO_STRVEC struct strvec words = { 0 };
    struct error ignored = { 0 };
    return command_split(command, &words, &ignored) < 0;
}

/* A shell goes on behind a line that failed. */
static void set_command(json_t *object, const char *command)
{
    bool is_shell = needs_shell(command);
    const char *stop = is_shell && strchr(command, '\n') ? "set -e\n" : "";
    json_object_set_new(object, "run", json_sprintf("%s%s", stop, command));
    if (is_shell)
        json_object_set_new(object, "shell", json_true());
}

static json_t *recipe_of(const struct strvec *builds)
{
    json_t *commands = json_array();
    for (size_t i = 0; i < builds->count; i++) {
        AUTO_FREE char *command = trimmed(builds->items[i]);
        json_t *entry = json_object();
        set_command(entry, command);
        json_array_append_new(commands, entry);
    }
    return json_pack("{s:o}", "run", commands);
}

/* "OMP_NUM_THREADS=1 ./bench" sets a variable, as everywhere. */
static bool is_bench_name(const char *name)
{
    return is_name(name) && strpbrk(name, "abcdefghijklmnopqrstuvwxyz");
}

/* Splits "NAME=COMMAND": what is in front of the first '=', where that is a name. */
static char *split_name(const char *run, const char **command)
{
    const char *sign = strchr(run, '=');
    AUTO_FREE char *name = xstrndup(run, sign ? (size_t)(sign - run) : 0);
    *command = run;
    if (!is_bench_name(name))
        return NULL;
    *command = sign + 1;
    return xstrdup(name);
}

/* "build/bench-list --all" is "bench-list"; "bench" where its file has no name for one.
 */
static char *name_of_program(const char *command)
{
    AUTO_FREE char *program = xstrndup(command, strcspn(command, " \t\n"));
    const char *file = path_base(program);
    return xstrdup(is_name(file) ? file : "bench");
}

static bool is_taken(json_t *benchmarks, const char *name)
{
    for (size_t i = 0; i < json_array_size(benchmarks); i++) {
        json_t *other = json_object_get(json_array_get(benchmarks, i), "name");
        if (str_equal(json_string_value(other), name))
            return true;
    }
    return false;
}

static int add_benchmark(json_t *benchmarks, const char *run, struct error *err)
{
    AUTO_FREE char *whole = trimmed(run);
    const char *rest = NULL;
    AUTO_FREE char *given = split_name(whole, &rest);
    AUTO_FREE char *command = trimmed(rest);
    AUTO_FREE char *name = given ? xstrdup(given) : name_of_program(command);
    if (!*command)
        return error_set(err, ERROR_USAGE,
                         "--run must be COMMAND or NAME=COMMAND, not '%s'", run);
    if (is_taken(benchmarks, name))
        return error_set(err, ERROR_USAGE,
                         "--run '%s': there is a benchmark '%s' already; give it another "
                         "name: --run NAME=COMMAND",
                         run, name);
    json_t *benchmark = json_pack("{s:s}", "name", name);
    set_command(benchmark, command);
    json_array_append_new(benchmarks, benchmark);
    return 0;
}

char *
config_given(const struct strvec *builds, const struct strvec *runs, struct error *err)
{
    AUTO_JSON json_t *benchmarks = json_array();
    if (!runs->count) {
        error_set(err, ERROR_USAGE,
                  "--build makes what --run measures: give --run COMMAND too");
        return NULL;
    }
    for (size_t i = 0; i < runs->count; i++)
        if (add_benchmark(benchmarks, runs->items[i], err) < 0)
            return NULL;
    AUTO_JSON json_t *config = json_pack("{s:i,s:[{s:s,s:O}]}", "version", 1, "suites",
                                         "name", "given", "benchmarks", benchmarks);
    if (builds->count)
        json_object_set_new(config, "build", recipe_of(builds));
    char *dumped = json_dumps(config, JSON_INDENT(2) | JSON_SORT_KEYS);
    char *text = xstrdup(dumped);
    free(dumped);
    return text;
}
