// The second stage against an API that behaves as GitHub's does: pages, authors, permissions.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';
import { pullRequest, workflowRun } from './events.mjs';
import { checkout, makeOrigin, makePullRequest, scratch } from './project.mjs';
import { runAction } from './runner.mjs';

const { PAWL, PAWL_SOURCE } = process.env;
const sha = 'a'.repeat(40);
const mark = '<!-- pawl:v1 key=default -->\n';

function has(program) {
    try {
        execFileSync(program, ['--version'], { stdio: 'ignore' });
        return true;
    } catch {
        return false;
    }
}
const lacks = ['curl', 'jq'].filter((program) => !has(program));
const skip = lacks.length ? `needs ${lacks.join(' and ')} (apt-get install ${lacks.join(' ')})` : false;

// GitHub, with these pull requests and comments. state.asked has all that it was asked.
async function serve(t, state) {
    state.asked = [];
    const server = createServer(async (request, response) => {
        let text = '';
        for await (const chunk of request) text += chunk;
        const url = new URL(request.url, 'http://x');
        const body = text && JSON.parse(text);
        state.asked.push(`${request.method} ${url.pathname}`);
        const say = (status, value) => {
            response.writeHead(status, { 'content-type': 'application/json' });
            response.end(JSON.stringify(value));
        };
        if (request.headers.authorization !== 'Bearer ghs_secret') return say(401, { message: 'Bad credentials' });
        if (request.method !== 'GET' && state.isReadOnly) return say(403, { message: 'Resource not accessible by integration' });
        if (request.method === 'GET' && url.pathname.endsWith('/pulls'))
            return say(200, state.pulls.filter((pull) => pull.head.label === url.searchParams.get('head')));
        if (request.method === 'GET') {
            const page = Number(url.searchParams.get('page'));
            const size = Number(url.searchParams.get('per_page'));
            return say(200, state.comments.slice((page - 1) * size, page * size));
        }
        if (request.method === 'POST') {
            state.comments.push({ id: 9000, user: { login: 'github-actions[bot]' }, body: body.body });
            return say(201, {});
        }
        const id = Number(url.pathname.split('/').at(-1));
        state.comments.find((comment) => comment.id === id).body = body.body;
        return say(200, {});
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    return `http://127.0.0.1:${server.address().port}`;
}

const by = (login, body, id) => ({ id, user: { login }, body });
const ours = (body, id) => by('github-actions[bot]', mark + body, id);
const crowd = (count) => Array.from({ length: count }, (_, i) => by('somebody', `${mark}not ours`, i + 1));
const pull = (head = sha) => ({ number: 7, head: { sha: head, label: 'somebody:topic' } });

// Runs the second stage with a pawl that reports so, for a run whose head was sha.
async function comment(t, state, { report = 'No: 1 row got slower.', verdict = 'regressed', inputs = {}, event = {} } = {}) {
    const root = scratch(t);
    const job = { root, actionPath: join(PAWL_SOURCE, 'comment'), workspace: join(root, 'work space'),
        temp: join(root, 'temp'), home: join(root, 'home') };
    for (const name of ['workspace', 'temp', 'home']) mkdirSync(job[name]);
    const tool = join(root, 'pawl');
    writeFileSync(tool, `#!/bin/sh\n[ "$1" = --version ] || cat <<'END'\n${mark}${report}\nEND\n`);
    chmodSync(tool, 0o755);
    writeFileSync(join(job.workspace, 'result.json'), JSON.stringify({ verdict }));
    job.env = { ...workflowRun(root, { headSha: sha, isFork: true }), GITHUB_API_URL: await serve(t, state) };
    const payload = JSON.parse(readFileSync(job.env.GITHUB_EVENT_PATH, 'utf8'));
    Object.assign(payload.workflow_run, { head_branch: 'topic', ...event });
    payload.workflow_run.head_repository.owner.login = 'somebody';
    writeFileSync(job.env.GITHUB_EVENT_PATH, JSON.stringify(payload));
    return runAction(job, { 'tool-path': tool, ...inputs });
}

const wrote = (state) => state.asked.filter((line) => !line.startsWith('GET'));

test('the first time there is a comment', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: crowd(2) };
    const ran = await comment(t, state);
    assert.equal(ran.code, 0, ran.log);
    assert.equal(ran.outputs.comment, 'created');
    assert.equal(state.comments.at(-1).body, `${mark}No: 1 row got slower.\n`);
});

