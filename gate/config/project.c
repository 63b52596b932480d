#include "gate/config/project.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/path.h"
#include "gate/config/project_kinds.h"

/* A makefile comes last: where there is something else it often only calls that. */
static const struct project_kind *const kinds[] = {
    &project_cmake, &project_meson,  &project_cargo, &project_go,
    &project_npm,   &project_pytest, &project_make,
};
enum {
    KIND_COUNT = sizeof kinds / sizeof kinds[0]
};

void project_add(struct project *project, const char *name, const char *text)
{
    *array_push(project) = (struct project_file){ xstrdup(name), xstrdup(text) };
}

void project_clear(struct project *project)
{
    for (size_t i = 0; i < project->count; i++) {
        free(project->items[i].name);
        free(project->items[i].text);
    }
    array_clear(project);
}

bool project_reads(const char *name)
{
    static const char *const whole[] = {
        "CMakeLists.txt", "meson.build", "meson.options", "meson_options.txt",
        "GNUmakefile",    "makefile",    "Makefile",      "Cargo.toml",
        "go.mod",         "setup.cfg",   "package.json",  "pyproject.toml",
        "setup.py",       "tox.ini",     "pytest.ini",
    };
    static const char *const endings[] = { "_test.go", ".rs", ".py" };
    const char *base = path_base(name);
    if (project_is_foreign(name))
        return false;
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (str_equal(base, whole[i]))
            return true;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (str_ends_with(base, endings[i]))
            return true;
    return str_ends_with(base, ".txt") && str_starts_with(base, "requirements");
}

void proposal_clear(struct proposal *proposal)
{
    json_release(&proposal->build);
    json_release(&proposal->margins);
    json_release(&proposal->benchmarks);
    strvec_clear(&proposal->found);
    strvec_clear(&proposal->notes);
    free(proposal->marker);
    *proposal = (struct proposal){ 0 };
}

/* False where it is no project of that kind. */
static bool
look(const struct project *project, const struct project_kind *kind, struct proposal *out)
{
    const struct project_file *marker = kind->find(project);
    if (!marker)
        return false;
    *out = (struct proposal){ .title = kind->title,
                              .marker = xstrdup(marker->name),
                              .build = json_array(),
                              .margins = json_object(),
                              .benchmarks = json_array() };
    kind->look(project, out);
    return true;
}

static const struct project_kind *kind_called(const char *word, struct error *err)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (str_equal(kinds[i]->word, word))
            return kinds[i];
    error_set(err, ERROR_USAGE, "--kind must be " PROJECT_KINDS ", not '%s'", word);
    return NULL;
}

static int no_project(const struct project *project,
                      const struct project_kind *only,
                      struct error *err)
{
    AUTO_STR struct str markers = STR_INIT;
    if (!project->count)
        return error_set(err, ERROR_CONFIG,
                         "git tracks no file here yet, and other files are not looked "
                         "at: 'git add' the project's, committed or not");
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (!only || kinds[i] == only)
            str_addf(&markers, "%s%s", markers.length ? ", " : "", kinds[i]->markers);
    return error_set(
        err, ERROR_CONFIG,
        "no %s project found: of the files that git tracks at the top of the "
        "repository none is %s; the smallest pawl.json to write by hand: %s",
        only ? only->title : "known", markers.data,
        only ? only->smallest : project_make.smallest);
}

static int
no_benchmark(const struct project_kind *kind, const char *marker, struct error *err)
{
    return error_set(
        err, ERROR_CONFIG,
        "no benchmark found in this %s project (%s): looked for %s; the smallest "
        "pawl.json to write by hand, with a program of yours for PROGRAM: %s",
        kind->title, marker, kind->looked_for, kind->smallest);
}

/* What other kinds would have to offer. */
static void note_others(const struct project *project, size_t from, struct proposal *out)
{
    for (size_t i = from; i < KIND_COUNT; i++) {
        AUTO_PROPOSAL struct proposal other = { 0 };
        if (look(project, kinds[i], &other) && json_array_size(other.benchmarks))
            propose_note(out, "%s (%s) has benchmarks too: --kind %s takes those instead",
                         other.title, other.marker, kinds[i]->word);
    }
}

int project_propose(const struct project *project,
                    const char *kind,
                    struct proposal *out,
                    struct error *err)
{
    const struct project_kind *only = kind ? kind_called(kind, err) : NULL;
    const struct project_kind *first = NULL;
    AUTO_FREE char *marker = NULL;
    if (kind && !only)
        return -1;
    for (size_t i = 0; i < KIND_COUNT; i++) {
        AUTO_PROPOSAL struct proposal proposal = { 0 };
        if ((only && kinds[i] != only) || !look(project, kinds[i], &proposal))
            continue;
        if (json_array_size(proposal.benchmarks)) {
            if (!only)
                note_others(project, i + 1, &proposal);
            *out = proposal;
            proposal = (struct proposal){ 0 };
            return 0;
        }
        if (!first) {
            first = kinds[i];
            marker = xstrdup(proposal.marker);
        }
    }
    return first ? no_benchmark(first, marker, err) : no_project(project, only, err);
}

char *proposal_text(const struct proposal *proposal)
{
    AUTO_JSON json_t *config = json_pack("{s:i}", "version", 1);
    if (json_array_size(proposal->build))
        json_object_set_new(
            config, "build",
            json_pack("{s:O,s:s}", "run", proposal->build, "timeout", "30m"));
    json_object_set(config, "margins", proposal->margins);
    json_object_set_new(
        config, "suites",
        json_pack("[{s:s,s:O}]", "name", "bench", "benchmarks", proposal->benchmarks));
    AUTO_FREE char *dumped = json_dumps(config, JSON_INDENT(2));
    return str_format("%s\n", dumped);
}
