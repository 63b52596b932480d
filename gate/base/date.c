#include "gate/base/date.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define DAY_S      INT64_C(86400)
#define FIRST_YEAR 1970

static const char day_form[] = "dddd-dd-dd";
static const char time_form[] = "dddd-dd-ddTdd:dd:ddZ";

/* d stands for a digit, everything else for itself. */
static bool has_form(const char *text, const char *form)
{
    for (size_t i = 0; form[i]; i++) {
        bool fits =
            form[i] == 'd' ? isdigit((unsigned char)text[i]) != 0 : text[i] == form[i];
        if (!fits)
            return false;
    }
    return !text[strlen(form)];
}

static int digits(const char *text, size_t at, size_t count)
{
    int value = 0;
    for (size_t i = at; i < at + count; i++)
        value = 10 * value + (text[i] - '0');
    return value;
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* Days since 1970 of a date of the Gregorian calendar: the year begins in March, so that
 * the day that comes and goes is its last (Hinnant, "chrono-compatible low-level date
 * algorithms"). */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* The first ten bytes, which have a day's form. */
static int read_day(const char *text, int64_t *out_s)
{
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 2);
    int day = digits(text, 8, 2);
    if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1 ||
        day > days_in(year, month))
        return -1;
    *out_s = days_of(year, month, day) * DAY_S;
    return 0;
}

int date_parse_day(const char *text, int64_t *out_s)
{
    return has_form(text, day_form) ? read_day(text, out_s) : -1;
}

int date_parse_time(const char *text, int64_t *out_s)
{
    int64_t day_s = 0;
    if (!has_form(text, time_form) || read_day(text, &day_s) < 0)
        return -1;
    int64_t hour = digits(text, 11, 2);
    int64_t minute = digits(text, 14, 2);
    int64_t second = digits(text, 17, 2);
    bool may_leap = hour == 23 && minute == 59;
    if (hour > 23 || minute > 59 || second > (may_leap ? 60 : 59))
        return -1;
    *out_s = day_s + (hour * 60 + minute) * 60 + second;
    return 0;
}
