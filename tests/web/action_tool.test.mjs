// The action's first step: where pawl comes from.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { scratch } from './project.mjs';
import { runAction } from './runner.mjs';

const { PAWL, PAWL_SOURCE } = process.env;

function makeJob(t, more = {}) {
    const root = scratch(t);
    const job = { actionPath: PAWL_SOURCE, workspace: join(root, 'work space'), temp: join(root, 'temp'),
        home: join(root, 'home'), env: {}, root, ...more };
    for (const name of ['workspace', 'temp', 'home']) mkdirSync(job[name], { recursive: true });
    return job;
}

const toolStep = async (job, inputs) => (await runAction(job, inputs)).steps[0];

const packed = 'v9.8.7/pawl-Linux-X64.tar.gz';
const pack = (archive) => execFileSync(join(PAWL_SOURCE, 'ci/release/pack.sh'), [dirname(PAWL), archive], { stdio: 'pipe' });

// A release of the pawl under test, as ci/release/pack.sh makes it, or of another program; and its sum in a list.
function release(job, { program, sum } = {}) {
    const archive = join(job.root, 'releases', packed);
    mkdirSync(dirname(archive), { recursive: true });
    if (program) {
        const tree = join(job.root, 'tree');
        mkdirSync(join(tree, 'bin'), { recursive: true });
        writeFileSync(join(tree, 'bin/pawl'), program, { mode: 0o755 });
        execFileSync('tar', ['-czf', archive, '-C', tree, 'bin']);
    } else pack(archive);
    const sums = join(job.root, 'sums');
    sum ??= createHash('sha256').update(readFileSync(archive)).digest('hex');
    writeFileSync(sums, `# sums\n${sum}  ${packed}\n`);
    job.env = { PAWL_RELEASES: `file://${job.root}/releases`, PAWL_RELEASE_SUMS: sums };
}

// The action's own files, with a CMake project in place of pawl's sources that "builds" in a second.
function smallSources(job, build) {
    const action = join(job.root, 'the action');
    cpSync(join(PAWL_SOURCE, 'ci'), join(action, 'ci'), { recursive: true });
    for (const name of ['action.yml', 'bootstrap', 'CMakePresets.json']) cpSync(join(PAWL_SOURCE, name), join(action, name));
    writeFileSync(join(action, 'CMakeLists.txt'), `cmake_minimum_required(VERSION 3.25)\nproject(small NONE)\n${build}\n`);
    job.actionPath = action;
}

const copies = `file(COPY_FILE "${PAWL}" "\${CMAKE_BINARY_DIR}/pawl")`;
const canBuild = existsSync('/usr/bin/dpkg-query') ? false : 'needs a Debian, by whose packages bootstrap goes';

test('a pawl that is there already is taken', async (t) => {
    const step = await toolStep(makeJob(t), { 'tool-path': PAWL });
    assert.equal(step.code, 0, step.output);
    assert.equal(step.outputs.program, PAWL);
    assert.match(step.output, /^pawl \d+\.\d+\.\d+/);
});

test('it may be given from the workspace on', async (t) => {
    const job = makeJob(t);
    cpSync(PAWL, join(job.workspace, 'pawl'));
    const step = await toolStep(job, { 'tool-path': 'pawl' });
    assert.equal(step.outputs.program, join(job.workspace, 'pawl'));
});

test('a tool-path without a pawl is named, and exits with 2', async (t) => {
    const job = makeJob(t);
    for (const path of ['nowhere', '.', '/etc/passwd']) {
        const ran = await runAction(job, { 'tool-path': path });
        assert.equal(ran.code, 2);
        assert.equal(ran.steps.length, 1);
        assert.match(ran.annotations[0].message, /the input tool-path must be the path of a pawl/);
    }
});

test('a release with the sum that was committed is taken', async (t) => {
    const job = makeJob(t);
    release(job);
    const step = await toolStep(job);
    assert.equal(step.code, 0, step.output);
    assert.equal(step.outputs.program, join(job.temp, 'pawl-tool/bin/pawl'));
});

test('the program of a release finds what is packed with it', async (t) => {
    const job = makeJob(t);
    release(job);
    const { outputs } = await toolStep(job);
    const said = execFileSync(outputs.program, ['measure', '--runs', '1', '--', 'true'],
        { cwd: job.root, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: job.home } });
    assert.match(said, /1 run\n/);
});

test('a release is packed to the same bytes each time, with licences', (t) => {
    const root = scratch(t);
    for (const name of ['a', 'b']) pack(join(root, name));
    assert.ok(readFileSync(join(root, 'a')).equals(readFileSync(join(root, 'b'))));
    const files = execFileSync('tar', ['-tzf', join(root, 'a')], { encoding: 'utf8' }).split('\n');
    for (const name of ['bin/pawl', 'libexec/pawl/pawl-spawner', 'libexec/pawl/libpawl-alloc.so', 'share/man/man1/pawl-check.1',
        'share/doc/pawl/LICENSE']) assert.ok(files.includes(name), name);
});

test('a release is made of the version that the tag names, and of no other', () => {
    const make = (...words) => spawnSync(join(PAWL_SOURCE, 'ci/release/make.sh'), words, { encoding: 'utf8' });
    const other = make('v9.8.7', '/nowhere');
    assert.equal(other.status, 2);
    assert.match(other.stderr, /the tag is 'v9\.8\.7', but CMakeLists\.txt has version (\d+\.\d+\.\d+): v\1 is allowed/);
    assert.match(make('v1').stderr, /needs a tag and a directory/);
});

test('a release with another sum is an error, and is never run', async (t) => {
    const job = makeJob(t);
    release(job, { program: `#!/bin/sh\ntouch '${job.root}/was-run'\n`, sum: 'a'.repeat(64) });
    const ran = await runAction(job);
    assert.equal(ran.code, 5);
    assert.equal(ran.steps.length, 1);
    assert.match(ran.annotations[0].message, /its SHA-256 is another/);
    assert.ok(!existsSync(join(job.root, 'was-run')));
});

test('without a release the sources are built', { skip: canBuild }, async (t) => {
    const job = makeJob(t);
    smallSources(job, copies);
    const step = await toolStep(job);
    assert.equal(step.code, 0, step.output);
    assert.match(step.output, /no release for Linux on X64: pawl is built from its sources/);
    assert.equal(step.outputs.program, join(job.temp, 'pawl-build/pawl'));
    assert.deepEqual(step.commands.map((command) => command.name), ['group', 'endgroup']);
});

test('a release that cannot be fetched, or does not run here, is built', { skip: canBuild }, async (t) => {
    const job = makeJob(t);
    smallSources(job, copies);
    release(job, { program: '#!/bin/sh\nexit 127\n' });
    assert.match((await toolStep(job)).output, /does not run on this system: pawl is built/);
    job.env.PAWL_RELEASES = `file://${job.root}/nowhere`;
    const step = await toolStep(job);
    assert.match(step.output, /could not be fetched: pawl is built/);
    assert.equal(step.code, 0, step.output);
});

test('a build that fails is one error, its group closed, and no pawl is run', { skip: canBuild }, async (t) => {
    const job = makeJob(t);
    smallSources(job, 'message(FATAL_ERROR "no such library")');
    const ran = await runAction(job);
    assert.equal(ran.code, 5);
    assert.equal(ran.steps.length, 1);
    assert.match(ran.log, /no such library/);
    assert.deepEqual(ran.commands.map((command) => command.name), ['group', 'endgroup', 'error']);
});
