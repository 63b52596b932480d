/* Single operations that a benchmark timed itself, and the work that it says it did: what
 * one run printed, or wrote to a file. A line is one of
 *
 *     {"name":"find","unit":"ns","iterations":1,"samples":[310,295.5,2104]}
 *     {"samples":[300.1,2104],"counts":[99000,1000]}     each so many times
 *     412                                     one operation, in nanoseconds
 *     1.25us                                  or with a unit: ns, us, ms, s
 *     {"work":100000,"unit":"cases"}          what this run has done
 *
 * as bench_print and bench_print_histogram of runners/bench.h write them (name "", unit
 * "ns" and iterations 1 where they are missing). Empty lines, and lines that begin with
 * '#', are skipped; anything else is an error, so that no sample is lost unseen. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "runners/histogram.h"

struct error;

struct samples_series {
    char *name; /* "" for plain numbers */
    struct histogram
        ns; /* as bench_print_histogram's: its lines lose nothing more here */
    uint64_t iterations; /* the most that one sample is the mean of; above 1 these are no
                          * single operations, and their tail says little */
    double clock_ns;     /* what a look at the clock cost, as the program says; 0: it
                          * does not */
};

struct samples {
    struct samples_series *items; /* by name, in the order of their first lines */
    size_t count;
    size_t capacity;
    double work;     /* the sum of what the lines say; 0 where none says any */
    char *work_unit; /* "cases", "" where it has none; NULL where no line says any work */
};
void samples_clear(struct samples *samples);
#define AUTO_SAMPLES AUTO(samples_clear)

/* The series of that name, added where there is none; valid until the next one is. */
struct samples_series *samples_series_of(struct samples *samples, const char *name);

/* Adds what stands in a text; path is for messages. -1 with ERROR_BENCHMARK and "in
 * 'path', line 3: ..." for the first line that can't be understood; samples is then as
 * far as it went. */
int samples_read_text(struct samples *samples,
                      const char *text,
                      const char *path,
                      struct error *err) MUST_CHECK;

/* The same from a file, which messages call `name`; one that can't be read is an error
 * too. */
int samples_read_file(struct samples *samples,
                      const char *path,
                      const char *name,
                      struct error *err) MUST_CHECK;

/* All series in one. The histogram is the caller's to clear. */
struct histogram samples_merged(const struct samples *samples) MUST_CHECK;
