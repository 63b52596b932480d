// The action and all workflows as GitHub's own parser has them, and a second one; and their scripts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { validateAction, validateWorkflow } from '@action-validator/core';
import Ajv2020 from 'ajv/dist/2020.js';
import { build } from 'esbuild';
import { parse } from 'yaml';

const { PAWL_SOURCE } = process.env;
const modules = fileURLToPath(new URL('node_modules', import.meta.url));

const read = (name) => readFileSync(join(PAWL_SOURCE, name), 'utf8');
const listed = (folder) => readdirSync(join(PAWL_SOURCE, folder)).filter((name) => name.endsWith('.yml')).map((name) => `${folder}/${name}`);
const actions = ['action.yml', 'comment/action.yml', 'merge/action.yml'];
const workflows = [...listed('.github/workflows'), ...listed('docs/workflows')];
const everything = [...actions, ...workflows];

// Its ESM imports JSON without saying so, which no Node takes: esbuild makes one file of it.
async function languageService(t) {
    const folder = mkdtempSync(join(tmpdir(), 'pawl-language-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const entry = join(folder, 'entry.js');
    writeFileSync(entry, `export { validate } from '@actions/languageservice/validate';\n`
        + `export { TextDocument } from 'vscode-languageserver-textdocument';\n`);
    await build({ entryPoints: [entry], outfile: join(folder, 'all.cjs'), bundle: true, platform: 'node', format: 'cjs',
        nodePaths: [modules], logLevel: 'silent' });
    return createRequire(import.meta.url)(join(folder, 'all.cjs'));
}

async function findings({ validate, TextDocument }, name, text = read(name)) {
    const uri = `file:///project/${name.replace('docs/workflows', '.github/workflows')}`;
    const found = await validate(TextDocument.create(uri, 'yaml', 1, text));
    return found.map((item) => `${name}:${item.range.start.line + 1}: ${item.message}`);
}

test("GitHub's language service finds nothing", async (t) => {
    const service = await languageService(t);
    for (const name of everything) assert.deepEqual(await findings(service, name), []);
});

test('it would find what is wrong', async (t) => {
    const service = await languageService(t);
    const action = read('action.yml');
    for (const [from, to] of [['color: green', 'color: pink'], ['shell: bash', 'timeout-minutes: 5'],
        ['steps.tool.outputs', 'steps.tol.outputs'], ['inputs.tool-path', 'inputs.toolpath']]) {
        assert.ok(action.includes(from));
        assert.notDeepEqual(await findings(service, 'action.yml', action.replace(from, to)), [], to);
    }
    const workflow = read('.github/workflows/gate.yml');
    assert.notDeepEqual(await findings(service, '.github/workflows/gate.yml', workflow.replace('contents: read', 'content: read')), []);
});

const validator = (name, text = read(name)) =>
    (actions.includes(name) ? validateAction(text) : validateWorkflow(text)).errors;

test('action-validator finds nothing, and would find what is wrong', () => {
    for (const name of everything) assert.deepEqual(validator(name), [], name);
    assert.notDeepEqual(validator('action.yml', read('action.yml').replace('using: composite', 'using: composit')), []);
    assert.notDeepEqual(validator(workflows[0], read(workflows[0]).replace('runs-on:', 'run-on:')), []);
});

// Every step of an action or a workflow.
function steps(name) {
    const file = parse(read(name));
    return file.runs ? file.runs.steps : Object.values(file.jobs).flatMap((job) => job.steps);
}
const scripts = everything.flatMap((name) => steps(name).filter((step) => step.run).map((step) => ({ name, run: step.run })));

test('no script has an expression in it', () => {
    assert.ok(scripts.length >= 6);
    for (const { name, run } of scripts) assert.ok(!run.includes('${{'), `${name}: ${run}`);
});

function shellcheck(...words) {
    try {
        execFileSync('shellcheck', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
        return '';
    } catch (error) {
        if (error.code === 'ENOENT') return null;
        return error.stdout;
    }
}
const noShellcheck = shellcheck('--version') === null ? 'needs shellcheck (apt-get install shellcheck)' : false;

test('shellcheck finds nothing in scripts', { skip: noShellcheck }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'pawl-scripts-'));
    try {
        for (const { name, run } of scripts) {
            writeFileSync(join(folder, 'run.sh'), run);
            assert.equal(shellcheck('--shell=bash', join(folder, 'run.sh')), '', name);
        }
    } finally {
        rmSync(folder, { recursive: true });
    }
    const files = ['bootstrap', '.ci/run', ...['ci/action', 'ci/release'].flatMap((where) =>
        readdirSync(join(PAWL_SOURCE, where)).filter((name) => name.endsWith('.sh')).map((name) => `${where}/${name}`))];
    for (const name of files) assert.equal(shellcheck(join(PAWL_SOURCE, name)), '', name);
});

