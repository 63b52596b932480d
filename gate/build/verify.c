#include "gate/build/verify.h"

#include <errno.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/log.h"
#include "gate/base/str.h"
#include "gate/build/builder.h"
#include "gate/build/recipe.h"
#include "gate/build/steps.h"
#include "gate/config/config.h"

int verify_side(const struct builder *builder,
                const struct built_side *side,
                const struct recipe *verify,
                const char *side_name,
                struct error *err)
{
    if (verify->run.count == 0)
        return 0;
    const struct workplace place = {
        .spawner = builder->spawner,
        .environment = builder->environment,
        .directory = side->entry.tree,
        .log_path = side->entry.verify_log,
        .timeout_ns = verify->timeout_ns,
    };
    AUTO_FREE char *doing = str_format("verifying %s", side_name);
    AUTO_LOCK struct lock lock = LOCK_INIT;
    if (lock_take(&lock, side->entry.verify_lock, LOCK_EXCLUSIVE,
                  "verifies the same build", err) < 0)
        return -1;
    log_step("%s", doing);
    if (unlink(place.log_path) < 0 && errno != ENOENT)
        return error_errno(err, "cannot remove '%s'", place.log_path);
    if (recipe_run(&place, verify, ERROR_BENCHMARK, doing, err) < 0)
        return -1;
    if (!side->is_kept)
        return 0;
    return build_entry_seal(&side->entry, builder->tool_version, side->commit, err);
}
