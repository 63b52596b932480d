/* What `pawl bisect` was asked to do. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "runners/metric.h"

struct error;
struct str;

/* Texts are borrowed from argv; NULL means "not given". */
struct bisect_options {
    const char *directory; /* where the repository is sought; "." */
    const char *good;      /* revisions; NULL: base and head of the result */
    const char *bad;
    const char *row;         /* a bench, or a bench and a metric */
    const char *metric;      /* NULL: the row's, the result's, or the bench's time */
    const char *margin;      /* a share; NULL: the config's */
    double margin_share;     /* the same, read */
    const char *result_path; /* where row, good and bad are looked up; NULL: the newest
                                result in the cache that belongs to the repository */
    bool all_parents;        /* else by first parents alone */
    const char *config_path; /* what is measured, and how every commit is built; NULL:
                                bad's pawl.json, and each commit by its own */
    int64_t budget_ns;       /* of one comparison; 0: the config's */
    uint64_t max_pairs;      /* of one comparison; 0: the config's */
    uint64_t seed;
    bool has_seed;
    bool skips_identical;
    bool may_pin;
    bool may_raise; /* the priority of what is measured */
    bool uses_build_cache;
    bool is_fresh;          /* nothing is taken over from an interrupted search */
    const char *flame_path; /* of the culprit's flame graph; NULL: none */
    bool explains;          /* the culprit is profiled and told about */
    const char *json_path;
    const char *report_path;
    bool wants_help;
};

/* Reads the command line after "bisect". -1 with ERROR_USAGE. */
int bisect_options_read(struct bisect_options *options,
                        int argc,
                        char **argv,
                        struct error *err) MUST_CHECK;

/* The text of `pawl bisect --help`. */
void bisect_options_add_help(struct str *out);

/* The options that change what is measured and how, as they would be typed again, with a
 * leading blank each. */
void bisect_options_add_repeat(const struct bisect_options *options, struct str *out);
