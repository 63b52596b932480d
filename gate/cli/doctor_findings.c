/* What the facts about a machine mean for measuring on it. */
#include <errno.h>
#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/units.h"
#include "gate/cli/doctor.h"

#define MUCH_STEAL    0.01
#define MUCH_PRESSURE 0.10
#define LITTLE_DISK   (INT64_C(2) << 30)

const char *finding_state_name(enum finding_state state)
{
    static const char *const names[] = {
        [FINDING_FINE] = "ok", [FINDING_NOTE] = "note", [FINDING_POOR] = "poor"
    };
    return names[state];
}

void findings_clear(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        free(findings->items[i].text);
    array_clear(findings);
}

/* Takes the text over. */
static void add(struct findings *out,
                const char *name,
                enum finding_state state,
                const char *mend,
                char *text)
{
    struct finding *added = array_push(out);
    added->name = name;
    added->state = state;
    added->text = text;
    added->mend = mend;
}

static void find_cpus(const struct machine *machine,
                      const struct surroundings *facts,
                      struct findings *out)
{
    if (facts->quiet_cpu < 0)
        add(out, "cpus", FINDING_POOR, NULL,
            xstrdup(
                "only one CPU may be used: pawl and whatever else runs share it with the "
                "programs that are measured"));
    else
        add(out, "cpus", FINDING_FINE, NULL,
            str_format(
                "%d online, %d allowed; runs are pinned to CPU %d, which has the fewest "
                "interrupts",
                machine->cpus_online, facts->allowed_cpus, facts->quiet_cpu));
}

static void find_smt(const struct surroundings *facts, struct findings *out)
{
    switch (facts->has_smt) {
    case KNOWN_NOT:
        add(out, "smt", FINDING_NOTE, NULL,
            xstrdup("the kernel does not tell whether two threads share a core"));
        return;
    case KNOWN_NO:
        add(out, "smt", FINDING_FINE, NULL, xstrdup("no two threads share a core"));
        return;
    case KNOWN_YES:
        add(out, "smt", FINDING_NOTE,
            "echo off | sudo tee /sys/devices/system/cpu/smt/control",
            str_format(
                "threads share cores (siblings %s): what runs on the other one slows a run "
                "down",
                *facts->smt_siblings ? facts->smt_siblings : "unknown"));
        return;
    }
    abort();
}

static void find_governor(const struct machine *machine, struct findings *out)
{
    if (!*machine->governor)
        add(out, "governor", FINDING_NOTE, NULL,
            xstrdup(
                "the clock is not ours to see (usual in virtual machines): the host decides "
                "about it"));
    else if (str_equal(machine->governor, "performance"))
        add(out, "governor", FINDING_FINE, NULL,
            xstrdup("performance: the clock stays up"));
    else
        add(out, "governor", FINDING_POOR, "sudo cpupower frequency-set -g performance",
            str_format("%s: the clock goes up and down with the load",
                       machine->governor));
}

static void find_boost(const struct machine *machine, struct findings *out)
{
    switch (machine->boost) {
    case MACHINE_BOOST_UNKNOWN:
        add(out, "turbo", FINDING_NOTE, NULL, xstrdup("the kernel does not tell of it"));
        return;
    case MACHINE_BOOST_OFF:
        add(out, "turbo", FINDING_FINE, NULL,
            xstrdup("off: no clock that depends on heat"));
        return;
    case MACHINE_BOOST_ON:
        add(out, "turbo", FINDING_NOTE,
            "echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost",
            xstrdup("on: the clock depends on heat and on what other cores do"));
        return;
    }
    abort();
}

static void find_load(const struct machine *machine,
                      const struct surroundings *facts,
                      struct findings *out)
{
    if (facts->load_average < 0) {
        add(out, "load", FINDING_NOTE, NULL, xstrdup("can't be read"));
        return;
    }
    bool is_busy = facts->load_average > 0.5 * machine->cpus_online;
    add(out, "load", is_busy ? FINDING_POOR : FINDING_FINE, is_busy ? "top" : NULL,
        str_format("%.2f over the last minute%s", facts->load_average,
                   is_busy
                       ? ": others are at work; CPU time bears that, wall time does not"
                       : ""));
}

static void find_steal(const struct surroundings *facts, struct findings *out)
{
    if (facts->steal_share < 0) {
        add(out, "steal", FINDING_NOTE, NULL, xstrdup("can't be read"));
        return;
    }
    bool is_much = facts->steal_share > MUCH_STEAL;
    add(out, "steal", is_much ? FINDING_POOR : FINDING_FINE, NULL,
        str_format(
            "%.2f %% of the CPU time since boot went to other guests of the host%s",
            facts->steal_share * 100,
            is_much ? "; pairs that it hits are thrown away" : ""));
}

static void find_pressure(const struct surroundings *facts, struct findings *out)
{
    if (facts->has_psi != KNOWN_YES) {
        add(out, "pressure", FINDING_NOTE, NULL,
            xstrdup(
                "the kernel does not tell of it (no /proc/pressure): pairs are not watched "
                "for it"));
        return;
    }
    bool is_much = facts->cpu_pressure > MUCH_PRESSURE;
    add(out, "pressure", is_much ? FINDING_POOR : FINDING_FINE, NULL,
        str_format("somebody waited for a CPU %.0f %% of the last minute",
                   facts->cpu_pressure * 100));
}

