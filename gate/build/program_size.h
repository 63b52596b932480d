/* How large a built program is: its file, and what of it is loaded when it runs. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The three parts are those of binutils' `size` in its Berkeley format: the sections that
 * are loaded, by whether they hold code or can't be written to (text), have contents
 * (data), or begin as zeroes (bss). Debug information and symbols are in none of them:
 * they make a file large and cost nothing when it runs. */
struct program_size {
    bool is_there;  /* a regular file that can be read; else all is 0 */
    bool has_parts; /* false for a script, and for what is no whole 64-bit ELF file of
                     * this machine's byte order: of these file_bytes alone is known */
    int64_t file_bytes;
    int64_t text_bytes;
    int64_t data_bytes;
    int64_t bss_bytes;
};

struct program_size program_size_of(const char *path);
