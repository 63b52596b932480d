/* What a config changes about the gate itself. */
#pragma once

#include "gate/base/strvec.h"
#include "gate/config/config.h"

/* Appends a sentence for each thing in which head's gate differs from base's: margins,
 * error rates, budget, the list of benches, what is prepared and run, goals and demands.
 * So that a report can say that a change loosens (or tightens) its own gate: "margin of
 * cpu: 2 % on base, 10 % on head", "benchmark 'list' is gone on head". Nothing where they
 * agree. */
void config_gate_changes(const struct config *base,
                         const struct config *head,
                         struct strvec *out);
