/* The benchmarks of packages: benches/NAME.rs, benches/NAME/main.rs, and [[bench]] with a
 * name and a path of its own. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/config/project_kinds.h"
#include "gate/config/toml_line.h"

/* Before 0.4, Criterion takes whole seconds only. */
#define CRITERION_OPTIONS     "--warm-up-time 0.1 --measurement-time 0.2" CRITERION_SHORT
#define OLD_CRITERION_OPTIONS "--warm-up-time 1 --measurement-time 1" CRITERION_SHORT
#define CRITERION_SHORT       " --sample-size 10 --noplot"

struct package {
    const struct project_file *manifest;
    struct str directory;   /* "" or "crates/parser/" */
    struct str name;        /* "" for a workspace without a package */
    bool wants_no_search;   /* autobenches = false */
    bool has_old_criterion; /* a version before 0.4 */
};

static void package_clear(struct package *package)
{
    str_clear(&package->directory);
    str_clear(&package->name);
}

/* 'criterion = "0.3"', 'criterion = { version = "0.3" }', or the same in a section of
 * its own. */
static bool is_old_criterion(const struct toml_line *line)
{
    bool has_section = str_ends_with(line->section.data, "dependencies.criterion");
    if (!(has_section && str_equal(line->key.data, "version")) &&
        !(str_ends_with(line->section.data, "dependencies") &&
          str_equal(line->key.data, "criterion")))
        return false;
    const char *version = strpbrk(line->value.data, "0123456789");
    return version && version[0] == '0' && version[1] == '.' && version[2] >= '0' &&
           version[2] < '4' && !(version[3] >= '0' && version[3] <= '9');
}

static void read_package(const struct project_file *manifest, struct package *package)
{
    AUTO_TOML_LINE struct toml_line line = TOML_LINE_INIT;
    size_t length = strlen(manifest->name) - strlen("Cargo.toml");
    *package =
        (struct package){ .manifest = manifest, .directory = STR_INIT, .name = STR_INIT };
    str_add_bytes(&package->directory, manifest->name, length);
    for (const char *rest = manifest->text; toml_line_next(&rest, &line);) {
        if (line.has_key && is_old_criterion(&line))
            package->has_old_criterion = true;
        if (!str_equal(line.section.data, "package") || !line.has_key)
            continue;
        if (str_equal(line.key.data, "name")) {
            str_reset(&package->name);
            str_add(&package->name, line.value.data);
        }
        if (str_equal(line.key.data, "autobenches"))
            package->wants_no_search = str_equal(line.value.data, "false");
    }
}

static void propose(const struct package *package,
                    const char *bench,
                    const struct project_file *source,
                    struct proposal *proposal)
{
    bool is_criterion = source && strstr(source->text, "criterion");
    bool is_libtest = source && strstr(source->text, "#[bench]");
    AUTO_STR struct str which = STR_INIT;
    if (!is_plain_word(bench) || !is_plain_word(package->name.data))
        return;
    if (package->directory.length)
        str_addf(&which, "-p %s ", package->name.data);
    str_addf(&which, "--bench %s", bench);
    AUTO_FREE char *build = str_format("cargo bench --no-run %s", which.data);
    AUTO_FREE char *run =
        str_format("cargo bench %s%s", which.data,
                   !is_criterion                ? ""
                   : package->has_old_criterion ? " -- " OLD_CRITERION_OPTIONS
                                                : " -- " CRITERION_OPTIONS);
    AUTO_FREE char *name = package->directory.length
                               ? str_format("%s/%s", package->name.data, bench)
                               : xstrdup(bench);
    propose_build(proposal, build);
    propose_benchmark(
        proposal,
        &(struct proposed){ .name = name,
                            .run = run,
                            .format = is_criterion || is_libtest ? "criterion" : NULL,
                            .timeout = "5m",
                            .why = is_criterion ? "uses Criterion"
                                   : is_libtest ? "uses #[bench]"
                                                : "a bench target",
                            .file = source ? source->name : package->manifest->name });
    if (is_libtest && !is_criterion)
        propose_note(proposal, "#[bench] of '%s' needs a nightly toolchain", bench);
    if (!is_libtest && !is_criterion)
        propose_note(proposal,
                     "'%s' is neither Criterion's nor #[bench]: each run is measured as "
                     "a whole, with cargo around it",
                     bench);
}

