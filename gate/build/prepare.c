#include "gate/build/prepare.h"

#include "gate/base/alloc.h"
#include "gate/base/error.h"
#include "gate/base/str.h"
#include "gate/base/strvec.h"
#include "gate/build/steps.h"

int prepare_run(const struct workplace *place,
                const struct strvec *commands,
                size_t count,
                const char *side_name,
                struct error *err)
{
    AUTO_FREE char *doing = str_format("preparing %s", side_name);
    AUTO_FREE struct step *steps = xcalloc(count + 1, sizeof *steps);
    AUTO_STRVEC struct strvec texts = { 0 };
    for (size_t i = 0; i < count; i++) {
        strvec_push_owned(&texts, strvec_join(&commands[i], " "));
        steps[i] = (struct step){ .text = texts.items[i], .argv = &commands[i] };
    }
    return steps_run(place, steps, count, ERROR_BENCHMARK, doing, err);
}
