#include "tests/unit/counting/counted.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "gate/base/path.h"
#include "gate/base/str.h"

int counted_setup(void **state)
{
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) != 0)
        return -1;
    struct error err = { 0 };
    struct counted *counted = xcalloc(1, sizeof *counted);
    counted->sandbox = sandbox;
    counted->spawner = spawner_open(&err);
    if (!counted->spawner)
        fail_msg("%s", err.message);
    strvec_pushf(&counted->environment, "PATH=%s", getenv("PATH"));
    *state = counted;
    return 0;
}

int counted_teardown(void **state)
{
    struct counted *counted = *state;
    spawner_close(counted->spawner);
    strvec_clear(&counted->argv);
    strvec_clear(&counted->environment);
    void *sandbox = counted->sandbox;
    free(counted);
    return sandbox_teardown(&sandbox);
}

char *truth_path(const char *name)
{
    char own[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    assert_true(length > 0);
    own[length] = '\0';
    AUTO_FREE char *directory = path_directory(own);
    return path_join(directory, name);
}

void counted_words(struct counted *counted, const char *program, const char *what)
{
    strvec_clear(&counted->argv);
    strvec_push_owned(&counted->argv, truth_path(program));
    strvec_push(&counted->argv, what);
}

struct process_result counted_run(struct counted *counted,
                                  const struct strvec *words,
                                  const struct strvec *environment)
{
    struct process_result result = { 0 };
    struct error err = { 0 };
    struct process_spec spec = { .argv = words,
                                 .environment = environment,
                                 .directory = counted->sandbox->path,
                                 .stdout_path = sandbox_file(counted->sandbox, "out"),
                                 .stderr_path = sandbox_file(counted->sandbox, "err"),
                                 .cpu = PROCESS_ANY_CPU };
    if (process_run(counted->spawner, &spec, &result, &err) < 0)
        fail_msg("%s", err.message);
    return result;
}
