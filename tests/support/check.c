#include "tests/support/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void check_close(double got,
                 double want,
                 double tolerance,
                 const char *what,
                 const char *file,
                 int line)
{
    if (fabs(got - want) <= tolerance)
        return;
    print_error("%s is %.12g, not %.12g (tolerance %g)\n", what, got, want, tolerance);
    _fail(file, line);
}

void check_contains(const char *text, const char *part, const char *file, int line)
{
    if (strstr(text, part))
        return;
    print_error("'%s'\nis not in:\n%s\n", part, text);
    _fail(file, line);
}

void check_lacks(const char *text, const char *part, const char *file, int line)
{
    if (!strstr(text, part))
        return;
    print_error("'%s'\nshould not be in:\n%s\n", part, text);
    _fail(file, line);
}
