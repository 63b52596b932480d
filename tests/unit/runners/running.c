#include "tests/unit/runners/running.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "tests/support/check.h"

int running_setup(void **state)
{
    void *sandbox = NULL;
    if (sandbox_setup(&sandbox) != 0)
        return -1;
    struct error err = { 0 };
    struct running *running = xcalloc(1, sizeof *running);
    running->sandbox = sandbox;
    running->spawner = spawner_open(&err);
    if (!running->spawner)
        fail_msg("%s", err.message);
    strvec_pushf(&running->environment, "PATH=%s", getenv("PATH"));
    running->spec = (struct process_spec){
        .argv = &running->argv,
        .environment = &running->environment,
        .directory = running->sandbox->path,
        .stdout_path = sandbox_file(running->sandbox, "out"),
        .cpu = PROCESS_ANY_CPU,
    };
    *state = running;
    return 0;
}

int running_teardown(void **state)
{
    struct running *running = *state;
    spawner_close(running->spawner);
    strvec_clear(&running->argv);
    strvec_clear(&running->environment);
    void *sandbox = running->sandbox;
    free(running);
    return sandbox_teardown(&sandbox);
}

struct process_result run_words(struct running *running, const char *const *words)
{
    struct process_result result = { 0 };
    struct error err = { 0 };
    strvec_clear(&running->argv);
    for (; *words; words++)
        strvec_push(&running->argv, *words);
    if (process_run(running->spawner, &running->spec, &result, &err) < 0)
        fail_msg("%s", err.message);
    return result;
}

struct process_result run_script(struct running *running, const char *script)
{
    const char *words[] = { "sh", "-c", script, NULL };
    return run_words(running, words);
}

void assert_out(struct running *running, const char *want)
{
    AUTO_FREE char *out = sandbox_read(running->sandbox, "out");
    assert_string_equal(out, want);
}

int pidfd_of(pid_t pid)
{
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    assert_true(pidfd >= 0);
    return pidfd;
}

void assert_ends(int pidfd)
{
    struct pollfd fds = { .fd = pidfd, .events = POLLIN };
    int ready = poll(&fds, 1, 60000);
    close(pidfd);
    assert_int_equal(ready, 1);
}
