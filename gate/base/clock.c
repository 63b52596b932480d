#include "gate/base/clock.h"

#include <time.h>

#include "gate/base/alloc.h"

#define NS_PER_S INT64_C(1000000000)

static int64_t read_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

int64_t clock_now_ns(void)
{
    return read_ns(CLOCK_MONOTONIC);
}

int64_t clock_cpu_ns(void)
{
    return read_ns(CLOCK_PROCESS_CPUTIME_ID);
}

static struct tm utc_before(int64_t age_ns)
{
    struct tm parts;
    time_t at = time(NULL) - (time_t)(age_ns / NS_PER_S);
    gmtime_r(&at, &parts);
    return parts;
}

char *clock_utc_before(int64_t age_ns)
{
    char text[64];
    struct tm parts = utc_before(age_ns);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return xstrdup(text);
}

char *clock_utc(void)
{
    return clock_utc_before(0);
}

char *clock_stamp(void)
{
    char text[64];
    struct tm parts = utc_before(0);
    strftime(text, sizeof text, "%Y%m%d-%H%M%S", &parts);
    return xstrdup(text);
}
