/* What benchmark() is called with, executables that link Google Benchmark, and those that
 * are called a benchmark. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/path.h"
#include "gate/config/meson_call.h"
#include "gate/config/project_kinds.h"

struct program {
    char *variable; /* "" where it is assigned to none */
    char *name;
    char *directory; /* of the meson.build that makes it */
    char *file;
    bool is_google;
    bool is_called; /* by a benchmark() */
};

struct meson_project {
    struct program *items;
    size_t count;
    size_t capacity;
    struct strvec google;   /* variables that are Google Benchmark */
    struct strvec switches; /* options that turn benchmarks on: "bench=true" */
};

static void meson_clear(struct meson_project *meson)
{
    for (size_t i = 0; i < meson->count; i++) {
        free(meson->items[i].variable);
        free(meson->items[i].name);
        free(meson->items[i].directory);
        free(meson->items[i].file);
    }
    array_clear(meson);
    strvec_clear(&meson->google);
    strvec_clear(&meson->switches);
}

static bool goes_to(const struct meson_argument *argument, const char *keyword)
{
    return argument->keyword && str_equal(argument->keyword, keyword);
}

static const char *text_of(const struct meson_argument *argument)
{
    return argument ? argument->text : "";
}

/* A string that goes by its place and needs no quotes; NULL where it is something else.
 */
static const char *plain_at(const struct meson_call *call, size_t place)
{
    const struct meson_argument *argument = meson_call_at(call, place);
    return argument && argument->kind == MESON_STRING && is_plain_word(argument->text)
               ? argument->text
               : NULL;
}

static bool is_google_name(const char *name)
{
    return str_equal(name, "benchmark") || str_equal(name, "benchmark_main") ||
           str_equal(name, "google-benchmark");
}

static bool links_google(const struct meson_project *meson, const struct meson_call *call)
{
    for (size_t i = 0; i < call->count; i++) {
        const struct meson_argument *argument = &call->items[i];
        if (!goes_to(argument, "dependencies"))
            continue;
        if (argument->kind == MESON_CALL && str_equal(argument->function, "dependency") &&
            is_google_name(argument->text))
            return true;
        if (argument->kind == MESON_NAME && has_word(&meson->google, argument->text))
            return true;
    }
    return false;
}

static void add_program(struct meson_project *meson,
                        const struct meson_call *call,
                        const char *name,
                        const char *file)
{
    *array_push(meson) = (struct program){ .variable = xstrdup(call->variable.data),
                                           .name = xstrdup(name),
                                           .directory = path_directory(file),
                                           .file = xstrdup(file),
                                           .is_google = links_google(meson, call) };
}

/* option('bench', type: 'boolean', value: false), or of the type 'feature'. */
static void add_switch(struct meson_project *meson, const struct meson_call *call)
{
    const char *name = plain_at(call, 0);
    const char *type = text_of(meson_call_keyword(call, "type"));
    const char *value = text_of(meson_call_keyword(call, "value"));
    if (!name || !names_bench(name))
        return;
    if (str_equal(type, "boolean") && str_equal(value, "false"))
        strvec_pushf(&meson->switches, "%s=true", name);
    if (str_equal(type, "feature") && !str_equal(value, "enabled"))
        strvec_pushf(&meson->switches, "%s=enabled", name);
}

static void add_call(struct meson_project *meson,
                     const struct meson_call *call,
                     const struct project_file *file)
{
    const char *name = call->name.data;
    if (str_equal(name, "executable") && plain_at(call, 0))
        add_program(meson, call, plain_at(call, 0), file->name);
    else if (str_equal(name, "dependency") && call->variable.length &&
             is_google_name(text_of(meson_call_at(call, 0))))
        strvec_push(&meson->google, call->variable.data);
    else if (str_equal(name, "option"))
        add_switch(meson, call);
}

static bool is_of_meson(const struct project_file *file)
{
    const char *base = path_base(file->name);
    return !project_is_foreign(file->name) &&
           (str_equal(base, "meson.build") || str_equal(file->name, "meson.options") ||
            str_equal(file->name, "meson_options.txt"));
}

static void read_calls(struct meson_project *meson, const struct project *project)
{
    for (size_t i = 0; i < project->count; i++) {
        const struct project_file *file = &project->items[i];
        AUTO_MESON_CALL struct meson_call call = MESON_CALL_INIT;
        if (!is_of_meson(file))
            continue;
        for (const char *rest = file->text; meson_call_next(&rest, &call);)
            add_call(meson, &call, file);
    }
}

/* What benchmark()'s second argument stands for; NULL for what Meson alone knows. */
static struct program *program_of(struct meson_project *meson,
                                  const struct meson_argument *argument,
                                  const char *file)
{
    if (!argument)
        return NULL;
    if (argument->kind == MESON_CALL && str_equal(argument->function, "executable") &&
        is_plain_word(argument->text)) {
        const struct meson_call unassigned = MESON_CALL_INIT;
        add_program(meson, &unassigned, argument->text, file);
        return &meson->items[meson->count - 1];
    }
    for (size_t i = 0; argument->kind == MESON_NAME && i < meson->count; i++)
        if (str_equal(meson->items[i].variable, argument->text))
            return &meson->items[i];
    return NULL;
}

