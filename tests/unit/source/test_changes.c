#include <stdlib.h>

#include "gate/base/str.h"
#include "gate/source/changes.h"
#include "gate/source/revision.h"
#include "tests/unit/source/fixture.h"

static void add_change(struct str *text, const struct change *change)
{
    str_addf(text, "%c %s %s\n", change->status,
             change->old_path ? change->old_path : "-",
             change->new_path ? change->new_path : "-");
}

static void
check_changes(struct sandbox *sandbox, const char *directory, const char *want)
{
    struct revision old_head = { 0 };
    struct revision new_head = { 0 };
    struct error err = { 0 };
    AUTO_CHANGES struct changes changes = { 0 };
    AUTO_STR struct str text = STR_INIT;
    AUTO_SOURCE struct source *source = fixture_open(sandbox, directory);
    fixture_must(source_resolve(source, "HEAD~1", &old_head, &err), &err);
    fixture_must(source_resolve(source, "HEAD", &new_head, &err), &err);
    fixture_must(
        source_list_changes(source, old_head.commit, new_head.tree, &changes, &err),
        &err);
    for (size_t i = 0; i < changes.count; i++)
        add_change(&text, &changes.items[i]);
    assert_string_equal(text.data, want);
}

static void make_project(struct sandbox *sandbox)
{
    repository_make(sandbox, "project");
    sandbox_write(sandbox, "project/edit", "1\n");
    sandbox_write(sandbox, "project/gone", "some text\n");
    sandbox_write(sandbox, "project/mode", "#!/bin/sh\n");
    sandbox_write(sandbox, "project/kind", "a file\n");
    sandbox_write(sandbox, "project/old/name", "one\ntwo\nthree\nfour\nfive\nsix\n");
    sandbox_write(sandbox, "project/same", "same\n");
    repository_commit_all(sandbox, "project", "first", NULL);
}

static void every_kind_of_change_is_listed_by_path(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    sandbox_must(sandbox, "cd project && echo 2 >edit && rm gone && chmod +x mode && "
                          "ln -sf same kind && mkdir new && git mv old/name new/name && "
                          "echo seven >>new/name && echo x >added");
    repository_commit_all(sandbox, "project", "second", NULL);

    check_changes(sandbox, "project",
                  "A - added\n"
                  "M edit edit\n"
                  "D gone -\n"
                  "M kind kind\n"
                  "M mode mode\n"
                  "R old/name new/name\n");
}

static void equal_trees_have_no_changes(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    repository_commit_all(sandbox, "project", "empty", NULL);

    check_changes(sandbox, "project", "");
}

static void without_the_blobs_a_rename_is_two_changes(void **state)
{
    struct sandbox *sandbox = *state;
    make_project(sandbox);
    sandbox_must(sandbox, "cd project && git mv old/name name && echo seven >>name");
    repository_commit_all(sandbox, "project", "second", NULL);
    repository_git(sandbox, "project", "config uploadpack.allowFilter true");
    repository_git(
        sandbox, ".",
        "clone -q --no-checkout --filter=blob:none file://\"$PWD\"/project part");

    check_changes(sandbox, "project", "R old/name name\n");
    check_changes(sandbox, "part", "A - name\nD old/name -\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_kind_of_change_is_listed_by_path),
        T(equal_trees_have_no_changes),
        T(without_the_blobs_a_rename_is_two_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
