#include "tests/cli/rebuilt.h"

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "tests/cli/gate.h"
#include "tests/support/check.h"

static void write_config(struct sandbox *sandbox)
{
    AUTO_FREE char *text = str_format(
        "{ \"version\": 1,\n"
        "  \"build\": { \"shell\": true, \"run\": [\n"
        "    \"cd %s && echo build >>builds && [ $(wc -l <builds) -lt $(cat broken) ]\",\n"
        "    \"cc -O1 -DBUILD=$(wc -l <%s/builds) -o bench bench.c\"] },\n"
        "  \"margins\": { %s },\n"
        "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
        "    { \"name\": \"spin\", \"run\": \"./bench %s/runs\" }] }] }\n",
        sandbox->path, sandbox->path, GATE_MARGINS, sandbox->path);
    sandbox_write(sandbox, "project/pawl.json", text);
}

static void write_bench(struct sandbox *sandbox, const char *statement, int thousands)
{
    AUTO_FREE char *text =
        str_format("#include <fcntl.h>\n"
                   "#include <stdio.h>\n"
                   "#include <unistd.h>\n"
                   "static char bytes[100000000];\n"
                   "int main(int argc, char **argv)\n"
                   "{\n"
                   "    FILE *runs = fopen(argv[argc - 1], \"a\");\n"
                   "    int null = open(\"/dev/null\", O_WRONLY);\n"
                   "    long thousands = %d;\n"
                   "    fputs(\"run\\n\", runs);\n"
                   "    fclose(runs);\n"
                   "    %s\n"
                   "    return write(null, bytes, thousands * 1000) < 0;\n"
                   "}\n",
                   thousands, statement);
    sandbox_write(sandbox, "project/bench.c", text);
}

void rebuilt_make_project(struct sandbox *sandbox,
                          int base_thousands,
                          int head_thousands,
                          const char *statement)
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "builds", "");
    sandbox_write(sandbox, "runs", "");
    rebuilt_break_from(sandbox, 0);
    write_config(sandbox);
    write_bench(sandbox, statement, base_thousands);
    repository_commit_all(sandbox, "project", "base", NULL);
    write_bench(sandbox, statement, head_thousands);
    repository_commit_all(sandbox, "project", "head", NULL);
}

struct outcome rebuilt_exits(struct sandbox *sandbox,
                             int head_thousands,
                             const char *statement,
                             int want,
                             const char *arguments)
{
    rebuilt_make_project(sandbox, 6000, head_thousands, statement);
    return pawl_exits(sandbox, want, "%s", arguments);
}

void rebuilt_check_resumed(struct sandbox *sandbox,
                           int head_thousands,
                           const char *part,
                           int want)
{
    rebuilt_make_project(sandbox, 6000, head_thousands, "");
    pawl_must_exit(sandbox, 5, "check --%s --pairs 40 --json /dev/full", part);
    size_t runs = rebuilt_runs(sandbox);
    pawl_must_exit(sandbox, want, "check --%s --pairs 40 --resume --json ../result.json",
                   part);
    size_t pairs = rebuilt_pairs(sandbox, "result.json", NULL) +
                   rebuilt_pairs(sandbox, "result.json", part);

    assert_int_equal(runs, 4 + 2 * pairs);
    assert_int_equal(rebuilt_runs(sandbox), runs + 4);
    assert_int_equal(count_entries(sandbox, "cache/journals"), 0);
}

void rebuilt_break_from(struct sandbox *sandbox, int build)
{
    AUTO_FREE char *text = str_format("%d\n", build ? build : 1000);
    sandbox_write(sandbox, "broken", text);
}

size_t rebuilt_runs(struct sandbox *sandbox)
{
    AUTO_FREE char *text = sandbox_read(sandbox, "runs");
    size_t count = 0;
    for (const char *c = text; *c; c++)
        count += *c == '\n';
    return count;
}

size_t rebuilt_pairs(struct sandbox *sandbox, const char *file, const char *part)
{
    struct error err = { 0 };
    AUTO_JSON json_t *result =
        json_read_file(sandbox_file(sandbox, file), ERROR_USAGE, &err);
    const json_t *from = part ? json_object_get(result, part) : result;
    const json_t *bench = json_array_get(json_object_get(from, "benches"), 0);
    return json_array_size(json_object_get(bench, "pairs"));
}
