// A small C project in a git repository, and clones of it as actions/checkout makes them. How many
// bytes its benchmark writes is up to the commit; the kernel counts them, so that verdicts are certain.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const identity = {
    GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.org', GIT_COMMITTER_NAME: 'C', GIT_COMMITTER_EMAIL: 'c@example.org',
    GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z', GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
};

export function git(directory, ...words) {
    return execFileSync('git', ['-C', directory, ...words],
        { env: { PATH: process.env.PATH, HOME: directory, ...identity }, encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

// A directory that is removed when the test ends.
export function scratch(t) {
    const path = mkdtempSync(join(tmpdir(), 'pawl-action-'));
    t.after(() => rmSync(path, { recursive: true, force: true }));
    return path;
}

const program = (kilobytes, statement) => `#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static char block[1000];
int main(void)
{
    ${statement}
    int out = open("/dev/null", O_WRONLY);
    for (int i = 0; i < ${kilobytes}; i++)
        if (write(out, block, sizeof block) < 0)
            return 1;
    return 0;
}
`;

const configOf = (benchmarks) => ({
    version: 1,
    build: { run: ['make -s'] },
    layouts: 'off',
    margins: { cpu: 'none', wall: 'none', peak_rss: 'none', written_bytes: '20%' },
    suites: [{ name: 'suite', benchmarks }],
});

export function commit(directory, subject, { kilobytes = 100, statement = '', files = {} } = {}) {
    writeFileSync(join(directory, 'bench.c'), program(kilobytes, statement));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    git(directory, 'add', '-A');
    git(directory, 'commit', '-q', '--allow-empty', '-m', subject);
    return git(directory, 'rev-parse', 'HEAD');
}

// origin with its branch main of one commit; of a project without a pawl.json where hasConfig is false.
export function makeOrigin(root, { hasConfig = true, benchmarks = [{ name: 'spin', run: './bench' }] } = {}) {
    const origin = join(root, 'origin');
    mkdirSync(origin);
    git(origin, 'init', '-q', '-b', 'main');
    for (const name of ['allowAnySHA1InWant', 'allowFilter']) git(origin, 'config', `uploadpack.${name}`, 'true');
    const files = { Makefile: 'bench: bench.c\n\t$(CC) -O1 -o bench bench.c\n', '.gitignore': '/bench\n' };
    if (hasConfig) files['pawl.json'] = JSON.stringify(configOf(benchmarks), null, 2);
    return { origin, first: commit(origin, 'first', { files }) };
}

// A pull request that writes so much, into a main that has gone on and writes less since: only who
// compares with the merge commit's first parent judges the change alone.
export function makePullRequest(origin, { head, main = { kilobytes: 100 } }) {
    git(origin, 'checkout', '-q', '-b', 'topic', 'main');
    const headSha = commit(origin, 'topic', head);
    git(origin, 'checkout', '-q', 'main');
    const baseSha = commit(origin, 'main goes on', { ...main, files: { 'NOTES': 'of main\n' } });
    git(origin, 'checkout', '-q', '--detach', 'main');
    git(origin, 'merge', '-q', '--no-ff', '-s', 'recursive', '-X', 'theirs', '-m', 'merge', 'topic');
    const mergeSha = git(origin, 'rev-parse', 'HEAD');
    git(origin, 'update-ref', 'refs/pull/7/merge', mergeSha);
    git(origin, 'update-ref', 'refs/pull/7/head', headSha);
    git(origin, 'checkout', '-q', 'main');
    return { headSha, baseSha, mergeSha };
}

// As actions/checkout does it: one fetch of the commit by its id, into the ref that the event names;
// depth 0 is everything.
export function checkout(root, origin, { sha, ref, depth = 1, name = 'workspace' }) {
    const workspace = join(root, name);
    const local = ref.startsWith('refs/heads/') ? ref.replace('refs/heads/', 'refs/remotes/origin/')
        : ref.replace('refs/', 'refs/remotes/');
    mkdirSync(workspace);
    git(workspace, 'init', '-q');
    git(workspace, 'remote', 'add', 'origin', `file://${origin}`);
    const one = `+${sha}:${local}`;
    const all = ['origin', '+refs/heads/*:refs/remotes/origin/*', ...(ref.startsWith('refs/heads/') ? [] : [one])];
    const specs = depth ? [`--depth=${depth}`, 'origin', one] : all;
    git(workspace, '-c', 'protocol.version=2', 'fetch', '-q', '--no-tags', '--prune', '--no-recurse-submodules', ...specs);
    if (ref.startsWith('refs/heads/')) git(workspace, 'checkout', '-q', '-B', ref.slice(11), local);
    else git(workspace, 'checkout', '-q', '--force', local);
    return workspace;
}
