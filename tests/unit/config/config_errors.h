/* Each wrong text and the one sentence that it gets. In TOP(keys) the keys begin in line
 * 3, column 3; in BENCH(keys) in line 4, column 5. */
#pragma once

#include <string.h>

#include "tests/unit/config/full_config.h"

#define PLAIN_SUITES \
    "\"suites\": [{\"name\": \"s\", \"benchmarks\": [{\"name\": \"b\", \"run\": \"true\"}]}]"
#define TOP(keys) "{\n  \"version\": 1,\n  " keys ",\n  " PLAIN_SUITES "\n}\n"
#define BENCH(keys)                                                                           \
    "{\"version\": 1, \"suites\": [\n  {\"name\": \"s\", \"benchmarks\": [\n    {\n    " keys \
    "\n  }]}]}"
#define SIZES \
    "\"name\": \"b\", \"run\": \"true\",\n    \"sizes\": {\"n\": [1, 2], \"mode\": [\"a\"]},\n    "

struct bad {
    const char *text;
    const char *message; /* after "in 'pawl.json', line " */
};

static inline void assert_all_refused(const struct bad *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct error err = { 0 };
        char *want = str_format("in 'pawl.json', line %s", cases[i].message);

        struct config *config = config_parse(cases[i].text, "pawl.json", &err);

        if (config || !str_equal(err.message, want))
            print_error("%s\nwant %s\ngot  %s\n", cases[i].text, want, err.message);
        assert_null(config);
        assert_int_equal(err.code, ERROR_CONFIG);
        assert_string_equal(err.message, want);
        free(want);
    }
}
#define assert_refused(cases) \
    assert_all_refused((cases), sizeof(cases) / sizeof(cases)[0])
