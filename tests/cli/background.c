#include "tests/cli/background.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/support/repository.h"

#define LONG_ENOUGH_MS 60000

static void write_script(struct sandbox *sandbox, const char *comment)
{
    AUTO_FREE char *text = str_format("#!/bin/sh\n"
                                      "# %s\n"
                                      "cd '%s' || exit 9\n"
                                      "echo run >>runs\n"
                                      "read -r place <place\n"
                                      "[ \"$(wc -l <runs)\" = \"$place\" ] || exit 0\n"
                                      "echo $$ >reached\n"
                                      "exec sleep 600\n",
                                      comment, sandbox->path);
    sandbox_write(sandbox, "project/script", text);
    sandbox_must(sandbox, "chmod +x project/script");
}

void background_make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/pawl.json",
                  "{ \"version\": 1, \"margins\": { \"wall\": \"900%\", \"cpu\": "
                  "\"none\", \"peak_rss\": \"none\" },\n"
                  "  \"suites\": [{ \"name\": \"suite\", \"benchmarks\": [\n"
                  "    { \"name\": \"script\", \"run\": \"./script\" }] }] }\n");
    write_script(sandbox, "base");
    repository_commit_all(sandbox, "project", "base", NULL);
    write_script(sandbox, "head");
    repository_commit_all(sandbox, "project", "head", NULL);
    sandbox_write(sandbox, "runs", "");
    assert_int_equal(mkfifo(sandbox_file(sandbox, "reached"), 0600), 0);
    background_block_at(sandbox, 0);
}

void background_block_at(struct sandbox *sandbox, size_t run)
{
    AUTO_FREE char *text = str_format("%zu\n", run);
    sandbox_write(sandbox, "place", text);
}

size_t background_runs(struct sandbox *sandbox)
{
    AUTO_FREE char *text = sandbox_read(sandbox, "runs");
    size_t count = 0;
    for (const char *c = text; *c; c++)
        count += *c == '\n';
    return count;
}

static void become_pawl(struct sandbox *sandbox, const char *command)
{
    int in = open("/dev/null", O_RDONLY);
    int out = open(sandbox_file(sandbox, "out"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int err = open(sandbox_file(sandbox, "err"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out < 0 || err < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 ||
        dup2(err, 2) < 0 || chdir(sandbox_file(sandbox, "project")) < 0 ||
        prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        _exit(126);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* The process id that the script writes; fails the test where pawl ended before. */
static pid_t wait_for_place(struct sandbox *sandbox, int pawl_file, int reached)
{
    struct pollfd fds[] = { { .fd = reached, .events = POLLIN },
                            { .fd = pawl_file, .events = POLLIN } };
    char text[32] = { 0 };
    assert_true(poll(fds, 2, LONG_ENOUGH_MS) > 0);
    if (!(fds[0].revents & POLLIN)) {
        AUTO_FREE char *err = sandbox_read(sandbox, "err");
        fail_msg("pawl ended before its benchmark could block:\n%s", err);
    }
    assert_true(read(reached, text, sizeof text - 1) > 0);
    long pid = strtol(text, NULL, 10);
    assert_true(pid > 1);
    return (pid_t)pid;
}

static int pidfd_of(pid_t pid)
{
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    assert_true(pidfd >= 0);
    return pidfd;
}

struct background background_start(struct sandbox *sandbox, const char *arguments)
{
    struct background background = { 0 };
    AUTO_FREE char *command = str_format("exec %s %s", PAWL_PROGRAM, arguments);
    AUTO_FD int reached = open(sandbox_file(sandbox, "reached"), O_RDWR | O_CLOEXEC);
    assert_true(reached >= 0);

    background.pawl = fork();
    assert_true(background.pawl >= 0);
    if (background.pawl == 0)
        become_pawl(sandbox, command);
    AUTO_FD int pawl_file = pidfd_of(background.pawl);
    background.blocked = wait_for_place(sandbox, pawl_file, reached);
    background.blocked_file = pidfd_of(background.blocked);
    return background;
}

int background_end(struct background *background, int signal_number)
{
    int status = 0;
    struct pollfd fd = { .fd = background->blocked_file, .events = POLLIN };

    assert_true(background->pawl > 1);
    assert_int_equal(kill(background->pawl, signal_number), 0);
    assert_int_equal(waitpid(background->pawl, &status, 0), background->pawl);
    assert_int_equal(poll(&fd, 1, LONG_ENOUGH_MS), 1);
    fd_close(&background->blocked_file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
