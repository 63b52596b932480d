#include <stdlib.h>

#include "gate/base/str.h"
#include "runners/machine.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"

static void no_image(void)
{
    unsetenv("ImageOS");
    unsetenv("ImageVersion");
}

static struct machine machine_in(struct sandbox *sandbox)
{
    struct machine machine = { 0 };
    machine_read(sandbox->path, &machine);
    return machine;
}

static void x86_machine_is_read_whole(void **state)
{
    no_image();
    sandbox_write(*state, "proc/cpuinfo",
                  "processor\t: 0\nmodel\t\t: 1\nmodel name\t: Some CPU @ 2.00GHz\n"
                  "microcode\t: 0xa0011d1\nflags\t\t: fpu vme de\n\n"
                  "processor\t: 1\nmodel name\t: Some CPU @ 2.00GHz\n");
    sandbox_write(*state, "proc/meminfo", "MemTotal:       16384 kB\nMemFree: 1 kB\n");
    sandbox_write(*state, "proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
    sandbox_write(*state, "sys/devices/system/cpu/online", "0-2,5,7-8\n");
    sandbox_write(*state, "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
                  "performance\n");
    sandbox_write(*state, "sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");

    AUTO_MACHINE struct machine machine = machine_in(*state);

    assert_string_equal(machine.cpu_model, "Some CPU @ 2.00GHz");
    assert_int_equal(machine.cpus_online, 6);
    assert_string_equal(machine.microcode, "0xa0011d1");
    assert_string_equal(machine.kernel, "6.1.0-18-amd64");
    assert_int_equal(machine.memory_bytes, 16384 * 1024);
    assert_int_equal(machine.boost, MACHINE_BOOST_OFF);
    assert_string_equal(machine.virtualisation, "none");
    assert_string_equal(machine.image, "");
}

static void nothing_readable_is_all_unknown(void **state)
{
    no_image();

    AUTO_MACHINE struct machine machine = machine_in(*state);

    assert_string_equal(machine.cpu_model, "");
    assert_int_equal(machine.cpus_online, 0);
    assert_string_equal(machine.microcode, "");
    assert_string_equal(machine.kernel, "");
    assert_string_equal(machine.governor, "");
    assert_int_equal(machine.memory_bytes, 0);
    assert_int_equal(machine.boost, MACHINE_BOOST_UNKNOWN);
    assert_string_equal(machine.virtualisation, "");
    assert_string_equal(machine.image, "");
}

static void arm_processor_is_named_by_its_numbers(void **state)
{
    sandbox_write(*state, "proc/cpuinfo",
                  "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n");

    AUTO_MACHINE struct machine machine = machine_in(*state);

    assert_string_equal(machine.cpu_model, "implementer 0x41 part 0xd0c");
}

static void governor_that_differs_is_mixed(void **state)
{
    sandbox_write(*state, "sys/devices/system/cpu/online", "0-1\n");
    sandbox_write(*state, "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
                  "powersave\n");
    sandbox_write(*state, "sys/devices/system/cpu/cpu1/cpufreq/scaling_governor",
                  "powersave\n");
    AUTO_MACHINE struct machine same = machine_in(*state);
    sandbox_write(*state, "sys/devices/system/cpu/cpu1/cpufreq/scaling_governor",
                  "performance\n");
    AUTO_MACHINE struct machine differing = machine_in(*state);

    assert_string_equal(same.governor, "powersave");
    assert_string_equal(differing.governor, "mixed");
}

static void boost_is_read_in_both_dialects(void **state)
{
    static const struct {
        const char *file;
        const char *text;
        enum machine_boost want;
    } cases[] = {
        { "sys/devices/system/cpu/cpufreq/boost", "0\n", MACHINE_BOOST_OFF },
        { "sys/devices/system/cpu/cpufreq/boost", "1\n", MACHINE_BOOST_ON },
        { "sys/devices/system/cpu/intel_pstate/no_turbo", "1\n", MACHINE_BOOST_OFF },
        { "sys/devices/system/cpu/intel_pstate/no_turbo", "0\n", MACHINE_BOOST_ON },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sandbox_write(*state, cases[i].file, cases[i].text);
        AUTO_MACHINE struct machine machine = machine_in(*state);
        assert_int_equal(machine.boost, cases[i].want);
    }
    assert_string_equal(machine_boost_name(MACHINE_BOOST_ON), "on");
    assert_string_equal(machine_boost_name(MACHINE_BOOST_OFF), "off");
    assert_string_equal(machine_boost_name(MACHINE_BOOST_UNKNOWN), "unknown");
}

static void virtual_machines_are_told_by_maker(void **state)
{
    static const struct {
        const char *flags;
        const char *vendor;
        const char *product;
        const char *want;
    } cases[] = {
        { "flags : fpu hypervisor\n", "QEMU\n", "Standard PC\n", "kvm" },
        { "flags : fpu hypervisor\n", "Microsoft Corporation\n", "Virtual Machine\n",
          "hyper-v" },
        { "flags : fpu hypervisor\n", "Amazon EC2\n", "m5.large\n", "amazon" },
        { "flags : fpu\n", "Amazon EC2\n", "m5.metal\n", "none" },
        { "", "Amazon EC2\n", "m6g.metal\n", "" },
        { "", "Amazon EC2\n", "m6g.large\n", "amazon" },
        { "flags : fpu hypervisor\n", "", "", "vm" },
        { "flags : fpu\n", "Maker\n", "Laptop\n", "none" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sandbox_write(*state, "proc/cpuinfo", cases[i].flags);
        sandbox_write(*state, "sys/class/dmi/id/sys_vendor", cases[i].vendor);
        sandbox_write(*state, "sys/class/dmi/id/product_name", cases[i].product);
        AUTO_MACHINE struct machine machine = machine_in(*state);
        assert_string_equal(machine.virtualisation, cases[i].want);
    }
}

static void containers_are_told_besides(void **state)
{
    sandbox_write(*state, ".dockerenv", "");
    sandbox_write(*state, "proc/cpuinfo", "flags : fpu\n");
    AUTO_MACHINE struct machine bare = machine_in(*state);
    sandbox_write(*state, "proc/cpuinfo", "flags : fpu hypervisor\n");
    AUTO_MACHINE struct machine virtual = machine_in(*state);

    assert_string_equal(bare.virtualisation, "docker");
    assert_string_equal(virtual.virtualisation, "vm, docker");
}

static void image_is_what_the_runner_says(void **state)
{
    setenv("ImageOS", "ubuntu24", 1);
    setenv("ImageVersion", "20250105.1.0", 1);
    AUTO_MACHINE struct machine machine = machine_in(*state);
    no_image();

    assert_string_equal(machine.image, "ubuntu24 20250105.1.0");
}

static void this_machine_has_a_kernel_and_memory(void **state)
{
    (void)state;
    AUTO_MACHINE struct machine machine = { 0 };

    machine_read("", &machine);

    assert_true(*machine.kernel);
    assert_true(machine.memory_bytes > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
    const struct CMUnitTest tests[] = {
        TEST(x86_machine_is_read_whole),
        TEST(nothing_readable_is_all_unknown),
        TEST(arm_processor_is_named_by_its_numbers),
        TEST(governor_that_differs_is_mixed),
        TEST(boost_is_read_in_both_dialects),
        TEST(virtual_machines_are_told_by_maker),
        TEST(containers_are_told_besides),
        TEST(image_is_what_the_runner_says),
        TEST(this_machine_has_a_kernel_and_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
