/* What the machine is. */
#pragma once

#include <stdint.h>

#include "gate/base/attributes.h"

enum machine_boost {
    MACHINE_BOOST_UNKNOWN,
    MACHINE_BOOST_OFF,
    MACHINE_BOOST_ON,
};

/* What results of one machine must agree in to be compared, and what a report says about
 * it. Texts are owned and "" where unknown. The host's name is not in it: results get
 * published. */
struct machine {
    char *cpu_model;          /* "AMD EPYC 7763 64-Core Processor" */
    int cpus_online;          /* 0 where unknown */
    char *microcode;          /* "0xa0011d1" */
    char *kernel;             /* release: "6.1.0-18-amd64" */
    char *governor;           /* "performance"; "mixed" where CPUs differ */
    enum machine_boost boost; /* turbo */
    int64_t memory_bytes;     /* 0 where unknown */
    char *virtualisation; /* "none", "kvm", "vmware", "vm" (of unknown make), "docker",
                           * "kvm, docker"... */
    char *image;          /* of the CI runner: "ubuntu24 20250105.1.0" */
    char *libc;           /* that this program runs with: "glibc 2.36" */
};
#define AUTO_MACHINE AUTO(machine_clear)

/* Fills machine ({ 0 } before); all texts are non-NULL afterwards. Reads root + "/proc",
 * root + "/sys" and the like; "" is the real machine. */
void machine_read(const char *root, struct machine *machine);
void machine_clear(struct machine *machine);
/* "unknown", "off", "on". */
const char *machine_boost_name(enum machine_boost boost);
