#include "runners/case-tracker/case_writer.h"

#include <stdlib.h>

#include "gate/base/alloc.h"
#include "gate/base/file.h"
#include "runners/case-tracker/case_format.h"
#include "runners/case-tracker/case_id.h"
#include "runners/case-tracker/case_list.h"
#include "runners/case-tracker/file_kind.h"
#include "runners/case-tracker/sink.h"
#include "runners/case-tracker/sqlite_cases.h"

struct case_writer {
    char *path;
    struct file_draft draft;
    const struct case_format *format; /* NULL: SQLite */
    struct sink sink;
    bool has_case;
    struct db db;
    struct case_inserter inserter;
};

static int begin_text(struct case_writer *writer)
{
    sink_init(&writer->sink, writer->draft.fd, writer->path, SINK_BLOCK_SIZE);
    str_add(&writer->sink.text, writer->format->begin);
    return 0;
}

static int begin_database(struct case_writer *writer, struct error *err)
{
    if (db_create(&writer->db, writer->draft.temporary_path, writer->path, err) < 0 ||
        case_inserter_open(&writer->inserter, &writer->db, err) < 0)
        return -1;
    return db_run(&writer->db, "BEGIN", err);
}

struct case_writer *
case_writer_open_as(const char *path, const struct case_format *format, struct error *err)
{
    char *target = file_target(path, err);
    if (!target)
        return NULL;
    struct case_writer *writer = xcalloc(1, sizeof *writer);
    writer->path = target;
    writer->draft.fd = -1;
    writer->format = format;
    writer->sink.text = STR_INIT;
    if (file_draft_open(&writer->draft, writer->path, err) < 0 ||
        (format ? begin_text(writer) : begin_database(writer, err)) < 0) {
        case_writer_close(writer);
        return NULL;
    }
    return writer;
}

struct case_writer *case_writer_open(const char *path, struct error *err)
{
    enum file_kind kind = FILE_JSON;
    if (file_kind_of(path, &kind, err) < 0)
        return NULL;
    static const struct case_format *const formats[] = {
        [FILE_JSON] = &case_format_json,
        [FILE_SQLITE] = NULL,
        [FILE_CSV] = &case_format_csv,
    };
    return case_writer_open_as(path, formats[kind], err);
}

static int
insert(struct case_writer *writer, const struct case_record *record, struct error *err)
{
    bool is_duplicate = false;
    if (case_inserter_add(&writer->inserter, record, &is_duplicate, err) == 0)
        return 0;
    if (!is_duplicate)
        return -1;
    error_clear(err);
    return error_set(err, ERROR_CASES, "'%s' is in the file already",
                     case_id_text(record->number).text);
}

int case_writer_add(struct case_writer *writer,
                    const struct case_record *record,
                    struct error *err)
{
    if (!writer->format)
        return insert(writer, record, err);
    writer->format->add(&writer->sink.text, record, !writer->has_case);
    writer->has_case = true;
    return sink_drain(&writer->sink, err);
}

static int end_text(struct case_writer *writer, struct error *err)
{
    const struct case_format *format = writer->format;
    str_add(&writer->sink.text, writer->has_case ? format->end : format->end_empty);
    return sink_flush(&writer->sink, err);
}

static int end_database(struct case_writer *writer, struct error *err)
{
    case_inserter_close(&writer->inserter);
    if (db_run(&writer->db, "COMMIT", err) < 0)
        return -1;
    db_close(&writer->db);
    return 0;
}

int case_writer_commit(struct case_writer *writer, struct error *err)
{
    if ((writer->format ? end_text(writer, err) : end_database(writer, err)) < 0)
        return -1;
    return file_draft_commit(&writer->draft, err);
}

void case_writer_close(struct case_writer *writer)
{
    if (!writer)
        return;
    case_inserter_close(&writer->inserter);
    db_close(&writer->db);
    sink_clear(&writer->sink);
    file_draft_abandon(&writer->draft);
    free(writer->path);
    free(writer);
}

void case_writer_release(struct case_writer **writer)
{
    case_writer_close(*writer);
    *writer = NULL;
}

int case_writer_write(const char *path,
                      const struct case_format *format,
                      const struct case_list *cases,
                      struct error *err)
{
    AUTO_CASE_WRITER struct case_writer *writer =
        format ? case_writer_open_as(path, format, err) : case_writer_open(path, err);
    if (!writer)
        return -1;
    for (size_t i = 0; i < cases->count; i++) {
        if (case_writer_add(writer, &cases->items[i], err) < 0)
            return -1;
    }
    return case_writer_commit(writer, err);
}
