#include "runners/case-tracker/case_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "gate/base/str.h"
#include "runners/case-tracker/case.h"

enum {
    DIGITS_MIN = 6,
    DIGITS_MAX = 12
};

uint64_t case_id_number(const char *id)
{
    if (strncmp(id, "CASE-", 5) != 0)
        return 0;

    const char *digits = id + 5;
    uint64_t number = 0;
    size_t count = 0;
    for (; digits[count]; count++) {
        if (digits[count] < '0' || digits[count] > '9' || count == DIGITS_MAX)
            return 0;
        number = number * 10 + (uint64_t)(digits[count] - '0');
    }
    if (count < DIGITS_MIN || (count > DIGITS_MIN && digits[0] == '0'))
        return 0;
    return number;
}

int case_id_parse(const char *id, uint64_t *number, struct error *err)
{
    uint64_t found = case_id_number(id);
    if (!found)
        return error_set(err, ERROR_CASES, "'%s' is not a case id such as CASE-000001",
                         id);
    *number = found;
    return 0;
}

/* By hand: printf would be the larger part of writing a case. */
static void add_digits(struct str *text, uint64_t number, size_t width)
{
    char digits[20];
    size_t first = sizeof digits;
    while (number || sizeof digits - first < width) {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    }
    str_add_bytes(text, digits + first, sizeof digits - first);
}

void case_id_add(struct str *text, uint64_t number)
{
    str_add_bytes(text, "CASE-", 5);
    add_digits(text, number, DIGITS_MIN);
}

void number_add(struct str *text, uint64_t number)
{
    add_digits(text, number, 1);
}

struct case_id_text case_id_text(uint64_t number)
{
    struct case_id_text id;
    snprintf(id.text, sizeof id.text, "CASE-%06" PRIu64, number);
    return id;
}
