/* What can tell one machine from another, each fact as a short text. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "gate/base/attributes.h"

struct machine;

enum machine_fact {
    MACHINE_FACT_CPU_MODEL,        /* "Intel Xeon Processor @ 2.60GHz" */
    MACHINE_FACT_MICROCODE,        /* "0xa0011d1" */
    MACHINE_FACT_CPUS_ONLINE,      /* "2" */
    MACHINE_FACT_BOOST,            /* "on", "off" */
    MACHINE_FACT_GOVERNOR,         /* "performance" */
    MACHINE_FACT_KERNEL,           /* "6.1.0-18-amd64" */
    MACHINE_FACT_KERNEL_MAJOR,     /* "6" */
    MACHINE_FACT_VIRTUALISATION,   /* "kvm, docker" */
    MACHINE_FACT_IMAGE,            /* of the CI runner, without its version: "ubuntu24" */
    MACHINE_FACT_IMAGE_VERSION,    /* "20250105.1.0" */
    MACHINE_FACT_COMPILER,         /* name and major version: "gcc 12" */
    MACHINE_FACT_COMPILER_VERSION, /* "cc (Debian 12.2.0-14+deb12u1) 12.2.0" */
    MACHINE_FACT_LIBC,             /* "glibc 2.36" */
    MACHINE_FACT_COUNT             /* how many there are; not a fact */
};

/* Sets of facts. */
#define MACHINE_FACT_BIT(fact) (UINT32_C(1) << (fact))
#define MACHINE_FACTS_ALL      (MACHINE_FACT_BIT(MACHINE_FACT_COUNT) - 1)

/* The set that makes a class where the config names no other: what moves the speed by
 * whole steps, and stays what it is for months. Microcode, the kernel's and the image's
 * exact version and the compiler's patch level change with every update, mostly without a
 * trace in the figures; with them a class would end before it had sessions enough. */
uint32_t machine_facts_default(void);

/* "cpu_model"; as in configurations and session files. */
const char *machine_fact_name(enum machine_fact fact);
/* False, with *out as it was, where there is none of that name. */
bool machine_fact_parse(const char *name, enum machine_fact *out) MUST_CHECK;

/* The fact's text, the caller's; "" where it is not known. toolchain is the first line of
 * the compiler's --version. */
char *machine_fact_value(enum machine_fact fact,
                         const struct machine *machine,
                         const char *toolchain) MUST_CHECK;