/* The path from the top of the tree, where the program is built. */
static char *place_of(const struct program *program)
{
    AUTO_FREE char *directory = str_equal(program->directory, ".")
                                    ? xstrdup("build")
                                    : path_join("build", program->directory);
    return path_join(directory, program->name);
}

/* The arguments that stand in the call; false where some are computed. */
static bool add_arguments(const struct meson_call *call, struct str *run)
{
    bool is_whole = true;
    for (size_t i = 0; i < call->count; i++) {
        const struct meson_argument *argument = &call->items[i];
        if (!goes_to(argument, "args"))
            continue;
        if (argument->kind == MESON_STRING) {
            str_add_char(run, ' ');
            add_word(run, argument->text);
        }
        is_whole &= argument->kind == MESON_STRING;
    }
    return is_whole;
}

static char *timeout_of(const struct meson_call *call)
{
    const char *seconds = text_of(meson_call_keyword(call, "timeout"));
    bool is_number = *seconds && !seconds[strspn(seconds, "0123456789")];
    return is_number && *seconds != '0' && strlen(seconds) < 6
               ? str_format("%ss", seconds)
               : NULL;
}

static void propose_program(struct program *program,
                            const struct meson_call *call, /* of benchmark(); or NULL */
                            struct proposal *proposal)
{
    AUTO_FREE char *place = place_of(program);
    AUTO_FREE char *timeout = call ? timeout_of(call) : NULL;
    AUTO_STR struct str run = STR_INIT;
    const char *name = call ? text_of(meson_call_at(call, 0)) : program->name;
    add_word(&run, place);
    bool is_whole = !call || add_arguments(call, &run);
    if (program->is_google)
        str_add(&run, " " PROJECT_GOOGLE_OPTIONS);
    if (!is_whole)
        propose_note(proposal, "'%s' has arguments that are computed: they were left out",
                     name);
    propose_benchmark(proposal, &(struct proposed){
                                    .name = name,
                                    .run = run.data,
                                    .format = program->is_google ? "google" : NULL,
                                    .timeout = timeout              ? timeout
                                               : program->is_google ? "5m"
                                                                    : NULL,
                                    .why = call                 ? "a benchmark()"
                                           : program->is_google ? "links Google Benchmark"
                                                                : "an executable",
                                    .file = program->file });
    program->is_called = true;
}

static void propose_calls(struct meson_project *meson,
                          const struct project_file *file,
                          struct proposal *proposal)
{
    AUTO_MESON_CALL struct meson_call call = MESON_CALL_INIT;
    for (const char *rest = file->text; meson_call_next(&rest, &call);) {
        if (!str_equal(call.name.data, "benchmark"))
            continue;
        const struct meson_argument *name = meson_call_at(&call, 0);
        struct program *program = program_of(meson, meson_call_at(&call, 1), file->name);
        if (program && name && name->kind == MESON_STRING)
            propose_program(program, &call, proposal);
        else
            propose_note(proposal,
                         "%s has a benchmark() whose name or program is computed: it was "
                         "passed over",
                         file->name);
    }
}

static void propose_recipe(const struct meson_project *meson, struct proposal *proposal)
{
    AUTO_STR struct str setup = STR_INIT;
    AUTO_STR struct str compile = STR_INIT;
    AUTO_STRVEC struct strvec named = { 0 };
    str_add(&setup, "meson setup build --buildtype=release");
    for (size_t i = 0; i < meson->switches.count; i++)
        str_addf(&setup, " -D%s", meson->switches.items[i]);
    str_add(&compile, "meson compile -C build");
    for (size_t i = 0; i < meson->count; i++) {
        const struct program *program = &meson->items[i];
        AUTO_FREE char *target = str_equal(program->directory, ".")
                                     ? xstrdup(program->name)
                                     : path_join(program->directory, program->name);
        if (!program->is_called || has_word(&named, target))
            continue;
        strvec_push(&named, target);
        str_add_char(&compile, ' ');
        add_word(&compile, target);
    }
    propose_build(proposal, setup.data);
    propose_build(proposal, compile.data);
}

static void look(const struct project *project, struct proposal *proposal)
{
    AUTO(meson_clear) struct meson_project meson = { 0 };
    read_calls(&meson, project);
    for (size_t i = 0; i < project->count; i++)
        if (is_of_meson(&project->items[i]))
            propose_calls(&meson, &project->items[i], proposal);
    for (size_t i = 0; i < meson.count; i++) {
        struct program *program = &meson.items[i];
        if (!program->is_called && (program->is_google || names_bench(program->name)))
            propose_program(program, NULL, proposal);
    }
    propose_recipe(&meson, proposal);
    propose_margins(proposal);
}

static const struct project_file *find(const struct project *project)
{
    return project_find(project, "meson.build");
}

const struct project_kind project_meson = {
    .word = "meson",
    .title = "Meson",
    .find = find,
    .look = look,
    .markers = "meson.build",
    .looked_for = "calls of benchmark(), executables that link Google Benchmark or have "
                  "'bench' in their name",
    .smallest = "{ \"version\": 1, \"build\": { \"run\": [\"meson setup build "
                "--buildtype=release\", \"meson compile -C build\"] }, \"suites\": [{ "
                "\"name\": \"speed\", \"benchmarks\": [{ \"name\": \"run\", \"run\": "
                "\"build/PROGRAM\" }] }] }",
};
