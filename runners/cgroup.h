/* A cgroup (version 2) for all that a spawner runs: a leaf below the one that we are in
 * ourselves, named "pawl-PID-N". In it the kernel adds up the CPU time of whole process
 * trees, and kills them whole.
 *
 * It is locked (flock) as long as its owner lives, so that others know the ones that
 * somebody has left behind. */
#pragma once

struct cgroup {
    char *path;  /* owned; NULL where there is none */
    int fd;      /* of its directory, closed on exec; -1 where there is none */
    int trouble; /* errno: why there is none; else 0 */
};

/* Makes one, and removes those whose owners were killed. Reads root +
 * "/proc/self/cgroup";
 * "" is the real machine. That there is none is a result, not an error: few systems let
 * us have one. */
void cgroup_open(const char *root, struct cgroup *cgroup);

/* Kills what is still in it, and removes it. */
void cgroup_close(struct cgroup *cgroup);
