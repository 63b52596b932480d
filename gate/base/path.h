/* Path names as text; nothing here touches the disk except path_cache_dir's look at the
 * environment. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"

struct error;

/* "a/b" from "a" and "b"; an absolute name stays as it is. The caller's. */
char *path_join(const char *directory, const char *name) MUST_CHECK;
/* The part before the last '/', "." where there is none, "/" for names in the root. */
char *path_directory(const char *path) MUST_CHECK;
/* The part after the last '/'; borrowed from path. */
const char *path_base(const char *path);
bool path_is_absolute(const char *path);

/* Where pawl keeps what can be made again: $PAWL_CACHE_DIR, else $XDG_CACHE_HOME/pawl,
 * else $HOME/.cache/pawl. The caller's; NULL with err where none of them is set to an
 * absolute path. */
char *path_cache_dir(struct error *err) MUST_CHECK;
