#include "gate/report/waiver_phrase.h"

#include <stdlib.h>

#include "gate/base/str.h"

void waiver_add_name(struct str *out, const struct waiver_result *waiver)
{
    str_addf(out, "%s %s", waiver->row ? waiver->row : "",
             waiver->metric ? waiver->metric : "");
}

static const char *words_of(const struct waiver_result *waiver)
{
    switch (waiver->outcome) {
    case WAIVER_IDLE:
        return waiver->is_over ? "over: it can be removed"
                               : "nothing that it is for was measured";
    case WAIVER_UNNEEDED:
        return waiver->is_over
                   ? "over, and not needed any more: it can be removed"
                   : "not needed: what it is for keeps its own limits; it can be removed";
    case WAIVER_HOLDS:
        return "holds";
    case WAIVER_OPEN:
        return "whether it holds could not be decided";
    case WAIVER_ENDED:
        return "over: it counts no more";
    case WAIVER_EXCEEDED:
        return "exceeded";
    case WAIVER_OUTCOME_COUNT:
        break;
    }
    abort();
}

void waiver_add_outcome(struct str *out, const struct waiver_result *waiver)
{
    str_add(out, words_of(waiver));
    str_add(out, waiver->is_added ? ", added by this change itself" : "");
}
