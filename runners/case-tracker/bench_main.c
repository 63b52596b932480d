/* case-bench: the smallest pieces of case-tracker, measured inside one process. Prints a
 * line of JSON for each; the time a sample takes may be given in milliseconds. */
#include <regex.h>
#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/str.h"
#include "runners/bench.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_index.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/title.h"

static void id_by_hand(void *context, uint64_t iterations)
{
    const char *id = context;
    for (uint64_t i = 0; i < iterations; i++) {
        bench_keep(&id);
        uint64_t number = case_id_number(id);
        bench_keep(&number);
    }
}

static void id_by_regex(void *context, uint64_t iterations)
{
    const regex_t *pattern = context;
    for (uint64_t i = 0; i < iterations; i++) {
        int result = regexec(pattern, "CASE-000001", 0, NULL, 0);
        bench_keep(&result);
    }
}

static void status_by_name(void *context, uint64_t iterations)
{
    const char *name = context;
    for (uint64_t i = 0; i < iterations; i++) {
        enum status status = STATUS_DRAFT;
        bench_keep(&name);
        int result = status_find(name, &status);
        bench_keep(&result);
        bench_keep(&status);
    }
}

static void normal_title(void *context, uint64_t iterations)
{
    const char *title = context;
    AUTO_STR struct str text = STR_INIT;
    for (uint64_t i = 0; i < iterations; i++) {
        str_reset(&text);
        title_add_normal(&text, title);
        bench_keep(text.data);
    }
}

struct indexed {
    struct case_list cases;
    struct case_index index;
};

static void index_find(void *context, uint64_t iterations)
{
    const struct indexed *indexed = context;
    uint64_t number = 1;
    for (uint64_t i = 0; i < iterations; i++) {
        size_t position = case_index_find(&indexed->index, &indexed->cases, number);
        bench_keep(&position);
        number = number * 7919 % indexed->cases.count + 1;
    }
}

/* Cases 1 to count, with nothing but a number to them. */
static int make_indexed(struct indexed *indexed, uint64_t count)
{
    for (uint64_t number = 1; number <= count; number++) {
        const struct case_record record = { .number = number, .title = "" };
        case_list_append(&indexed->cases, &record);
        if (!case_index_add(&indexed->index, &indexed->cases, number - 1))
            return -1;
    }
    return 0;
}

static int
measure(struct bench *bench, const char *name, bench_function *work, void *context)
{
    bench_run(bench, name, work, context);
    int result = bench_print(bench, stdout);
    bench_clear(bench);
    return result;
}

static int measure_all(struct bench *bench, regex_t *pattern, struct indexed *indexed)
{
    char id[] = "CASE-000001";
    char status[] = "ESCALATED";
    char title[] = "Printer on floor 2 prints blank pages (ref 4711)";
    if (measure(bench, "id-by-hand", id_by_hand, id) < 0 ||
        measure(bench, "id-by-regex", id_by_regex, pattern) < 0 ||
        measure(bench, "status-by-name", status_by_name, status) < 0 ||
        measure(bench, "title-normal", normal_title, title) < 0 ||
        measure(bench, "index-find[n=10000]", index_find, indexed) < 0)
        return -1;
    return fflush(stdout) == 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
    struct error err = { 0 };
    uint64_t sample_ms = 5;
    if (argc > 2 || (argc == 2 && options_number(argv[1], "MILLISECONDS", 1, 10000,
                                                 &sample_ms, &err) < 0)) {
        fprintf(stderr, "case-bench: %s\n",
                argc > 2 ? "usage: case-bench [MILLISECONDS]" : err.message);
        return 2;
    }
    regex_t pattern;
    struct indexed indexed = { 0 };
    struct bench bench = { .sample_ns = (int64_t)sample_ms * 1000000 };
    if (regcomp(&pattern, "^CASE-([0-9]{6}|[1-9][0-9]{6,11})$",
                REG_EXTENDED | REG_NOSUB) != 0)
        return 1;
    int result =
        make_indexed(&indexed, 10000) < 0 ? -1 : measure_all(&bench, &pattern, &indexed);
    regfree(&pattern);
    case_index_clear(&indexed.index);
    case_list_clear(&indexed.cases);
    if (result < 0)
        fprintf(stderr, "case-bench: cannot write standard output\n");
    return result < 0 ? 1 : 0;
}
