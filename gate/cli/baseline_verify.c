#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/cli/baseline.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"

#define ROWS 2

/* Each file is read, whatever the index of the cache remembers of it. */
static int
read_all(struct store *store, size_t *good, struct strvec *problems, struct error *err)
{
    const struct store_filter all = { 0 };
    AUTO_SESSION_ENTRIES struct session_entries entries = { 0 };
    if (store_list(store, &all, &entries, problems, err) < 0)
        return -1;
    for (size_t i = 0; i < entries.count; i++) {
        AUTO_SESSION struct session session = { 0 };
        struct error problem = { 0 };
        if (store_read(store, &entries.items[i], &session, &problem) < 0)
            strvec_push(problems, problem.message);
        else
            ++*good;
    }
    return 0;
}

static int verify(const struct baseline_options *options, struct error *err)
{
    AUTO_STRVEC struct strvec problems = { 0 };
    AUTO_STR struct str text = STR_INIT;
    size_t good = 0;
    AUTO_FREE char *where = baseline_where(options, err);
    if (!where)
        return -1;
    AUTO_STORE struct store *store = baseline_open(options, where, err);
    if (!store || read_all(store, &good, &problems, err) < 0)
        return -1;
    for (size_t i = 0; i < problems.count; i++)
        str_addf(&text, "%s\n", problems.items[i]);
    str_add_counted(&text, good, "good session");
    str_add(&text, ", ");
    str_add_counted(&text, problems.count, "problem");
    str_add_char(&text, '\n');
    if (print_out(&text, err) < 0)
        return -1;
    return problems.count > 0 ? EXIT_NOT_MEASURED : EXIT_PASS;
}

int baseline_verify(int argc, char **argv, struct error *err)
{
    struct baseline_options options = BASELINE_OPTIONS_INIT;
    struct operands operands;
    const struct option_row table[ROWS] = { BASELINE_PLACE_ROWS(&options) };
    const struct baseline_help help = {
        "verify [OPTIONS]",
        "Reads every session and names what is damaged, was edited, or is no session.\n"
        "Exits with 3 where there is any.\n",
        table, ROWS
    };
    if (options_read(table, ROWS, argc, argv, &operands, err) < 0)
        return -1;
    if (operands.wants_help)
        return baseline_print_help(&help, err);
    if (operands.count > 0)
        return error_set(err, ERROR_USAGE,
                         "'pawl baseline verify' takes options alone, not '%s'",
                         operands.items[0]);
    return verify(&options, err);
}
