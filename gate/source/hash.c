#include "gate/source/hash.h"

#include <assert.h>

#include <git2.h>

void source_hash_text(const char *bytes, size_t length, char out[SOURCE_ID_SIZE])
{
    git_oid id = { 0 };
    git_libgit2_init();
    int result = git_odb_hash(&id, bytes, length, GIT_OBJECT_BLOB);
    assert(result == 0);
    (void)result;
    git_oid_tostr(out, SOURCE_ID_SIZE, &id);
    git_libgit2_shutdown();
}

void source_hash_begin(void)
{
    git_libgit2_init();
}

void source_hash_end(void)
{
    git_libgit2_shutdown();
}
