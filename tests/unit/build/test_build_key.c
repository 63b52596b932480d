#include <string.h>

#include "gate/base/strvec.h"
#include "gate/build/build_key.h"
#include "gate/config/config.h"
#include "tests/support/check.h"

/* Inputs that a test can change one by one. */
struct sample {
    struct command commands[2];
    struct recipe recipe;
    struct strvec environment;
    struct build_inputs inputs;
};

static int make_sample(void **state)
{
    static struct sample sample;
    sample = (struct sample){ 0 };
    strvec_push(&sample.commands[0].words, "make");
    strvec_push(&sample.commands[0].words, "all");
    strvec_push(&sample.commands[1].words, "strip");
    strvec_push(&sample.environment, "CFLAGS=-O2");
    strvec_push(&sample.environment, "LANG=C");
    sample.recipe = (struct recipe){ .run = { .items = sample.commands, .count = 2 },
                                     .timeout_ns = 1000 };
    sample.inputs = (struct build_inputs){
        .tree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        .recipe = &sample.recipe,
        .environment = &sample.environment,
        .toolchain = "gcc 12",
        .lane = "",
    };
    *state = &sample;
    return 0;
}

static int clear_sample(void **state)
{
    struct sample *sample = *state;
    command_clear(&sample->commands[0]);
    command_clear(&sample->commands[1]);
    strvec_clear(&sample->environment);
    return 0;
}

struct key {
    char text[SOURCE_ID_SIZE];
};
static struct key key_of(const struct sample *sample)
{
    struct key key;
    build_key(&sample->inputs, key.text);
    return key;
}

static void key_is_hex_of_one_length(void **state)
{
    struct key key = key_of(*state);
    assert_int_equal(strspn(key.text, "0123456789abcdef"), 40);
    assert_int_equal(strlen(key.text), 40);
}

static void everything_that_decides_changes_the_key(void **state)
{
    struct sample *sample = *state;
    struct key keys[7];
    keys[0] = key_of(sample);
    sample->inputs.tree = "0000000000000000000000000000000000000000";
    keys[1] = key_of(sample);
    sample->inputs.toolchain = "gcc 13";
    keys[2] = key_of(sample);
    sample->inputs.lane = "head";
    keys[3] = key_of(sample);
    strvec_push(&sample->environment, "CC=clang");
    keys[4] = key_of(sample);
    strvec_push(&sample->commands[1].words, "a.out");
    keys[5] = key_of(sample);
    sample->recipe.run.count = 1;
    keys[6] = key_of(sample);

    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(keys[i].text, keys[j].text);
}

static void words_can_not_pass_for_others(void **state)
{
    struct sample *sample = *state;
    struct key apart = key_of(sample);

    /* "make all", "strip" against "make", "all strip" */
    strvec_clear(&sample->commands[0].words);
    strvec_clear(&sample->commands[1].words);
    strvec_push(&sample->commands[0].words, "make");
    strvec_push(&sample->commands[1].words, "all");
    strvec_push(&sample->commands[1].words, "strip");

    assert_string_not_equal(key_of(sample).text, apart.text);
}

static void time_limit_and_order_of_environment_do_not_count(void **state)
{
    struct sample *sample = *state;
    struct key before = key_of(sample);

    sample->recipe.timeout_ns = 5;
    strvec_clear(&sample->environment);
    strvec_push(&sample->environment, "LANG=C");
    strvec_push(&sample->environment, "CFLAGS=-O2");

    assert_string_equal(key_of(sample).text, before.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(key_is_hex_of_one_length, make_sample,
                                        clear_sample),
        cmocka_unit_test_setup_teardown(everything_that_decides_changes_the_key,
                                        make_sample, clear_sample),
        cmocka_unit_test_setup_teardown(words_can_not_pass_for_others, make_sample,
                                        clear_sample),
        cmocka_unit_test_setup_teardown(time_limit_and_order_of_environment_do_not_count,
                                        make_sample, clear_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
