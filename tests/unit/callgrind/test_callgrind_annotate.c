/* The real profiles of tests/data/callgrind against what callgrind_annotate said of them
 * when they were made. test_callgrind_programs compares those of programs that it runs.
 */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "tests/unit/callgrind/annotated.h"
#include "tests/unit/callgrind/reading.h"

/* Compares with the text of callgrind_annotate in the file. Rows of self cost are all
 * compared. */
static size_t compare(struct reading *reading, const char *path, bool is_inclusive)
{
    AUTO_STR struct str text = STR_INIT;
    struct error err = { 0 };
    if (file_read(path, &text, &err) < 0)
        fail_msg("%s", err.message);
    return annotated_check(&reading->profile, text.data, is_inclusive);
}

static void compare_stored(struct reading *reading, const char *name, uint64_t total)
{
    AUTO_FREE char *file = str_format("%s.out", name);
    AUTO_FREE char *path = data_path(file);
    AUTO_FREE char *self_file = str_format("%s.self.txt", name);
    AUTO_FREE char *self = data_path(self_file);
    AUTO_FREE char *inclusive_file = str_format("%s.inclusive.txt", name);
    AUTO_FREE char *inclusive = data_path(inclusive_file);

    read_file(reading, path);
    assert_int_equal(reading->profile.totals[0], total);
    assert_true(compare(reading, self, false) >= 10);
    assert_true(compare(reading, inclusive, true) >= 10);

    uint64_t only_total = 0;
    struct error err = { 0 };
    if (profile_read_total(path, "Ir", &only_total, &err) < 0)
        fail_msg("%s", err.message);
    assert_int_equal(only_total, total);
}

static void stored_profiles_agree_function_by_function(void **state)
{
    compare_stored(*state, "lines", 1278);
    compare_stored(*state, "instructions", 1278);
    compare_stored(*state, "parts", 1278);
    compare_stored(*state, "threads", 1278);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        READING_FACT(stored_profiles_agree_function_by_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
