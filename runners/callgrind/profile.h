/* A profile that callgrind wrote: what each function and each source line cost, and who
 * called whom. Read from its own format, which "Callgrind Format Specification" in
 * valgrind's manual describes: compressed names and positions, inlined files, jumps,
 * several events, several parts and threads in one file (which are added up). Calls in
 * cycles stand as callgrind wrote them; folding cycles is up to the reader of a profile.
 *
 * Costs are 64-bit counts, one for each event ("Ir" is instructions executed), kept in
 * arrays beside the items: the cost of item i for event e is at [i * events.count + e].
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"

struct error;

/* Names are borrowed from the profile, kept once each: equal where their pointers are.
 * "???" is what is not known. */
struct profile_function {
    const char *object; /* program or library */
    const char *file;   /* that the function begins in */
    const char *name;   /* "main"; with --separate-callers "f'caller", in recursions "f'2"
                         */
};

/* All calls of one function by another. */
struct profile_call {
    uint32_t caller; /* indices of functions */
    uint32_t callee;
    uint64_t count;
};

/* What a function executed for one source line, itself and by calls. The file differs
 * from the function's where code was inlined. */
struct profile_line {
    const char *file;
    uint32_t function;
    uint32_t line; /* 0: not known */
};

/* { 0 } is empty. Items stand in the order in which the file has them first. */
struct profile {
    struct strvec events; /* at least one */
    struct {
        struct profile_function *items;
        size_t count;
        size_t capacity;
    } functions;
    uint64_t *self; /* of functions: without what they called */
    struct {
        struct profile_call *items;
        size_t count;
        size_t capacity;
    } calls;
    uint64_t *inclusive; /* of calls: with all that was called in turn */
    struct {
        struct profile_line *items;
        size_t count;
        size_t capacity;
    } lines;
    uint64_t *line_costs; /* of lines: without what was called from there */
    uint64_t *line_calls; /* of lines: all that was called from there, in turn too */
    uint64_t *totals;     /* as callgrind states them: events.count of them */
    size_t part_count;
    struct strvec names; /* what the pointers point at */
};
#define AUTO_PROFILE AUTO(profile_clear)

void profile_clear(struct profile *profile);

/* Reads the file into an empty profile. -1 with ERROR_BENCHMARK that names file and line
 * where it is damaged or cut short, with ERROR_SYSTEM where it can't be read. */
int profile_read(const char *path, struct profile *profile, struct error *err) MUST_CHECK;

/* The place of the event among events; -1 where it was not counted. */
int profile_event(const struct profile *profile, const char *name);

/* Only the total of one event, over all parts, without reading anything else; errors as
 * above, and ERROR_BENCHMARK where the event was not counted. */
int profile_read_total(const char *path,
                       const char *event,
                       uint64_t *total,
                       struct error *err) MUST_CHECK;
