/* One of the names that a harness prints, as its filter wants to have it. */
#pragma once

#include "gate/base/attributes.h"

/* The placeholders of "run_one". */
#define ONE_NAME  "name"
#define ONE_REGEX "regex"

/* A regular expression that matches the printed name alone, as POSIX, ECMAScript, Python,
 * Rust and Go read it: "^BM_parse/1000$". Of Go the name is taken apart as -bench wants
 * it, without its package, and whatever stands at its end for GOMAXPROCS:
 * "^BenchmarkParse$/^size=10(-8)?$". format is NULL or the name of one (runners/formats).
 * The caller's. */
char *one_name_regex(const char *format, const char *name) MUST_CHECK;
