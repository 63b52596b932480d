/* libFuzzer on the reader of callgrind's profiles (clang only):
 *
 *     cmake --preset clang && cmake --build build/clang --target fuzz-profile
 *     build/clang/tests/fuzz/fuzz-profile -max_len=8192 CORPUS tests/data/callgrind */
#include "runners/callgrind/profile.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "gate/base/error.h"
#include "gate/base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Whatever is read hangs together: costs of lines are those of their functions. */
static void check(const struct profile *profile)
{
    size_t width = profile->events.count;
    for (size_t e = 0; e < width; e++) {
        uint64_t self = 0;
        uint64_t lines = 0;
        for (size_t i = 0; i < profile->functions.count; i++)
            self += profile->self[i * width + e];
        for (size_t i = 0; i < profile->lines.count; i++)
            lines += profile->line_costs[i * width + e];
        if (self != lines)
            abort();
    }
    for (size_t i = 0; i < profile->calls.count; i++)
        if (profile->calls.items[i].caller >= profile->functions.count ||
            profile->calls.items[i].callee >= profile->functions.count)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO_FD int fd = memfd_create("profile", MFD_CLOEXEC);
    AUTO_PROFILE struct profile profile = { 0 };
    struct error err = { 0 };
    char path[64];
    uint64_t total = 0;

    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (fd < 0 || fd_write_all(fd, bytes, length, path, &err) < 0)
        abort();
    if (profile_read(path, &profile, &err) == 0)
        check(&profile);
    else if (err.code == ERROR_NONE || profile.functions.count)
        abort();
    struct error ignored = { 0 };
    (void)!profile_read_total(path, "Ir", &total, &ignored);
    return 0;
}
