/* What is expected is what binutils' own `size` says of the same file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/file.h"
#include "gate/base/str.h"
#include "gate/build/program_size.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

/* A program with code, constants, and variables of all kinds. */
static void write_source(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "prog.c",
                  "#include <stdio.h>\n"
                  "static const char table[5000] = { 1, 2 };\n"
                  "int first[700] = { 3 };\n"
                  "char zeroes[9000];\n"
                  "static __thread int own[40];\n"
                  "const char *named(int i) { return i ? \"yes\" : table; }\n"
                  "int add(int i) { return own[i] += first[i] + zeroes[i] + table[i]; }\n"
                  "#ifndef PART\n"
                  "int main(int argc, char **argv)\n"
                  "{ (void)argv; puts(named(argc)); return add(argc); }\n"
                  "#endif\n");
}

static struct program_size size_of(struct sandbox *sandbox, const char *name)
{
    return program_size_of(sandbox_file(sandbox, name));
}

static long file_bytes(struct sandbox *sandbox, const char *name)
{
    struct outcome outcome = sandbox_run(sandbox, "stat -c %%s %s", name);
    long bytes = strtol(outcome.out, NULL, 10);
    outcome_clear(&outcome);
    return bytes;
}

static void assert_as_size_says(struct sandbox *sandbox, const char *name)
{
    struct program_size size = size_of(sandbox, name);
    struct outcome outcome = sandbox_run(
        sandbox, "size --format=berkeley %s | awk 'NR == 2 { print $1, $2, $3 }'", name);
    AUTO_FREE char *ours =
        str_format("%lld %lld %lld\n", (long long)size.text_bytes,
                   (long long)size.data_bytes, (long long)size.bss_bytes);
    assert_string_equal(ours, outcome.out);
    assert_true(size.is_there);
    assert_true(size.has_parts);
    assert_int_equal(size.file_bytes, file_bytes(sandbox, name));
    outcome_clear(&outcome);
}

static void parts_are_those_that_size_tells(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_need(sandbox, "size --version", "binutils");
    write_source(sandbox);
    sandbox_must(sandbox, "cc -O1 -o usual prog.c");
    sandbox_must(sandbox, "cc -O1 -static -o static prog.c || cp usual static");
    sandbox_must(sandbox, "cc -O1 -fPIC -shared -o libprog.so prog.c");
    sandbox_must(sandbox, "cc -O1 -DPART -c -o prog.o prog.c");
    assert_as_size_says(sandbox, "usual");
    assert_as_size_says(sandbox, "static");
    assert_as_size_says(sandbox, "libprog.so");
    assert_as_size_says(sandbox, "prog.o");
    assert_true(size_of(sandbox, "usual").text_bytes > 5000);
    assert_true(size_of(sandbox, "usual").data_bytes >= 2800);
    assert_true(size_of(sandbox, "usual").bss_bytes >= 9000);
}

static void debug_information_makes_the_file_larger_alone(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_need(sandbox, "size --version", "binutils");
    write_source(sandbox);
    sandbox_must(sandbox, "cc -O1 -g3 -o debug prog.c && strip -o stripped debug");
    assert_as_size_says(sandbox, "debug");
    assert_as_size_says(sandbox, "stripped");

    struct program_size debug = size_of(sandbox, "debug");
    struct program_size stripped = size_of(sandbox, "stripped");
    assert_int_equal(debug.text_bytes, stripped.text_bytes);
    assert_int_equal(debug.data_bytes, stripped.data_bytes);
    assert_int_equal(debug.bss_bytes, stripped.bss_bytes);
    assert_true(debug.file_bytes > stripped.file_bytes + 1000);
}

static void assert_file_alone(struct sandbox *sandbox, const char *name)
{
    struct program_size size = size_of(sandbox, name);
    assert_true(size.is_there);
    assert_false(size.has_parts);
    assert_int_equal(size.file_bytes, file_bytes(sandbox, name));
    assert_int_equal(size.text_bytes + size.data_bytes + size.bss_bytes, 0);
}

