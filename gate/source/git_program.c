#include "gate/source/git_program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/interrupt.h"
#include "gate/source/plain_text.h"
#include "gate/source/workspace.h"

void git_run_clear(struct git_run *run)
{
    str_clear(&run->out);
    str_clear(&run->err);
}

/* What would point git at another repository (pawl may run in a hook) or make it speak
 * another language. */
static bool is_left_out(const char *variable)
{
    static const char *const names[] = {
        "GIT_DIR=",
        "GIT_WORK_TREE=",
        "GIT_INDEX_FILE=",
        "GIT_COMMON_DIR=",
        "GIT_OBJECT_DIRECTORY=",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
        "GIT_NAMESPACE=",
        "GIT_PREFIX=",
        "GIT_QUARANTINE_PATH=",
        "LC_ALL=",
        "LANGUAGE=",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_starts_with(variable, names[i]))
            return true;
    }
    return false;
}

static void fill_environment(struct strvec *out)
{
    for (char **variable = environ; *variable; variable++) {
        if (!is_left_out(*variable))
            strvec_push(out, *variable);
    }
    strvec_push(out, "LC_ALL=C");
}

/* Files in memory, so that nobody has to read two pipes at once. */
struct outputs {
    int out;
    int err;
};

static void outputs_clear(struct outputs *outputs)
{
    fd_close(&outputs->out);
    fd_close(&outputs->err);
}

static int start(const struct strvec *command,
                 const struct outputs *outputs,
                 pid_t *child,
                 struct error *err)
{
    AUTO_STRVEC struct strvec environment = { 0 };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t back_to_default;
    fill_environment(&environment);
    sigemptyset(&back_to_default);
    sigaddset(&back_to_default, SIGPIPE); /* pawl ignores it */
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigdefault(&attributes, &back_to_default);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, outputs->out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, outputs->err, STDERR_FILENO);
    errno = posix_spawnp(child, "git", &files, &attributes, command->items,
                         environment.items);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (errno == ENOENT)
        return error_set(err, ERROR_SYSTEM,
                         "there is no git program here, and pushing and pulling needs "
                         "one: apt-get install git");
    return errno ? error_errno(err, "cannot run 'git'") : 0;
}

/* git removes its lock files when it is told to end; so it is waited for. */
static int wait_for(pid_t child, int *exit_code, struct error *err)
{
    int status = 0;
    struct error interruption = { 0 };
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return error_errno(err, "cannot wait for 'git'");
        if (interrupt_check(&interruption) < 0)
            kill(child, SIGTERM);
    }
    if (interruption.code != ERROR_NONE)
        return error_set(err, interruption.code, "%s", interruption.message);
    *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return 0;
}

static int read_all(int fd, struct str *out, struct error *err)
{
    char part[4096];
    off_t at = 0;
    ssize_t got = 0;
    while ((got = pread(fd, part, sizeof part, at)) > 0) {
        str_add_bytes(out, part, (size_t)got);
        at += got;
    }
    return got < 0 ? error_errno(err, "cannot read what 'git' printed") : 0;
}

int git_program_run(const char *directory,
                    const struct strvec *arguments,
                    struct git_run *run,
                    struct error *err)
{
    AUTO(outputs_clear)
    struct outputs outputs = { memfd_create("out", MFD_CLOEXEC),
                               memfd_create("err", MFD_CLOEXEC) };
    AUTO_STRVEC struct strvec command = { 0 };
    pid_t child = 0;
    if (outputs.out < 0 || outputs.err < 0)
        return error_errno(err, "cannot make room for what 'git' prints");
    strvec_push(&command, "git");
    if (workspace_holds_foreign(directory)) {
        strvec_push(&command, "-c");
        strvec_pushf(&command, "safe.directory=%s", directory);
    }
    strvec_push(&command, "-C");
    strvec_push(&command, directory);
    strvec_push_all(&command, arguments);
    if (start(&command, &outputs, &child, err) < 0 ||
        wait_for(child, &run->exit_code, err) < 0)
        return -1;
    str_reset(&run->out);
    str_reset(&run->err);
    return read_all(outputs.out, &run->out, err) < 0 ||
                   read_all(outputs.err, &run->err, err) < 0
               ? -1
               : 0;
}

static const char *after_prefix(const char *line)
{
    static const char *const prefixes[] = { "fatal: ", "error: ", "remote: ", "ssh: " };
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (str_starts_with(line, prefixes[i]))
            return line + strlen(prefixes[i]);
    }
    return NULL;
}

char *git_run_words(const struct git_run *run)
{
    AUTO_STR struct str words = STR_INIT;
    const char *line = run->err.data;
    while (*line) {
        size_t length = strcspn(line, "\r\n");
        const char *meant = after_prefix(line);
        size_t skipped = meant ? (size_t)(meant - line) : 0;
        if (meant && length > skipped) {
            str_add(&words, words.length > 0 ? "; " : "");
            str_add_bytes(&words, meant, length - skipped);
        }
        line += length + strspn(line + length, "\r\n");
    }
    if (words.length == 0)
        str_addf(&words, "git ended with %d", run->exit_code);
    str_truncate(&words, 800);
    return str_detach(&words);
}