/* "benches/parse.rs" and "benches/parse/main.rs" are "parse"; NULL for all else. */
static char *bench_of_file(const struct package *package, const char *file)
{
    AUTO_FREE char *prefix = str_format("%sbenches/", package->directory.data);
    if (!str_starts_with(file, prefix) || package->wants_no_search)
        return NULL;
    const char *name = file + strlen(prefix);
    if (!strchr(name, '/') && str_ends_with(name, ".rs"))
        return xstrndup(name, strlen(name) - 3);
    if (strchr(name, '/') && str_equal(strchr(name, '/'), "/main.rs"))
        return xstrndup(name, strcspn(name, "/"));
    return NULL;
}

/* A [[bench]] whose source does not lie where it would be found by itself. */
static void propose_listed(const struct project *project,
                           const struct package *package,
                           const char *name,
                           const char *path,
                           struct strvec *seen,
                           struct proposal *proposal)
{
    AUTO_FREE char *usual =
        path && *path ? xstrdup(path) : str_format("benches/%s.rs", name);
    AUTO_FREE char *file = str_format("%s%s", package->directory.data, usual);
    if (!*name || has_word(seen, name))
        return;
    strvec_push(seen, name);
    propose(package, name, project_find(project, file), proposal);
}

static void propose_list(const struct project *project,
                         const struct package *package,
                         struct strvec *seen,
                         struct proposal *proposal)
{
    AUTO_TOML_LINE struct toml_line line = TOML_LINE_INIT;
    AUTO_STR struct str name = STR_INIT;
    AUTO_STR struct str path = STR_INIT;
    for (const char *rest = package->manifest->text; toml_line_next(&rest, &line);) {
        if (!line.has_key && !line.value.length) {
            propose_listed(project, package, name.data, path.data, seen, proposal);
            str_reset(&name);
            str_reset(&path);
        }
        if (!line.has_key || !str_starts_with(line.section.data, "[bench"))
            continue;
        if (str_equal(line.key.data, "name"))
            str_add(&name, line.value.data);
        if (str_equal(line.key.data, "path"))
            str_add(&path, line.value.data);
    }
    propose_listed(project, package, name.data, path.data, seen, proposal);
}

static void propose_package(const struct project *project,
                            const struct package *package,
                            struct proposal *proposal)
{
    AUTO_STRVEC struct strvec seen = { 0 };
    propose_list(project, package, &seen, proposal);
    for (size_t i = 0; i < project->count; i++) {
        AUTO_FREE char *bench = bench_of_file(package, project->items[i].name);
        if (!bench || has_word(&seen, bench))
            continue;
        strvec_push(&seen, bench);
        propose(package, bench, &project->items[i], proposal);
    }
}

static void look(const struct project *project, struct proposal *proposal)
{
    for (size_t i = 0; i < project->count; i++) {
        AUTO(package_clear) struct package package = { 0 };
        if (!str_equal(path_base(project->items[i].name), "Cargo.toml") ||
            project_is_foreign(project->items[i].name))
            continue;
        read_package(&project->items[i], &package);
        if (package.name.length)
            propose_package(project, &package, proposal);
    }
    if (!project_find(project, "Cargo.lock"))
        propose_note(proposal, "there is no Cargo.lock in git: both commits get the "
                               "newest dependencies of the day that they are built");
    propose_margins(proposal);
}

static const struct project_file *find(const struct project *project)
{
    return project_find(project, "Cargo.toml");
}

const struct project_kind project_cargo = {
    .word = "cargo",
    .title = "Cargo",
    .find = find,
    .look = look,
    .markers = "Cargo.toml",
    .looked_for = "benches/*.rs and [[bench]] in each Cargo.toml",
    .smallest = "{ \"version\": 1, \"build\": { \"run\": [\"cargo build --release\"] }, "
                "\"suites\": [{ \"name\": \"speed\", \"benchmarks\": [{ \"name\": "
                "\"run\", \"run\": \"target/release/PROGRAM\" }] }] }",
};
