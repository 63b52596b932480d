#include "gate/cli/record.h"

#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/clock.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/cli/check.h"
#include "gate/cli/command.h"
#include "gate/cli/version.h"
#include "gate/source/hash.h"
#include "gate/store/session.h"
#include "gate/store/session_result.h"
#include "gate/store/store.h"
#include "gate/store/store_ref.h"

struct store *
check_find_store(const struct check *check, enum side side, struct error *err)
{
    const char *asked = check->options.store;
    const char *where = asked ? asked : check_config(check, side)->baselines;
    const char *top = asked ? "." : source_work_tree(check->source);
    return store_open(where, store_ref_of(where) ? check->options.directory : top, err);
}

int check_open_store(struct check *check, struct error *err)
{
    if (!check->options.records)
        return 0;
    check->store = check_find_store(check, SIDE_HEAD, err);
    if (!check->store || store_probe(check->store, err) < 0)
        return error_prefix(err, "--record: ");
    return 0;
}

static void
describe_side(const struct check *check, enum side side, struct session_side *out)
{
    const struct revision *revision = &check->revisions[side];
    out->commit = xstrdup(revision->commit);
    out->tree = xstrdup(revision->tree);
    out->subject = xstrdup(revision->subject);
    out->committed_s = revision->commit_time_s;
    out->is_dirty = side == SIDE_HEAD && check->head_is_dirty;
}

void check_describe_session(const struct check *check,
                            const char *command,
                            bool has_base,
                            struct session *out)
{
    const struct config *config = check->configs[SIDE_HEAD];
    char hash[SOURCE_ID_SIZE];
    source_hash_text(config->text, strlen(config->text), hash);
    *out = (struct session){ .pawl_version = xstrdup(PAWL_VERSION),
                             .command = xstrdup(command),
                             .recorded_at = clock_utc(),
                             .toolchain = xstrdup(check->toolchain),
                             .config_hash = xstrdup(hash),
                             .seed = check->seed };
    machine_read("", &out->machine);
    machine_class_of(&out->machine, out->toolchain, config->machine_facts,
                     &out->machine_class);
    describe_side(check, SIDE_HEAD, &out->head);
    if (!has_base)
        return;
    out->base = xcalloc(1, sizeof *out->base);
    describe_side(check, SIDE_BASE, out->base);
}

int check_record(struct check *check, const struct session *session, struct error *err)
{
    AUTO_FREE char *name = NULL;
    AUTO_STR struct str line = STR_INIT;
    if (!check->store)
        return 0;
    if (!session->head.rows.count && !(session->base && session->base->rows.count)) {
        log_warning("nothing was measured, so nothing is recorded");
        return 0;
    }
    if (store_add(check->store, session, &name, err) < 0)
        return error_prefix(err, "--record: ");
    str_addf(&line, "recorded: %s/%s\n", store_title(check->store), name);
    return print_out(&line, err);
}

int check_record_result(struct check *check, struct error *err)
{
    AUTO_SESSION struct session session = { 0 };
    if (!check->store)
        return 0;
    check_describe_session(check, "check", true, &session);
    session_side_take(&check->result, SIDE_HEAD, true, &session.head);
    session_side_take(&check->result, SIDE_BASE, true, session.base);
    return check_record(check, &session, err);
}
