#include "gate/build/printable.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "gate/base/str.h"

/* One character: its bytes and its number; is_valid is false for a byte that is not
 * UTF-8. */
struct character {
    size_t length;
    uint32_t code;
    bool is_valid;
};

static size_t length_by_lead(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xc2 && lead < 0xe0)
        return 2;
    if (lead >= 0xe0 && lead < 0xf0)
        return 3;
    return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/* Refused besides bad bytes: forms longer than needed, surrogates, past U+10FFFF. */
static bool is_allowed(uint32_t code, size_t length)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    return code >= smallest[length] && code <= 0x10ffff &&
           !(code >= 0xd800 && code < 0xe000);
}

static struct character decode(const char *bytes, size_t room)
{
    static const unsigned char lead_mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    const struct character bad = { .length = 1 };
    size_t length = length_by_lead((unsigned char)bytes[0]);
    if (length == 0 || length > room)
        return bad;
    uint32_t code = (unsigned char)bytes[0] & lead_mask[length];
    for (size_t i = 1; i < length; i++) {
        unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xc0) != 0x80)
            return bad;
        code = code << 6 | (next & 0x3f);
    }
    if (!is_allowed(code, length))
        return bad;
    return (struct character){ .length = length, .code = code, .is_valid = true };
}

static bool is_kept(uint32_t code, const char *keep)
{
    return code != 0 && code < 0x80 && strchr(keep, (int)code) != NULL;
}

static bool is_harmful(uint32_t code)
{
    bool is_control = code < 0x20 || (code >= 0x7f && code < 0xa0);
    bool turns_direction = code == 0x061c || code == 0x200e || code == 0x200f ||
                           (code >= 0x202a && code <= 0x202e) ||
                           (code >= 0x2066 && code <= 0x2069);
    return is_control || turns_direction || code == 0x2028 || code == 0x2029;
}

size_t printable_add(struct str *out,
                     const char *bytes,
                     size_t length,
                     const char *keep,
                     size_t max_characters)
{
    size_t at = 0;
    for (size_t i = 0; i < max_characters && at < length; i++) {
        struct character c = decode(bytes + at, length - at);
        if (!c.is_valid || (is_harmful(c.code) && !is_kept(c.code, keep)))
            str_add_char(out, '?');
        else
            str_add_bytes(out, bytes + at, c.length);
        at += c.length;
    }
    return at;
}
