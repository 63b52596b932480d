#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/layout.h"
#include "gate/build/programs.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* A tree "t" with two programs, a library, an object file, scripts and data. */
static int make_tree(void **state)
{
    if (sandbox_setup(state) < 0)
        return -1;
    sandbox_must(*state,
                 "mkdir -p t/bin t/lib && cd t && echo 'int main(void) { return 0; }' "
                 ">m.c && cc -o bin/prog m.c && cp bin/prog bin/other && cc -c -o m.o "
                 "m.c && echo 'int f(void) { return 1; }' >f.c && cc -shared -fPIC -o "
                 "lib/libf.so.1 f.c && ln -s libf.so.1 lib/libf.so && echo '#!/bin/sh' "
                 ">run.sh && echo text >notes.so.txt && echo 1 >data");
    return 0;
}

struct question {
    const char *argv[5];
    const char *binaries[3];
};
#define Q(...) ((struct question){ __VA_ARGS__ })

static void push_all(const char *const *texts, size_t most, struct strvec *out)
{
    for (size_t i = 0; i < most && texts[i]; i++)
        strvec_push(out, texts[i]);
}

static void
check_runs(struct sandbox *sandbox, struct question question, const char *want)
{
    AUTO_STRVEC struct strvec argv = { 0 };
    AUTO_STRVEC struct strvec binaries = { 0 };
    AUTO_STRVEC struct strvec names = { 0 };
    const struct layout_bench bench = { &argv, &binaries };
    push_all(question.argv, 5, &argv);
    push_all(question.binaries, 3, &binaries);

    programs_run_by(sandbox_file(sandbox, "t"), &bench, &names);

    AUTO_FREE char *found = strvec_join(&names, " ");
    assert_string_equal(found, want);
}

static void the_command_names_what_it_runs(void **state)
{
    struct sandbox *sandbox = *state;
    check_runs(sandbox, Q(.argv = { "./bin/prog", "10" }), "bin/prog");
    check_runs(sandbox, Q(.argv = { ".//bin/./prog" }), "bin/prog");
    check_runs(sandbox, Q(.argv = { sandbox_file(sandbox, "t/bin/prog") }), "bin/prog");
    check_runs(sandbox, Q(.argv = { "./run.sh", "./data" }), "run.sh");
    check_runs(sandbox, Q(.argv = { "taskset", "1", "bin/prog", "./data", "bin/other" }),
               "bin/prog bin/other");
    check_runs(sandbox, Q(.argv = { "python3", "./run.sh" }), "");
}

static void what_lies_elsewhere_or_nowhere_is_not_listed(void **state)
{
    struct sandbox *sandbox = *state;
    check_runs(sandbox, Q(.argv = { "prog" }), "");
    check_runs(sandbox, Q(.argv = { "/bin/sh", "-c", "bin/prog" }), "bin/prog");
    check_runs(sandbox, Q(.argv = { "bin/../bin/prog" }), "");
    check_runs(sandbox, Q(.argv = { "./gone", "./bin" }), "");
    check_runs(sandbox, Q(.argv = { "./" }), "");
    check_runs(sandbox, Q(.argv = { NULL }), "");
}

static void stated_files_alone_count(void **state)
{
    struct sandbox *sandbox = *state;
    check_runs(
        sandbox,
        Q(.argv = { "./bin/prog" }, .binaries = { "bin/other", "./run.sh", "gone" }),
        "bin/other run.sh");
}

static void shared_objects_are_found_wherever_they_lie(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STRVEC struct strvec names = { 0 };
    struct error err = { 0 };

    assert_int_equal(programs_shared(sandbox_file(sandbox, "t"), &names, &err), 0);

    AUTO_FREE char *found = strvec_join(&names, " ");
    assert_string_equal(found, "lib/libf.so.1");
    assert_int_equal(programs_shared(sandbox_file(sandbox, "gone"), &names, &err), -1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, make_tree, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_command_names_what_it_runs),
        T(what_lies_elsewhere_or_nowhere_is_not_listed),
        T(stated_files_alone_count),
        T(shared_objects_are_found_wherever_they_lie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
