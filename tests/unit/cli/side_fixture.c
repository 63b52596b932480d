#include "tests/unit/cli/side_fixture.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "tests/support/check.h"

int side_setup(void **state)
{
    static const char *const names[] = { "a", "b", "work-a", "work-b" };
    struct error err = { 0 };
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) < 0)
        return -1;
    struct side_fixture *f = xcalloc(1, sizeof *f);
    *state = f;
    f->sandbox = sandbox;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        sandbox_must(f->sandbox, "mkdir %s", names[i]);
    strvec_pushf(&f->environment, "PATH=%s", getenv("PATH"));
    f->spawner = spawner_open(&err);
    if (!f->spawner)
        fail_msg("%s", err.message);
    f->runner = SIDE_RUNNER_INIT;
    f->runner.benches = &f->bench;
    f->runner.environment = &f->environment;
    f->runner.hooks.spawner = f->spawner;
    side_runner_init(&f->runner);
    f->bench = (struct side_bench){
        .places = { { .tree = sandbox_file(f->sandbox, "a"),
                      .scratch = sandbox_file(f->sandbox, "work-a") },
                    { .tree = sandbox_file(f->sandbox, "b"),
                      .scratch = sandbox_file(f->sandbox, "work-b") } },
    };
    return 0;
}

int side_teardown(void **state)
{
    struct side_fixture *f = *state;
    void *sandbox = f->sandbox;
    benches_clear(&f->benches);
    config_free(f->config);
    strvec_clear(&f->environment);
    side_runner_clear(&f->runner);
    spawner_close(f->spawner);
    free(f);
    return sandbox_teardown(&sandbox);
}

void side_use_config(struct side_fixture *f, const char *shell, const char *members)
{
    struct error err = { 0 };
    AUTO_FREE char *text =
        str_format("{ \"version\": 1, \"suites\": [{ \"name\": \"s\", \"benchmarks\": ["
                   "{ \"name\": \"b\", \"shell\": %s, %s }] }] }",
                   shell, members);
    f->config = config_parse(text, "pawl.json", &err);
    if (!f->config)
        fail_msg("%s", err.message);
    benches_of(f->config, &f->benches);
    f->bench.bench = &f->benches.items[0];
}

void side_use_bench(struct side_fixture *f, const char *members)
{
    side_use_config(f, "true", members);
}

void side_run_pair(struct side_fixture *f, struct pair *pair)
{
    struct error err = { 0 };
    if (f->runner.runner.run_pair(&f->runner.runner, 0, pair, &err) < 0)
        fail_msg("%s", err.message);
}

void side_assert_file(struct side_fixture *f, const char *name, const char *want)
{
    AUTO_FREE char *text = sandbox_read(f->sandbox, name);
    assert_string_equal(text, want);
}
