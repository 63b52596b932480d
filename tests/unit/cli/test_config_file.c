#include <stdio.h>

#include "gate/base/error.h"
#include "gate/cli/config_file.h"
#include "gate/config/config.h"
#include "gate/source/source.h"
#include "tests/support/check.h"
#include "tests/support/repository.h"

#define CONFIG                                                                 \
    "{\"version\": 1, \"build\": {\"run\": [\"true\"]}, \"baselines\": \"x\"," \
    " \"suites\": [{\"name\": \"s\", \"benchmarks\": [{\"name\": \"b\","       \
    " \"run\": \"true\"}]}]}"

static void assert_is_none(const struct config_file *file)
{
    assert_null(file->name);
    assert_null(file->text);
    assert_null(file->config);
}

static void a_file_is_read_with_its_name_and_text(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    const char *path = sandbox_file(sandbox, "top/pawl.json");
    sandbox_write(sandbox, "top/pawl.json", CONFIG);

    assert_int_equal(config_file_read(path, &file, &err), 0);

    assert_string_equal(file.name, path);
    assert_string_equal(file.text, CONFIG);
    assert_string_equal(file.config->baselines, "x");
}

static void a_file_that_is_not_there_is_none_and_no_error(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_CONFIG_FILE struct config_file file = { 0 };

    assert_int_equal(config_file_read(sandbox_file(sandbox, "nosuch"), &file, &err), 0);

    assert_is_none(&file);
}

static void the_options_file_must_be_there(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    const char *path = sandbox_file(sandbox, "nosuch");

    assert_int_equal(config_file_read_option(path, &file, &err), -1);

    assert_int_equal(err.code, ERROR_USAGE);
    assert_contains(err.message, "--config: cannot ");
    assert_contains(err.message, path);
    assert_is_none(&file);
}

/* A directory in its place is not "none", nor is a link that leads nowhere. */
static void what_cannot_be_read_is_an_error(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    sandbox_must(sandbox, "mkdir directory && ln -s nowhere link");

    assert_int_equal(config_file_read(sandbox_file(sandbox, "directory"), &file, &err),
                     -1);
    assert_int_equal(config_file_read(sandbox_file(sandbox, "link"), &file, &err), -1);
    assert_is_none(&file);
}

static void what_is_no_config_is_an_error_that_names_it(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    sandbox_write(sandbox, "bad.json", "{\"version\": 7}");
    sandbox_must(sandbox, "printf '%%s\\0' '" CONFIG "' > nul.json");

    assert_int_equal(config_file_read(sandbox_file(sandbox, "bad.json"), &file, &err),
                     -1);
    assert_int_equal(err.code, ERROR_CONFIG);
    assert_contains(err.message, "bad.json'");
    err = (struct error){ 0 };
    assert_int_equal(config_file_read(sandbox_file(sandbox, "nul.json"), &file, &err),
                     -1);
    assert_contains(err.message, "nul.json' has a NUL byte");
    assert_is_none(&file);
}

static void a_commits_is_named_after_the_commit(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    char id[REPOSITORY_ID_SIZE];
    char before[REPOSITORY_ID_SIZE];
    char name[64];
    AUTO_CONFIG_FILE struct config_file file = { 0 };
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "other", "x", before);
    repository_commit_file(sandbox, "project", "pawl.json", CONFIG, id);
    AUTO_SOURCE struct source *source = source_open(sandbox_file(sandbox, "project"),
                                                    sandbox_file(sandbox, "cache"), &err);
    assert_non_null(source);

    assert_int_equal(config_file_read_commit(source, before, &file, &err), 0);
    assert_is_none(&file);
    assert_int_equal(config_file_read_commit(source, id, &file, &err), 0);
    snprintf(name, sizeof name, "%.10s:pawl.json", id);
    assert_string_equal(file.name, name);
    assert_string_equal(file.config->baselines, "x");
}

static void a_detached_config_outlives_its_file(void **state)
{
    struct sandbox *sandbox = *state;
    struct error err = { 0 };
    struct config_file file = { 0 };
    sandbox_write(sandbox, "pawl.json", CONFIG);
    assert_int_equal(
        config_file_read_option(sandbox_file(sandbox, "pawl.json"), &file, &err), 0);

    AUTO_CONFIG struct config *config = config_file_detach(&file);
    config_file_clear(&file);

    assert_string_equal(config->baselines, "x");
    assert_is_none(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_read_with_its_name_and_text,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_there_is_none_and_no_error,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(the_options_file_must_be_there, repository_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_an_error, repository_setup,
                                        sandbox_teardown),
        cmocka_unit_test_setup_teardown(what_is_no_config_is_an_error_that_names_it,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(a_commits_is_named_after_the_commit,
                                        repository_setup, sandbox_teardown),
        cmocka_unit_test_setup_teardown(a_detached_config_outlives_its_file,
                                        repository_setup, sandbox_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
