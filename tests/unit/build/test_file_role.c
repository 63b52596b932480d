#include "gate/build/file_role.h"
#include "tests/support/check.h"

static void role_follows_from_the_name(void **state)
{
    static const struct {
        const char *path;
        enum file_role role;
    } cases[] = {
        { "main.c", FILE_ROLE_SOURCE },
        { "src/deep/x.hpp", FILE_ROLE_SOURCE },
        { "CMakeLists.txt", FILE_ROLE_SOURCE },
        { "lib/Makefile", FILE_ROLE_SOURCE },
        { "cmake/flags.cmake", FILE_ROLE_SOURCE },
        { "README.md", FILE_ROLE_SOURCE },
        { "LICENSE", FILE_ROLE_SOURCE },
        { "docs/notes.txt", FILE_ROLE_SOURCE },
        { "words.txt", FILE_ROLE_DATA },
        { "docs/input.json", FILE_ROLE_DATA },
        { "data/cases.json", FILE_ROLE_DATA },
        { "x.csv", FILE_ROLE_DATA },
        { "run.py", FILE_ROLE_DATA },
        { "run.sh", FILE_ROLE_DATA },
        { "c", FILE_ROLE_DATA },
        { "noext", FILE_ROLE_DATA },
        { "Makefile.json", FILE_ROLE_DATA },
        { "build/main.o", FILE_ROLE_BYPRODUCT },
        { "build/CMakeFiles/x/y.bin", FILE_ROLE_BYPRODUCT },
        { "build/.ninja_log", FILE_ROLE_BYPRODUCT },
        { "build/Testing/Temporary/LastTest.log", FILE_ROLE_BYPRODUCT },
        { "mydocs/CMakeFilesX/a", FILE_ROLE_DATA },
        { ".git", FILE_ROLE_GIT },
        { "sub/.git/config", FILE_ROLE_GIT },
        { ".gitmodules", FILE_ROLE_DATA },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (file_role_of(cases[i].path) != cases[i].role)
            fail_msg("'%s' is %d, not %d", cases[i].path,
                     (int)file_role_of(cases[i].path), (int)cases[i].role);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(role_follows_from_the_name) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
