#include "gate/cli/screen.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "gate/base/error.h"
#include "gate/base/str.h"

/* As the level of the log: who prints is far from who reads the command line. */
static enum color_choice chosen = COLOR_AUTO;

bool color_is_wanted(const struct color_facts *facts)
{
    if (facts->choice != COLOR_AUTO)
        return facts->choice == COLOR_ALWAYS;
    if (facts->no_color && *facts->no_color)
        return false;
    if (facts->clicolor_force && *facts->clicolor_force &&
        !str_equal(facts->clicolor_force, "0"))
        return true;
    return facts->is_terminal && !(facts->term && str_equal(facts->term, "dumb"));
}

int screen_choose_color(const char *choice, struct error *err)
{
    static const char *const names[] = { "auto", "always", "never" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_equal(choice, names[i])) {
            chosen = (enum color_choice)i;
            return 0;
        }
    }
    return error_set(err, ERROR_USAGE,
                     "--color must be 'auto', 'always' or 'never', not '%s'", choice);
}

size_t screen_columns(int fd, size_t usual)
{
    struct winsize size = { 0 };
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 1)
        return size.ws_col;
    return usual;
}

struct report_screen screen_of_stdout(void)
{
    const struct color_facts facts = { .choice = chosen,
                                       .is_terminal = isatty(STDOUT_FILENO),
                                       .term = getenv("TERM"),
                                       .no_color = getenv("NO_COLOR"),
                                       .clicolor_force = getenv("CLICOLOR_FORCE") };
    return (struct report_screen){
        .width = screen_columns(STDOUT_FILENO, REPORT_USUAL),
        .use_color = color_is_wanted(&facts),
    };
}
