#include "gate/source/plain_text.h"

#include <stdint.h>
#include <string.h>

/* The bytes of the character that a lead byte begins; 0 for a byte that begins none. */
static size_t length_from_lead(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead <= 0xdf)
        return 2;
    if (lead >= 0xe0 && lead <= 0xef)
        return 3;
    if (lead >= 0xf0 && lead <= 0xf4)
        return 4;
    return 0;
}

/* Overlong forms, surrogates and what lies past U+10FFFF: told by the second byte. */
static int is_second_byte_allowed(unsigned char lead, unsigned char second)
{
    unsigned char least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned char most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return second >= least && second <= most;
}

/* The bytes of the valid character at text, 0 where there is none. */
static size_t character_length(const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t length = length_from_lead(bytes[0]);
    if (length > 1 && !is_second_byte_allowed(bytes[0], bytes[1]))
        return 0;
    for (size_t i = 2; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    }
    return length;
}

static int is_control(unsigned char byte)
{
    return byte < 0x20 || byte == 0x7f;
}

void plain_text_copy(char *to, size_t size, const char *text)
{
    size_t used = 0;
    const char *from = text ? text : "";
    while (*from) {
        size_t length = character_length(from);
        size_t needed = length ? length : 1;
        if (used + needed >= size)
            break;
        if (!length)
            to[used] = '?';
        else if (is_control((unsigned char)*from))
            to[used] = ' ';
        else
            memcpy(to + used, from, length);
        used += needed;
        from += needed;
    }
    to[used] = '\0';
}
