/* Changing cases: finding them by index or by scan; loading the store once or twice. */
#include <inttypes.h>

#include "gate/base/random.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/store_json.h"
#include "runners/case-tracker/suite/suite.h"

static void add_notes(struct case_list *cases,
                      const struct case_index *index,
                      uint64_t count,
                      bool by_scan)
{
    for (uint64_t i = 0; i < count; i++) {
        uint64_t drawn = random_below_at(2, 0, i, cases->count);
        uint64_t number = cases->items[drawn].number;
        size_t position =
            by_scan ? scan_for(cases, number) : case_index_find(index, cases, number);
        case_list_add_note(cases, position, "Seen.");
    }
}

static int
notes(const char *const *arguments, bool by_scan, struct str *answer, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    uint64_t count = 0;
    if (options_number(arguments[1], "COUNT", 1, 100000000, &count, err) < 0 ||
        store_json_load(arguments[0], &cases, &index, err) < 0)
        return -1;
    if (!cases.count)
        return error_set(err, ERROR_CASES, "'%s' holds no cases", arguments[0]);
    add_notes(&cases, &index, count, by_scan);
    str_addf(answer, "%" PRIu64 " notes added\n", count);
    return case_writer_write(arguments[2], NULL, &cases, err);
}

int run_notes_index(const char *const *arguments, struct str *answer, struct error *err)
{
    return notes(arguments, false, answer, err);
}

int run_notes_scan(const char *const *arguments, struct str *answer, struct error *err)
{
    return notes(arguments, true, answer, err);
}

/* Scans, in both: for one case in a list that is in memory anyway an index gains nothing,
 * and the pair is about loading. */
static int check_move(const struct case_list *cases,
                      uint64_t number,
                      enum status to,
                      size_t *position,
                      struct error *err)
{
    *position = scan_for(cases, number);
    if (*position == CASE_NOT_FOUND)
        return store_missing(number, err);
    return store_check_move(number, cases->items[*position].status, to, err);
}

static int
check_move_in_store(const char *path, uint64_t number, enum status to, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    size_t position = 0;
    if (store_load(path, &cases, err) < 0)
        return -1;
    return check_move(&cases, number, to, &position, err);
}

/* FILE ID STATUS OUT */
static int transition(const char *const *arguments,
                      bool check_before_loading,
                      struct str *answer,
                      struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    uint64_t number = 0;
    enum status to = STATUS_DRAFT;
    size_t position = 0;
    if (case_id_parse(arguments[1], &number, err) < 0 ||
        status_parse(arguments[2], &to, err) < 0)
        return -1;
    if (check_before_loading && check_move_in_store(arguments[0], number, to, err) < 0)
        return -1;
    if (store_load(arguments[0], &cases, err) < 0 ||
        check_move(&cases, number, to, &position, err) < 0)
        return -1;
    cases.items[position].status = to;
    str_addf(answer, "%s is %s\n", arguments[1], arguments[2]);
    return case_writer_write(arguments[3], NULL, &cases, err);
}

int run_transition_one_load(const char *const *arguments,
                            struct str *answer,
                            struct error *err)
{
    return transition(arguments, false, answer, err);
}

int run_transition_two_loads(const char *const *arguments,
                             struct str *answer,
                             struct error *err)
{
    return transition(arguments, true, answer, err);
}
