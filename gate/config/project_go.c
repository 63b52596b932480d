/* Packages with "func BenchmarkX(b *testing.B)": each is a test binary of its own. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/config/project_kinds.h"

#define BINARY  "pawl-bench.test"
#define OPTIONS "-test.run=NONE -test.bench=. -test.benchmem -test.benchtime=50ms"

/* As "go help test" has it: a name that goes on with no small letter. */
static bool has_benchmark(const char *text)
{
    static const char start[] = "func Benchmark";
    AUTO_STR struct str line = STR_INIT;
    while (take_line(&text, &line)) {
        const char *rest = line.data + strlen(start);
        if (str_starts_with(line.data, start) && !islower((unsigned char)*rest) &&
            strstr(rest, "testing.B)"))
            return true;
    }
    return false;
}

/* Directories that go itself passes over, and modules of their own. */
static bool is_passed_over(const struct project *project, const char *directory)
{
    for (const char *part = directory; part; part = strchr(part, '/')) {
        part += *part == '/';
        if ((*part == '.' && part[1]) || *part == '_')
            return true;
    }
    for (AUTO_FREE char *up = xstrdup(directory); !str_equal(up, ".");) {
        AUTO_FREE char *module = path_join(up, "go.mod");
        if (project_find(project, module))
            return true;
        char *next = path_directory(up);
        free(up);
        up = next;
    }
    return false;
}

/* What a package is called: its directory, or for the top the module's last word. */
static char *name_of(const struct project *project, const char *directory)
{
    static const char start[] = "module ";
    AUTO_STR struct str line = STR_INIT;
    if (!str_equal(directory, "."))
        return xstrdup(directory);
    for (const char *rest = project_find(project, "go.mod")->text;
         take_line(&rest, &line);)
        if (str_starts_with(line.data, start)) {
            AUTO_FREE char *module = strip(line.data + strlen(start));
            return xstrdup(path_base(module));
        }
    return xstrdup("go");
}

static void
propose(const struct project *project, const char *directory, struct proposal *proposal)
{
    bool is_top = str_equal(directory, ".");
    AUTO_FREE char *name = name_of(project, directory);
    AUTO_FREE char *package = is_top ? xstrdup(".") : str_format("./%s", directory);
    AUTO_FREE char *binary = str_format("%s/" BINARY, package);
    AUTO_FREE char *file = path_join(directory, "*_test.go");
    AUTO_STR struct str build = STR_INIT;
    AUTO_STR struct str run = STR_INIT;
    str_add(&build, "go test -c -o ");
    add_word(&build, binary);
    str_add_char(&build, ' ');
    add_word(&build, package);
    str_add(&run, is_top ? "./" : "{tree}/");
    add_word(&run, binary + 2);
    str_add(&run, " " OPTIONS);
    propose_build(proposal, build.data);
    propose_benchmark(proposal,
                      &(struct proposed){ .name = name,
                                          .run = run.data,
                                          .format = "go",
                                          .timeout = "5m",
                                          .cwd = is_top ? NULL : directory,
                                          .why = "has func Benchmark...",
                                          .file = is_top ? "*_test.go" : file });
}

static void look(const struct project *project, struct proposal *proposal)
{
    AUTO_STRVEC struct strvec directories = { 0 };
    for (size_t i = 0; i < project->count; i++) {
        const struct project_file *file = &project->items[i];
        AUTO_FREE char *directory = path_directory(file->name);
        if (!str_ends_with(file->name, "_test.go") || project_is_foreign(file->name) ||
            has_word(&directories, directory) || !has_benchmark(file->text) ||
            is_passed_over(project, directory))
            continue;
        strvec_push(&directories, directory);
        propose(project, directory, proposal);
    }
    propose_margins(proposal);
    json_object_del(proposal->margins, "cpu");
    json_object_set_new(proposal->margins, "allocations", json_string("1%"));
}

static const struct project_file *find(const struct project *project)
{
    return project_find(project, "go.mod");
}

const struct project_kind project_go = {
    .word = "go",
    .title = "Go",
    .find = find,
    .look = look,
    .markers = "go.mod",
    .looked_for = "func Benchmark...(b *testing.B) in *_test.go",
    .smallest = "{ \"version\": 1, \"build\": { \"run\": [\"go build -o PROGRAM .\"] }, "
                "\"suites\": [{ \"name\": \"speed\", \"benchmarks\": [{ \"name\": "
                "\"run\", \"run\": \"./PROGRAM\" }] }] }",
};
