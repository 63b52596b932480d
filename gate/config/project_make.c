/* Programs that a makefile builds and calls a benchmark, or else its target "bench". */
#include <stdlib.h>
#include <string.h>

#include "gate/base/alloc.h"
#include "gate/base/array.h"
#include "gate/base/error.h"
#include "gate/config/config.h"
#include "gate/config/project_kinds.h"

struct rule {
    char *target;
    struct strvec needs;
    struct strvec recipe; /* lines, without "@" and "-" in front */
};
struct rules {
    struct rule *items;
    size_t count;
    size_t capacity;
    struct strvec phony;
};

static void rules_clear(struct rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        free(rules->items[i].target);
        strvec_clear(&rules->items[i].needs);
        strvec_clear(&rules->items[i].recipe);
    }
    array_clear(rules);
    strvec_clear(&rules->phony);
}

/* A line with those that follow after a "\" at its end. */
static bool take_whole_line(const char **rest, struct str *line)
{
    AUTO_STR struct str more = STR_INIT;
    if (!take_line(rest, line))
        return false;
    while (str_ends_with(line->data, "\\") && take_line(rest, &more)) {
        str_truncate(line, line->length - 1);
        str_addf(line, " %s", more.data);
    }
    return true;
}

/* The colon behind a rule's targets; NULL where the line is no rule. */
static const char *colon_of(const char *line)
{
    const char *colon = line + strcspn(line, ":=#");
    if (*line == '\t' || *colon != ':' || colon[1 + (colon[1] == ':')] == '=')
        return NULL;
    return colon;
}

/* One rule for each target: first is where the line's begin. */
static void add_rules(struct rules *rules, const char *line, const char *colon)
{
    AUTO_FREE char *left = xstrndup(line, (size_t)(colon - line));
    const char *right = colon + 1 + (colon[1] == ':');
    AUTO_FREE char *needed = xstrndup(right, strcspn(right, ";#|"));
    AUTO_STRVEC struct strvec targets = { 0 };
    AUTO_STRVEC struct strvec needs = { 0 };
    add_words(left, &targets);
    add_words(needed, &needs);
    for (size_t i = 0; i < targets.count; i++) {
        if (str_equal(targets.items[i], ".PHONY"))
            strvec_push_all(&rules->phony, &needs);
        struct rule *rule = array_push(rules);
        rule->target = xstrdup(targets.items[i]);
        strvec_copy(&rule->needs, &needs);
        if (right[strcspn(right, ";#")] == ';')
            strvec_push_owned(&rule->recipe, strip(strchr(right, ';') + 1));
    }
}

static void add_recipe_line(struct rules *rules, size_t from, const char *line)
{
    AUTO_FREE char *command = strip(line + strspn(line, "\t @-+"));
    for (size_t i = from; *command && *command != '#' && i < rules->count; i++)
        strvec_push(&rules->items[i].recipe, command);
}

static void read_rules(const char *text, struct rules *rules)
{
    AUTO_STR struct str line = STR_INIT;
    size_t from = 0; /* the first rule that a recipe's line belongs to */
    while (take_whole_line(&text, &line)) {
        const char *colon = colon_of(line.data);
        if (*line.data == '\t') {
            add_recipe_line(rules, from, line.data);
            continue;
        }
        if (strspn(line.data, " ") == line.length || *line.data == '#')
            continue;
        from = rules->count;
        if (colon)
            add_rules(rules, line.data, colon);
    }
}

static bool is_source(const char *name)
{
    static const char *const endings[] = { ".c", ".cc", ".cpp", ".cxx", ".o", ".f90" };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (str_ends_with(name, endings[i]))
            return true;
    return false;
}

/* A file that is called a benchmark and linked: its recipe names it behind "-o", or it
 * has none, and make's own links what it needs. */
static bool is_program(const struct rules *rules, const struct rule *rule)
{
    const char *target = rule->target;
    AUTO_FREE char *output = str_format("-o %s", target);
    const char *name = strrchr(target, '/') ? strrchr(target, '/') + 1 : target;
    if (!names_bench(name) || !is_plain_word(name) || strchr(name, '.') ||
        has_word(&rules->phony, target) || *target == '-' || strpbrk(target, "$%"))
        return false;
    if (!rule->recipe.count)
        return rule->needs.count && is_source(rule->needs.items[0]);
    for (size_t i = 0; i < rule->recipe.count; i++)
        if (strstr(rule->recipe.items[i], "-o $@") ||
            strstr(rule->recipe.items[i], output))
            return true;
    return false;
}

/* Whether pawl can run the line as it stands, without make and without a shell. */
static bool is_simple(const char *line)
{
    AUTO_STRVEC struct strvec words = { 0 };
    struct error ignored = { 0 };
    return !strpbrk(line, "${}") && command_split(line, &words, &ignored) == 0;
}

