#include "runners/callgrind/callgrind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/path.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/base/tree.h"
#include "runners/callgrind/profile.h"
#include "runners/callgrind/valgrind_words.h"
#include "runners/preload.h"
#include "runners/process.h"

/* Each process writes its profile to "out.<pid>", and what valgrind has to say to
 * "log.<pid>", which it makes at its start. */
static const char profile_prefix[] = "out.";
static const char log_prefix[] = "log.";

static const char not_installed[] =
    "valgrind is not installed (Debian, Ubuntu: apt-get install valgrind)";

void callgrind_clear(struct callgrind *callgrind)
{
    free(callgrind->version);
    free(callgrind->why_not);
    free(callgrind->fork_library);
    *callgrind = (struct callgrind){ 0 };
}

int callgrind_begin(const char *directory, struct error *err)
{
    return tree_remove(directory, err) < 0 ? -1 : tree_make(directory, err);
}

void callgrind_wrap(const struct strvec *argv,
                    const char *directory,
                    struct strvec *words)
{
    /* Only what the total needs: no caches, branches or jumps. */
    valgrind_words_begin(words, "callgrind");
    strvec_push(words, "--dump-instr=no");
    strvec_push(words, "--collect-jumps=no");
    strvec_push(words, "--cache-sim=no");
    strvec_push(words, "--branch-sim=no");
    valgrind_words_push_file(words, "--callgrind-out-file=", directory, profile_prefix);
    valgrind_words_push_file(words, "--log-file=", directory, log_prefix);
    strvec_push(words, "--");
    strvec_push_all(words, argv);
}

void callgrind_prepare_environment(const struct callgrind *callgrind,
                                   struct strvec *environment)
{
    if (callgrind->fork_library)
        preload_add(environment, callgrind->fork_library);
}

/* While a directory is gone through. */
struct collecting {
    const char *directory;
    struct callgrind_count count;
    struct strvec logs; /* their names */
};

static void stop_collecting(struct collecting *collecting)
{
    strvec_clear(&collecting->logs);
}

static int
collect(void *context, const char *name, const struct stat *info, struct error *err)
{
    struct collecting *collecting = context;
    uint64_t instructions = 0;
    (void)info;
    if (str_starts_with(name, log_prefix))
        strvec_push(&collecting->logs, name);
    if (!str_starts_with(name, profile_prefix))
        return 0;
    AUTO_FREE char *path = path_join(collecting->directory, name);
    if (profile_read_total(path, "Ir", &instructions, err) < 0)
        return -1;
    collecting->count.instructions += instructions;
    collecting->count.process_count++;
    return 0;
}

/* What valgrind says of itself; the caller's, NULL for nothing. Other lines of a log are
 * about the program. */
static char *read_complaint(const char *directory, const char *log)
{
    AUTO_FREE char *path = path_join(directory, log);
    AUTO_STR struct str text = STR_INIT;
    struct error ignored = { 0 };
    if (file_read(path, &text, &ignored) < 0)
        return NULL;
    const char *complaint = strstr(text.data, "valgrind: ");
    return complaint ? xstrndup(complaint, strcspn(complaint, "\n")) : NULL;
}

/* A process that had started, and was killed before it could write its count. */
static int
check_log(const struct collecting *collecting, const char *log, struct error *err)
{
    const char *pid = log + strlen(log_prefix);
    AUTO_FREE char *profile =
        str_format("%s/%s%s", collecting->directory, profile_prefix, pid);
    if (file_exists(profile))
        return 0;
    AUTO_FREE char *complaint = read_complaint(collecting->directory, log);
    return error_set(err, ERROR_BENCHMARK,
                     "process %s ended without a count of its instructions (%s)", pid,
                     complaint ? complaint : "killed?");
}

int callgrind_read(const char *directory,
                   struct callgrind_count *count,
                   struct error *err)
{
    AUTO(stop_collecting) struct collecting collecting = { .directory = directory };
    if (tree_walk(directory, collect, &collecting, err) < 0)
        return -1;
    for (size_t i = 0; i < collecting.logs.count; i++)
        if (check_log(&collecting, collecting.logs.items[i], err) < 0)
            return -1;
    if (!collecting.count.process_count)
        return error_set(err, ERROR_BENCHMARK, "callgrind left no count in '%s'",
                         directory);
    *count = collecting.count;
    return 0;
}

/* While profiles are listed. */
struct listing {
    const char *directory;
    struct strvec *paths;
};

static int
list(void *context, const char *name, const struct stat *info, struct error *err)
{
    const struct listing *listing = context;
    (void)info;
    (void)err;
    if (str_starts_with(name, profile_prefix))
        strvec_push_owned(listing->paths, path_join(listing->directory, name));
    return 0;
}

int callgrind_list(const char *directory, struct strvec *paths, struct error *err)
{
    struct listing listing = { directory, paths };
    return tree_walk(directory, list, &listing, err);
}

/* While the version is looked for. */
struct looking {
    const char *directory;
    char *version;
};

/* In a profile: "creator: callgrind-3.19.0". */
static int
find_version(void *context, const char *name, const struct stat *info, struct error *err)
{
    static const char creator[] = "\ncreator: callgrind-";
    struct looking *looking = context;
    (void)info;
    if (looking->version || !str_starts_with(name, profile_prefix))
        return 0;
    AUTO_FREE char *path = path_join(looking->directory, name);
    AUTO_STR struct str text = STR_INIT;
    if (file_read(path, &text, err) < 0)
        return -1;
    const char *line = strstr(text.data, creator);
    if (line)
        looking->version =
            xstrndup(line + strlen(creator), strcspn(line + strlen(creator), "\r\n"));
    return 0;
}

/* Why the trial run came to nothing; the caller's. NULL where it went well. */
static char *judge_trial(const struct process_spec *spec,
                         const struct process_result *result,
                         const char *directory)
{
    struct callgrind_count count = { 0 };
    struct error err = { 0 };
    if (result->end == PROCESS_NOT_STARTED && result->start_errno == ENOENT)
        return xstrdup(not_installed);
    int got = callgrind_read(directory, &count, &err);
    if (got == 0 && process_succeeded(result))
        return NULL;
    AUTO_FREE char *how = process_describe(spec, result);
    return str_format("valgrind does not work here: %s", got < 0 ? err.message : how);
}

int callgrind_probe(struct spawner *spawner,
                    const struct strvec *environment,
                    const char *directory,
                    struct callgrind *callgrind,
                    struct error *err)
{
    AUTO_STRVEC struct strvec argv = { 0 };
    AUTO_STRVEC struct strvec words = { 0 };
    struct process_result result = { 0 };
    struct looking looking = { .directory = directory };
    callgrind->fork_library = preload_find("libpawl-fork.so", err);
    if (!callgrind->fork_library || callgrind_begin(directory, err) < 0)
        return -1;
    strvec_push(&argv, "true");
    callgrind_wrap(&argv, directory, &words);
    struct process_spec spec = { .argv = &words,
                                 .environment = environment,
                                 .timeout_ns = 60 * INT64_C(1000000000),
                                 .cpu = PROCESS_ANY_CPU };
    if (process_run(spawner, &spec, &result, err) < 0 ||
        tree_walk(directory, find_version, &looking, err) < 0)
        return -1;
    callgrind->version = looking.version;
    callgrind->why_not = judge_trial(&spec, &result, directory);
    callgrind->works = !callgrind->why_not;
    return 0;
}
