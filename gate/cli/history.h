/* `pawl history`: what the recorded sessions say of the past. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"
#include "gate/base/strvec.h"
#include "gate/history/history.h"
#include "gate/source/revision.h"
#include "gate/source/source.h"

struct config;
struct error;
struct option_row;
struct str;

struct history_options {
    const char *directory;   /* the repository lies here, or above */
    const char *config_path; /* NULL: the commit's pawl.json */
    const char *store;       /* NULL: the config's "baselines" */
    const char *class_name;  /* NULL: this machine's */
    const char *head;        /* whose history */
    const char *since;       /* a commit or a day; NULL: from the beginning */
    const char *metric_name; /* as written; NULL: what is judged */
    const char *svg_path;
    uint64_t seed;
    bool all_parents;
    bool wants_all;
    bool wants_json;
    struct strvec patterns; /* of benches */
    bool wants_help;
};
#define AUTO_HISTORY_OPTIONS AUTO(history_options_clear)
void history_options_clear(struct history_options *options);
/* -1 with ERROR_USAGE. */
int history_options_read(struct history_options *options,
                         int argc,
                         char **argv,
                         struct error *err) MUST_CHECK;
/* The text of `pawl history --help`. */
void history_options_add_help(struct str *out);

/* What was read for a history; the history borrows nothing of it. */
struct history_inputs {
    struct source *source;
    struct revision head;
    struct config *config;
    struct sessions sessions; /* of the class */
    struct strvec commits;
    size_t *ages;
    size_t oldest; /* --since: the largest age, and the first second */
    int64_t since_s;
    struct revision anchor; /* of the config; empty where it names none */
    struct strvec warnings; /* of files that can't be read */
};
#define AUTO_HISTORY_INPUTS AUTO(history_inputs_clear)
void history_inputs_clear(struct history_inputs *inputs);

/* Opens repository, config and store, and loads the sessions of the machine class, and
 * only the rows of that bench where bench_id is not NULL. -1 with ERROR_BENCHMARK where
 * nothing was recorded. */
int history_load(const struct history_options *options,
                 const char *bench_id,
                 struct history_inputs *inputs,
                 struct error *err) MUST_CHECK;
struct history_request history_request_of(const struct history_options *options,
                                          const struct history_inputs *inputs);

/* The rows that the options ask for: indexes into history->rows, the caller's. A single
 * bench without --metric has one, its first judged metric (cpu before wall before the
 * others). -1 with ERROR_USAGE for one that there is not, naming the nearest. */
struct history_choice {
    size_t *rows;
    size_t count;
    bool is_single; /* one bench was asked for, and is shown at length */
};
int history_choose(const struct history_options *options,
                   const struct history *history,
                   struct history_choice *choice,
                   struct error *err) MUST_CHECK;
