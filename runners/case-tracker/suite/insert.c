/* Many rows into a SQLite store that is as safe as the program's own: one transaction for
 * all, or one for each. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "gate/base/str.h"
#include "runners/case-tracker/case_writer.h"
#include "runners/case-tracker/generate.h"
#include "runners/case-tracker/options.h"
#include "runners/case-tracker/sqlite_cases.h"
#include "runners/case-tracker/suite/suite.h"

static int add_each(struct db *db, uint64_t count, bool each_alone, struct error *err)
{
    AUTO_GENERATOR struct generator generator;
    AUTO_CASE_INSERTER struct case_inserter inserter = { 0 };
    generator_init(&generator, 1);
    if (case_inserter_open(&inserter, db, err) < 0)
        return -1;
    for (uint64_t number = 1; number <= count; number++) {
        struct case_record record;
        bool is_duplicate = false;
        generator_case(&generator, number, &record);
        if ((each_alone && db_run(db, "BEGIN", err) < 0) ||
            case_inserter_add(&inserter, &record, &is_duplicate, err) < 0 ||
            (each_alone && db_run(db, "COMMIT", err) < 0))
            return -1;
    }
    return 0;
}

/* COUNT OUT */
static int insert(const char *const *arguments,
                  bool each_alone,
                  struct str *answer,
                  struct error *err)
{
    const struct case_list none = { 0 };
    AUTO_DB struct db db = { 0 };
    uint64_t count = 0;
    if (options_number(arguments[0], "COUNT", 1, 10000000, &count, err) < 0 ||
        case_writer_write(arguments[1], NULL, &none, err) < 0 ||
        db_open(&db, arguments[1], DB_WRITE, err) < 0)
        return -1;
    if ((!each_alone && db_run(&db, "BEGIN", err) < 0) ||
        add_each(&db, count, each_alone, err) < 0 ||
        (!each_alone && db_run(&db, "COMMIT", err) < 0))
        return -1;
    str_addf(answer, "%" PRIu64 " cases inserted\n", count);
    return 0;
}

int run_insert_one_transaction(const char *const *arguments,
                               struct str *answer,
                               struct error *err)
{
    return insert(arguments, false, answer, err);
}

int run_insert_many_transactions(const char *const *arguments,
                                 struct str *answer,
                                 struct error *err)
{
    return insert(arguments, true, answer, err);
}
