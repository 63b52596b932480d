/* The rows that must be judged are those of base. What head's pawl.json says about those
 * that it no longer has: which were removed on purpose, and which go by another name.
 * Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "gate/base/attributes.h"

struct bench;
struct benches;
struct benchmark;
struct config;
struct error;
struct strvec;

struct removal {
    char *pattern; /* a bench's id or a benchmark's name, '*' and '?' are wild */
    char *place;   /* for messages: "in 'pawl.json', line 4, column 5" */
};
struct rename {
    char *from; /* base's: a bench's id, or a benchmark's name for all of its sizes */
    char *to;   /* head's, likewise */
    char *place;
};
struct manifest {
    struct {
        struct removal *items;
        size_t count;
        size_t capacity;
    } removed;
    struct {
        struct rename *items;
        size_t count;
        size_t capacity;
    } renamed;
};
void manifest_clear(struct manifest *manifest);

/* Whether a bench of base, which head lacks, is said to be removed. */
bool manifest_removes(const struct manifest *manifest,
                      const char *id,
                      const char *benchmark);

/* The id in base of what is called id in head, where benchmark is the name of its
 * benchmark: the caller's. NULL: it goes by the same name. */
char *manifest_name_before(const struct manifest *manifest,
                           const char *id,
                           const char *benchmark) MUST_CHECK;

/* Base's benchmark of head's: the one of the same name, or the one that was renamed to
 * it, whole or a size of it. NULL: base has none. */
const struct benchmark *manifest_benchmark_before(const struct config *base,
                                                  const struct config *head,
                                                  const struct benchmark *benchmark);

/* Holds what head says against base's benches (all of them, not only chosen ones): an
 * entry that head has and base has not must name one. ERROR_CONFIG with its place and the
 * nearest name. Entries that base has too have done their work where they name nothing: a
 * sentence each is appended to warnings. What harnesses may print is let through. */
int manifest_check(const struct config *base,
                   const struct config *head,
                   struct strvec *warnings,
                   struct error *err) MUST_CHECK;
