// Which commits the action compares, by the event and by how the repository was checked out.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { mergeGroup, other, pullRequest, push, workflowRun } from './events.mjs';
import { checkout, commit, makeOrigin, makePullRequest, scratch } from './project.mjs';
import { runAction } from './runner.mjs';

const { PAWL, PAWL_SOURCE } = process.env;

function makeJob(t) {
    const root = scratch(t);
    const job = { root, actionPath: PAWL_SOURCE, temp: join(root, 'temp'), home: join(root, 'home'), env: {}, ...makeOrigin(root) };
    for (const name of ['temp', 'home']) mkdirSync(job[name]);
    return job;
}

// Runs the action on a clone of that commit, after that event.
async function compare(job, clone, env, inputs = {}) {
    const workspace = checkout(job.root, job.origin, { ...clone, name: `workspace-${clone.depth ?? 1}` });
    return runAction({ ...job, workspace, env: { ...env, ...job.env } }, { 'tool-path': PAWL, options: '--pairs=8\n--no-explain', ...inputs });
}

function assertCompared(ran, base, head) {
    assert.equal(ran.outputs['base-sha'], base, ran.log);
    assert.equal(ran.outputs['head-sha'], head, ran.log);
    assert.ok(ran.log.includes(base.slice(0, 10)) && ran.log.includes(head.slice(0, 10)));
}

const mergeRef = 'refs/pull/7/merge';

// main has got slower since the pull request was opened, and the payload's base.sha is of before that:
// compared with that, the change would get the blame.
for (const depth of [1, 2, 0]) {
    test(`a pull request's merge commit is compared with its first parent, in a clone of depth ${depth}`, async (t) => {
        const job = makeJob(t);
        const made = makePullRequest(job.origin, { head: { files: { TOPIC: 'of the topic\n' } }, main: { kilobytes: 200 } });
        const env = pullRequest(job.root, { ...made, baseSha: job.first });
        const ran = await compare(job, { sha: made.mergeSha, ref: mergeRef, depth }, env);
        assert.equal(ran.code, 0, ran.log);
        assert.equal(ran.outputs.verdict, 'pass');
        assertCompared(ran, made.baseSha, made.mergeSha);
    });
}

test('a regression of a fork fails the step, and the outputs say so', async (t) => {
    const job = makeJob(t);
    const made = makePullRequest(job.origin, { head: { kilobytes: 150 } });
    const ran = await compare(job, { sha: made.mergeSha, ref: mergeRef, depth: 2 }, pullRequest(job.root, { ...made, isFork: true }));
    assert.equal(ran.code, 1, ran.log);
    assert.equal(ran.outputs.verdict, 'regression');
    assert.equal(ran.outputs.regressions, '1');
    assertCompared(ran, made.baseSha, made.mergeSha);
});

for (const depth of [1, 0]) {
    test(`a pull request's own head is compared with where it left the target, in a clone of depth ${depth}`, async (t) => {
        const job = makeJob(t);
        const made = makePullRequest(job.origin, { head: { kilobytes: 150 } });
        const ran = await compare(job, { sha: made.headSha, ref: 'refs/pull/7/head', depth }, pullRequest(job.root, made));
        assert.equal(ran.code, 1, ran.log);
        assertCompared(ran, job.first, made.headSha);
    });
}

test('a merge queue is compared with what it is built on', async (t) => {
    const job = makeJob(t);
    const base = commit(job.origin, 'queued before', { kilobytes: 150 });
    const head = commit(job.origin, 'queued', { kilobytes: 150, statement: '/* the same */' });
    const ran = await compare(job, { sha: head, ref: `refs/heads/gh-readonly-queue/main/pr-7-${base}` },
        mergeGroup(job.root, { baseSha: base, headSha: head }));
    assert.equal(ran.code, 0, ran.log);
    assertCompared(ran, base, head);
});

test('a push of several commits is compared with what the branch held before', async (t) => {
    const job = makeJob(t);
    commit(job.origin, 'between', { kilobytes: 150 });
    const head = commit(job.origin, 'tip', { kilobytes: 150, statement: '/* the same */' });
    const ran = await compare(job, { sha: head, ref: 'refs/heads/main' }, push(job.root, { before: job.first, after: head }));
    assert.equal(ran.code, 1, ran.log);
    assertCompared(ran, job.first, head);
});

test('a new branch, and one that was forced over what is gone, are compared with the first parent', async (t) => {
    for (const before of [undefined, 'd'.repeat(40)]) {
        const job = makeJob(t);
        const base = commit(job.origin, 'before', { kilobytes: 150 });
        const head = commit(job.origin, 'tip', { kilobytes: 150, statement: '/* the same */' });
        const ran = await compare(job, { sha: head, ref: 'refs/heads/main' },
            push(job.root, { before, after: head, forced: before !== undefined }));
        assert.equal(ran.code, 0, ran.log);
        assertCompared(ran, base, head);
    }
});

test('a schedule and a start by hand are compared with the first parent, or with what is asked for', async (t) => {
    for (const name of ['schedule', 'workflow_dispatch']) {
        const job = makeJob(t);
        const base = commit(job.origin, 'before', { kilobytes: 150 });
        const head = commit(job.origin, 'tip', { kilobytes: 150, statement: '/* the same */' });
        const env = other(job.root, name, head);
        assertCompared(await compare(job, { sha: head, ref: 'refs/heads/main' }, env), base, head);
        const asked = await compare(job, { sha: head, ref: 'refs/heads/main', depth: 0 }, env, { base: job.first });
        assert.equal(asked.code, 1, asked.log);
        assertCompared(asked, job.first, head);
    }
});

test('the very first commit has nothing to be compared with, and the error says so', async (t) => {
    const job = makeJob(t);
    const ran = await compare(job, { sha: job.first, ref: 'refs/heads/main' }, push(job.root, { after: job.first }));
    assert.equal(ran.code, 2, ran.log);
    assert.equal(ran.outputs.verdict, 'error');
    assert.equal(ran.annotations.filter((item) => item.name === 'error').length, 1);
});

test("a fork's code is refused where the job may have secrets, and only a loud option changes that", async (t) => {
    const job = makeJob(t);
    const made = makePullRequest(job.origin, { head: { statement: '/* the same */' } });
    const events = { pull_request_target: pullRequest(job.root, { ...made, isFork: true, event: 'pull_request_target' }),
        workflow_run: workflowRun(job.root, { headSha: made.headSha, isFork: true }) };
    const workspace = checkout(job.root, job.origin, { sha: made.headSha, ref: 'refs/pull/7/head', depth: 0 });
    for (const [name, env] of Object.entries(events)) {
        const inputs = { 'tool-path': PAWL, base: job.first };
        const refused = await runAction({ ...job, workspace, env }, inputs);
        assert.equal(refused.code, 2, refused.log);
        assert.match(refused.log, new RegExp(`an event '${name}' has the repository's rights`));
        assert.doesNotMatch(refused.log, /^building/m);
        const allowed = await runAction({ ...job, workspace, env }, { ...inputs, options: '--allow-fork-code-in-privileged-event' });
        assert.equal(allowed.code, 0, allowed.log);
    }
});
