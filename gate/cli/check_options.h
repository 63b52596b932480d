/* What `pawl check` was asked to do. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/cli/fail_on.h"

struct error;

/* Texts are borrowed from argv; NULL means "not given". */
struct check_options {
    const char *directory;   /* where the repository is sought; "." */
    const char *base;        /* revision; NULL: found by rule */
    const char *head;        /* revision; "HEAD" */
    const char *config_path; /* used for both sides instead of the commits' pawl.json */
    struct strvec builds;    /* --build: commands in place of the pawl.json's. Owned */
    struct strvec runs;      /* --run: "COMMAND" or "NAME=COMMAND". Owned */
    const char *layouts; /* which rows in how many layouts; NULL: the config's choice */
    const char *anchor;  /* head is held against it too; "": the config's; NULL: not */
    const char *output_directory; /* for report.md and result.json; NULL: in the cache */
    const char *markdown_path;    /* also write the report here */
    const char *json_path;        /* also write the result here */
    const char *store;      /* where sessions are kept; NULL: the config's "baselines" */
    struct strvec patterns; /* benches to measure; empty: all. Owned */
    bool takes_names;       /* patterns may be "bench/name" of what a harness prints: all
                             * its names are measured, the others not explained */
    size_t shard;           /* 1 .. shard_count: the part that is measured */
    size_t shard_count;     /* 0: not in parts */
    int64_t budget_ns;      /* 0: the config's */
    uint64_t max_pairs;     /* 0: the config's */
    uint64_t seed;
    bool has_seed;          /* else one is drawn */
    bool head_is_work_tree; /* --dirty */
    bool skips_identical;   /* benches whose binaries are the same are not timed */
    bool may_pin;
    bool may_raise;         /* the priority of what is measured */
    bool controls;          /* base is measured against a copy of itself too */
    bool confirms;          /* regressed rows are measured again with fresh builds */
    bool is_against_stored; /* --baseline: stored sessions stand in base's place */
    bool is_across;         /* --across-machines: those of other machines too */
    bool explains;          /* what got worse or better is profiled and told about */
    bool only_plans;        /* --dry-run: what `pawl plan` says, in place of a check */
    bool uses_build_cache;
    bool resumes;
    bool records;       /* keep the session in the store */
    bool fails_on_goal; /* pawl run: a missed goal is exit code 1 */
    struct fail_on fail_on;
    bool allows_fork_code; /* in events with the repository's rights (GitHub) */
    bool wants_help;
};

/* What holds where nothing is asked for. */
void check_options_set_defaults(struct check_options *options);

/* Reads the command line after "check". -1 with ERROR_USAGE. */
int check_options_read(struct check_options *options,
                       int argc,
                       char **argv,
                       struct error *err) MUST_CHECK;
void check_options_clear(struct check_options *options);

/* Refuses --record where there is nothing that may be recorded, and --store where nothing
 * is. */
int check_options_check_record(const struct check_options *options, struct error *err)
    MUST_CHECK;

/* The text of `pawl check --help`. */
struct str;
void check_options_add_help(struct str *out);
/* Its list of options alone, for commands that take the same. */
void check_options_add_list(struct str *out);

/* The options that change what is measured and how, as they would be typed again, with a
 * leading blank each; for "how to reproduce". */
void check_options_add_repeat(const struct check_options *options, struct str *out);
