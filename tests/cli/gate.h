/* The real pawl on a throw-away project: a git repository "project" in the sandbox, whose
 * one benchmark, "spin", is a C program that writes. How many bytes is up to the commit,
 * and the kernel counts them, so that what the gate must say is certain however busy the
 * machine is. */
#pragma once

#include "tests/support/repository.h"
#include "tests/support/sandbox.h"

/* A repository_setup with the cache in the sandbox and no trace of a CI in the
 * environment. */
int gate_setup(void **state);
#define gate_teardown sandbox_teardown

#define GATE_NO_TIME "\"cpu\": \"none\", \"wall\": \"none\", \"peak_rss\": \"none\""
/* What the default pawl.json says about measuring: written bytes alone, by a fifth. */
#define GATE_MARGINS GATE_NO_TIME ", \"written_bytes\": \"20%\""

/* Writes project/pawl.json: builds bench.c, with more members of the top level (each with
 * a comma at its end), margins, and members of the benchmark (a comma in front). */
struct gate_config {
    const char *top;       /* "" */
    const char *margins;   /* GATE_MARGINS */
    const char *benchmark; /* "" */
};
void gate_write_config(struct sandbox *sandbox, const struct gate_config *config);

/* Writes project/bench.c, which runs statement (of main; argv[1] is {work}) and then
 * writes so many thousand bytes to /dev/null. */
void gate_write_bench(struct sandbox *sandbox, const char *statement, int thousands);
/* The same, but turns a loop so many thousand times, for what is about time and about
 * instructions. A million turns take a millisecond or less, on an idle machine: times
 * that a test tells apart must differ by much more than such a machine's do. */
void gate_write_loop(struct sandbox *sandbox, const char *statement, int thousands);

/* A repository with the default config and two commits, base and head, with bench.c of so
 * many thousand bytes. */
void gate_two_commits(struct sandbox *sandbox, int base_thousands, int head_thousands);

/* Runs pawl in the project; arguments are read by the shell. A check does not explain
 * what it finds. */
struct outcome pawl_in_project(struct sandbox *sandbox, const char *arguments, ...)
    __attribute__((format(printf, 2, 3)));

/* The same where the exit code is what the test is about: fails, with all that pawl said,
 * when it is another. */
struct outcome pawl_exits(struct sandbox *sandbox, int want, const char *arguments, ...)
    __attribute__((format(printf, 3, 4)));
/* As pawl_exits, for a check that explains what it finds. */
struct outcome pawl_explains(struct sandbox *sandbox, int want, const char *arguments);
/* The same, for tests that ask no more. */
void pawl_must_exit(struct sandbox *sandbox, int want, const char *arguments, ...)
    __attribute__((format(printf, 3, 4)));

/* Runs pawl, which must exit with want and say "pawl: <message>" on stderr, and nothing
 * on stdout. */
void pawl_refuses(struct sandbox *sandbox,
                  int want,
                  const char *message,
                  const char *arguments);

/* The number of names in a directory of the sandbox; 0 where there is no such directory.
 */
size_t count_entries(struct sandbox *sandbox, const char *directory);

/* Skips the test, with a line that says so, where valgrind is absent. */
void gate_need_valgrind(struct sandbox *sandbox);
