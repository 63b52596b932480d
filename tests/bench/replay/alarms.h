/* How often the rules cry "slower" where nothing changed, stream by stream. */
#pragma once

#include <stddef.h>

#include "tests/bench/replay/stream.h"

/* pawl's rate with the upper 99 % limit of the true one, wall and CPU time. */
void alarms_of_pawl(const struct stream *streams, size_t count, size_t replays);

/* All rules, n runs a side, CPU time. */
void alarms_of_all(const struct stream *streams, size_t count, size_t n, size_t replays);
