/* What kind of file a program is, as far as a counting runner must know. */
#pragma once

#include "gate/base/attributes.h"

struct strvec;

enum program_kind {
    PROGRAM_DYNAMIC, /* loads its libraries through the dynamic linker */
    PROGRAM_STATIC,  /* linked statically: no library can be put in front */
    PROGRAM_FOREIGN, /* made for another machine than pawl, or another word size */
    PROGRAM_UNKNOWN  /* not found, not readable, or no ELF file */
};

/* The file that words[0] names: as it is where it holds a '/' (relative to directory,
 * NULL: ours), else looked up in the environment's PATH. The caller's; NULL where there
 * is none. */
char *program_find(const char *word,
                   const struct strvec *environment,
                   const char *directory) MUST_CHECK;

/* Kind of the file; of a script ("#!"), that of its interpreter. */
enum program_kind program_kind_of(const char *path);
