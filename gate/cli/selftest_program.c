#include "gate/cli/selftest_program.h"

#include <inttypes.h>

#include "gate/base/str.h"

/* A turn needs what the turn before made of x, so that no compiler can leave turns out or
 * run two at once: twice the turns are twice the work. */
const char selftest_program_text[] =
    "/* Does as much work as work.h says. */\n"
    "#define _POSIX_C_SOURCE 200809L\n"
    "#include \"work.h\"\n"
    "\n"
    "#include <stdint.h>\n"
    "#include <stdlib.h>\n"
    "#include <string.h>\n"
    "#include <time.h>\n"
    "\n"
    "static volatile uint64_t sink;\n"
    "\n"
    "static int use_cpu(void)\n"
    "{\n"
    "    uint64_t x = 88172645463325252u;\n"
    "    for (long i = 0; i < TURNS; i++) {\n"
    "        x ^= x << 13;\n"
    "        x ^= x >> 7;\n"
    "        x ^= x << 17;\n"
    "    }\n"
    "    sink = x;\n"
    "    return 0;\n"
    "}\n"
    "\n"
    "static int use_memory(void)\n"
    "{\n"
    "    size_t bytes = (size_t)MEMORY_KIB * 1024;\n"
    "    volatile char *memory = malloc(bytes);\n"
    "    if (!memory)\n"
    "        return 1;\n"
    "    for (size_t i = 0; i < bytes; i += 1024)\n"
    "        memory[i] = 1;\n"
    "    free((void *)memory);\n"
    "    return 0;\n"
    "}\n"
    "\n"
    "static int use_time(void)\n"
    "{\n"
    "    struct timespec time = { WAIT_US / 1000000, WAIT_US % 1000000 * 1000 };\n"
    "    return nanosleep(&time, NULL) == 0 ? 0 : 1;\n"
    "}\n"
    "\n"
    "int main(int argc, char **argv)\n"
    "{\n"
    "    const char *what = argc > 1 ? argv[1] : \"\";\n"
    "    if (strcmp(what, \"cpu\") == 0)\n"
    "        return use_cpu();\n"
    "    if (strcmp(what, \"memory\") == 0)\n"
    "        return use_memory();\n"
    "    if (strcmp(what, \"wait\") == 0)\n"
    "        return use_time();\n"
    "    return 2;\n"
    "}\n";

#define COMPILER_ARGUMENTS "-O1 -o work work.c"

const char selftest_build_command[] = "${CC:-cc} " COMPILER_ARGUMENTS;

char *selftest_work_text(const struct selftest_work *work, const char *remark)
{
    return str_format("/* %s */\n"
                      "#define TURNS      %" PRId64 "L\n"
                      "#define MEMORY_KIB %" PRId64 "L\n"
                      "#define WAIT_US    %" PRId64 "L\n",
                      remark, work->turns, work->memory_kib, work->wait_us);
}

/* The time of each bench is judged by the one metric that its work shows in: which of
 * them pawl would take is up to a warm-up, and on a busy machine to luck. Error rates and
 * pairs are the defaults, since those are on trial; the time is enough for all the pairs
 * on a machine that is not very busy, and keeps all cases together below two minutes. */
char *selftest_config_text(const char *cpu_margin)
{
    return str_format(
        "{\n"
        "  \"version\": 1,\n"
        "  \"build\": { \"run\": [\"${{CC:-cc}} " COMPILER_ARGUMENTS "\"],\n"
        "             \"shell\": true },\n"
        "  \"budget\": { \"time\": \"12s\" },\n"
        "  \"margins\": { \"cpu\": \"none\", \"wall\": \"none\",\n"
        "               \"peak_rss\": [\"5%%\", \"1MiB\"] },\n"
        "  \"suites\": [{ \"name\": \"selftest\", \"benchmarks\": [\n"
        "    { \"name\": \"cpu\", \"run\": \"./work cpu\", \"same_output\": true,\n"
        "      \"margins\": { \"cpu\": \"%s\" } },\n"
        "    { \"name\": \"memory\", \"run\": \"./work memory\", \"same_output\": true },\n"
        "    { \"name\": \"wait\", \"run\": \"./work wait\", \"same_output\": true,\n"
        "      \"margins\": { \"wall\": \"20%%\" } }\n"
        "  ] }]\n"
        "}\n",
        cpu_margin);
}
