/* Compiler attributes under short names. */
#pragma once

/* Runs fn on the variable's address when it goes out of scope. */
#define AUTO(fn)             __attribute__((cleanup(fn)))
#define MUST_CHECK           __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, va) __attribute__((format(printf, fmt, va)))
#define NORETURN             __attribute__((noreturn))
