#include "runners/case-tracker/utf8.h"

/* The length of the sequence that lead begins (0: none), and the range that RFC 3629
 * allows for its second byte. */
static size_t
sequence_length(unsigned char lead, unsigned char *lowest, unsigned char *highest)
{
    *lowest = 0x80;
    *highest = 0xbf;
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    if (lead == 0xe0)
        *lowest = 0xa0;
    if (lead == 0xed)
        *highest = 0x9f;
    if (lead == 0xf0)
        *lowest = 0x90;
    if (lead == 0xf4)
        *highest = 0x8f;
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

static bool is_continued(const unsigned char *bytes, size_t length)
{
    for (size_t i = 2; i < length; i++) {
        if (bytes[i] < 0x80 || bytes[i] > 0xbf)
            return false;
    }
    return true;
}

bool utf8_is_valid(const char *bytes, size_t length)
{
    const unsigned char *text = (const unsigned char *)bytes;
    for (size_t i = 0; i < length;) {
        unsigned char lowest = 0;
        unsigned char highest = 0;
        size_t sequence = sequence_length(text[i], &lowest, &highest);
        if (sequence == 0 || sequence > length - i)
            return false;
        if (sequence > 1 && (text[i + 1] < lowest || text[i + 1] > highest))
            return false;
        if (!is_continued(text + i, sequence))
            return false;
        i += sequence;
    }
    return true;
}
