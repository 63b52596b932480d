#include "runners/case-tracker/sink.h"

#include "gate/base/file.h"

void sink_init(struct sink *sink, int fd, const char *name, size_t block_size)
{
    *sink = (struct sink){
        .fd = fd,
        .name = name,
        .text = STR_INIT,
        .block_size = block_size,
    };
}

int sink_flush(struct sink *sink, struct error *err)
{
    if (fd_write_all(sink->fd, sink->text.data, sink->text.length, sink->name, err) < 0)
        return -1;
    str_reset(&sink->text);
    return 0;
}

int sink_drain(struct sink *sink, struct error *err)
{
    return sink->text.length < sink->block_size ? 0 : sink_flush(sink, err);
}

void sink_clear(struct sink *sink)
{
    str_clear(&sink->text);
}
