#include "tests/cli/gate.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/attributes.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

#define GIT_ENVIRONMENT "GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1"

int gate_setup(void **state)
{
    static const char *const of_ci[] = { "CI",
                                         "GITHUB_ACTIONS",
                                         "GITHUB_EVENT_PATH",
                                         "GITHUB_STEP_SUMMARY",
                                         "GITHUB_OUTPUT",
                                         "PAWL_SPAWNER" };
    if (repository_setup(state) < 0)
        return -1;
    for (size_t i = 0; i < sizeof of_ci / sizeof *of_ci; i++)
        unsetenv(of_ci[i]);
    return setenv("PAWL_CACHE_DIR", sandbox_file(*state, "cache"), 1);
}

static const char *or_else(const char *text, const char *other)
{
    return text ? text : other;
}

void gate_write_config(struct sandbox *sandbox, const struct gate_config *config)
{
    AUTO_FREE char *text =
        str_format("{ \"version\": 1,\n"
                   "  \"build\": { \"run\": [\"cc -O1 -o bench bench.c\"] },\n"
                   "  %s\n"
                   "  \"margins\": { %s },\n"
                   "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
                   "    { \"name\": \"spin\", \"run\": \"./bench {work}\"%s }] }] }\n",
                   or_else(config->top, ""), or_else(config->margins, GATE_MARGINS),
                   or_else(config->benchmark, ""));
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void write_bench(struct sandbox *sandbox, const char *statement, const char *work)
{
    AUTO_FREE char *text = str_format("#include <fcntl.h>\n"
                                      "#include <signal.h>\n"
                                      "#include <stdio.h>\n"
                                      "#include <stdlib.h>\n"
                                      "#include <sys/stat.h>\n"
                                      "#include <unistd.h>\n"
                                      "int main(int argc, char **argv)\n"
                                      "{\n"
                                      "    (void)argc;\n"
                                      "    (void)argv;\n"
                                      "    volatile long sum = 0;\n"
                                      "    %s\n"
                                      "    %s\n"
                                      "    return 0;\n"
                                      "}\n",
                                      statement, work);
    sandbox_write(sandbox, "project/bench.c", text);
}

void gate_write_bench(struct sandbox *sandbox, const char *statement, int thousands)
{
    AUTO_FREE char *work =
        str_format("static char bytes[%d000];\n"
                   "    int null = open(\"/dev/null\", O_WRONLY);\n"
                   "    if (write(null, bytes, sizeof bytes) != sizeof bytes) return 1;",
                   thousands);
    write_bench(sandbox, statement, work);
}

void gate_write_loop(struct sandbox *sandbox, const char *statement, int thousands)
{
    AUTO_FREE char *work =
        str_format("for (long i = 0; i < %d000L; i++)\n        sum += i;", thousands);
    write_bench(sandbox, statement, work);
}

void gate_two_commits(struct sandbox *sandbox, int base_thousands, int head_thousands)
{
    repository_make(sandbox, "project");
    gate_write_config(sandbox, &(struct gate_config){ 0 });
    gate_write_bench(sandbox, "", base_thousands);
    repository_commit_all(sandbox, "project", "base", NULL);
    gate_write_bench(sandbox, "", head_thousands);
    repository_commit_all(sandbox, "project", "head", NULL);
}

static struct outcome run_words(struct sandbox *sandbox, const char *words)
{
    return sandbox_run(
        sandbox, "mkdir -p project && cd project && export " GIT_ENVIRONMENT " && %s %s",
        PAWL_PROGRAM, words);
}

/* Explanations take a profile each, and are asked for where they are the subject. */
PRINTF_LIKE(2, 0)
static struct outcome
run_pawl(struct sandbox *sandbox, const char *arguments, va_list args)
{
    char *all = NULL;
    assert_true(vasprintf(&all, arguments, args) >= 0);
    bool is_check = str_starts_with(all, "check");
    AUTO_FREE char *words = str_format("%s%s", is_check ? "check --no-explain" : "",
                                       all + (is_check ? strlen("check") : 0));
    struct outcome outcome = run_words(sandbox, words);
    free(all);
    return outcome;
}

struct outcome pawl_in_project(struct sandbox *sandbox, const char *arguments, ...)
{
    va_list args;
    va_start(args, arguments);
    struct outcome outcome = run_pawl(sandbox, arguments, args);
    va_end(args);
    return outcome;
}

static void check_exit(const struct outcome *outcome, int want, const char *arguments)
{
    if (outcome->exit_code != want)
        fail_msg("'pawl %s' exited with %d, not %d:\n%s%s", arguments, outcome->exit_code,
                 want, outcome->out, outcome->err);
}

struct outcome pawl_explains(struct sandbox *sandbox, int want, const char *arguments)
{
    struct outcome outcome = run_words(sandbox, arguments);
    check_exit(&outcome, want, arguments);
    return outcome;
}

struct outcome pawl_exits(struct sandbox *sandbox, int want, const char *arguments, ...)
{
    va_list args;
    va_start(args, arguments);
    struct outcome outcome = run_pawl(sandbox, arguments, args);
    va_end(args);
    check_exit(&outcome, want, arguments);
    return outcome;
}

void pawl_must_exit(struct sandbox *sandbox, int want, const char *arguments, ...)
{
    va_list args;
    va_start(args, arguments);
    struct outcome outcome = run_pawl(sandbox, arguments, args);
    va_end(args);
    check_exit(&outcome, want, arguments);
    outcome_clear(&outcome);
}

void pawl_refuses(struct sandbox *sandbox,
                  int want,
                  const char *message,
                  const char *arguments)
{
    struct outcome outcome = pawl_exits(sandbox, want, "%s", arguments);
    AUTO_FREE char *line = str_format("pawl: %s", message);
    assert_contains(outcome.err, line);
    assert_string_equal(outcome.out, "");
    outcome_clear(&outcome);
}

size_t count_entries(struct sandbox *sandbox, const char *directory)
{
    size_t count = 0;
    DIR *opened = opendir(sandbox_file(sandbox, directory));
    if (!opened)
        return 0;
    for (struct dirent *item = readdir(opened); item; item = readdir(opened))
        count += !str_equal(item->d_name, ".") && !str_equal(item->d_name, "..");
    closedir(opened);
    return count;
}

void gate_need_valgrind(struct sandbox *sandbox)
{
    sandbox_need(sandbox, "command -v valgrind", "valgrind");
}