test('it is edited, not posted again, also where it is on the third page', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: [...crowd(250), ours('Yes.\n', 777), by('somebody', 'thanks', 778)] };
    const ran = await comment(t, state);
    assert.equal(ran.outputs.comment, 'edited', ran.log);
    assert.equal(state.comments[250].body, `${mark}No: 1 row got slower.\n`);
    assert.equal(state.comments.length, 252);
    assert.equal(wrote(state).length, 1);
});

test('it is left alone where it says the same, whatever GitHub made of its line ends', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: [{ ...ours('', 5), body: `${mark}No: 1 row got slower.`.replaceAll('\n', '\r\n') }] };
    const ran = await comment(t, state);
    assert.equal(ran.outputs.comment, 'unchanged', ran.log);
    assert.deepEqual(wrote(state), []);
});

test('comments of others that copy the mark are not edited, nor those of another key', { skip }, async (t) => {
    const other = by('github-actions[bot]', '<!-- pawl:v1 key=arm -->\nNo.', 4);
    const state = { pulls: [pull()], comments: [...crowd(3), other] };
    const ran = await comment(t, state);
    assert.equal(ran.outputs.comment, 'created', ran.log);
    assert.equal(other.body, '<!-- pawl:v1 key=arm -->\nNo.');
});

test('where nothing changed no first comment is made, but an old one is set right', { skip }, async (t) => {
    const silent = { pulls: [pull()], comments: [] };
    const calm = { verdict: 'ok', report: 'Yes: nothing got slower.' };
    assert.equal((await comment(t, silent, calm)).outputs.comment, 'none');
    assert.deepEqual(wrote(silent), []);
    const always = { pulls: [pull()], comments: [] };
    assert.equal((await comment(t, always, { ...calm, inputs: { when: 'always' } })).outputs.comment, 'created');
    const old = { pulls: [pull()], comments: [ours('No: 1 row got slower.\n', 5)] };
    assert.equal((await comment(t, old, calm)).outputs.comment, 'edited');
    assert.equal(old.comments[0].body, `${mark}Yes: nothing got slower.\n`);
});

test('a pull request that has moved on is not written to', { skip }, async (t) => {
    const state = { pulls: [pull('b'.repeat(40))], comments: [] };
    const ran = await comment(t, state);
    assert.equal(ran.code, 0, ran.log);
    assert.equal(ran.outputs.comment, 'none');
    assert.deepEqual(wrote(state), []);
});

test('a merge queue is not written to', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: [] };
    const ran = await comment(t, state, { event: { event: 'merge_group' } });
    assert.equal(ran.outputs.comment, 'none', ran.log);
    assert.deepEqual(state.asked, []);
});

test('without permission there is a notice, and the job is well', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: [], isReadOnly: true };
    const ran = await comment(t, state);
    assert.equal(ran.code, 0, ran.log);
    assert.equal(ran.annotations[0].name, 'notice');
    assert.match(ran.annotations[0].message, /pull-requests: write/);
});

test('a comment beyond 60,000 bytes is never sent', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: [] };
    const ran = await comment(t, state, { report: 'x'.repeat(60000) });
    assert.equal(ran.code, 5);
    assert.deepEqual(state.asked, []);
});

