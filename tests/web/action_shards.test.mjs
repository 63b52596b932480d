// A matrix of shards, and the job that makes one verdict of them.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { push } from './events.mjs';
import { checkout, commit, makeOrigin, scratch } from './project.mjs';
import { runAction } from './runner.mjs';

const { PAWL, PAWL_SOURCE } = process.env;
const benches = ['a', 'b', 'c', 'd'];

function makeJob(t, kilobytes) {
    const root = scratch(t);
    const { origin, first } = makeOrigin(root, { benchmarks: benches.map((name) => ({ name, run: `./bench ${name}` })) });
    const last = commit(origin, 'last', { kilobytes });
    const workspace = checkout(root, origin, { sha: last, ref: 'refs/heads/main', depth: 2 });
    return { root, workspace, first, last, env: push(root, { before: first, after: last }) };
}

async function run(job, name, actionPath, inputs) {
    const own = { ...job, actionPath, temp: join(job.root, `temp-${name}`), home: join(job.root, `home-${name}`) };
    for (const folder of ['temp', 'home']) mkdirSync(own[folder], { recursive: true });
    return runAction(own, { 'tool-path': PAWL, ...inputs });
}

const options = '--pairs=40\n--no-explain\n--seed=1';

// Runs all shards, and leaves their artifacts as download-artifact does.
async function measure(job, count) {
    const codes = [];
    for (let shard = 1; shard <= count; shard++) {
        const ran = await run(job, shard, PAWL_SOURCE, { options: `${options}\n--shard=${shard}/${count}` });
        assert.ok(ran.outputs['json-path'], ran.log);
        cpSync(ran.outputs['json-path'], join(job.workspace, `pawl-shards/pawl-shard-${shard}/result.json`));
        codes.push(ran.code);
    }
    return codes;
}

const merge = (job, inputs) => run(job, 'merge', join(PAWL_SOURCE, 'merge'), inputs);

test('shards of a regression are merged into the verdict of one run', async (t) => {
    const job = makeJob(t, 150);
    await measure(job, 2);
    const merged = await merge(job);
    const whole = await run(job, 'whole', PAWL_SOURCE, { options });
    assert.equal(merged.code, 1, merged.log);
    assert.equal(merged.code, whole.code);
    for (const name of ['verdict', 'regressions', 'base-sha', 'head-sha'])
        assert.equal(merged.outputs[name], whole.outputs[name], merged.log);
    assert.match(readFileSync(merged.outputs['report-path'], 'utf8'), /No: 4 of 4 rows/);
    assert.ok(merged.summary.includes('No: 4 of 4 rows'));
});

test('a shard that is missing is an error and no pass', async (t) => {
    const job = makeJob(t, 100);
    await measure(job, 2);
    rmSync(join(job.workspace, 'pawl-shards/pawl-shard-2'), { recursive: true });
    const ran = await merge(job);
    assert.equal(ran.code, 3, ran.log);
    assert.equal(ran.outputs.verdict, 'error');
});

test('without any result the input is named', async (t) => {
    const ran = await merge(makeJob(t, 100), { results: 'nowhere' });
    assert.equal(ran.code, 2, ran.log);
    assert.match(ran.annotations[0].message, /input results must be a directory/);
});
