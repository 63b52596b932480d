/* A diagnosis for people and as JSON. */
#include <jansson.h>

#include "gate/base/alloc.h"
#include "gate/base/json.h"
#include "gate/base/units.h"
#include "gate/cli/doctor.h"
#include "gate/verdict/forecast.h"

#define SCHEMA "pawl-doctor/1"
#define MISS   0.05

static const double pair_counts_shown[] = { 8, 30, 60 };
#define SHOWN (sizeof pair_counts_shown / sizeof pair_counts_shown[0])

static void add_machine(const struct machine *machine, struct str *out)
{
    str_addf(out, "%s, ", *machine->cpu_model ? machine->cpu_model : "CPU unknown");
    if (machine->cpus_online)
        str_addf(out, "%d CPUs, ", machine->cpus_online);
    if (machine->memory_bytes) {
        units_add_size(out, (double)machine->memory_bytes);
        str_add(out, ", ");
    }
    str_addf(out, "Linux %s\n\n", *machine->kernel ? machine->kernel : "unknown");
}

static void add_margins(const char *clock, double sd, struct str *out)
{
    str_addf(out, "  %-4s  %6.2f %%", clock, sd * 100);
    for (size_t i = 0; i < SHOWN; i++)
        str_addf(out, "   %6.2f %%",
                 forecast_margin(pair_counts_shown[i], sd, MISS) * 100);
    str_add_char(out, '\n');
}

static void add_noise(const struct noise *noise, struct str *out)
{
    str_addf(out, "\nOne program of ");
    units_add_duration(out, noise->run_s);
    str_addf(
        out,
        " against itself, %zu pairs: the noise of a pair, and the smallest margin "
        "at which\nno change is called ok nine times in ten, after so many pairs:\n\n",
        noise->pairs);
    str_add(out, "           noise    8 pairs   30 pairs   60 pairs\n");
    add_margins("cpu", noise->cpu_sd, out);
    add_margins("wall", noise->wall_sd, out);
}

void doctor_add_text(const struct diagnosis *diagnosis, struct str *out)
{
    add_machine(diagnosis->machine, out);
    for (size_t i = 0; i < diagnosis->findings->count; i++) {
        const struct finding *finding = &diagnosis->findings->items[i];
        str_addf(out, "  %-4s  %-14s  %s\n", finding_state_name(finding->state),
                 finding->name, finding->text);
        if (finding->mend)
            str_addf(out, "                        try: %s\n", finding->mend);
    }
    if (diagnosis->noise)
        add_noise(diagnosis->noise, out);
}

static json_t *findings_json(const struct findings *findings)
{
    json_t *list = json_array();
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        json_array_append_new(list,
                              json_pack("{ss, ss, ss, ss?}", "name", finding->name,
                                        "state", finding_state_name(finding->state),
                                        "text", finding->text, "mend", finding->mend));
    }
    return list;
}

static json_t *margins_json(double sd)
{
    json_t *margins = json_object();
    for (size_t i = 0; i < SHOWN; i++) {
        AUTO_FREE char *pairs = str_format("%.0f", pair_counts_shown[i]);
        json_object_set_new(margins, pairs,
                            json_real(forecast_margin(pair_counts_shown[i], sd, MISS)));
    }
    return json_pack("{sf, so}", "noise_sd", sd, "margin_after_pairs", margins);
}

static json_t *noise_json(const struct noise *noise)
{
    if (!noise)
        return json_null();
    return json_pack("{sI, sf, so, so}", "pairs", (json_int_t)noise->pairs, "run_s",
                     noise->run_s, "cpu", margins_json(noise->cpu_sd), "wall",
                     margins_json(noise->wall_sd));
}

void doctor_add_json(const struct diagnosis *diagnosis, struct str *out)
{
    const struct machine *machine = diagnosis->machine;
    AUTO_JSON json_t *object = json_pack(
        "{ss, ss, si, ss, so, so}", "schema", SCHEMA, "cpu_model", machine->cpu_model,
        "cpus_online", machine->cpus_online, "kernel", machine->kernel, "findings",
        findings_json(diagnosis->findings), "noise", noise_json(diagnosis->noise));
    AUTO_FREE char *text = json_dumps(object, JSON_INDENT(2) | JSON_SORT_KEYS);
    str_addf(out, "%s\n", text);
}
