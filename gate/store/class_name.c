/* Names of machine classes, made to be recognised in a directory listing: "xeon-2c-kvm-
 * gcc12-3f9a12bc". The words are for people; the hash behind them is what tells classes
 * apart. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "gate/base/alloc.h"
#include "gate/base/random.h"
#include "gate/base/str.h"
#include "gate/store/machine_class.h"

/* Of a processor's name; the rest of the words takes less than 30. */
#define MODEL_MOST 32
#define WORDS_MOST 64

static const char *value_of(const struct class_fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (str_equal(fields->items[i].name, name))
            return fields->items[i].value;
    return "";
}

/* Words of processors' names that tell nothing. */
static bool is_filler(const char *word, size_t length)
{
    static const char *const fillers[] = { "cpu", "processor", "intel", "amd" };
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        if (length == strlen(fillers[i]) && !strncasecmp(word, fillers[i], length))
            return true;
    return length > 5 && !strncasecmp(word + length - 5, "-core", 5);
}

/* "(R)" and "(TM)" stand inside of words. */
static void add_without_marks(struct str *out, const char *model)
{
    for (const char *c = model; *c && *c != '@'; c++) {
        if (*c == '(' && strchr(c, ')'))
            c = strchr(c, ')');
        else
            str_add_char(out, *c);
    }
}

/* Lower case letters, digits and dots; '-' for whatever stands between them. */
static void add_plain(struct str *out, const char *text, size_t length)
{
    bool is_between = out->length > 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80 || !(isalnum(c) || (c == '.' && out->length && !is_between))) {
            is_between = out->length > 0;
            continue;
        }
        if (is_between)
            str_add_char(out, '-');
        is_between = false;
        str_add_char(out, (char)tolower(c));
    }
}

static void add_model(struct str *out, const char *model)
{
    AUTO_STR struct str words = STR_INIT;
    add_without_marks(&words, model);
    for (const char *word = words.data; *word;) {
        size_t length = strcspn(word, " ");
        if (!is_filler(word, length))
            add_plain(out, word, length);
        word += length;
        word += strspn(word, " ");
    }
    str_truncate(out, MODEL_MOST);
    while (out->length && strchr(".-", out->data[out->length - 1]))
        str_truncate(out, out->length - 1);
    if (!out->length)
        str_add(out, "machine");
}

/* Without its blanks, so that it is one word: "gcc12". */
static void add_compact(struct str *out, const char *text)
{
    AUTO_STR struct str compact = STR_INIT;
    for (const char *c = text; *c; c++)
        if (*c != ' ')
            str_add_char(&compact, *c);
    add_plain(out, compact.data, compact.length);
}

/* FNV-1a over the fields, its halves folded into one. */
static uint32_t hash(const struct class_fields *fields)
{
    AUTO_STR struct str text = STR_INIT;
    for (size_t i = 0; i < fields->count; i++)
        str_addf(&text, "%s=%s\n", fields->items[i].name, fields->items[i].value);
    uint64_t whole = random_stream_of(text.data);
    return (uint32_t)(whole ^ whole >> 32);
}

char *machine_class_make_name(const struct class_fields *fields)
{
    struct str name = STR_INIT;
    const char *cpus = value_of(fields, "cpus_online");
    const char *virtualisation = value_of(fields, "virtualisation");
    add_model(&name, value_of(fields, "cpu_model"));
    if (*cpus) {
        add_plain(&name, cpus, strlen(cpus));
        str_add_char(&name, 'c');
    }
    if (!str_equal(virtualisation, "none"))
        add_plain(&name, virtualisation, strlen(virtualisation));
    add_compact(&name, value_of(fields, "image"));
    add_compact(&name, value_of(fields, "compiler"));
    str_truncate(&name, WORDS_MOST);
    str_addf(&name, "-%08" PRIx32, hash(fields));
    return str_detach(&name);
}

bool machine_class_name_is_valid(const char *name)
{
    size_t length = strlen(name);
    return length && length <= MACHINE_CLASS_NAME_MOST &&
           isalnum((unsigned char)name[0]) &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-")] == '\0';
}
