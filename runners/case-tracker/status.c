#include "runners/case-tracker/status.h"

#include <string.h>

#include "runners/case-tracker/case.h"

static const char *const names[STATUS_COUNT] = {
    [STATUS_DRAFT] = "DRAFT",
    [STATUS_SUBMITTED] = "SUBMITTED",
    [STATUS_UNDER_REVIEW] = "UNDER_REVIEW",
    [STATUS_ESCALATED] = "ESCALATED",
    [STATUS_CLOSED] = "CLOSED",
};

const char *status_name(enum status status)
{
    return names[status];
}

/* Length and first letter tell the five names apart, so one comparison decides. */
static int candidate(const char *name)
{
    switch (strlen(name)) {
    case 5:
        return STATUS_DRAFT;
    case 6:
        return STATUS_CLOSED;
    case 9:
        return name[0] == 'S' ? STATUS_SUBMITTED : STATUS_ESCALATED;
    case 12:
        return STATUS_UNDER_REVIEW;
    default:
        return -1;
    }
}

int status_find(const char *name, enum status *status)
{
    int found = candidate(name);
    if (found < 0 || strcmp(name, names[found]) != 0)
        return -1;
    *status = (enum status)found;
    return 0;
}

int status_parse(const char *name, enum status *status, struct error *err)
{
    if (status_find(name, status) < 0)
        return error_set(err, ERROR_CASES,
                         "unknown status '%s', allowed are DRAFT, SUBMITTED, "
                         "UNDER_REVIEW, ESCALATED and CLOSED",
                         name);
    return 0;
}

#define BIT(status) (1U << (status))

static const unsigned int next[STATUS_COUNT] = {
    [STATUS_DRAFT] = BIT(STATUS_SUBMITTED),
    [STATUS_SUBMITTED] = BIT(STATUS_DRAFT) | BIT(STATUS_UNDER_REVIEW),
    [STATUS_UNDER_REVIEW] = BIT(STATUS_ESCALATED) | BIT(STATUS_CLOSED),
    [STATUS_ESCALATED] = BIT(STATUS_UNDER_REVIEW) | BIT(STATUS_CLOSED),
    [STATUS_CLOSED] = 0,
};

bool status_may_become(enum status from, enum status to)
{
    return (next[from] & BIT(to)) != 0;
}

const char *status_next_names(enum status from)
{
    static const char *const texts[STATUS_COUNT] = {
        [STATUS_DRAFT] = "SUBMITTED",
        [STATUS_SUBMITTED] = "DRAFT or UNDER_REVIEW",
        [STATUS_UNDER_REVIEW] = "ESCALATED or CLOSED",
        [STATUS_ESCALATED] = "UNDER_REVIEW or CLOSED",
        [STATUS_CLOSED] = "",
    };
    return texts[from];
}
