/* tests/data/config/full.json: a config that has every key. */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/config/config.h"
#include "tests/support/check.h"

/* A file below tests/; free() it. */
static inline char *read_test_file(const char *name)
{
    struct str text = STR_INIT;
    struct error err = { 0 };
    char *path = str_format("%s/%s", getenv("PAWL_TEST_DATA"), name);
    if (file_read(path, &text, &err) < 0)
        fail_msg("%s", err.message);
    free(path);
    return str_detach(&text);
}

/* What must be a config; config_free() it. */
static inline struct config *parse_good(const char *text)
{
    struct error err = { 0 };
    struct config *config = config_parse(text, "pawl.json", &err);
    if (!config)
        fail_msg("%s", err.message);
    return config;
}
