/* Trees with names that lead out of the worktree. */

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/source/worktree.h"
#include "tests/unit/source/fixture.h"

/* libgit2 1.5 forgets a few bytes where it refuses such a name. */
const char *__lsan_default_suppressions(void)
{
    return "leak:libpcre2\nleak:libgit2\n";
}

static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    repository_commit_file(sandbox, "project", "run.sh", "#!/bin/sh\n", NULL);
}

/* Makes the commit of a tree that git itself would refuse to make: one entry of this
 * name. printf of the shell writes the raw id that a tree holds. */
static void
commit_entry(struct sandbox *sandbox, const char *name, char id[REPOSITORY_ID_SIZE])
{
    sandbox_must(sandbox,
                 "cd project && { printf '100644 %s\\0'; git rev-parse HEAD:run.sh | "
                 "perl -ne 'chomp; print pack(\"H*\", $_)'; } >../tree",
                 name);
    AUTO_FREE char *tree =
        repository_ask(sandbox, "project", "hash-object -t tree --literally -w ../tree");
    AUTO_FREE char *commit =
        repository_ask(sandbox, "project", "commit-tree -m escape %s", tree);
    memcpy(id, commit, REPOSITORY_ID_SIZE);
}

static void a_tree_that_leads_out_of_the_worktree_is_refused(void **state)
{
    struct sandbox *sandbox = *state;
    const char *const names[] = { "..", ".git", "../escaped", ".git/hooks/x",
                                  "a/../../x" };
    char id[REPOSITORY_ID_SIZE];
    make_project(sandbox);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error err = { 0 };
        commit_entry(sandbox, names[i], id);
        AUTO_SOURCE struct source *source = fixture_open(sandbox, "project");
        const char *out = sandbox_file(sandbox, "inner/out");

        assert_int_equal(source_add_worktree(source, id, out, &err), -1);

        assert_int_equal(err.code, ERROR_GIT);
        assert_contains(err.message, "cannot check out commit");
        assert_false(file_exists(out));
        assert_false(file_exists(sandbox_file(sandbox, "inner/escaped")));
        assert_false(file_exists(sandbox_file(sandbox, "inner/x")));
    }
    assert_int_equal(fixture_count_entries(sandbox), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_tree_that_leads_out_of_the_worktree_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
