#include "gate/build/recipe.h"

#include "gate/base/alloc.h"
#include "gate/build/steps.h"
#include "gate/config/config.h"

int recipe_run(const struct workplace *place,
               const struct recipe *recipe,
               enum error_code code,
               const char *doing,
               struct error *err)
{
    AUTO_FREE struct step *steps = xcalloc(recipe->run.count + 1, sizeof *steps);
    for (size_t i = 0; i < recipe->run.count; i++) {
        steps[i] = (struct step){ .text = recipe->run.items[i].text,
                                  .argv = &recipe->run.items[i].words };
    }
    return steps_run(place, steps, recipe->run.count, code, doing, err);
}
