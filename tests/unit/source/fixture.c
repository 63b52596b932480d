#include "tests/unit/source/fixture.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/source/worktree.h"

struct source *fixture_open(struct sandbox *sandbox, const char *directory)
{
    struct error err = { 0 };
    struct source *source = source_open(sandbox_file(sandbox, directory),
                                        sandbox_file(sandbox, "cache"), &err);
    if (!source)
        fail_msg("%s", err.message);
    return source;
}

char *fixture_open_failure(struct sandbox *sandbox, const char *directory)
{
    struct error err = { 0 };
    assert_null(source_open(sandbox_file(sandbox, directory),
                            sandbox_file(sandbox, "cache"), &err));
    assert_int_equal(err.code, ERROR_GIT);
    return xstrdup(err.message);
}

void fixture_must(int result, const struct error *err)
{
    if (result != 0)
        fail_msg("%s", err->message);
}

void fixture_check_out(struct sandbox *sandbox,
                       struct source *source,
                       const char *commit,
                       const char *directory)
{
    struct error err = { 0 };
    fixture_must(
        source_add_worktree(source, commit, sandbox_file(sandbox, directory), &err),
        &err);
}

void fixture_assert_file(struct sandbox *sandbox, const char *name, const char *text)
{
    AUTO_FREE char *found = sandbox_read(sandbox, name);
    assert_string_equal(found, text);
}

int fixture_count_entries(struct sandbox *sandbox)
{
    struct outcome outcome =
        sandbox_run(sandbox, "ls -d cache/git/*.git/worktrees/* 2>/dev/null | wc -l");
    int count = (int)strtol(outcome.out, NULL, 10);
    outcome_clear(&outcome);
    return count;
}

/* libgit2 1.5 forgets the match data of every regular expression that it tries, and tries
 * one on the config of repositories with extensions. */
__attribute__((weak)) const char *__lsan_default_suppressions(void)
{
    return "leak:libpcre2\n";
}
