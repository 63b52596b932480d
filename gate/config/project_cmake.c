/* Executables that link Google Benchmark, or that are called a benchmark. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/path.h"
#include "gate/config/cmake_call.h"
#include "gate/config/project_kinds.h"

struct target {
    char *name;
    char *file;  /* the CMakeLists.txt that makes it */
    char *place; /* where the program is put, from the top of the tree; NULL: as usual */
    char *program; /* its name there; NULL: that of the target */
    bool is_google;
};

struct cmake_project {
    struct target *items;
    size_t count;
    size_t capacity;
    char *place;            /* CMAKE_RUNTIME_OUTPUT_DIRECTORY */
    struct strvec switches; /* options that turn benchmarks on */
    struct strvec unnamed;  /* files with add_executable of a name that is computed */
};

static void cmake_clear(struct cmake_project *cmake)
{
    for (size_t i = 0; i < cmake->count; i++) {
        free(cmake->items[i].name);
        free(cmake->items[i].file);
        free(cmake->items[i].place);
        free(cmake->items[i].program);
    }
    array_clear(cmake);
    free(cmake->place);
    strvec_clear(&cmake->switches);
    strvec_clear(&cmake->unnamed);
}

static struct target *target_called(struct cmake_project *cmake, const char *name)
{
    for (size_t i = 0; i < cmake->count; i++)
        if (str_equal(cmake->items[i].name, name))
            return &cmake->items[i];
    return NULL;
}

/* Where a directory lies that a CMakeLists.txt names, from the top of the tree; NULL
 * where that takes more than the usual variables. The caller's. */
static char *place_of(const char *value, const char *file)
{
    AUTO_FREE char *directory = path_directory(file);
    AUTO_FREE char *below =
        str_equal(directory, ".") ? xstrdup("build") : path_join("build", directory);
    const struct {
        const char *variable;
        const char *means;
    } known[] = {
        { "${CMAKE_BINARY_DIR}", "build" },
        { "${PROJECT_BINARY_DIR}", "build" },
        { "${CMAKE_CURRENT_BINARY_DIR}", below },
        { "${CMAKE_SOURCE_DIR}", "." },
        { "${PROJECT_SOURCE_DIR}", "." },
        { "${CMAKE_CURRENT_SOURCE_DIR}", directory },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const char *rest = value + strlen(known[i].variable);
        if (str_starts_with(value, known[i].variable) && !strchr(rest, '$') &&
            (!*rest || *rest == '/'))
            return str_format("%s%s", known[i].means, rest);
    }
    return NULL;
}

static void
add_target(struct cmake_project *cmake, const struct cmake_call *call, const char *file)
{
    const char *name = call->words.items[0];
    const char *second = call->words.count > 1 ? call->words.items[1] : "";
    if (str_equal(second, "IMPORTED") || str_equal(second, "ALIAS"))
        return;
    if (strchr(name, '$') && names_bench(file))
        strvec_push(&cmake->unnamed, file);
    if (is_plain_word(name) && !target_called(cmake, name))
        *array_push(cmake) =
            (struct target){ .name = xstrdup(name), .file = xstrdup(file) };
}

static void add_libraries(struct cmake_project *cmake, const struct cmake_call *call)
{
    static const char *const google[] = { "benchmark::benchmark",
                                          "benchmark::benchmark_main", "benchmark",
                                          "benchmark_main" };
    struct target *target = target_called(cmake, call->words.items[0]);
    for (size_t i = 1; target && i < call->words.count; i++)
        for (size_t g = 0; g < sizeof google / sizeof google[0]; g++)
            target->is_google |= str_equal(call->words.items[i], google[g]);
}

static void add_properties(struct cmake_project *cmake, const struct cmake_call *call)
{
    struct target *target = target_called(cmake, call->words.items[0]);
    for (size_t i = 2; target && i + 1 < call->words.count; i += 2) {
        const char *value = call->words.items[i + 1];
        if (str_equal(call->words.items[i], "RUNTIME_OUTPUT_DIRECTORY")) {
            free(target->place);
            target->place = place_of(value, target->file);
        }
        if (str_equal(call->words.items[i], "OUTPUT_NAME") && is_plain_word(value)) {
            free(target->program);
            target->program = xstrdup(value);
        }
    }
}

/* option(NAME "text" OFF), cmake_dependent_option(NAME "text" OFF "condition" OFF). */
static void add_switch(struct cmake_project *cmake, const struct cmake_call *call)
{
    const char *name = call->words.items[0];
    const char *value = call->words.count > 2 ? call->words.items[2] : "OFF";
    if (names_bench(name) && is_plain_word(name) && !str_equal(value, "ON"))
        strvec_push(&cmake->switches, name);
}

