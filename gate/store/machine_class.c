#include "gate/store/machine_class.h"

#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "runners/machine_fact.h"

static int compare_fields(const void *a, const void *b)
{
    const struct class_field *first = a;
    const struct class_field *second = b;
    return strcmp(first->name, second->name);
}

void machine_class_of(const struct machine *machine,
                      const char *toolchain,
                      uint32_t facts,
                      struct machine_class *out)
{
    struct machine_class made = { 0 };
    for (enum machine_fact fact = 0; fact < MACHINE_FACT_COUNT; fact++) {
        if (!(facts & MACHINE_FACT_BIT(fact)))
            continue;
        *array_push(&made.fields) = (struct class_field){
            .name = xstrdup(machine_fact_name(fact)),
            .value = machine_fact_value(fact, machine, toolchain),
        };
    }
    if (made.fields.count > 1)
        qsort(made.fields.items, made.fields.count, sizeof *made.fields.items,
              compare_fields);
    made.name = machine_class_make_name(&made.fields);
    *out = made;
}

void machine_class_clear(struct machine_class *machine_class)
{
    for (size_t i = 0; i < machine_class->fields.count; i++) {
        free(machine_class->fields.items[i].name);
        free(machine_class->fields.items[i].value);
    }
    array_clear(&machine_class->fields);
    free(machine_class->name);
    *machine_class = (struct machine_class){ 0 };
}

void machine_class_copy(struct machine_class *to, const struct machine_class *from)
{
    struct machine_class made = { .name = xstrdup(from->name) };
    for (size_t i = 0; i < from->fields.count; i++)
        *array_push(&made.fields) = (struct class_field){
            .name = xstrdup(from->fields.items[i].name),
            .value = xstrdup(from->fields.items[i].value),
        };
    machine_class_clear(to);
    *to = made;
}

bool machine_class_equal(const struct machine_class *a, const struct machine_class *b)
{
    if (a->fields.count != b->fields.count)
        return false;
    for (size_t i = 0; i < a->fields.count; i++) {
        if (!str_equal(a->fields.items[i].name, b->fields.items[i].name) ||
            !str_equal(a->fields.items[i].value, b->fields.items[i].value))
            return false;
    }
    return true;
}

static const struct class_field *find(const struct machine_class *in, const char *name)
{
    for (size_t i = 0; i < in->fields.count; i++)
        if (str_equal(in->fields.items[i].name, name))
            return &in->fields.items[i];
    return NULL;
}

static const char *describe(const struct class_field *field)
{
    if (!field)
        return "no part of the class";
    return *field->value ? field->value : "unknown";
}

void machine_class_differences(const struct machine_class *here,
                               const struct machine_class *there,
                               struct strvec *out)
{
    for (size_t i = 0; i < here->fields.count; i++) {
        const struct class_field *field = &here->fields.items[i];
        const struct class_field *other = find(there, field->name);
        if (!other || !str_equal(field->value, other->value))
            strvec_pushf(out, "%s: %s here, %s there", field->name, describe(field),
                         describe(other));
    }
    for (size_t i = 0; i < there->fields.count; i++) {
        const struct class_field *field = &there->fields.items[i];
        if (!find(here, field->name))
            strvec_pushf(out, "%s: %s here, %s there", field->name, describe(NULL),
                         describe(field));
    }
}
