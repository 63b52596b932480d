/* What to say about a name that stands for no commit. Private to gate/source. */
#pragma once

struct error;
struct source;

/* result is what git_revparse_single gave for name. Always -1. */
int say_unknown_revision(struct error *err,
                         struct source *source,
                         int result,
                         const char *name);
