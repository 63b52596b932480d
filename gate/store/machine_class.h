/* Which machines are alike enough for their figures to be compared.
 *
 * A class is a set of facts with their values. Which facts, the config says: with few,
 * different machines are mixed; with many, a class ends with every update. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct machine;
struct str;
struct strvec;

struct class_field {
    char *name;  /* "cpu_model": machine_fact_name's, or that of a later pawl */
    char *value; /* "" where unknown */
};
struct class_fields {
    struct class_field *items; /* sorted by name, each once */
    size_t count;
    size_t capacity;
};

/* { 0 } is a class without fields, whose name is NULL. */
struct machine_class {
    char *
        name; /* of a directory: "xeon-2c-kvm-gcc12-3f9a12bc"; a function of the fields */
    struct class_fields fields;
};

/* facts: a set of MACHINE_FACT_BITs; toolchain: the first line of the compiler's
 * --version. */
void machine_class_of(const struct machine *machine,
                      const char *toolchain,
                      uint32_t facts,
                      struct machine_class *out);
void machine_class_copy(struct machine_class *to, const struct machine_class *from);
void machine_class_clear(struct machine_class *machine_class);
#define AUTO_MACHINE_CLASS AUTO(machine_class_clear)

/* The name that a class with these fields has, the caller's. Of [a-z0-9.-] alone, it
 * begins with a letter or digit and has at most MACHINE_CLASS_NAME_MOST characters. Its
 * end is a hash of the fields. */
#define MACHINE_CLASS_NAME_MOST 80
char *machine_class_make_name(const struct class_fields *fields) MUST_CHECK;
/* Whether it could be one: of those characters, and no longer. */
bool machine_class_name_is_valid(const char *name);

/* Whether both have the same facts with the same values. */
bool machine_class_equal(const struct machine_class *a, const struct machine_class *b);
/* Pushes a clause for each fact that differs: "compiler: gcc 12 here, gcc 13 there",
 * "governor: unknown here, performance there", "libc: glibc 2.36 here, no part of the
 * class there". Nothing where they are equal. */
void machine_class_differences(const struct machine_class *here,
                               const struct machine_class *there,
                               struct strvec *out);
