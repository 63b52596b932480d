#include "runners/case-tracker/generate.h"

#include "gate/base/random.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_writer.h"

/* What is drawn for a case, each from a stream of its own. */
enum draw {
    DRAW_IS_REPEAT,
    DRAW_REPEATED,
    DRAW_STATUS,
    DRAW_NOTE_COUNT,
    DRAW_THING,
    DRAW_PLACE,
    DRAW_TROUBLE,
    DRAW_REFERENCE,
    DRAW_NOTES, /* and the ones after it, three a note */
};

static const char *const things[] = {
    "Printer",      "Coffee machine",  "Projector",    "Badge reader",   "VPN client",
    "Mail server",  "Invoice",         "Travel claim", "Heating",        "Lift",
    "Phone line",   "Customer portal", "Backup job",   "Payroll run",    "Meeting room",
    "Order form",   "Air conditioner", "Web shop",     "Delivery note",  "Test database",
    "Night shift",  "Parking permit",  "Login page",   "Contract draft", "Stock report",
    "Water cooler", "Refund",          "Search field", "Fire door",      "Laptop",
    "Scanner",      "Pension letter",
};
static const char *const places[] = {
    "on floor 2",       "on floor 3",       "in the canteen",      "at the front desk",
    "in building B",    "in the archive",   "of the north team",   "of the sales team",
    "in the workshop",  "at the back door", "in room 214",         "for new customers",
    "in the warehouse", "of the board",     "for \"Müller & Co\"", "in the basement",
};
static const char *const troubles[] = {
    "prints blank pages",     "stops after a minute",    "asks for a password twice",
    "shows last year's date", "is missing a signature",  "answers far too slowly",
    "was charged twice",      "makes a loud noise",      "refuses every card",
    "loses its settings",     "arrived without a cable", "does not open, or only halfway",
    "is out of paper",        "drops the connection",    "counts one case too many",
    "has a broken hinge",
};
static const char *const notes[] = {
    "Called the customer, no answer.",
    "Waiting for a part; the supplier says two weeks.",
    "Could not reproduce it, asked for a photo.",
    "Same as last month?",
    "Restarted it, works for now.",
    "The manager wants to be told first.",
    "Sent a \"please confirm\" mail.",
    "Checked the cable,\nchecked the socket,\nboth fine.",
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint64_t draw(const struct generator *generator,
                     uint64_t number,
                     unsigned int what,
                     uint64_t limit)
{
    return random_below_at(generator->seed, what, number, limit);
}

#define PICK(array, generator, number, what) \
    ((array)[draw((generator), (number), (what), COUNT(array))])

void generator_init(struct generator *generator, uint64_t seed)
{
    *generator = (struct generator){ .seed = seed, .title = STR_INIT };
    for (size_t i = 0; i < GENERATE_NOTES_MAX; i++)
        generator->notes[i] = STR_INIT;
}

void generator_clear(struct generator *generator)
{
    str_clear(&generator->title);
    for (size_t i = 0; i < GENERATE_NOTES_MAX; i++)
        str_clear(&generator->notes[i]);
}

/* The reference makes titles that were not meant to be equal differ. */
static void add_title(struct generator *generator, uint64_t number)
{
    struct str *title = &generator->title;
    str_add(title, PICK(things, generator, number, DRAW_THING));
    str_add_char(title, ' ');
    str_add(title, PICK(places, generator, number, DRAW_PLACE));
    str_add_char(title, ' ');
    str_add(title, PICK(troubles, generator, number, DRAW_TROUBLE));
    str_add(title, " (ref ");
    number_add(title, draw(generator, number, DRAW_REFERENCE, 10000000));
    str_add_char(title, ')');
}

/* As somebody else would have typed it. */
static void disguise(struct str *title)
{
    for (size_t i = 0; i < title->length; i++) {
        if (title->data[i] >= 'A' && title->data[i] <= 'Z')
            title->data[i] = (char)(title->data[i] - 'A' + 'a');
    }
    str_add(title, " !");
}

static void make_title(struct generator *generator, uint64_t number)
{
    bool is_repeat = number > 1 && draw(generator, number, DRAW_IS_REPEAT, 100) < 3;
    str_reset(&generator->title);
    if (!is_repeat) {
        add_title(generator, number);
        return;
    }
    add_title(generator, 1 + draw(generator, number, DRAW_REPEATED, number - 1));
    disguise(&generator->title);
}

static void make_note(struct generator *generator, uint64_t number, size_t index)
{
    unsigned int what = DRAW_NOTES + 3 * (unsigned int)index;
    struct str *note = &generator->notes[index];
    str_reset(note);
    str_add(note, PICK(notes, generator, number, what));
    if (draw(generator, number, what + 1, 4) == 0) {
        str_add(note, " See ");
        case_id_add(note, 1 + draw(generator, number, what + 2, number));
        str_add_char(note, '.');
    }
    generator->note_texts[index] = note->data;
}

static size_t note_count(const struct generator *generator, uint64_t number)
{
    uint64_t drawn = draw(generator, number, DRAW_NOTE_COUNT, 100);
    return drawn < 60 ? 0 : 1 + (size_t)(drawn - 60) / 8;
}

static enum status make_status(const struct generator *generator, uint64_t number)
{
    uint64_t drawn = draw(generator, number, DRAW_STATUS, 100);
    return drawn < 20   ? STATUS_DRAFT
           : drawn < 45 ? STATUS_SUBMITTED
           : drawn < 70 ? STATUS_UNDER_REVIEW
           : drawn < 80 ? STATUS_ESCALATED
                        : STATUS_CLOSED;
}

void generator_case(struct generator *generator,
                    uint64_t number,
                    struct case_record *record)
{
    make_title(generator, number);
    size_t count = note_count(generator, number);
    for (size_t i = 0; i < count; i++)
        make_note(generator, number, i);
    *record = (struct case_record){
        .number = number,
        .title = generator->title.data,
        .notes = generator->note_texts,
        .note_count = count,
        .status = make_status(generator, number),
    };
}

int generate_file(const char *path, uint64_t count, uint64_t seed, struct error *err)
{
    AUTO_GENERATOR struct generator generator;
    generator_init(&generator, seed);
    AUTO_CASE_WRITER struct case_writer *writer = case_writer_open(path, err);
    if (!writer)
        return -1;
    for (uint64_t number = 1; number <= count; number++) {
        struct case_record record;
        generator_case(&generator, number, &record);
        if (case_writer_add(writer, &record, err) < 0)
            return -1;
    }
    return case_writer_commit(writer, err);
}