static void
add_variable(struct cmake_project *cmake, const struct cmake_call *call, const char *file)
{
    const char *name = call->words.items[0];
    if (call->words.count < 2 || (!str_equal(name, "CMAKE_RUNTIME_OUTPUT_DIRECTORY") &&
                                  !str_equal(name, "EXECUTABLE_OUTPUT_PATH")))
        return;
    free(cmake->place);
    cmake->place = place_of(call->words.items[1], file);
}

static void add_call(struct cmake_project *cmake,
                     const struct cmake_call *call,
                     const struct project_file *file)
{
    const char *name = call->name.data;
    if (!call->words.count)
        return;
    if (str_equal(name, "add_executable"))
        add_target(cmake, call, file->name);
    else if (str_equal(name, "target_link_libraries"))
        add_libraries(cmake, call);
    else if (str_equal(name, "set_target_properties"))
        add_properties(cmake, call);
    else if (str_equal(name, "option") || str_equal(name, "cmake_dependent_option"))
        add_switch(cmake, call);
    else if (str_equal(name, "set"))
        add_variable(cmake, call, file->name);
}

static void read_calls(struct cmake_project *cmake, const struct project *project)
{
    for (size_t i = 0; i < project->count; i++) {
        const struct project_file *file = &project->items[i];
        AUTO_CMAKE_CALL struct cmake_call call = CMAKE_CALL_INIT;
        if (!str_equal(path_base(file->name), "CMakeLists.txt") ||
            project_is_foreign(file->name))
            continue;
        for (const char *rest = file->text; cmake_call_next(&rest, &call);)
            add_call(cmake, &call, file);
    }
}

static char *program_of(const struct cmake_project *cmake, const struct target *target)
{
    AUTO_FREE char *usual = place_of("${CMAKE_CURRENT_BINARY_DIR}", target->file);
    const char *place = target->place  ? target->place
                        : cmake->place ? cmake->place
                                       : usual;
    return path_join(place, target->program ? target->program : target->name);
}

static bool is_benchmark(const struct target *target)
{
    return target->is_google || names_bench(target->name);
}

static void propose_target(const struct cmake_project *cmake,
                           const struct target *target,
                           struct proposal *proposal)
{
    AUTO_FREE char *program = program_of(cmake, target);
    AUTO_STR struct str run = STR_INIT;
    add_word(&run, program);
    if (target->is_google)
        str_add(&run, " " PROJECT_GOOGLE_OPTIONS);
    propose_benchmark(
        proposal, &(struct proposed){ .name = target->name,
                                      .run = run.data,
                                      .format = target->is_google ? "google" : NULL,
                                      .timeout = target->is_google ? "5m" : NULL,
                                      .why = target->is_google ? "links Google Benchmark"
                                                               : "an executable",
                                      .file = target->file });
}

static void propose_recipe(const struct cmake_project *cmake, struct proposal *proposal)
{
    AUTO_STR struct str configure = STR_INIT;
    AUTO_STR struct str build = STR_INIT;
    str_add(&configure, "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release");
    for (size_t i = 0; i < cmake->switches.count; i++)
        str_addf(&configure, " -D%s=ON", cmake->switches.items[i]);
    str_add(&build, "cmake --build build -j \"$(nproc)\" --target");
    for (size_t i = 0; i < cmake->count; i++)
        if (is_benchmark(&cmake->items[i]))
            str_addf(&build, " %s", cmake->items[i].name);
    propose_build(proposal, configure.data);
    propose_shell_build(proposal, build.data);
}

static void look(const struct project *project, struct proposal *proposal)
{
    AUTO(cmake_clear) struct cmake_project cmake = { 0 };
    read_calls(&cmake, project);
    for (size_t i = 0; i < cmake.count; i++)
        if (is_benchmark(&cmake.items[i]))
            propose_target(&cmake, &cmake.items[i], proposal);
    propose_recipe(&cmake, proposal);
    propose_margins(proposal);
    for (size_t i = 0; i < cmake.unnamed.count; i++)
        propose_note(proposal,
                     "%s has an executable whose name is computed: it was passed over",
                     cmake.unnamed.items[i]);
}

static const struct project_file *find(const struct project *project)
{
    return project_find(project, "CMakeLists.txt");
}

const struct project_kind project_cmake = {
    .word = "cmake",
    .title = "CMake",
    .find = find,
    .look = look,
    .markers = "CMakeLists.txt",
    .looked_for = "executables that link Google Benchmark or have 'bench' in their name",
    .smallest =
        "{ \"version\": 1, \"build\": { \"run\": [\"cmake -S . -B build "
        "-DCMAKE_BUILD_TYPE=Release\", \"cmake --build build\"] }, \"suites\": [{ "
        "\"name\": \"speed\", \"benchmarks\": [{ \"name\": \"run\", \"run\": "
        "\"build/PROGRAM\" }] }] }",
};
