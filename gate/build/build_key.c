#include "gate/build/build_key.h"

#include <string.h>

#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/config/config.h"
#include "gate/source/hash.h"

/* Counted up when what an entry holds changes its meaning. */
#define KEY_FORMAT "pawl-build/1"

static void add_field(struct str *text, const char *field)
{
    str_addf(text, "%zu:%s\n", strlen(field), field);
}

static void add_fields(struct str *text, const struct strvec *fields)
{
    str_addf(text, "%zu\n", fields->count);
    for (size_t i = 0; i < fields->count; i++)
        add_field(text, fields->items[i]);
}

void build_key(const struct build_inputs *inputs, char key[SOURCE_ID_SIZE])
{
    AUTO_STR struct str text = STR_INIT;
    AUTO_STRVEC struct strvec environment = { 0 };
    const struct commands *run = &inputs->recipe->run;

    add_field(&text, KEY_FORMAT);
    add_field(&text, inputs->tree);
    add_field(&text, inputs->toolchain);
    add_field(&text, inputs->lane);
    strvec_push_all(&environment, inputs->environment);
    strvec_sort(&environment);
    add_fields(&text, &environment);
    str_addf(&text, "%zu\n", run->count);
    for (size_t i = 0; i < run->count; i++)
        add_fields(&text, &run->items[i].words);
    source_hash_text(text.data, text.length, key);
}
