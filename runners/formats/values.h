/* Measured values in JSON: checked, converted, put into a series. */
#pragma once

#include "gate/base/attributes.h"
#include "runners/formats/document.h"
#include "runners/formats/recording.h"

/* Adds a number times scale. -1 with ERROR_USAGE for what is no number or against the
 * series' unit; pointer leads to it. */
int values_add(struct series *series,
               const struct document *document,
               const json_t *value,
               const char *pointer,
               double scale,
               struct error *err) MUST_CHECK;

/* Adds all numbers of an array, which are in base units. */
int values_add_all(struct series *series,
                   const struct document *document,
                   const json_t *array,
                   const char *pointer,
                   struct error *err) MUST_CHECK;
