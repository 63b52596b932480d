#include "runners/dhat/heap_left.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/json.h"
#include "gate/base/str.h"

#define VERSION 2
#define UNKNOWN "???"

void heap_left_clear(struct heap_left *left)
{
    for (size_t i = 0; i < left->frames.count; i++) {
        free(left->frames.items[i].function);
        free(left->frames.items[i].file);
    }
    array_clear(&left->frames);
    array_clear(&left->calls);
    array_clear(&left->stacks);
    *left = (struct heap_left){ 0 };
}

/* "0x1091A4: keep(int) (/src/kept.c:8)", "0x1091A4: keep (in /usr/lib/x.so)",
 * "0x1091A4: ???", "[root]": names have blanks and brackets too, so that the place is
 * what stands in the last ones. */
static struct heap_frame read_frame(const char *text)
{
    const char *colon = strstr(text, ": ");
    const char *name = colon ? colon + 2 : text;
    size_t length = strlen(name);
    const char *place = length && name[length - 1] == ')' ? name + length : NULL;
    while (place && place > name && strncmp(place, " (", 2) != 0)
        place--;
    if (!place || place == name)
        return (struct heap_frame){ .function = xstrdup(length ? name : UNKNOWN),
                                    .file = xstrdup(UNKNOWN) };
    struct heap_frame frame = { .function = xstrndup(name, (size_t)(place - name)) };
    place += 2;
    size_t rest = strlen(place) - 1;
    const char *number = memrchr(place, ':', rest);
    if (str_starts_with(place, "in ")) {
        frame.file = xstrndup(place + 3, rest - 3);
    } else if (number) {
        frame.file = xstrndup(place, (size_t)(number - place));
        frame.line = (uint32_t)strtoul(number + 1, NULL, 10);
    } else {
        frame.file = xstrndup(place, rest);
    }
    return frame;
}

static int read_frames(const json_t *table, struct heap_left *left)
{
    if (!json_is_array(table))
        return -1;
    for (size_t i = 0; i < json_array_size(table); i++) {
        const char *text = json_string_value(json_array_get(table, i));
        if (!text)
            return -1;
        *array_push(&left->frames) = read_frame(text);
    }
    return 0;
}

static int read_count(const json_t *from, const char *key, uint64_t *out)
{
    const json_t *value = json_object_get(from, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return -1;
    *out = (uint64_t)json_integer_value(value);
    return 0;
}

static int read_stack(const json_t *from, struct heap_left *left)
{
    struct heap_stack stack = { .first = left->calls.count };
    const json_t *calls = json_object_get(from, "fs");
    if (read_count(from, "eb", &stack.bytes) < 0 ||
        read_count(from, "ebk", &stack.blocks) < 0 || !json_is_array(calls))
        return -1;
    if (!stack.blocks)
        return 0;
    for (size_t i = 0; i < json_array_size(calls); i++) {
        const json_t *call = json_array_get(calls, i);
        json_int_t frame = json_integer_value(call);
        if (!json_is_integer(call) || frame < 0 || (size_t)frame >= left->frames.count)
            return -1;
        *array_push(&left->calls) = (uint32_t)frame;
    }
    stack.count = left->calls.count - stack.first;
    left->bytes += stack.bytes;
    *array_push(&left->stacks) = stack;
    return 0;
}

static int read_all(const json_t *from, struct heap_left *left)
{
    const json_t *stacks = json_object_get(from, "pps");
    const char *mode = json_string_value(json_object_get(from, "mode"));
    if (json_integer_value(json_object_get(from, "dhatFileVersion")) != VERSION ||
        !mode || !str_equal(mode, "heap") || !json_is_array(stacks) ||
        read_frames(json_object_get(from, "ftbl"), left) < 0)
        return -1;
    for (size_t i = 0; i < json_array_size(stacks); i++)
        if (read_stack(json_array_get(stacks, i), left) < 0)
            return -1;
    return 0;
}

int heap_left_read(const char *path, struct heap_left *left, struct error *err)
{
    AUTO_HEAP_LEFT struct heap_left got = { 0 };
    AUTO_JSON json_t *json = json_read_file(path, ERROR_BENCHMARK, err);
    if (!json)
        return -1;
    if (read_all(json, &got) < 0)
        return error_set(err, ERROR_BENCHMARK,
                         "'%s' is not what valgrind's DHAT writes (version %d)", path,
                         VERSION);
    *left = got;
    got = (struct heap_left){ 0 };
    return 0;
}
