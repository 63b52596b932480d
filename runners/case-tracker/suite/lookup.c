/* Finding cases by their id: through the index, or by scanning the list. */
#include <inttypes.h>

#include "gate/base/file.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "runners/case-tracker/case_format.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/store_json.h"
#include "runners/case-tracker/suite/suite.h"

size_t scan_for(const struct case_list *cases, uint64_t number)
{
    for (size_t i = 0; i < cases->count; i++) {
        if (cases->items[i].number == number)
            return i;
    }
    return CASE_NOT_FOUND;
}

/* Both ways load the same, index and all, so that they differ in the looking up alone. */
static size_t look_up(const struct case_index *index,
                      const struct case_list *cases,
                      uint64_t number,
                      bool by_scan)
{
    return by_scan ? scan_for(cases, number) : case_index_find(index, cases, number);
}

static int
show(const char *const *arguments, bool by_scan, struct str *answer, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    uint64_t number = 0;
    if (case_id_parse(arguments[1], &number, err) < 0 ||
        store_json_load(arguments[0], &cases, &index, err) < 0)
        return -1;
    size_t position = look_up(&index, &cases, number, by_scan);
    if (position == CASE_NOT_FOUND)
        return store_missing(number, err);
    case_format_json_pretty.add(answer, &cases.items[position], true);
    str_add_char(answer, '\n');
    return 0;
}

int run_show_index(const char *const *arguments, struct str *answer, struct error *err)
{
    return show(arguments, false, answer, err);
}

int run_show_scan(const char *const *arguments, struct str *answer, struct error *err)
{
    return show(arguments, true, answer, err);
}

static int
lookups(const char *const *arguments, bool by_scan, struct str *answer, struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    AUTO_CASE_INDEX struct case_index index = { 0 };
    uint64_t count = 0;
    if (options_number(arguments[1], "COUNT", 1, 1000000000, &count, err) < 0 ||
        store_json_load(arguments[0], &cases, &index, err) < 0)
        return -1;
    if (!cases.count)
        return error_set(err, ERROR_CASES, "'%s' holds no cases", arguments[0]);
    size_t sum = 0;
    for (uint64_t i = 0; i < count; i++) {
        uint64_t drawn = random_below_at(1, 0, i, cases.count);
        sum += look_up(&index, &cases, cases.items[drawn].number, by_scan);
    }
    str_addf(answer, "%" PRIu64 " lookups, sum of positions %zu\n", count, sum);
    return 0;
}

int run_lookups_index(const char *const *arguments, struct str *answer, struct error *err)
{
    return lookups(arguments, false, answer, err);
}

int run_lookups_scan(const char *const *arguments, struct str *answer, struct error *err)
{
    return lookups(arguments, true, answer, err);
}

/* COUNT ids of 1 to HIGHEST in OUT, an id a line: what `show --from` reads. */
int run_make_ids(const char *const *arguments, struct str *answer, struct error *err)
{
    uint64_t count = 0;
    uint64_t highest = 0;
    if (options_number(arguments[0], "COUNT", 1, 1000000000, &count, err) < 0 ||
        options_number(arguments[1], "HIGHEST", 1, CASE_NUMBER_MAX, &highest, err) < 0)
        return -1;
    AUTO_STR struct str ids = STR_INIT;
    for (uint64_t i = 0; i < count; i++) {
        case_id_add(&ids, 1 + random_below_at(1, 0, i, highest));
        str_add_char(&ids, '\n');
    }
    str_addf(answer, "%" PRIu64 " ids\n", count);
    return file_write(arguments[2], ids.data, ids.length, err);
}
