/* cmocka and what it lacks. Include this instead of cmocka.h. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Fails unless |got - want| <= tolerance. cmocka 1.1.5's assert_float_equal compares as
 * float. */
#define assert_close(got, want, tolerance) \
    check_close((got), (want), (tolerance), #got, __FILE__, __LINE__)
void check_close(double got,
                 double want,
                 double tolerance,
                 const char *what,
                 const char *file,
                 int line);

/* Fails unless text holds part. */
#define assert_contains(text, part) check_contains((text), (part), __FILE__, __LINE__)
void check_contains(const char *text, const char *part, const char *file, int line);

/* Fails when text holds part. */
#define assert_lacks(text, part) check_lacks((text), (part), __FILE__, __LINE__)
void check_lacks(const char *text, const char *part, const char *file, int line);
