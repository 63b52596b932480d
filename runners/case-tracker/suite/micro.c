/* Small things done very often: each run loops as often as its argument says. */
#include <inttypes.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/str.h"
#include "runners/bench.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/suite/suite.h"

static const char id_pattern[] = "^CASE-([0-9]{6}|[1-9][0-9]{6,11})$";

static const char *const id_texts[] = {
    "CASE-000001", "CASE-999999",  "CASE-1234567", "CASE-12345",
    "case-000001", "CASE-0123456", "CASE-00000x",  "TICKET-000001",
};
#define ID_TEXT_COUNT (sizeof id_texts / sizeof *id_texts)

static int loops_of(const char *text, uint64_t *loops, struct error *err)
{
    return options_number(text, "LOOPS", 1, 1000000000, loops, err);
}

static void add_answer(struct str *answer, uint64_t loops, uint64_t hits)
{
    str_addf(answer, "%" PRIu64 " loops, %" PRIu64 " hits\n", loops, hits);
}

int run_id_check_hand(const char *const *arguments, struct str *answer, struct error *err)
{
    uint64_t loops = 0;
    uint64_t hits = 0;
    if (loops_of(arguments[0], &loops, err) < 0)
        return -1;
    for (uint64_t i = 0; i < loops; i++) {
        const char *text = id_texts[i % ID_TEXT_COUNT];
        bench_keep(&text);
        hits += case_id_number(text) != 0;
    }
    add_answer(answer, loops, hits);
    return 0;
}

int run_id_check_compiled(const char *const *arguments,
                          struct str *answer,
                          struct error *err)
{
    regex_t pattern;
    uint64_t loops = 0;
    uint64_t hits = 0;
    if (loops_of(arguments[0], &loops, err) < 0)
        return -1;
    if (regcomp(&pattern, id_pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return error_set(err, ERROR_SYSTEM, "cannot compile '%s'", id_pattern);
    for (uint64_t i = 0; i < loops; i++)
        hits += regexec(&pattern, id_texts[i % ID_TEXT_COUNT], 0, NULL, 0) == 0;
    regfree(&pattern);
    add_answer(answer, loops, hits);
    return 0;
}

int run_id_check_compiled_in_loop(const char *const *arguments,
                                  struct str *answer,
                                  struct error *err)
{
    uint64_t loops = 0;
    uint64_t hits = 0;
    if (loops_of(arguments[0], &loops, err) < 0)
        return -1;
    for (uint64_t i = 0; i < loops; i++) {
        regex_t pattern;
        if (regcomp(&pattern, id_pattern, REG_EXTENDED | REG_NOSUB) != 0)
            return error_set(err, ERROR_SYSTEM, "cannot compile '%s'", id_pattern);
        hits += regexec(&pattern, id_texts[i % ID_TEXT_COUNT], 0, NULL, 0) == 0;
        regfree(&pattern);
    }
    add_answer(answer, loops, hits);
    return 0;
}

static const char *const status_texts[] = {
    "CLOSED", "ESCALATED", "DRAFT", "SUBMITTED", "UNDER_REVIEW", "CLOSED", "OPENED", "",
};
#define STATUS_TEXT_COUNT (sizeof status_texts / sizeof *status_texts)

typedef int status_lookup(const char *name, enum status *status);

/* One after the other, as they come. */
static int find_in_list(const char *name, enum status *status)
{
    for (unsigned int i = 0; i < STATUS_COUNT; i++) {
        if (str_equal(status_name((enum status)i), name)) {
            *status = (enum status)i;
            return 0;
        }
    }
    return -1;
}

struct named_status {
    const char *name;
    enum status status;
};

static int compare_names(const void *name, const void *entry)
{
    return strcmp(name, ((const struct named_status *)entry)->name);
}

static int find_in_sorted_set(const char *name, enum status *status)
{
    static const struct named_status set[] = {
        { "CLOSED", STATUS_CLOSED },
        { "DRAFT", STATUS_DRAFT },
        { "ESCALATED", STATUS_ESCALATED },
        { "SUBMITTED", STATUS_SUBMITTED },
        { "UNDER_REVIEW", STATUS_UNDER_REVIEW },
    };
    const struct named_status *found =
        bsearch(name, set, STATUS_COUNT, sizeof *set, compare_names);
    if (!found)
        return -1;
    *status = found->status;
    return 0;
}

static int look_up(const char *const *arguments,
                   status_lookup *lookup,
                   struct str *answer,
                   struct error *err)
{
    uint64_t loops = 0;
    uint64_t hits = 0;
    if (loops_of(arguments[0], &loops, err) < 0)
        return -1;
    for (uint64_t i = 0; i < loops; i++) {
        enum status status = STATUS_DRAFT;
        if (lookup(status_texts[i % STATUS_TEXT_COUNT], &status) == 0)
            hits += 1 + (uint64_t)status;
    }
    add_answer(answer, loops, hits);
    return 0;
}

int run_status_switch(const char *const *arguments, struct str *answer, struct error *err)
{
    return look_up(arguments, status_find, answer, err);
}

int run_status_sorted(const char *const *arguments, struct str *answer, struct error *err)
{
    return look_up(arguments, find_in_sorted_set, answer, err);
}

int run_status_list(const char *const *arguments, struct str *answer, struct error *err)
{
    return look_up(arguments, find_in_list, answer, err);
}

/* A case that somebody still has to do something about. */
static bool is_waiting(const struct case_record *record)
{
    return record->status == STATUS_SUBMITTED || record->status == STATUS_ESCALATED;
}

static uint64_t count_direct(const struct case_list *cases)
{
    uint64_t count = 0;
    for (size_t i = 0; i < cases->count; i++)
        count += is_waiting(&cases->items[i]);
    return count;
}

/* A list of the cases in question, only to ask how long it is. */
static uint64_t count_copies(const struct case_list *cases)
{
    AUTO_CASES struct case_list waiting = { 0 };
    for (size_t i = 0; i < cases->count; i++) {
        if (is_waiting(&cases->items[i]))
            case_list_append(&waiting, &cases->items[i]);
    }
    return waiting.count;
}

/* FILE LOOPS */
static int count(const char *const *arguments,
                 uint64_t (*count_waiting)(const struct case_list *cases),
                 struct str *answer,
                 struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    uint64_t loops = 0;
    uint64_t hits = 0;
    if (loops_of(arguments[1], &loops, err) < 0 ||
        store_load(arguments[0], &cases, err) < 0)
        return -1;
    for (uint64_t i = 0; i < loops; i++) {
        bench_keep(cases.items);
        hits += count_waiting(&cases);
    }
    add_answer(answer, loops, hits);
    return 0;
}

int run_count_direct(const char *const *arguments, struct str *answer, struct error *err)
{
    return count(arguments, count_direct, answer, err);
}

int run_count_copies(const char *const *arguments, struct str *answer, struct error *err)
{
    return count(arguments, count_copies, answer, err);
}
