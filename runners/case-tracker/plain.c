#include "runners/case-tracker/plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* A word that has the byte eight times. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define HIGH_BITS  EACH(0x80)

/* Not 0 where a byte of the word is below limit (1 .. 128), or equal to byte: "Bit
 * Twiddling Hacks" (S. E. Anderson), hasless and hasvalue; both are exact as to whether
 * there is one, though not as to which. */
static uint64_t has_below(uint64_t word, uint64_t limit)
{
    return (word - EACH(limit)) & ~word & HIGH_BITS;
}

static uint64_t has_byte(uint64_t word, uint64_t byte)
{
    return has_below(word ^ EACH(byte), 1);
}

static uint64_t word_at(const char *text)
{
    uint64_t word = 0;
    memcpy(&word, text, sizeof word);
    return word;
}

static uint64_t has_unprintable(uint64_t word)
{
    return (word & HIGH_BITS) | has_below(word, 0x20) | has_byte(word, 0x7f);
}

size_t plain_printable(const char *text, size_t length)
{
    size_t i = 0;
    while (length - i >= sizeof(uint64_t) && !has_unprintable(word_at(text + i)))
        i += sizeof(uint64_t);
    while (i < length && text[i] >= 0x20 && text[i] < 0x7f)
        i++;
    return i;
}

static uint64_t has_escaped(uint64_t word)
{
    return has_below(word, 0x20) | has_byte(word, '"') | has_byte(word, '\\');
}

static bool is_escaped(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

size_t plain_unescaped(const char *text, size_t length)
{
    size_t i = 0;
    while (length - i >= sizeof(uint64_t) && !has_escaped(word_at(text + i)))
        i += sizeof(uint64_t);
    while (i < length && !is_escaped(text[i]))
        i++;
    return i;
}
