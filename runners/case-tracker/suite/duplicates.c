/* Cases with the same title: one look into a hash table a case, or each with each. */
#include "runners/case-tracker/duplicates.h"

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/case-tracker/store.h"
#include "runners/case-tracker/suite/suite.h"
#include "runners/case-tracker/title.h"

static void
add_answer(struct str *answer, const struct case_list *cases, const size_t *first)
{
    AUTO_DUPLICATES struct duplicates duplicates = { 0 };
    duplicates_group(&duplicates, first, cases->count);
    duplicates_add_text(answer, &duplicates, cases);
}

int run_duplicates_hash(const char *const *arguments,
                        struct str *answer,
                        struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    if (store_load(arguments[0], &cases, err) < 0)
        return -1;
    AUTO_FREE size_t *first = duplicates_first(&cases);
    add_answer(answer, &cases, first);
    return 0;
}

static size_t first_equal(const char *const *titles, size_t position)
{
    for (size_t i = 0; i < position; i++) {
        if (str_equal(titles[i], titles[position]))
            return i;
    }
    return position;
}

int run_duplicates_pairs(const char *const *arguments,
                         struct str *answer,
                         struct error *err)
{
    AUTO_CASES struct case_list cases = { 0 };
    if (store_load(arguments[0], &cases, err) < 0)
        return -1;
    AUTO_FREE size_t *first = xcalloc(cases.count, sizeof *first);
    AUTO_FREE const char **titles = xcalloc(cases.count, sizeof *titles);
    AUTO_STR struct str normal = STR_INIT;
    for (size_t i = 0; i < cases.count; i++) {
        str_reset(&normal);
        title_add_normal(&normal, cases.items[i].title);
        titles[i] = arena_copy(&cases.texts, normal.data, normal.length);
        first[i] = first_equal(titles, i);
    }
    add_answer(answer, &cases, first);
    return 0;
}
