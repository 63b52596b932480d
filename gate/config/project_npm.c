/* The scripts "bench", "benchmark" and "bench:..." of package.json. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/config/config.h"
#include "gate/config/project_kinds.h"

/* What installs the dependencies, by the lock file that says whose project it is. */
struct manager {
    const char *lock;
    const char *install;
    const char *run;
};
static const struct manager managers[] = {
    { "package-lock.json", "npm ci", "npm run --silent" },
    { "npm-shrinkwrap.json", "npm ci", "npm run --silent" },
    { "pnpm-lock.yaml", "pnpm install --frozen-lockfile", "pnpm run --silent" },
    { "yarn.lock", "yarn install --frozen-lockfile", "yarn run" },
};
static const struct manager without_lock = { NULL, "npm install", "npm run --silent" };

static const struct manager *manager_of(const struct project *project)
{
    for (size_t i = 0; i < sizeof managers / sizeof managers[0]; i++)
        if (project_find(project, managers[i].lock))
            return &managers[i];
    return &without_lock;
}

static bool is_bench_script(const char *name)
{
    return str_equal(name, "bench") || str_equal(name, "benchmark") ||
           str_starts_with(name, "bench:") || str_starts_with(name, "benchmark:");
}

static bool has_hook(json_t *scripts, const char *prefix, const char *name)
{
    AUTO_FREE char *hook = str_format("%s%s", prefix, name);
    return json_object_get(scripts, hook) != NULL;
}

/* "node bench.js" needs no npm, whose start would be measured too. */
static bool is_direct(json_t *scripts, const char *name, const char *command)
{
    AUTO_STRVEC struct strvec words = { 0 };
    struct error ignored = { 0 };
    return str_starts_with(command, "node ") && !strpbrk(command, "{}") &&
           command_split(command, &words, &ignored) == 0 &&
           !has_hook(scripts, "pre", name) && !has_hook(scripts, "post", name);
}

static void propose_script(json_t *scripts,
                           const char *name,
                           const struct manager *manager,
                           struct proposal *proposal)
{
    const char *command = json_string_value(json_object_get(scripts, name));
    AUTO_STR struct str run = STR_INIT;
    AUTO_FREE char *why = str_format("the script '%s'", name);
    bool runs_directly = is_direct(scripts, name, command);
    if (runs_directly) {
        str_add(&run, command);
    } else {
        str_addf(&run, "%s ", manager->run);
        add_word(&run, name);
        propose_note(proposal,
                     "'%s' is run by its package manager, whose start is measured too: "
                     "better name in \"run\" the program that it starts",
                     name);
    }
    propose_benchmark(proposal, &(struct proposed){ .name = name,
                                                    .run = run.data,
                                                    .why = why,
                                                    .file = "package.json" });
}

static bool has_dependencies(json_t *package)
{
    return json_object_size(json_object_get(package, "dependencies")) ||
           json_object_size(json_object_get(package, "devDependencies"));
}

static void look(const struct project *project, struct proposal *proposal)
{
    struct error err = { 0 };
    const struct manager *manager = manager_of(project);
    AUTO_JSON json_t *package = json_read_text(
        project_find(project, "package.json")->text, "package.json", ERROR_CONFIG, &err);
    json_t *scripts = json_object_get(package, "scripts");
    const char *name = NULL;
    json_t *command = NULL;
    if (!package)
        propose_note(proposal, "%s", err.message);
    if (manager->lock || has_dependencies(package))
        propose_build(proposal, manager->install);
    if (json_is_string(json_object_get(scripts, "build"))) {
        AUTO_FREE char *build = str_format("%s build", manager->run);
        propose_build(proposal, build);
    }
    json_object_foreach(scripts, name, command)
        if (is_bench_script(name) && json_is_string(command))
            propose_script(scripts, name, manager, proposal);
    if (!manager->lock && has_dependencies(package))
        propose_note(proposal,
                     "there is no lock file in git: both commits get the newest "
                     "dependencies of the day that they are built");
    propose_margins(proposal);
}

static const struct project_file *find(const struct project *project)
{
    return project_find(project, "package.json");
}

const struct project_kind project_npm = {
    .word = "npm",
    .title = "npm",
    .find = find,
    .look = look,
    .markers = "package.json",
    .looked_for = "the scripts 'bench', 'benchmark' and 'bench:...' in package.json",
    .smallest = "{ \"version\": 1, \"build\": { \"run\": [\"npm ci\"] }, \"suites\": [{ "
                "\"name\": \"speed\", \"benchmarks\": [{ \"name\": \"run\", \"run\": "
                "\"node PROGRAM.js\" }] }] }",
};
