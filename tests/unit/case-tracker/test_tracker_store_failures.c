/* Links, devices, locks and other programs' databases. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/file_kind.h"
#include "runners/case-tracker/generate.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/store_lock.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void must(int result, const struct error *err)
{
    if (result < 0)
        fail_msg("%s", err->message);
}

static void a_store_behind_a_link_is_changed_and_the_link_stays(void **state)
{
    struct error err = { 0 };
    struct stat info;
    const char *file = sandbox_file(*state, "real.json");
    const char *link = sandbox_file(*state, "link.json");
    must(generate_file(file, 3, 1, &err), &err);
    assert_int_equal(symlink(file, link), 0);

    must(store_add_note(link, 2, "through the link", &err), &err);

    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    AUTO_CASES struct case_list found = { 0 };
    must(store_find(file, (const uint64_t[]){ 2 }, 1, &found, &err), &err);
    assert_string_equal(found.items[0].notes[found.items[0].note_count - 1],
                        "through the link");
}

static void a_device_is_never_replaced(void **state)
{
    struct error err = { 0 };
    struct stat info;
    const char *link = sandbox_file(*state, "null.json");
    assert_int_equal(symlink("/dev/null", link), 0);
    assert_int_equal(generate_file(link, 3, 1, &err), -1);
    assert_contains(err.message, "not a regular file");
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

static void names_without_a_known_ending_are_refused(void **state)
{
    struct error err = { 0 };
    enum file_kind kind = FILE_CSV;
    (void)state;
    assert_int_equal(file_kind_of("cases.xml", &kind, &err), -1);
    assert_string_equal(err.message,
                        "cannot tell what 'cases.xml' is, its name must end in "
                        ".json, .db, .sqlite or .csv");
}

static void a_draft_that_is_not_committed_leaves_nothing(void **state)
{
    static const char *const names[] = { "x.json", "x.csv", "x.db" };
    const struct case_record record = { .number = 1, .title = "t" };
    for (size_t i = 0; i < 3; i++) {
        struct error err = { 0 };
        struct case_writer *writer =
            case_writer_open(sandbox_file(*state, names[i]), &err);
        assert_non_null(writer);
        must(case_writer_add(writer, &record, &err), &err);
        case_writer_close(writer);
    }
    struct outcome outcome = sandbox_run(*state, "ls -A");
    assert_string_equal(outcome.out, "");
    outcome_clear(&outcome);
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *handle = NULL;
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

static void check_load_error(const char *path, const char *message)
{
    struct error err = { 0 };
    AUTO_CASES struct case_list cases = { 0 };
    assert_int_equal(store_load(path, &cases, &err), -1);
    assert_contains(err.message, message);
}

static void databases_of_other_programs_are_refused(void **state)
{
    const char *path = sandbox_file(*state, "other.db");
    run_sql(path, "CREATE TABLE cases (number INTEGER)");
    check_load_error(path, "a SQLite database, but not a case store");
}

static void broken_rows_are_named(void **state)
{
    static const struct {
        const char *sql;
        const char *message;
    } table[] = {
        { "UPDATE cases SET status = 'OPEN' WHERE number = 2",
          "case 'CASE-000002': unknown status 'OPEN'" },
        { "UPDATE cases SET title = '' WHERE number = 2",
          "case 'CASE-000002': the title is empty" },
        { "INSERT INTO cases VALUES (1000000000000, 'a', 'DRAFT')",
          "the number 1000000000000 is out of range" },
        { "INSERT INTO notes VALUES (2, 100, char(7))",
          "case 'CASE-000002': the note has a control character" },
        { "INSERT INTO notes VALUES (99, 0, 'lost')",
          "a note of 'CASE-000099', which is not there" },
        { "DROP TABLE notes", "no such table: notes" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error err = { 0 };
        const char *path = sandbox_file(*state, "s.db");
        must(generate_file(path, 5, 1, &err), &err);
        run_sql(path, table[i].sql);
        check_load_error(path, table[i].message);
    }
}

/* The writer waits for the lock, so the change that the holder makes meanwhile is seen,
 * although the holder puts another file in the store's place. */
static void a_waiting_writer_works_on_what_the_other_one_left(void **state)
{
    struct error err = { 0 };
    const char *path = sandbox_file(*state, "s.json");
    must(generate_file(path, 3, 1, &err), &err);
    int lock = store_lock(path, &err);
    assert_true(lock >= 0);

    pid_t child = fork();
    if (child == 0) {
        close(lock); /* a lock belongs to the open file, which the fork shares */
        uint64_t number = 0;
        struct error problem = { 0 };
        _exit(store_add_case(path, "of the child", &number, &problem) == 0 ? (int)number
                                                                           : 0);
    }
    AUTO_CASES struct case_list cases = { 0 };
    const struct case_record added = { .number = 10, .title = "of the parent" };
    must(store_load(path, &cases, &err), &err);
    case_list_append(&cases, &added);
    must(case_writer_write(path, NULL, &cases, &err), &err);
    close(lock);

    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    assert_int_equal(WEXITSTATUS(status), 11);
}

static void a_lock_is_one_for_all(void **state)
{
    struct error err = { 0 };
    const char *path = sandbox_file(*state, "s.json");
    must(generate_file(path, 1, 1, &err), &err);
    AUTO_FD int lock = store_lock(path, &err);
    AUTO_FD int other = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(lock >= 0 && other >= 0);
    assert_int_equal(flock(other, LOCK_EX | LOCK_NB), -1);
}

#define IN_SANDBOX(test) \
    cmocka_unit_test_setup_teardown(test, sandbox_setup, sandbox_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(a_store_behind_a_link_is_changed_and_the_link_stays),
        IN_SANDBOX(a_device_is_never_replaced),
        IN_SANDBOX(names_without_a_known_ending_are_refused),
        IN_SANDBOX(a_draft_that_is_not_committed_leaves_nothing),
        IN_SANDBOX(databases_of_other_programs_are_refused),
        IN_SANDBOX(broken_rows_are_named),
        IN_SANDBOX(a_waiting_writer_works_on_what_the_other_one_left),
        IN_SANDBOX(a_lock_is_one_for_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
