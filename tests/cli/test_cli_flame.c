/* Flame graphs in a real browser, headless: what it makes of the file is read from its
 * DOM. Where there is no Chromium the tests are skipped. */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/str.h"
#include "tests/support/check.h"
#include "tests/support/sandbox.h"
#include "tests/unit/report/sample_flame.h"

/* Opens no connection; --no-sandbox is for root, as in containers. What the page's script
 * says, errors too, goes to stderr as "CONSOLE". */
#define BROWSER_OPTIONS                                                             \
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic " \
    "--no-first-run --disable-background-networking --disable-component-update "    \
    "--disable-sync --enable-logging=stderr"

static char *find_browser(struct sandbox *sandbox)
{
    struct outcome found =
        sandbox_run(sandbox, "command -v chromium || command -v chromium-browser || "
                             "command -v google-chrome");
    char *browser = xstrndup(found.out, strcspn(found.out, "\n"));
    outcome_clear(&found);
    if (*browser)
        return browser;
    free(browser);
    print_message("skipped: needs a browser (apt-get install chromium)\n");
    skip();
    return NULL;
}

/* The DOM after the picture's script ran; free() it. hash goes behind the address. */
static char *
open_picture(struct sandbox *sandbox, void (*fill)(struct flame_tree *), const char *hash)
{
    AUTO_FREE char *browser = find_browser(sandbox);
    AUTO_FREE char *svg = sample_flame_svg(fill);
    sandbox_write(sandbox, "flame.svg", svg);
    sandbox_must(sandbox,
                 "HOME=$PWD '%s' " BROWSER_OPTIONS " --user-data-dir=$PWD/profile "
                 "--dump-dom 'file://%s#%s' >dom.txt 2>log.txt",
                 browser, sandbox_file(sandbox, "flame.svg"), hash);
    AUTO_FREE char *log = sandbox_read(sandbox, "log.txt");
    assert_lacks(log, "CONSOLE");
    return sandbox_read(sandbox, "dom.txt");
}

static void make_wide(struct flame_tree *tree)
{
    sample_flame_wide(tree, 1000);
}

/* f99, and f990 to f999; f990 has the other nine below it. 11 of 1,000 functions with 100
 * instructions each; in head 102,000 in all, and 20 more in f99 and f999 each. */
static void a_thousand_functions_can_be_searched(void **state)
{
    AUTO_FREE char *dom = open_picture(*state, make_wide, "search=F99");
    assert_lacks(dom, "parsererror");
    assert_contains(dom,
                    ">11 functions in 11 frames: 1.1 % of base, 1.1 % of head</text>");
    assert_contains(dom, "class=\"f own hit\" data-i=\"1000\"");
    assert_contains(dom, "class=\"f own dim\" data-i=\"1\"");
}

/* Neither from the file nor from its address. */
static void a_frame_can_be_enlarged_and_foreign_names_run_nothing(void **state)
{
    AUTO_FREE char *dom =
        open_picture(*state, sample_flame_hostile, "search=%3C%2Fscript%3E&zoom=2");
    assert_lacks(dom, "parsererror");
    assert_lacks(dom, "id=\"owned\"");
    assert_contains(dom,
                    ">1 function in 1 frame: 100.0 % of base, 100.0 % of head</text>");
    /* The frame of 3,000 instructions in base and 9,000 in head takes the whole width. */
    assert_contains(dom, "visibility: visible;\">whole run (Esc)");
    assert_contains(
        dom, "x=\"0.00\" y=\"36\" width=\"320.00\" height=\"17\"/><title>operator");
    assert_contains(
        dom, "x=\"0.00\" y=\"36\" width=\"960.00\" height=\"17\"/><title>operator");
}

#define T(name) cmocka_unit_test_setup_teardown(name, sandbox_setup, sandbox_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_thousand_functions_can_be_searched),
        T(a_frame_can_be_enlarged_and_foreign_names_run_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
