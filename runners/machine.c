#include "runners/machine.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "runners/root_file.h"

/* The value in "key : value" up to the line's end, borrowed; NULL where the line has
 * another key. */
static const char *value_in(const char *line, const char *key)
{
    if (!str_starts_with(line, key))
        return NULL;
    line += strlen(key);
    line += strspn(line, " \t");
    return *line == ':' ? line + 1 + strspn(line + 1, " \t") : NULL;
}

/* The value in the first line of text with that key, the caller's; "" where there is
 * none. */
static char *value_of(const char *text, const char *key)
{
    for (const char *line = text; line;) {
        const char *value = value_in(line, key);
        if (value)
            return xstrndup(value, strcspn(value, "\n"));
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return xstrdup("");
}

/* x86 names its processors; arm64 has numbers only. */
static char *read_cpu_model(const char *cpuinfo)
{
    char *name = value_of(cpuinfo, "model name");
    if (*name)
        return name;
    AUTO_FREE char *implementer = value_of(cpuinfo, "CPU implementer");
    AUTO_FREE char *part = value_of(cpuinfo, "CPU part");
    if (!*implementer || !*part)
        return name;
    free(name);
    return str_format("implementer %s part %s", implementer, part);
}

/* Takes "3" or "3-5" off a list of CPUs, "0,3-5". False at its end. */
static bool next_range(const char **list, int *first, int *last)
{
    char *end = NULL;
    *first = *last = (int)strtol(*list, &end, 10);
    if (end == *list)
        return false;
    if (*end == '-')
        *last = (int)strtol(end + 1, &end, 10);
    *list = *end == ',' ? end + 1 : end;
    return true;
}

static int count_cpus(const char *list)
{
    int count = 0;
    int first = 0;
    int last = 0;
    while (next_range(&list, &first, &last))
        count += last - first + 1;
    return count;
}

/* Puts the governor of cpu into *common, or "mixed" where it is another. */
static void merge_governor(const char *root, int cpu, char **common)
{
    AUTO_FREE char *path =
        str_format("/sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor", cpu);
    char *governor = root_read_line(root, path);
    if (!**common || str_equal(*common, governor)) {
        free(*common);
        *common = governor;
        return;
    }
    free(governor);
    free(*common);
    *common = xstrdup("mixed");
}

static char *read_governor(const char *root, const char *cpus)
{
    char *common =
        root_read_line(root, "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    int first = 0;
    int last = 0;
    while (next_range(&cpus, &first, &last))
        for (int cpu = first; cpu <= last && !str_equal(common, "mixed"); cpu++)
            merge_governor(root, cpu, &common);
    return common;
}

static enum machine_boost read_boost(const char *root)
{
    AUTO_FREE char *no_turbo =
        root_read_line(root, "/sys/devices/system/cpu/intel_pstate/no_turbo");
    if (*no_turbo)
        return *no_turbo == '0' ? MACHINE_BOOST_ON : MACHINE_BOOST_OFF;
    AUTO_FREE char *boost = root_read_line(root, "/sys/devices/system/cpu/cpufreq/boost");
    if (*boost)
        return *boost == '0' ? MACHINE_BOOST_OFF : MACHINE_BOOST_ON;
    return MACHINE_BOOST_UNKNOWN;
}

static int64_t read_memory_bytes(const char *root)
{
    AUTO_STR struct str meminfo = STR_INIT;
    root_read(root, "/proc/meminfo", &meminfo);
    AUTO_FREE char *total = value_of(meminfo.data, "MemTotal");
    return (int64_t)strtoll(total, NULL, 10) * 1024;
}

/* What firmware says of a virtual machine's maker. */
static const char *maker_in(const char *firmware)
{
    static const struct {
        const char *text;
        const char *name;
    } makers[] = {
        { "VMware", "vmware" },
        { "VirtualBox", "virtualbox" },
        { "innotek", "virtualbox" },
        { "Xen", "xen" },
        { "Virtual Machine", "hyper-v" },
        { "Google Compute", "google" },
        { "Amazon EC2", "amazon" },
        { "Parallels", "parallels" },
        { "OpenStack", "kvm" },
        { "KVM", "kvm" },
        { "QEMU", "kvm" },
        { "BHYVE", "bhyve" },
    };
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
        if (strstr(firmware, makers[i].text))
            return makers[i].name;
    return NULL;
}

/* "none" only where the processor would tell of a hypervisor and does not (x86); makers
 * of clouds stand in the firmware of their bare machines as well. */
static const char *read_hypervisor(const char *root, const char *cpuinfo)
{
    AUTO_FREE char *flags = value_of(cpuinfo, "flags");
    bool is_virtual = strstr(flags, "hypervisor") != NULL;
    if (*flags && !is_virtual)
        return "none";
    AUTO_FREE char *vendor = root_read_line(root, "/sys/class/dmi/id/sys_vendor");
    AUTO_FREE char *product = root_read_line(root, "/sys/class/dmi/id/product_name");
    AUTO_FREE char *firmware = str_format("%s %s", vendor, product);
    const char *maker = strstr(firmware, ".metal") ? NULL : maker_in(firmware);
    if (!maker && root_has(root, "/sys/hypervisor/type"))
        maker = "xen";
    if (maker)
        return maker;
    return is_virtual ? "vm" : "";
}

/* The container's kind, the caller's; "" for none. */
static char *read_container(const char *root)
{
    char *kind = root_read_line(root, "/run/systemd/container");
    if (*kind)
        return kind;
    const char *found = root_has(root, "/.dockerenv")          ? "docker"
                        : root_has(root, "/run/.containerenv") ? "podman"
                                                               : NULL;
    if (!found)
        return kind;
    free(kind);
    return xstrdup(found);
}

static char *read_virtualisation(const char *root, const char *cpuinfo)
{
    const char *hypervisor = read_hypervisor(root, cpuinfo);
    char *container = read_container(root);
    if (!*container) {
        free(container);
        return xstrdup(hypervisor);
    }
    if (!*hypervisor || str_equal(hypervisor, "none"))
        return container;
    char *both = str_format("%s, %s", hypervisor, container);
    free(container);
    return both;
}

static char *read_image(void)
{
    const char *system = getenv("ImageOS");
    const char *version = getenv("ImageVersion");
    if (!system)
        return xstrdup("");
    return version ? str_format("%s %s", system, version) : xstrdup(system);
}

/* Only glibc tells. */
static char *read_libc(void)
{
    char version[64] = "";
#ifdef _CS_GNU_LIBC_VERSION
    if (confstr(_CS_GNU_LIBC_VERSION, version, sizeof version) > sizeof version)
        return xstrdup("");
#endif
    return xstrdup(version);
}

void machine_read(const char *root, struct machine *machine)
{
    AUTO_STR struct str cpuinfo = STR_INIT;
    root_read(root, "/proc/cpuinfo", &cpuinfo);
    AUTO_FREE char *cpus = root_read_line(root, "/sys/devices/system/cpu/online");
    machine_clear(machine);
    *machine = (struct machine){
        .cpu_model = read_cpu_model(cpuinfo.data),
        .cpus_online = count_cpus(cpus),
        .microcode = value_of(cpuinfo.data, "microcode"),
        .kernel = root_read_line(root, "/proc/sys/kernel/osrelease"),
        .governor = read_governor(root, cpus),
        .boost = read_boost(root),
        .memory_bytes = read_memory_bytes(root),
        .virtualisation = read_virtualisation(root, cpuinfo.data),
        .image = read_image(),
        .libc = read_libc(),
    };
}

void machine_clear(struct machine *machine)
{
    free(machine->cpu_model);
    free(machine->microcode);
    free(machine->kernel);
    free(machine->governor);
    free(machine->virtualisation);
    free(machine->image);
    free(machine->libc);
    *machine = (struct machine){ 0 };
}

const char *machine_boost_name(enum machine_boost boost)
{
    static const char *const names[] = { [MACHINE_BOOST_UNKNOWN] = "unknown",
                                         [MACHINE_BOOST_OFF] = "off",
                                         [MACHINE_BOOST_ON] = "on" };
    return names[boost];
}