test('inputs are in kebab case, described, and have a default', () => {
    for (const name of actions) {
        for (const [id, input] of Object.entries(parse(read(name)).inputs)) {
            assert.match(id, /^[a-z]+(-[a-z]+)*$/);
            assert.ok(input.description.length > 20, id);
            assert.equal(typeof input.default, 'string', id);
        }
    }
});

// The expressions github.action_path and the like are wrong in a job that runs in a container.
test('paths are those of the variables, which hold in containers too', () => {
    for (const name of actions) assert.ok(!/github\.(action_path|workspace)|runner\.temp/.test(read(name)), name);
});

test('actions of others are pinned by a full SHA, with their version behind it', () => {
    for (const name of everything) {
        for (const line of read(name).split('\n').filter((text) => /^\s*(- )?uses:/.test(text)))
            assert.match(line, /uses: (\.\/\S*|OWNER\/pawl(\/comment|\/merge)?@COMMIT|actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/, `${name}: ${line}`);
    }
});

// Where the code of a pull request runs, the token may read and no more; where it may write, none of that runs. A release's
// draft is made of files that another job built from what a maintainer tagged.
const drafts = { contents: 'write' };

test('no workflow has a right that it does not need, nor a secret', () => {
    for (const name of workflows) {
        const file = parse(read(name));
        assert.ok(!read(name).includes('secrets.'), name);
        const isSecondStage = Object.hasOwn(Object(file.on), 'workflow_run');
        assert.deepEqual(file.permissions, isSecondStage ? {} : { contents: 'read' }, name);
        for (const [id, job] of Object.entries(file.jobs)) {
            if (name.endsWith('/release.yml') && id === 'draft') {
                assert.deepEqual(file.on, { push: { tags: ['v*'] } });
                assert.deepEqual(job.permissions, drafts);
                assert.ok(!job.steps.some((step) => /checkout/.test(step.uses)));
            } else if (isSecondStage) assert.deepEqual({ ...job.permissions, contents: undefined },
                { actions: 'read', 'pull-requests': 'write', contents: undefined }, name);
            else assert.equal(job.permissions, undefined, name);
        }
        assert.ok(!read(name).includes('pull_request_target:'), name);
    }
});

const blocks = (text, language) => [...text.matchAll(new RegExp('^```' + language + '\\n(.*?)^```$', 'gms'))].map((match) => match[1]);

test('each configuration in docs/ci.md is one by the schema', () => {
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(JSON.parse(read('docs/pawl.schema.json')));
    const found = blocks(read('docs/ci.md'), 'json').map((text) => JSON.parse(text)).filter((value) => 'version' in value);
    assert.ok(found.length >= 3);
    for (const value of found) assert.ok(validate(value), JSON.stringify(validate.errors));
});

test("the README's first workflow is the smallest example, with the right to read alone", () => {
    const [first] = blocks(read('README.md'), 'yaml');
    assert.equal(first, read('docs/workflows/minimal.yml'));
    assert.deepEqual(parse(first).permissions, { contents: 'read' });
});

test('docs/ci.md names every example', () => {
    for (const name of listed('docs/workflows')) assert.ok(read('docs/ci.md').includes(name.slice('docs/'.length)), name);
});

test('each test that docs/ci.md names is there', () => {
    const named = [...read('docs/ci.md').matchAll(/`(tests\/[^`]+)`/g)].map((match) => match[1]);
    assert.ok(named.length >= 30);
    for (const name of named) assert.ok(existsSync(join(PAWL_SOURCE, name)), name);
});
