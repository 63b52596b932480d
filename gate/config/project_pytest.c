/* Tests with the fixture of pytest-benchmark: "def test_parse(benchmark):". Each side
 * gets an environment of its own, with what the requirements and the package itself need.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/path.h"
#include "gate/config/project_kinds.h"
#include "gate/config/toml_line.h"

#define PLUGIN "pytest-benchmark"
#define OPTIONS                                   \
    "-q --benchmark-only --benchmark-warmup=off " \
    "--benchmark-max-time=0.1 --benchmark-json={work}/out.json"

static const char *const markers[] = {
    "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt",
    "pytest.ini",     "tox.ini",  NULL
};

static bool is_part_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether a parameter between the parentheses at text is called benchmark. */
static bool takes_fixture(const char *text)
{
    static const char fixture[] = "benchmark";
    const char *end = text + strcspn(text, ")");
    for (const char *c = text; c < end; c++) {
        if (!str_starts_with(c, fixture) || is_part_of_name(c[-1]))
            continue;
        if (!is_part_of_name(c[strlen(fixture)]))
            return true;
    }
    return false;
}

static bool has_benchmark(const char *text)
{
    for (const char *c = text; (c = strstr(c, "def test")) != NULL; c++) {
        const char *open = c + strcspn(c, "(\n");
        if (*open == '(' && takes_fixture(open + 1))
            return true;
    }
    return false;
}

/* As pytest finds its files. */
static bool is_test_file(const char *name)
{
    const char *base = path_base(name);
    return !project_is_foreign(name) && str_ends_with(base, ".py") &&
           (str_starts_with(base, "test_") || str_ends_with(base, "_test.py") ||
            names_bench(name));
}

/* The extra of pyproject.toml that brings the plugin, "" where none does. */
static char *extra_of(const struct project_file *pyproject)
{
    AUTO_TOML_LINE struct toml_line line = TOML_LINE_INIT;
    for (const char *rest = pyproject->text; toml_line_next(&rest, &line);)
        if (str_equal(line.section.data, "project.optional-dependencies") &&
            strstr(line.value.data, PLUGIN) && is_plain_word(line.key.data))
            return str_format("[%s]", line.key.data);
    return xstrdup("");
}

/* "[build-system]" or "[project]": what pip can install. */
static bool is_package(const struct project_file *pyproject)
{
    AUTO_TOML_LINE struct toml_line line = TOML_LINE_INIT;
    for (const char *rest = pyproject->text; toml_line_next(&rest, &line);)
        if (str_equal(line.section.data, "project") ||
            str_equal(line.section.data, "build-system"))
            return true;
    return false;
}

static void
propose_package(const struct project *project, struct str *install, bool *has_plugin)
{
    const struct project_file *pyproject = project_find(project, "pyproject.toml");
    if (pyproject && is_package(pyproject)) {
        AUTO_FREE char *extra = extra_of(pyproject);
        str_addf(install, " -e .%s", extra);
        *has_plugin |= *extra != '\0';
    } else if (project_find(project, "setup.py")) {
        str_add(install, " -e .");
    }
}

static void propose_recipe(const struct project *project, struct proposal *proposal)
{
    AUTO_STR struct str install = STR_INIT;
    bool has_plugin = false;
    str_add(&install, ".venv/bin/python -m pip install --quiet");
    for (size_t i = 0; i < project->count; i++) {
        const struct project_file *file = &project->items[i];
        bool brings_it = strstr(file->text, PLUGIN) != NULL;
        if (strchr(file->name, '/') || !str_ends_with(file->name, ".txt") ||
            !str_starts_with(file->name, "requirements") ||
            (!brings_it && !str_equal(file->name, "requirements.txt")))
            continue;
        str_add(&install, " -r ");
        add_word(&install, file->name);
        has_plugin |= brings_it;
    }
    propose_package(project, &install, &has_plugin);
    if (!has_plugin) {
        str_add(&install, " pytest " PLUGIN);
        propose_note(proposal, "no requirements name " PLUGIN ": both commits get the "
                               "newest of the day that they are built");
    }
    propose_build(proposal, "python3 -m venv .venv");
    propose_build(proposal, install.data);
}

static void look(const struct project *project, struct proposal *proposal)
{
    AUTO_STR struct str run = STR_INIT;
    const char *first = NULL;
    str_add(&run, ".venv/bin/python -m pytest " OPTIONS);
    for (size_t i = 0; i < project->count; i++) {
        const struct project_file *file = &project->items[i];
        if (!is_test_file(file->name) || !has_benchmark(file->text))
            continue;
        first = first ? first : file->name;
        str_add(&run, *file->name == '-' ? " ./" : " ");
        add_word(&run, file->name);
    }
    if (!first)
        return;
    propose_recipe(project, proposal);
    propose_benchmark(proposal,
                      &(struct proposed){ .name = "pytest",
                                          .run = run.data,
                                          .format = "pytest",
                                          .results = "{work}/out.json",
                                          .timeout = "10m",
                                          .why = "takes the fixture 'benchmark'",
                                          .file = first });
    json_object_set_new(proposal->margins, "wall", json_string("10%"));
}

static const struct project_file *find(const struct project *project)
{
    return project_find_any(project, markers);
}

const struct project_kind project_pytest = {
    .word = "pytest",
    .title = "Python",
    .find = find,
    .look = look,
    .markers = "pyproject.toml, setup.py, setup.cfg, requirements.txt, pytest.ini or "
               "tox.ini",
    .looked_for = "tests that take the fixture 'benchmark' of pytest-benchmark",
    .smallest =
        "{ \"version\": 1, \"suites\": [{ \"name\": \"speed\", \"benchmarks\": [{ "
        "\"name\": \"run\", \"run\": \"python3 PROGRAM.py\" }] }] }",
};