static void find_virtualisation(const struct machine *machine, struct findings *out)
{
    bool is_bare = str_equal(machine->virtualisation, "none");
    add(out, "virtualisation", is_bare ? FINDING_FINE : FINDING_NOTE, NULL,
        str_format(
            "%s%s", *machine->virtualisation ? machine->virtualisation : "unknown",
            is_bare
                ? ""
                : ": speed drifts with what the host's other guests do; pairs bear it"));
}

static void find_limits(const struct machine *machine,
                        const struct surroundings *facts,
                        struct findings *out)
{
    AUTO_STR struct str memory = STR_INIT;
    units_add_size(&memory, (double)facts->cgroup_memory_bytes);
    bool is_throttled =
        facts->cgroup_cpus > 0 && facts->cgroup_cpus < machine->cpus_online;
    if (is_throttled)
        add(out, "limits", FINDING_POOR, NULL,
            str_format(
                "the cgroup may use %.3g CPUs of %d: runs are stopped in the middle when "
                "its share is used up",
                facts->cgroup_cpus, machine->cpus_online));
    else
        add(out, "limits", FINDING_FINE, NULL,
            str_format("no CPU quota%s%s",
                       facts->cgroup_memory_bytes ? ", memory at most " : "",
                       facts->cgroup_memory_bytes ? memory.data : ""));
}

static void find_priority(const struct priority *priority, struct findings *out)
{
    AUTO_FREE char *text = priority_describe(priority);
    bool is_forbidden = priority->trouble == EACCES || priority->trouble == EPERM;
    if (priority->is_raised && !priority->trouble)
        add(out, "priority", FINDING_FINE, NULL, xstrdup(text));
    else
        add(out, "priority", FINDING_NOTE,
            is_forbidden
                ? "echo '* - nice -20' | sudo tee /etc/security/limits.d/pawl.conf"
                : NULL,
            xstrdup(text));
}

static void find_counters(const struct surroundings *facts, struct findings *out)
{
    if (facts->has_pmu != KNOWN_YES)
        add(out, "counters", FINDING_NOTE, NULL,
            xstrdup(
                "no hardware counters here: instructions are counted by valgrind, at some 50 "
                "times the cost"));
    else if (facts->perf_paranoid > 2)
        add(out, "counters", FINDING_NOTE, "sudo sysctl kernel.perf_event_paranoid=2",
            str_format(
                "kernel.perf_event_paranoid is %d: we may not use the CPU's counters",
                facts->perf_paranoid));
    else
        add(out, "counters", FINDING_FINE, NULL,
            xstrdup("the CPU's counters can be used"));
}

static void find_valgrind(const char *valgrind, struct findings *out)
{
    if (valgrind)
        add(out, "valgrind", FINDING_FINE, NULL,
            str_format("%s: instructions can be counted on any machine", valgrind));
    else
        add(out, "valgrind", FINDING_NOTE, "sudo apt-get install valgrind",
            xstrdup(
                "not installed: it would count instructions on machines without counters"));
}

static void find_delays(const struct surroundings *facts, struct findings *out)
{
    if (facts->has_delays == KNOWN_YES)
        add(out, "delays", FINDING_FINE, NULL,
            xstrdup("time blocked on disks is counted"));
    else
        add(out, "delays", FINDING_NOTE, "sudo sysctl kernel.task_delayacct=1",
            xstrdup(
                "the kernel does not count the time that programs are blocked on disks"));
}

static void find_swap(const struct surroundings *facts, struct findings *out)
{
    AUTO_STR struct str used = STR_INIT;
    units_add_size(&used, (double)facts->swap_used_bytes);
    if (facts->swap_used_bytes > 0)
        add(out, "swap", FINDING_POOR, "sudo swapoff -a",
            str_format("%s in use: what was swapped out has to be read from a disk again",
                       used.data));
    else
        add(out, "swap", FINDING_FINE, NULL, xstrdup("none in use"));
}

static void find_disk(const struct surroundings *facts, struct findings *out)
{
    AUTO_STR struct str size = STR_INIT;
    units_add_size(&size, (double)facts->disk_free_bytes);
    if (facts->disk_free_bytes < 0)
        add(out, "disk", FINDING_NOTE, NULL,
            xstrdup("the room for builds can't be told"));
    else if (facts->disk_free_bytes < LITTLE_DISK)
        add(out, "disk", FINDING_POOR, "rm -r ~/.cache/pawl",
            str_format("%s free for builds and results", size.data));
    else
        add(out, "disk", FINDING_FINE, NULL,
            str_format("%s free for builds and results", size.data));
}

void doctor_find(const struct machine *machine,
                 const struct surroundings *surroundings,
                 const struct priority *priority,
                 const char *valgrind,
                 struct findings *out)
{
    find_cpus(machine, surroundings, out);
    find_smt(surroundings, out);
    find_governor(machine, out);
    find_boost(machine, out);
    find_load(machine, surroundings, out);
    find_pressure(surroundings, out);
    find_steal(surroundings, out);
    find_virtualisation(machine, out);
    find_limits(machine, surroundings, out);
    find_priority(priority, out);
    find_counters(surroundings, out);
    find_valgrind(valgrind, out);
    find_delays(surroundings, out);
    find_swap(surroundings, out);
    find_disk(surroundings, out);
}
