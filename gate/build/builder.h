/* Builds a side: a commit checked out and its recipe run, or the same found in the cache.
 *
 * A build is kept by what decides it (build_key.h) and used again as long as nobody has
 * touched it. While it is built, one process holds its lock alone; while it is measured,
 * any number hold it together. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/build/build_entry.h"
#include "gate/build/lock.h"
#include "gate/source/revision.h"

struct error;
struct recipe;
struct source;
struct spawner;
struct strvec;

/* What all builds of a run share. All borrowed. */
struct builder {
    struct source *source;
    struct spawner *spawner;
    const char *cache_directory;          /* absolute */
    const struct strvec *environment;     /* the whole of what recipes get */
    const struct strvec *key_environment; /* what of it decides a build
                                           * (environment_deciding); NULL: all */
    const char *toolchain;                /* toolchain_version's line; "" for none */
    const char *tool_version;             /* noted in entries */
    int64_t cache_limit_bytes;            /* 0: BUILD_CACHE_LIMIT_BYTES */
    bool is_cache_off; /* build anew, and remove at built_side_release */
};

/* What to build. Borrowed. */
struct build_request {
    const char *side; /* "base" or "head", for messages and the log */
    const struct revision *revision;
    const struct recipe *recipe;
    const char *lane; /* NULL, or a name: sides with the same tree but other lanes are
                       * built apart, without one they are the same build */
};

/* A built side. Its lock is held until it is released. { 0 } with LOCK_INIT, or
 * BUILT_SIDE_INIT, is "nothing". */
struct built_side {
    char key[SOURCE_ID_SIZE];
    struct build_entry entry; /* entry.tree is the built tree, entry.log its log */
    struct lock lock;
    bool is_from_cache;
    bool is_kept; /* in the cache afterwards */
    char commit[SOURCE_ID_SIZE];
    struct source *source; /* borrowed */
};
#define BUILT_SIDE_INIT ((struct built_side){ .lock = LOCK_INIT })
#define AUTO_BUILT_SIDE AUTO(built_side_release)

/* Fills out, which must hold nothing. Waits where another pawl is building the same. -1:
 * ERROR_BUILD with "building head failed: 'make' exited with 2; ..." and the end of the
 * log, which is kept (until a later build tidies up); ERROR_GIT, ERROR_SYSTEM and
 * ERROR_INTERRUPTED otherwise. No half-built tree is left. */
int builder_build(const struct builder *builder,
                  const struct build_request *request,
                  struct built_side *out,
                  struct error *err) MUST_CHECK;

/* Lets go of the side; removes it where it is not kept. Leaves BUILT_SIDE_INIT. */
void built_side_release(struct built_side *side);
