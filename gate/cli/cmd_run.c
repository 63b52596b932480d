#include <stdio.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/command.h"
#include "gate/cli/exit_code.h"
#include "gate/cli/record.h"
#include "gate/cli/run.h"
#include "gate/cli/screen.h"
#include "gate/store/session.h"
#include "gate/store/session_json.h"
#include "gate/store/session_result.h"

static int
write_json(const struct check *check, const struct session *session, struct error *err)
{
    AUTO_STR struct str text = STR_INIT;
    if (!check->options.json_path)
        return 0;
    session_json_text(session, &text);
    return file_write(check->options.json_path, text.data, text.length, err);
}

static bool misses_a_goal(const struct check *check)
{
    for (size_t i = 0; i < check->result.goals.count; i++) {
        if (check->result.goals.items[i].outcome == GOAL_MISSED)
            return true;
    }
    return false;
}

/* What --quiet leaves of the table. */
static void add_counts(const struct session *session, struct str *out)
{
    str_add_counted(out, session->head.rows.count, "row");
    str_addf(out, " measured at %.10s", session->head.commit);
    if (session->head.gaps.count) {
        str_add(out, "; not measured: ");
        str_add_counted(out, session->head.gaps.count, "benchmark");
    }
    str_add(out, "\n");
}

/* What was measured is recorded also where something was not. */
static int report(struct check *check, struct error *err)
{
    AUTO_SESSION struct session session = { 0 };
    AUTO_STR struct str table = STR_INIT;
    const struct report_screen screen = screen_of_stdout();
    check_describe_session(check, "run", false, &session);
    session_side_take(&check->result, SIDE_HEAD, false, &session.head);
    if (log_get_level() == LOG_QUIET)
        add_counts(&session, &table);
    else
        run_add_table(check, &session, &screen, &table);
    if (print_out(&table, err) < 0 || write_json(check, &session, err) < 0 ||
        check_record(check, &session, err) < 0)
        return -1;
    if (session.head.gaps.count || !session.head.rows.count)
        return EXIT_NOT_MEASURED;
    return check->options.fails_on_goal && misses_a_goal(check) ? EXIT_REGRESSION
                                                                : EXIT_PASS;
}

static int run(struct check *check, struct error *err)
{
    check->gate.is_alone = true;
    if (check_outputs(check, err) < 0 || check_find_commit(check, err) < 0 ||
        check_open_store(check, err) < 0 || check_list_benches(check, err) < 0 ||
        check_build_sides(check, err) < 0 ||
        check_same_work(check, &check->gate, err) < 0 || run_measure(check, err) < 0)
        return -1;
    return report(check, err);
}

int cmd_run(int argc, char **argv, struct error *err)
{
    AUTO_CHECK struct check check;
    AUTO_STR struct str help = STR_INIT;
    check_init(&check);
    if (run_options_read(&check.options, argc, argv, err) < 0)
        return -1;
    if (!check.options.wants_help)
        return run(&check, err);
    run_options_add_help(&help);
    return print_out(&help, err) < 0 ? -1 : EXIT_PASS;
}
