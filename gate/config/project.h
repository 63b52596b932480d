/* What a project's files tell of how it is built and benchmarked, and the pawl.json that
 * follows from that: for 'pawl init'. Files are recognised, not understood: what they
 * compute (variables, conditions, includes) is left out, and said where it matters. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;

struct project_file {
    char *name; /* from the top of the tree */
    char *text; /* "" for those that project_reads does not ask for */
};
struct project {
    struct project_file *items;
    size_t count;
    size_t capacity;
};
void project_add(struct project *project, const char *name, const char *text);
void project_clear(struct project *project);
#define AUTO_PROJECT AUTO(project_clear)

/* Whether what stands in a file of that name can tell something. */
bool project_reads(const char *name);

/* A pawl.json, and where it comes from. */
struct proposal {
    const char *title; /* "CMake" */
    char *marker;      /* the file that the kind was told by: "CMakeLists.txt" */
    json_t *build;     /* list of commands */
    json_t *margins;   /* an object */
    json_t *benchmarks;
    struct strvec found; /* a line a benchmark: its name, and what it was told by */
    struct strvec notes; /* what was left out or taken for granted: whole sentences */
};
void proposal_clear(struct proposal *proposal);
#define AUTO_PROPOSAL AUTO(proposal_clear)

/* The kinds as --kind takes them. */
#define PROJECT_KINDS "cmake, meson, cargo, go, npm, pytest or make"

/* Finds the benchmarks of the first kind that has some, or of the one called kind where
 * that is not NULL. out must be empty. -1 with ERROR_USAGE for an unknown kind, and with
 * ERROR_CONFIG where there is no such project or none of its benchmarks was found; the
 * message then has the smallest pawl.json to write by hand. */
int project_propose(const struct project *project,
                    const char *kind,
                    struct proposal *out,
                    struct error *err) MUST_CHECK;

/* The text of the pawl.json; the caller's. */
char *proposal_text(const struct proposal *proposal) MUST_CHECK;
