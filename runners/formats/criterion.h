/* The two forms of Criterion's output, for format_criterion. */
#pragma once

#include <stdbool.h>

#include "gate/base/attributes.h"
#include "runners/formats/document.h"
#include "runners/formats/recording.h"

/* cargo-criterion's JSON lines: whether the first line that is not empty is one. */
bool criterion_json_recognises(const struct document *document);
int criterion_json_read(const struct document *document,
                        struct recording *recording,
                        struct error *err) MUST_CHECK;