/* How some rule of the makefile runs the program, with its arguments; NULL for none. */
static const char *
call_of(const struct rules *rules, const char *target, const char *program)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        for (size_t k = 0; k < rule->recipe.count; k++) {
            const char *line = rule->recipe.items[k];
            AUTO_FREE char *first = xstrndup(line, strcspn(line, " \t"));
            if ((str_equal(first, program) || str_equal(first, target)) &&
                strchr(first, '/') && is_simple(line))
                return line;
        }
    }
    return NULL;
}

static void propose_program(const struct rules *rules,
                            const char *target,
                            const char *file,
                            struct proposal *proposal)
{
    AUTO_STR struct str run = STR_INIT;
    AUTO_STR struct str build = STR_INIT;
    AUTO_FREE char *program =
        strchr(target, '/') ? xstrdup(target) : str_format("./%s", target);
    const char *call = call_of(rules, target, program);
    str_add(&build, "make ");
    add_word(&build, target);
    if (call)
        str_add(&run, call);
    else
        add_word(&run, program);
    propose_build(proposal, build.data);
    propose_benchmark(proposal,
                      &(struct proposed){ .name = target,
                                          .run = run.data,
                                          .why = call ? "a program, called as a rule does"
                                                      : "a program",
                                          .file = file });
}

static void propose_build_of(const struct strvec *needs, struct proposal *proposal)
{
    AUTO_STR struct str build = STR_INIT;
    str_add(&build, "make");
    for (size_t i = 0; i < needs->count; i++) {
        str_add_char(&build, ' ');
        add_word(&build, needs->items[i]);
    }
    propose_build(proposal, build.data);
}

/* What the target runs, where that is plain to see; else the target itself. */
static void
propose_target(const struct rule *rule, const char *file, struct proposal *proposal)
{
    AUTO_FREE char *needs = strvec_join(&rule->needs, " ");
    AUTO_FREE char *through_make = str_format("make -s %s", rule->target);
    bool is_direct = rule->recipe.count == 1 && is_simple(rule->recipe.items[0]) &&
                     !strpbrk(needs, "$%") && *needs != '-' && !strstr(needs, " -");
    AUTO_FREE char *why = str_format("what the target '%s' runs", rule->target);
    if (is_direct) {
        propose_build_of(&rule->needs, proposal);
    } else {
        propose_build(proposal, through_make);
        propose_note(proposal,
                     "the build runs 'make %s' once, so that all is made that it needs; "
                     "then make itself is measured too: better name in \"run\" the "
                     "program that it starts",
                     rule->target);
    }
    propose_benchmark(
        proposal,
        &(struct proposed){ .name = rule->target,
                            .run = is_direct ? rule->recipe.items[0] : through_make,
                            .why = why,
                            .file = file });
}

static const struct rule *rule_called(const struct rules *rules, const char *target)
{
    for (size_t i = 0; i < rules->count; i++)
        if (str_equal(rules->items[i].target, target) && rules->items[i].recipe.count)
            return &rules->items[i];
    return NULL;
}

static const struct project_file *find(const struct project *project)
{
    return project_find_any(
        project, (const char *const[]){ "GNUmakefile", "makefile", "Makefile", NULL });
}

static void look(const struct project *project, struct proposal *proposal)
{
    static const char *const usual[] = { "bench", "benchmark", "benchmarks" };
    const struct project_file *file = find(project);
    AUTO(rules_clear) struct rules rules = { 0 };
    AUTO_STRVEC struct strvec seen = { 0 };
    read_rules(file->text, &rules);
    for (size_t i = 0; i < rules.count; i++) {
        const struct rule *rule = &rules.items[i];
        if (!is_program(&rules, rule) || has_word(&seen, rule->target))
            continue;
        strvec_push(&seen, rule->target);
        propose_program(&rules, rule->target, file->name, proposal);
    }
    for (size_t i = 0; i < sizeof usual / sizeof usual[0] && !seen.count; i++) {
        const struct rule *rule = rule_called(&rules, usual[i]);
        if (!rule)
            continue;
        strvec_push(&seen, rule->target);
        propose_target(rule, file->name, proposal);
    }
    propose_margins(proposal);
}

const struct project_kind project_make = {
    .word = "make",
    .title = "make",
    .find = find,
    .look = look,
    .markers = "GNUmakefile, makefile or Makefile",
    .looked_for =
        "a target 'bench' or 'benchmark', or programs with 'bench' in their name",
    .smallest = "{ \"version\": 1, \"build\": { \"run\": [\"make\"] }, \"suites\": [{ "
                "\"name\": \"speed\", \"benchmarks\": [{ \"name\": \"run\", \"run\": "
                "\"./PROGRAM\" }] }] }",
};
