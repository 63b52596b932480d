/* Reading a line of a profile from its start on. Every line ends with '\n', which none of
 * these goes past. Inline: they run for each of millions of lines. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline const char *scan_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\r')
        at++;
    return at;
}

static inline bool scan_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline int scan_hex_digit(char c)
{
    if (scan_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static inline bool scan_hex(const char **at, uint64_t *value)
{
    const char *start = *at;
    uint64_t read = 0;
    for (int digit = 0; (digit = scan_hex_digit(**at)) >= 0; (*at)++) {
        if (read >> 60)
            return false;
        read = read << 4 | (uint64_t)digit;
    }
    *value = read;
    return *at > start;
}

/* A decimal number, or a hexadecimal one after 0x. Moves at behind it; false where there
 * is none, or 64 bits don't hold it. */
static inline bool scan_number(const char **at, uint64_t *value)
{
    const char *start = *at;
    uint64_t read = 0;
    if (start[0] == '0' && start[1] == 'x') {
        *at += 2;
        return scan_hex(at, value);
    }
    for (; scan_is_digit(**at); (*at)++) {
        uint64_t digit = (uint64_t)(**at - '0');
        if (__builtin_mul_overflow(read, UINT64_C(10), &read) ||
            __builtin_add_overflow(read, digit, &read))
            return false;
    }
    *value = read;
    return *at > start;
}

/* Moves at behind the word where it stands there. */
static inline bool scan_word(const char **at, const char *word)
{
    const char *here = *at;
    for (; *word; word++, here++)
        if (*here != *word)
            return false;
    *at = here;
    return true;
}

static inline size_t scan_line_length(const char *at)
{
    const char *end = at;
    while (*end != '\n')
        end++;
    while (end > at && (end[-1] == '\r' || end[-1] == ' '))
        end--;
    return (size_t)(end - at);
}
