#include "runners/spawner/request.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

static void *map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

enum {
    INBOX_SIZE = sizeof(struct spawner_request) + SPAWNER_MAX_TEXT,
    WORDS_SIZE = (SPAWNER_MAX_WORDS + 2) * sizeof(char *),
};

bool inbox_init(struct inbox *inbox)
{
    *inbox = (struct inbox){ .bytes = map(INBOX_SIZE), .words = map(WORDS_SIZE) };
    return inbox->bytes && inbox->words;
}

/* No more than that: what follows may be the order to end the run that is asked for here,
 * and is waited for at the socket while that runs. */
static bool receive_until(struct inbox *inbox, size_t wanted)
{
    while (inbox->used < wanted) {
        ssize_t got =
            recv(SPAWNER_SOCKET, inbox->bytes + inbox->used, wanted - inbox->used, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        inbox->used += (size_t)got;
    }
    return true;
}

static void drop(struct inbox *inbox, size_t length)
{
    inbox->used -= length;
    if (inbox->used)
        memmove(inbox->bytes, inbox->bytes + length, inbox->used);
}

static bool is_sound(const struct spawner_request *header)
{
    return header->kind == SPAWNER_RUN && header->length <= SPAWNER_MAX_TEXT &&
           header->argument_count >= 1 && header->argument_count <= SPAWNER_MAX_WORDS &&
           header->environment_count <= SPAWNER_MAX_WORDS - header->argument_count;
}

/* The text of a request, read string by string. */
struct reader {
    char *next;
    char *end;
};

/* NULL where the text ends too early. */
static char *read_string(struct reader *reader)
{
    char *text = reader->next;
    char *nul = memchr(text, '\0', (size_t)(reader->end - text));
    reader->next = nul ? nul + 1 : reader->end;
    return nul ? text : NULL;
}

/* Points words at the next count strings, then NULL. */
static bool read_strings(struct reader *reader, char **words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        words[i] = read_string(reader);
        if (!words[i])
            return false;
    }
    words[count] = NULL;
    return true;
}

static bool take_apart(struct inbox *inbox,
                       const struct spawner_request *header,
                       struct run_request *request)
{
    char *text = inbox->bytes + sizeof *header;
    struct reader reader = { .next = text, .end = text + header->length };
    char **environment = inbox->words + header->argument_count + 1;
    if (!read_strings(&reader, inbox->words, header->argument_count) ||
        !read_strings(&reader, environment, header->environment_count))
        return false;

    *request = (struct run_request){
        .arguments = inbox->words,
        .environment = environment,
        .cpu = header->cpu,
        .is_raised = header->is_raised,
        .timeout_ns = header->timeout_ns,
    };
    const char **paths[] = { &request->directory, &request->stdin_path,
                             &request->stdout_path, &request->stderr_path };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (header->paths & (1u << i)) {
            *paths[i] = read_string(&reader);
            if (!*paths[i])
                return false;
        }
    return true;
}

bool inbox_next(struct inbox *inbox, struct run_request *request)
{
    struct spawner_request header;
    do {
        if (!receive_until(inbox, sizeof header))
            return false;
        memcpy(&header, inbox->bytes, sizeof header);
        /* It came too late: the run that it meant was over. */
        if (header.kind == SPAWNER_CANCEL)
            drop(inbox, sizeof header);
    } while (header.kind == SPAWNER_CANCEL);

    return is_sound(&header) && receive_until(inbox, sizeof header + header.length) &&
           take_apart(inbox, &header, request);
}

void inbox_done(struct inbox *inbox)
{
    struct spawner_request header;
    memcpy(&header, inbox->bytes, sizeof header);
    drop(inbox, sizeof header + header.length);
}