test('wrong inputs exit with 2, and are named', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: [] };
    for (const [inputs, message] of [[{ when: 'never' }, /input when must be 'changed' or 'always'/],
        [{ key: 'a b' }, /input key must be/], [{ result: 'nowhere' }, /input result must be/]]) {
        const ran = await comment(t, state, { inputs });
        assert.equal(ran.code, 2, ran.log);
        assert.match(ran.annotations[0].message, message);
    }
});

test('a branch with any name is looked for by that name', { skip }, async (t) => {
    const name = 'topic&state=all#$(id)/ü';
    const state = { pulls: [{ ...pull(), head: { sha, label: `somebody:${name}` } }], comments: [] };
    const ran = await comment(t, state, { event: { head_branch: name } });
    assert.equal(ran.outputs.comment, 'created', ran.log);
});

test('the token is on no command line and in no log', { skip }, async (t) => {
    const state = { pulls: [pull()], comments: [] };
    const ran = await comment(t, state);
    assert.ok(!ran.log.includes('ghs_secret'));
    const script = readFileSync(join(PAWL_SOURCE, 'ci/action/comment.sh'), 'utf8');
    assert.ok(!/curl[^|]*\$token/.test(script));
    assert.ok(existsSync(join(PAWL_SOURCE, 'comment/action.yml')));
});

// The first stage as it is, on the merge commit of a fork's pull request.
async function firstStage(root, made) {
    const job = { actionPath: PAWL_SOURCE, workspace: checkout(root, made.origin, { sha: made.mergeSha, ref: 'refs/pull/7/merge', depth: 2 }),
        temp: join(root, 'temp-1'), home: join(root, 'home-1'), env: pullRequest(root, { ...made, isFork: true }) };
    for (const name of ['temp', 'home']) mkdirSync(job[name]);
    return runAction(job, { 'tool-path': PAWL, options: '--pairs=8\n--no-explain', base: made.baseSha });
}

// The second with that result, and the real pawl.
async function secondStage(t, root, result, headSha, state) {
    const job = { actionPath: join(PAWL_SOURCE, 'comment'), workspace: root, temp: join(root, 'temp-2'), home: join(root, 'home-2') };
    for (const name of ['temp', 'home']) mkdirSync(job[name], { recursive: true });
    job.env = { ...workflowRun(root, { headSha, isFork: true }), GITHUB_API_URL: await serve(t, state) };
    const payload = JSON.parse(readFileSync(job.env.GITHUB_EVENT_PATH, 'utf8'));
    payload.workflow_run.head_branch = 'topic';
    payload.workflow_run.head_repository.owner.login = 'somebody';
    writeFileSync(job.env.GITHUB_EVENT_PATH, JSON.stringify(payload));
    return runAction(job, { 'tool-path': PAWL, result });
}

test('both stages together: a regression of a fork becomes one comment, and a forged result none', { skip }, async (t) => {
    const root = scratch(t);
    const { origin } = makeOrigin(root);
    const made = { origin, ...makePullRequest(origin, { head: { kilobytes: 150 } }) };
    const first = await firstStage(root, made);
    assert.equal(first.code, 1, first.log);
    const json = first.outputs['json-path'];
    const state = { pulls: [pull(made.headSha)], comments: [] };

    const ran = await secondStage(t, root, json, made.headSha, state);
    assert.equal(ran.outputs.comment, 'created', ran.log);
    assert.ok(state.comments[0].body.startsWith(mark));
    assert.match(state.comments[0].body, /got slower|regressed|No:/);
    assert.equal((await secondStage(t, root, json, made.headSha, state)).outputs.comment, 'unchanged');

    const other = { pulls: [pull()], comments: [] };
    assert.equal((await secondStage(t, root, json, sha, other)).code, 3);
    const forged = join(root, 'forged.json');
    writeFileSync(forged, JSON.stringify({ ...JSON.parse(readFileSync(json, 'utf8')), verdict: '<img src=x>' }));
    const refused = await secondStage(t, root, forged, made.headSha, other);
    assert.equal(refused.code, 3, refused.log);
    assert.deepEqual(other.asked, []);
});
