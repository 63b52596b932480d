#include "gate/build/file_copy.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "gate/base/file.h"

void file_copy_clear(struct file_copy *copy)
{
    if (copy->size > 0)
        munmap(copy->bytes, copy->size);
    *copy = (struct file_copy){ 0 };
}

bool file_copy_open(struct file_copy *copy, const char *path)
{
    AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode))
        return false;
    if (info.st_size == 0)
        return true;
    void *bytes =
        mmap(NULL, (size_t)info.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return false;
    *copy = (struct file_copy){ .bytes = bytes, .size = (size_t)info.st_size };
    return true;
}
