/* Which programs a library can be put in front of. */
#include <stdlib.h>

#include "gate/base/str.h"
#include "runners/program.h"
#include "tests/unit/counting/counted.h"

static void a_static_and_a_dynamic_program_are_told_apart(void **state)
{
    AUTO_FREE char *dynamic_program = truth_path("truth");
    AUTO_FREE char *static_program = truth_path("truth-static");
    (void)state;
    assert_int_equal(program_kind_of(dynamic_program), PROGRAM_DYNAMIC);
    assert_int_equal(program_kind_of(static_program), PROGRAM_STATIC);
}

static void a_script_is_what_its_interpreter_is(void **state)
{
    struct counted *counted = *state;
    AUTO_FREE char *static_program = truth_path("truth-static");
    AUTO_FREE char *by_static = str_format("#! %s -x\n", static_program);
    sandbox_write(counted->sandbox, "by-static", by_static);
    sandbox_write(counted->sandbox, "by-sh", "#!/bin/sh\n");
    AUTO_FREE char *by_script =
        str_format("#!%s\n", sandbox_file(counted->sandbox, "by-sh"));
    sandbox_write(counted->sandbox, "by-script", by_script);
    AUTO_FREE char *by_itself =
        str_format("#!%s\n", sandbox_file(counted->sandbox, "by-itself"));
    sandbox_write(counted->sandbox, "by-itself", by_itself);

    struct sandbox *sandbox = counted->sandbox;
    assert_int_equal(program_kind_of(sandbox_file(sandbox, "by-static")), PROGRAM_STATIC);
    assert_int_equal(program_kind_of(sandbox_file(sandbox, "by-sh")), PROGRAM_DYNAMIC);
    assert_int_equal(program_kind_of(sandbox_file(sandbox, "by-script")),
                     PROGRAM_DYNAMIC);
    assert_int_equal(program_kind_of(sandbox_file(sandbox, "by-itself")),
                     PROGRAM_UNKNOWN);
}

static void what_is_no_program_is_unknown(void **state)
{
    struct counted *counted = *state;
    sandbox_write(counted->sandbox, "text", "hello");
    sandbox_write(counted->sandbox, "empty", "");
    sandbox_write(counted->sandbox, "cut", "\177ELF");
    assert_int_equal(program_kind_of(sandbox_file(counted->sandbox, "text")),
                     PROGRAM_UNKNOWN);
    assert_int_equal(program_kind_of(sandbox_file(counted->sandbox, "empty")),
                     PROGRAM_UNKNOWN);
    assert_int_equal(program_kind_of(sandbox_file(counted->sandbox, "cut")),
                     PROGRAM_UNKNOWN);
    assert_int_equal(program_kind_of("/nonexistent"), PROGRAM_UNKNOWN);
}

/* The 32-bit header: class 1, the rest of the 64 bytes zero. */
static void a_program_of_another_word_size_is_foreign(void **state)
{
    struct counted *counted = *state;
    sandbox_must(counted->sandbox,
                 "{ printf '\\177ELF\\001\\001\\001'; head -c 200 /dev/zero; } "
                 ">foreign");
    assert_int_equal(program_kind_of(sandbox_file(counted->sandbox, "foreign")),
                     PROGRAM_FOREIGN);
}

static void names_are_looked_up_as_a_run_would(void **state)
{
    struct counted *counted = *state;
    struct sandbox *sandbox = counted->sandbox;
    AUTO_STRVEC struct strvec environment = { 0 };
    strvec_pushf(&environment, "PATH=/nonexistent:%s", sandbox->path);
    sandbox_write(sandbox, "tool", "#!/bin/sh\n");
    sandbox_write(sandbox, "sub/tool", "#!/bin/sh\n");
    sandbox_must(sandbox, "chmod +x tool");

    AUTO_FREE char *by_path = program_find("tool", &environment, NULL);
    AUTO_FREE char *by_place = program_find("sub/tool", &environment, sandbox->path);
    AUTO_FREE char *nowhere = program_find("other", &environment, sandbox->path);
    assert_string_equal(by_path, sandbox_file(sandbox, "tool"));
    assert_string_equal(by_place, sandbox_file(sandbox, "sub/tool"));
    assert_null(nowhere);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COUNTED_FACT(a_static_and_a_dynamic_program_are_told_apart),
        COUNTED_FACT(a_script_is_what_its_interpreter_is),
        COUNTED_FACT(what_is_no_program_is_unknown),
        COUNTED_FACT(a_program_of_another_word_size_is_foreign),
        COUNTED_FACT(names_are_looked_up_as_a_run_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
