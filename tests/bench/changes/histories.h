/* Made-up histories of session medians (logarithms), whose noise between sessions is
 * recorded or drawn. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct error;

enum {
    HISTORY_SESSIONS = 100,
    HISTORY_RUNS = 40 /* of a recording, whose median is one session's */
};

/* What changed, in logarithms. */
struct history_change {
    double size;
    size_t from; /* the first session with it */
    size_t to;   /* the first without it again; HISTORY_SESSIONS: it stayed */
};

struct history_source {
    const char *name;
    double phi;   /* drawn: the autocorrelation */
    double heavy; /* 1: Student's t with 3 degrees of freedom, else normal */
    double slow;  /* the share of sessions on a busy machine, 10 to 40 % slower */
    const char *recording; /* in the noise directory; NULL: drawn */
    int is_in_order; /* recorded: sessions follow each other; else each is anywhere */
};

extern const struct history_source history_sources[];
extern const size_t history_source_count;

/* A source, ready to draw from. */
struct history_noise {
    const struct history_source *source;
    double *times; /* of the recording's runs */
    size_t count;
};
void history_noise_clear(struct history_noise *noise);
#define AUTO_HISTORY_NOISE AUTO(history_noise_clear)
int history_noise_open(struct history_noise *noise,
                       const struct history_source *source,
                       const char *directory,
                       struct error *err) MUST_CHECK;

/* The number-th history of HISTORY_SESSIONS values. The same number draws the same noise,
 * whatever the change. */
void history_draw(const struct history_noise *noise,
                  uint64_t number,
                  const struct history_change *change,
                  double *values);

/* The standard deviation between sessions, and its robust cousin, in 100 histories. */
struct history_spread {
    double plain;
    double robust;
};
struct history_spread history_spread_of(const struct history_noise *noise);
