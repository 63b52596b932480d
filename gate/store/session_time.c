#include "gate/store/session_time.h"

#include <ctype.h>
#include <string.h>

#define DAY_S INT64_C(86400)

/* Days since 1970 of a date of the Gregorian calendar: the year begins in March, so that
 * the day that comes and goes is its last (Hinnant, "chrono-compatible low-level date
 * algorithms"). Years from 1 on. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static int64_t digits(const char *text, size_t at, size_t count)
{
    int64_t value = 0;
    for (size_t i = at; i < at + count; i++)
        value = 10 * value + (text[i] - '0');
    return value;
}

bool session_time_is_valid(const char *text)
{
    static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
    if (strlen(text) != sizeof form - 1)
        return false;
    for (size_t i = 0; form[i]; i++) {
        bool fits =
            form[i] == 'd' ? isdigit((unsigned char)text[i]) != 0 : text[i] == form[i];
        if (!fits)
            return false;
    }
    int64_t month = digits(text, 5, 2);
    int64_t day = digits(text, 8, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           digits(text, 11, 2) <= 23 && digits(text, 14, 2) <= 59 &&
           digits(text, 17, 2) <= 60;
}

int64_t session_time_s(const char *text)
{
    int64_t days = days_of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    return days * DAY_S + digits(text, 11, 2) * 3600 + digits(text, 14, 2) * 60 +
           digits(text, 17, 2);
}
