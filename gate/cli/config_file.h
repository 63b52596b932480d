/* A pawl.json, read from a file or from a commit. What it means that there is none is for
 * the command to say: it is no error here, but where --config names the file. */
#pragma once

#include "gate/base/attributes.h"

struct config;
struct error;
struct source;

#define CONFIG_NAME "pawl.json"

/* { 0 } is empty. Where there is none, text and config are NULL. */
struct config_file {
    char *name; /* for messages: the path, or "0123456789:pawl.json" of a commit */
    char *text;
    struct config *config;
};
#define AUTO_CONFIG_FILE AUTO(config_file_clear)
void config_file_clear(struct config_file *file);
/* Hands the config out, NULL where there is none; it is the caller's then. */
struct config *config_file_detach(struct config_file *file) MUST_CHECK;

/* Each fills an empty *out; -1 where what is there can't be read or is no config. */
int config_file_read(const char *path, struct config_file *out, struct error *err)
    MUST_CHECK;
/* The file that --config names: it must be there, else ERROR_USAGE. */
int config_file_read_option(const char *path, struct config_file *out, struct error *err)
    MUST_CHECK;
/* The one at the top of a commit. */
int config_file_read_commit(struct source *source,
                            const char *commit,
                            struct config_file *out,
                            struct error *err) MUST_CHECK;
