/* What each report of a result costs to write, reading apart: bytes, and the CPU time of
 * this program (so that others on the machine don't count), the least of some rounds.
 * usage: report_speed RESULT */
#include <stdio.h>
#include <time.h>

#include "gate/base/error.h"
#include "gate/base/json.h"
#include "gate/base/str.h"
#include "gate/report/report.h"

enum {
    ROUNDS = 5
};

static double cpu_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Returns the least time. */
static double show(const struct result *result, const char *format)
{
    double least = 0;
    size_t bytes = 0;
    for (int i = 0; i < ROUNDS; i++) {
        AUTO_STR struct str out = STR_INIT;
        double started = cpu_ms();
        report_find_writer(format)->write(result, &out);
        double taken = cpu_ms() - started;
        least = i && least < taken ? least : taken;
        bytes = out.length;
    }
    printf("%-9s %9zu bytes %8.1f ms\n", format, bytes, least);
    return least;
}

int main(int argc, char **argv)
{
    static const char *const formats[] = { "html",  "markdown",    "json",
                                           "junit", "tsv",         "terminal",
                                           "csv",   "openmetrics", "badge" };
    struct error err = { 0 };
    AUTO(result_clear) struct result result = { 0 };
    AUTO_JSON json_t *json =
        argc == 2 ? json_read_file(argv[1], ERROR_USAGE, &err) : NULL;
    if (!json || report_json_read(json, &result, &err) < 0) {
        fprintf(stderr, "usage: report_speed RESULT: %s\n", err.message);
        return 2;
    }
    double all = 0;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        all += show(&result, formats[i]);
    printf("all of them                %8.1f ms\n", all);
    return 0;
}
