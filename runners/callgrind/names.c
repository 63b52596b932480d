#include "runners/callgrind/names.h"

#include <string.h>

#include "gate/base/array.h"

void names_clear(struct names *names)
{
    strvec_clear(&names->texts);
    index_clear(&names->by_text);
    for (size_t kind = 0; kind < NAME_KIND_COUNT; kind++) {
        array_clear(&names->numbers[kind]);
        index_clear(&names->by_number[kind]);
    }
}

const char *names_intern(struct names *names, const char *bytes, size_t length)
{
    length = strnlen(bytes, length);
    uint32_t hash = index_hash_bytes(bytes, length);
    size_t cursor = index_start(&names->by_text, hash);
    uint32_t item = 0;
    while ((item = index_next(&names->by_text, hash, &cursor)) != INDEX_NONE) {
        const char *text = names->texts.items[item];
        if (strncmp(text, bytes, length) == 0 && text[length] == '\0')
            return text;
    }
    index_add(&names->by_text, hash, (uint32_t)names->texts.count);
    strvec_push_owned(&names->texts, xstrndup(bytes, length));
    return names->texts.items[names->texts.count - 1];
}

/* Numbers mostly follow on one another: beside each other in the index, too. */
static uint32_t hash_number(uint64_t number)
{
    return (uint32_t)(number ^ (number >> 32));
}

static struct name_number *
find_number(const struct names *names, enum name_kind kind, uint64_t number)
{
    const struct index *index = &names->by_number[kind];
    uint32_t hash = hash_number(number);
    size_t cursor = index_start(index, hash);
    uint32_t item = 0;
    while ((item = index_next(index, hash, &cursor)) != INDEX_NONE)
        if (names->numbers[kind].items[item].number == number)
            return &names->numbers[kind].items[item];
    return NULL;
}

void names_define(struct names *names,
                  enum name_kind kind,
                  uint64_t number,
                  const char *text)
{
    struct name_number *known = find_number(names, kind, number);
    if (known) {
        known->text = text;
        return;
    }
    uint32_t item = (uint32_t)names->numbers[kind].count;
    *array_push(&names->numbers[kind]) =
        (struct name_number){ .number = number, .text = text };
    index_add(&names->by_number[kind], hash_number(number), item);
}

const char *names_find(const struct names *names, enum name_kind kind, uint64_t number)
{
    const struct name_number *known = find_number(names, kind, number);
    return known ? known->text : NULL;
}
