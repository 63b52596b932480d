/* Files compared as what they make a machine do: the bytes, but for what differs between
 * builds of the same in two places. */
#pragma once

#include <stdbool.h>

/* What a file is, by its first bytes. */
enum file_kind {
    FILE_MISSING, /* or not to be read */
    FILE_PROGRAM, /* ELF that can be run or loaded: an executable, a shared object */
    FILE_PART,    /* ELF that is linked into others, or an archive of such */
    FILE_OTHER
};
enum file_kind file_kind_of(const char *path);

/* True where the two regular files have the same bytes once each mention of base_tree in
 * the first is read as head_tree (of the same length; else nothing is replaced) and, in
 * ELF files, build ids and debug information (elf_debug.h) are passed over. False also
 * where one can't be read. */
bool files_equal_but_for_place(const char *base_path,
                               const char *head_path,
                               const char *base_tree,
                               const char *head_tree);

/* The same for what is loaded when the two run: debug information is passed over even
 * where only one has it. False for files that are no 64-bit ELF. */
bool files_run_alike(const char *base_path,
                     const char *head_path,
                     const char *base_tree,
                     const char *head_tree);

/* True where the program's debug information has a table of source lines. */
bool file_has_lines(const char *path);
