#include "golden.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/report/report.h"
#include "tests/support/check.h"

void assert_golden(const char *name, const char *text)
{
    struct error err = { 0 };
    struct str wanted = STR_INIT;
    const char *tests = getenv("PAWL_TEST_DATA");
    assert_non_null(tests);
    char *path = str_format("%s/golden/%s", tests, name);
    if (getenv("UPDATE_GOLDEN"))
        assert_int_equal(file_write(path, text, strlen(text), &err), 0);
    if (file_read(path, &wanted, &err) < 0)
        fail_msg("%s", err.message);
    if (!str_equal(wanted.data, text))
        fail_msg("'%s' differs; UPDATE_GOLDEN=1 writes it anew, git diff shows how",
                 path);
    str_clear(&wanted);
    free(path);
}

char *render(void (*fill)(struct result *), const char *format)
{
    struct result result = { 0 };
    struct str out = STR_INIT;
    const struct report_writer *writer = report_find_writer(format);
    assert_non_null(writer);
    fill(&result);
    writer->write(&result, &out);
    result_clear(&result);
    return str_detach(&out);
}

void assert_renders(void (*fill)(struct result *), const char *format, const char *name)
{
    char *text = render(fill, format);
    assert_golden(name, text);
    free(text);
}
