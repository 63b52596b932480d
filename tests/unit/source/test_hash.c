#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/source/hash.h"
#include "tests/unit/source/fixture.h"

/* "git hash-object --stdin </dev/null" prints this. */
static void the_empty_text_has_gits_well_known_id(void **state)
{
    char id[SOURCE_ID_SIZE];
    (void)state;

    source_hash_text("", 0, id);

    assert_string_equal(id, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
}

static void an_id_is_the_one_that_git_gives_the_file(void **state)
{
    struct sandbox *sandbox = *state;
    char id[SOURCE_ID_SIZE];
    const char *text = "cmake --build build\n";
    sandbox_write(sandbox, "file", text);
    AUTO_FREE char *want = repository_ask(sandbox, ".", "hash-object file");

    source_hash_text(text, strlen(text), id);

    assert_string_equal(id, want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_empty_text_has_gits_well_known_id),
        T(an_id_is_the_one_that_git_gives_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
