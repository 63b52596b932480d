/* What the recognisers of projects have in common. Internal to gate/config. */
#pragma once

#include "gate/base/str.h"
#include "gate/config/project.h"

struct project_kind {
    const char *word;  /* as --kind takes it */
    const char *title; /* "CMake" */
    /* The file at the top that makes it such a project; NULL where it is none. */
    const struct project_file *(*find)(const struct project *project);
    /* Fills build, margins, benchmarks, found and notes; no benchmarks where there are
     * none. */
    void (*look)(const struct project *project, struct proposal *proposal);
    const char *markers;    /* what find looks for, for people */
    const char *looked_for; /* what look takes for a benchmark */
    const char *smallest;   /* a pawl.json to write by hand */
};
extern const struct project_kind project_cmake;
extern const struct project_kind project_meson;
extern const struct project_kind project_cargo;
extern const struct project_kind project_go;
extern const struct project_kind project_npm;
extern const struct project_kind project_pytest;
extern const struct project_kind project_make;

/* A file by its whole name; NULL where there is none. */
const struct project_file *project_find(const struct project *project, const char *name);
/* The first that there is of a NULL-terminated list. */
const struct project_file *project_find_any(const struct project *project,
                                            const char *const *names);
/* Below a directory of other people's code, by its name: "third_party", "vendor". */
bool project_is_foreign(const char *name);
bool has_word(const struct strvec *words, const char *word);
/* Whether text holds "bench", whatever the case. */
bool names_bench(const char *text);
/* Letters, digits and ._+- alone, with one of them at least: what needs no quotes
 * anywhere. */
bool is_plain_word(const char *text);

/* Takes the next line, without its end, off *rest; false where there is none. */
bool take_line(const char **rest, struct str *line);
/* Appends the words between blanks. */
void add_words(const char *text, struct strvec *words);
/* The text without blanks at both ends; the caller's. */
char *strip(const char *text) MUST_CHECK;

/* Appends a command to the recipe. */
void propose_build(struct proposal *proposal, const char *command);
void propose_shell_build(struct proposal *proposal, const char *command);

/* A benchmark to be: run is as command lines of benchmarks are. */
struct proposed {
    const char *name; /* any text: what names can't have is replaced, doubles are counted
                       */
    const char *run;
    const char *format;  /* NULL: the run is measured as a whole */
    const char *results; /* NULL: standard output */
    const char *timeout; /* NULL: the default */
    const char *cwd;     /* a directory of the tree, any name; NULL: its top */
    const char *why;     /* "links Google Benchmark" */
    const char *file;    /* that says so */
};
void propose_benchmark(struct proposal *proposal, const struct proposed *proposed);
/* Those of programs that are measured as a whole, and of harnesses that tell times. */
void propose_margins(struct proposal *proposal);
void propose_note(struct proposal *proposal, const char *format, ...) PRINTF_LIKE(2, 3);

/* How a program that links Google Benchmark is called. */
#define PROJECT_GOOGLE_OPTIONS "--benchmark_format=json --benchmark_min_time=0.05"

/* Appends word so that pawl reads it as one, and as no placeholder. */
void add_word(struct str *out, const char *word);
