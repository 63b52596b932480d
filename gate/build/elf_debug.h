/* Debug information in ELF programs: never loaded when they run. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* True where both are whole 64-bit ELF files of this machine's byte order and the same in
 * all but the contents and sizes of their debug sections (".debug_...", not loaded), and
 * what these move. False in doubt: files with something behind their last section. */
bool elf_equal_but_for_debug(const unsigned char *base,
                             size_t base_size,
                             const unsigned char *head,
                             size_t head_size);

/* True where both are such files and the same in all that is loaded when they run, debug
 * sections or not. */
bool elf_equal_when_loaded(const unsigned char *base,
                           size_t base_size,
                           const unsigned char *head,
                           size_t head_size);

/* True where it has a table of source lines. */
bool elf_has_lines(const unsigned char *bytes, size_t size);
