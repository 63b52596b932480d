#include "golden.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/json.h"
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

void assert_reads_back(void (*fill)(struct result *), struct result *out)
{
    struct error err = { 0 };
    struct str again = STR_INIT;
    char *text = render(fill, "json");
    json_t *json = json_read_text(text, "result", ERROR_USAGE, &err);
    if (!json || report_json_read(json, out, &err) < 0)
        fail_msg("%s", err.message);
    report_json_text(out, &again);
    assert_string_equal(again.data, text);
    json_decref(json);
    str_clear(&again);
    free(text);
}

void assert_commands_nobody(const char *text)
{
    assert_lacks(text, "\n::");
    assert_lacks(text, "\033");
    assert_lacks(text, "\r");
}

void assert_reports_command_nobody(void (*fill)(struct result *))
{
    static const char *const formats[] = { "markdown", "html",        "terminal", "junit",
                                           "tsv",      "openmetrics", "badge" };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        char *text = render(fill, formats[i]);
        assert_commands_nobody(text);
        free(text);
    }
}
