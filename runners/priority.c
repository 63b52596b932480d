#include "runners/priority.h"

#include <errno.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"

char *priority_describe(const struct priority *priority)
{
    if (priority->is_groups)
        return xstrdup("runs come before other work (nice value -20, their session's "
                       "group too)");
    if (priority->is_raised && priority->trouble)
        return str_format(
            "runs come before other work of their session alone (nice value "
            "-20; that of the session's group can't be set: %s)",
            strerror(priority->trouble));
    if (priority->is_raised)
        return xstrdup("runs come before other work (nice value -20)");
    if (priority->usual_nice > 0)
        return str_format("as usual: pawl was started with the nice value %d, which runs "
                          "keep",
                          priority->usual_nice);
    if (priority->trouble == EACCES || priority->trouble == EPERM)
        return xstrdup("as usual: more is not permitted (root may, and who has "
                       "CAP_SYS_NICE or a limit of -20 for nice values)");
    return str_format("as usual: %s", strerror(priority->trouble));
}
