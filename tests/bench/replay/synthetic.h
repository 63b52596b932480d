/* Made-up streams, each with one trouble that a recording may not show enough of. */
#pragma once

#include <stddef.h>

#include "gate/base/attributes.h"
#include "tests/bench/replay/stream.h"

struct error;

/* drifting, heavy-tailed, two-speed, autocorrelated, burst, second-slower */
size_t synthetic_count(void);
const char *synthetic_name(size_t index);

/* Makes the stream of that name: 12,000 runs of about 10 ms; wall is CPU time plus some
 * noise of its own. */
int synthetic_make(struct stream *stream, const char *name, struct error *err) MUST_CHECK;