static void of_what_is_no_program_the_file_alone_is_known(void **state)
{
    struct sandbox *sandbox = *state;
    sandbox_must(sandbox,
                 "printf '#!/bin/sh\\n' >script && : >empty && printf '\\177ELF' "
                 ">begun && mkdir directory && ln -s script link && ln -s "
                 "nothing broken && mkfifo pipe");
    assert_file_alone(sandbox, "script");
    assert_file_alone(sandbox, "empty");
    assert_file_alone(sandbox, "begun");
    assert_int_equal(size_of(sandbox, "link").file_bytes, 10);
    assert_false(size_of(sandbox, "directory").is_there);
    assert_false(size_of(sandbox, "broken").is_there);
    assert_false(size_of(sandbox, "pipe").is_there);
    assert_false(size_of(sandbox, "nothing").is_there);
}

/* The program, read once; damage is done to copies. */
static void make_program(struct sandbox *sandbox, struct str *bytes)
{
    struct error err = { 0 };
    write_source(sandbox);
    sandbox_must(sandbox, "cc -O1 -o prog prog.c");
    if (file_read(sandbox_file(sandbox, "prog"), bytes, &err) < 0)
        fail_msg("%s", err.message);
}

static void write_bytes(struct sandbox *sandbox, const char *bytes, size_t size)
{
    FILE *file = fopen(sandbox_file(sandbox, "damaged"), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* The table of sections comes last in a file. */
static void what_is_cut_off_has_no_parts(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STR struct str bytes = STR_INIT;
    make_program(sandbox, &bytes);
    for (size_t size = 0; size < bytes.length; size += 1 + bytes.length / 97) {
        write_bytes(sandbox, bytes.data, size);
        struct program_size found = size_of(sandbox, "damaged");
        assert_true(found.is_there);
        assert_false(found.has_parts);
        assert_int_equal(found.file_bytes, size);
        assert_int_equal(found.text_bytes + found.data_bytes + found.bss_bytes, 0);
    }
}

/* Whatever a byte of the header or of the table is: parts that add up to something that
 * fits, or none. */
static void damage_gives_figures_or_none(void **state)
{
    static const char values[] = { 0, 1, 0x7f, -1 };
    struct sandbox *sandbox = *state;
    AUTO_STR struct str bytes = STR_INIT;
    size_t damaged_count = 0;
    make_program(sandbox, &bytes);
    size_t table = bytes.length - 1280; /* 20 sections of 64 bytes */
    for (size_t at = 0; at < bytes.length;
         at += at < 64 || at >= table ? 7 : table - at) {
        char kept = bytes.data[at];
        bytes.data[at] = values[at / 7 % sizeof values];
        write_bytes(sandbox, bytes.data, bytes.length);
        struct program_size found = size_of(sandbox, "damaged");
        assert_true(found.is_there);
        assert_int_equal(found.file_bytes, bytes.length);
        assert_true(found.text_bytes >= 0 && found.data_bytes >= 0 &&
                    found.bss_bytes >= 0);
        assert_true(found.has_parts ||
                    found.text_bytes + found.data_bytes + found.bss_bytes == 0);
        damaged_count += !found.has_parts;
        bytes.data[at] = kept;
    }
    assert_true(damaged_count > 3);
}

/* Sizes of zeroes are not bound by the file: two of 2^63 bytes add up to none at all. */
static void sections_beyond_all_memory_are_damage(void **state)
{
    struct sandbox *sandbox = *state;
    AUTO_STR struct str bytes = STR_INIT;
    uint64_t table = 0;
    uint64_t most = UINT64_C(1) << 63;
    make_program(sandbox, &bytes);
    memcpy(&table, bytes.data + 40, sizeof table); /* e_shoff */
    uint32_t nobits = 8;                           /* SHT_NOBITS */
    for (size_t section = 1; section <= 2; section++) {
        char *header = bytes.data + table + section * 64;
        memcpy(header + 4, &nobits, sizeof nobits); /* sh_type */
        memcpy(header + 32, &most, sizeof most);    /* sh_size */
    }
    write_bytes(sandbox, bytes.data, bytes.length);
    assert_file_alone(sandbox, "damaged");
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(parts_are_those_that_size_tells),
        T(debug_information_makes_the_file_larger_alone),
        T(of_what_is_no_program_the_file_alone_is_known),
        T(what_is_cut_off_has_no_parts),
        T(damage_gives_figures_or_none),
        T(sections_beyond_all_memory_are_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
