/* How fast profiles of callgrind are read: MB/s of the whole reading and of the total
 * alone, the best of some rounds, in CPU time of this process.
 * usage: profile-speed-program FILE [ROUNDS] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "gate/base/error.h"
#include "runners/callgrind/profile.h"

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void read_whole(const char *path)
{
    AUTO_PROFILE struct profile profile = { 0 };
    struct error err = { 0 };
    if (profile_read(path, &profile, &err) < 0) {
        fprintf(stderr, "profile-speed: %s\n", err.message);
        exit(1);
    }
}

static void read_total(const char *path)
{
    uint64_t total = 0;
    struct error err = { 0 };
    if (profile_read_total(path, "Ir", &total, &err) < 0) {
        fprintf(stderr, "profile-speed: %s\n", err.message);
        exit(1);
    }
}

static double best_of(long rounds, void (*read)(const char *path), const char *path)
{
    double best_s = (double)INFINITY;
    for (long i = 0; i < rounds; i++) {
        double begin_s = now_s();
        read(path);
        best_s = fmin(best_s, now_s() - begin_s);
    }
    return best_s;
}

static void describe(const char *path, double megabytes)
{
    AUTO_PROFILE struct profile profile = { 0 };
    struct error err = { 0 };
    if (profile_read(path, &profile, &err) < 0)
        return;
    printf("%.1f MB, %zu parts, %zu functions, %zu calls, %zu lines\n", megabytes,
           profile.part_count, profile.functions.count, profile.calls.count,
           profile.lines.count);
}

int main(int argc, char **argv)
{
    struct stat info;
    if (argc < 2 || stat(argv[1], &info) < 0) {
        fprintf(stderr, "usage: profile-speed-program FILE [ROUNDS]\n");
        return 2;
    }
    double megabytes = (double)info.st_size / 1e6;
    long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 5;
    describe(argv[1], megabytes);
    double whole_s = best_of(rounds, read_whole, argv[1]);
    double total_s = best_of(rounds, read_total, argv[1]);
    printf("whole %.4f s %.0f MB/s\n", whole_s, megabytes / whole_s);
    printf("total %.4f s %.0f MB/s\n", total_s, megabytes / total_s);
    return 0;
}
