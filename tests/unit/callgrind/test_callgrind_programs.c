/* Profiles of real programs, made here, against what callgrind_annotate (valgrind's) says
 * of each: every function, its own costs and those with calls, to the last instruction.
 */
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/unit/callgrind/annotated.h"
#include "tests/unit/callgrind/reading.h"

/* Programs with sanitizers in them do not run under valgrind. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

static void need(struct reading *reading, const char *tools)
{
    struct outcome outcome = sandbox_run(reading->sandbox,
                                         "for tool in valgrind callgrind_annotate %s; do "
                                         "command -v $tool || exit 1; done",
                                         tools);
    int exit_code = outcome.exit_code;
    outcome_clear(&outcome);
    if (exit_code != 0) {
        print_message("skipped: needs valgrind (apt-get install valgrind) and %s\n",
                      tools);
        skip();
    }
}

/* The command in the sandbox, under callgrind; its profile is compared. */
static void profile_and_compare(struct reading *reading,
                                const char *options,
                                const char *command,
                                size_t least)
{
    sandbox_must(reading->sandbox,
                 "valgrind -q --tool=callgrind --callgrind-out-file=made.out %s %s "
                 ">printed.txt",
                 options, command);
    annotated_compare(reading, sandbox_file(reading->sandbox, "made.out"), least);
}

static void source(struct reading *reading, const char *name)
{
    AUTO_FREE char *path = data_path(name);
    sandbox_must(reading->sandbox, "cp %s .", path);
}

/* qsort calls back, and a few hundred functions of the C library. */
static void a_c_program_agrees_with_instructions_and_jumps(void **state)
{
    struct reading *reading = *state;
    need(reading, "cc");
    source(reading, "sorted.c");
    sandbox_must(reading->sandbox, "cc -g -O1 sorted.c -o sorted");
    profile_and_compare(reading, "--dump-instr=yes --collect-jumps=yes", "./sorted", 100);
}

/* Templates, virtual calls, inlined code of headers, exceptions through a recursion, and
 * functions that call one another in a circle. */
static void a_cpp_program_agrees(void **state)
{
    struct reading *reading = *state;
    need(reading, "g++");
    source(reading, "shapes.cc");
    sandbox_must(reading->sandbox, "g++ -g -O1 -std=c++17 shapes.cc -o shapes");
    profile_and_compare(reading, "", "./shapes", 200);
    find_function(reading, "shape::nested::area(int) const'2");
    find_function(reading, "__cxa_throw");
}

/* git as it is installed, most often without debug information: most of its functions
 * are known by their address, in one file, "???". */
static void git_itself_agrees(void **state)
{
    struct reading *reading = *state;
    need(reading, "git");
    sandbox_must(reading->sandbox,
                 "export HOME=$PWD && git init -q && for i in 1 2 3 4; do "
                 "seq $((i * 30)) >file && git add file && git -c user.name=a "
                 "-c user.email=a@example.org commit -qm $i; done");
    profile_and_compare(reading, "", "git log --stat", 200);
}

static void case_tracker_agrees(void **state)
{
    struct reading *reading = *state;
    need(reading, CASE_TRACKER);
#ifdef HAS_SANITIZER
    print_message("skipped: case-tracker has a sanitizer in it, and valgrind can't run "
                  "that\n");
    skip();
#endif
    sandbox_must(reading->sandbox,
                 CASE_TRACKER " generate --count 200 --output c.csv && " CASE_TRACKER
                              " --store c.db import c.csv");
    profile_and_compare(reading, "", CASE_TRACKER " --store c.db list --format json",
                        200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        READING_FACT(a_c_program_agrees_with_instructions_and_jumps),
        READING_FACT(a_cpp_program_agrees),
        READING_FACT(git_itself_agrees),
        READING_FACT(case_tracker_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
