#include "runners/machine_fact.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/machine.h"

static const char *const names[MACHINE_FACT_COUNT] = {
    [MACHINE_FACT_CPU_MODEL] = "cpu_model",
    [MACHINE_FACT_MICROCODE] = "microcode",
    [MACHINE_FACT_CPUS_ONLINE] = "cpus_online",
    [MACHINE_FACT_BOOST] = "boost",
    [MACHINE_FACT_GOVERNOR] = "governor",
    [MACHINE_FACT_KERNEL] = "kernel",
    [MACHINE_FACT_KERNEL_MAJOR] = "kernel_major",
    [MACHINE_FACT_VIRTUALISATION] = "virtualisation",
    [MACHINE_FACT_IMAGE] = "image",
    [MACHINE_FACT_IMAGE_VERSION] = "image_version",
    [MACHINE_FACT_COMPILER] = "compiler",
    [MACHINE_FACT_COMPILER_VERSION] = "compiler_version",
    [MACHINE_FACT_LIBC] = "libc",
};

uint32_t machine_facts_default(void)
{
    return MACHINE_FACT_BIT(MACHINE_FACT_CPU_MODEL) |
           MACHINE_FACT_BIT(MACHINE_FACT_CPUS_ONLINE) |
           MACHINE_FACT_BIT(MACHINE_FACT_GOVERNOR) |
           MACHINE_FACT_BIT(MACHINE_FACT_KERNEL_MAJOR) |
           MACHINE_FACT_BIT(MACHINE_FACT_VIRTUALISATION) |
           MACHINE_FACT_BIT(MACHINE_FACT_IMAGE) |
           MACHINE_FACT_BIT(MACHINE_FACT_COMPILER) | MACHINE_FACT_BIT(MACHINE_FACT_LIBC);
}

const char *machine_fact_name(enum machine_fact fact)
{
    return names[fact];
}

bool machine_fact_parse(const char *name, enum machine_fact *out)
{
    for (unsigned i = 0; i < MACHINE_FACT_COUNT; i++) {
        if (str_equal(names[i], name)) {
            *out = (enum machine_fact)i;
            return true;
        }
    }
    return false;
}

/* The line without what stands in parentheses: distributions put their own version there.
 */
static void add_outside_parentheses(struct str *out, const char *line)
{
    size_t depth = 0;
    for (const char *c = line; *c; c++) {
        if (*c == '(')
            depth++;
        else if (*c == ')' && depth)
            depth--;
        else if (!depth)
            str_add_char(out, *c);
    }
}

/* "cc", "gcc-12", "/usr/bin/aarch64-linux-gnu-gcc" are all gcc. */
static char *compiler_family(const char *words)
{
    if (strstr(words, "clang"))
        return xstrdup("clang");
    AUTO_FREE char *first = xstrndup(words, strcspn(words, " "));
    const char *slash = strrchr(first, '/');
    const char *program = slash ? slash + 1 : first;
    if (str_equal(program, "cc") || strstr(program, "gcc"))
        return xstrdup("gcc");
    return xstrdup(program);
}

/* "gcc 12" of "cc (Debian 12.2.0-14+deb12u1) 12.2.0". */
static char *compiler_of(const char *toolchain)
{
    AUTO_STR struct str words = STR_INIT;
    add_outside_parentheses(&words, toolchain);
    if (!words.length)
        return xstrdup("");
    AUTO_FREE char *family = compiler_family(words.data);
    for (const char *c = strchr(words.data, ' '); c; c = strchr(c, ' ')) {
        c++;
        if (isdigit((unsigned char)*c))
            return str_format("%s %.*s", family, (int)strspn(c, "0123456789"), c);
    }
    return xstrdup(family);
}

static char *part_before(const char *text, const char *separators)
{
    return xstrndup(text, strcspn(text, separators));
}

static char *image_version_of(const char *image)
{
    const char *blank = strchr(image, ' ');
    return xstrdup(blank ? blank + 1 : "");
}

static char *cpus_of(const struct machine *machine)
{
    return machine->cpus_online ? str_format("%d", machine->cpus_online) : xstrdup("");
}

static char *boost_of(const struct machine *machine)
{
    bool is_known = machine->boost != MACHINE_BOOST_UNKNOWN;
    return xstrdup(is_known ? machine_boost_name(machine->boost) : "");
}

static const char *known(const char *text)
{
    return text ? text : "";
}

char *machine_fact_value(enum machine_fact fact,
                         const struct machine *machine,
                         const char *toolchain)
{
    switch (fact) {
    case MACHINE_FACT_CPU_MODEL:
        return xstrdup(known(machine->cpu_model));
    case MACHINE_FACT_MICROCODE:
        return xstrdup(known(machine->microcode));
    case MACHINE_FACT_CPUS_ONLINE:
        return cpus_of(machine);
    case MACHINE_FACT_BOOST:
        return boost_of(machine);
    case MACHINE_FACT_GOVERNOR:
        return xstrdup(known(machine->governor));
    case MACHINE_FACT_KERNEL:
        return xstrdup(known(machine->kernel));
    case MACHINE_FACT_KERNEL_MAJOR:
        return part_before(known(machine->kernel), ".");
    case MACHINE_FACT_VIRTUALISATION:
        return xstrdup(known(machine->virtualisation));
    case MACHINE_FACT_IMAGE:
        return part_before(known(machine->image), " ");
    case MACHINE_FACT_IMAGE_VERSION:
        return image_version_of(known(machine->image));
    case MACHINE_FACT_COMPILER:
        return compiler_of(known(toolchain));
    case MACHINE_FACT_COMPILER_VERSION:
        return xstrdup(known(toolchain));
    case MACHINE_FACT_LIBC:
        return xstrdup(known(machine->libc));
    case MACHINE_FACT_COUNT:
        break;
    }
    abort();
}
