/* A project whose program can tell one build of it from the next: what only some builds
 * do is not the change's doing. Builds are numbered from 1 in the order they are made:
 * base, head, and then what --control and --confirm build. */
#pragma once

#include <stddef.h>

struct outcome;
struct sandbox;

/* Two commits whose program writes so many thousand bytes to /dev/null; before that, in
 * every build, it runs statement, which may set "thousands" by looking at BUILD. */
void rebuilt_make_project(struct sandbox *sandbox,
                          int base_thousands,
                          int head_thousands,
                          const char *statement);

/* The same with a base of 6,000, and pawl in it: what it says, and exits with want. */
struct outcome rebuilt_exits(struct sandbox *sandbox,
                             int head_thousands,
                             const char *statement,
                             int want,
                             const char *arguments);

/* Runs "check --part" on such a project, which adds a part of this name to the result,
 * with nowhere to write the result to, and then goes on with that: it exits with want.
 * Fails unless all pairs of both measurements were run once. */
void rebuilt_check_resumed(struct sandbox *sandbox,
                           int head_thousands,
                           const char *part,
                           int want);

/* From the next build of this number on, building fails; 0: never. */
void rebuilt_break_from(struct sandbox *sandbox, int build);

/* How often the program was run, in all builds. */
size_t rebuilt_runs(struct sandbox *sandbox);

/* The number of pairs in the first bench of a list in a result: "benches" of the result
 * itself (part NULL) or of its member part. */
size_t rebuilt_pairs(struct sandbox *sandbox, const char *file, const char *part);
