// The emulated runner does what GitHub's does, as far as the other tests lean on it.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { scratch } from './project.mjs';
import { runAction } from './runner.mjs';
import { keptAnnotations, keptSummary, readCommands, readFileCommands } from './runner_commands.mjs';

async function run(t, text, inputs = {}) {
    const root = scratch(t);
    const job = { actionPath: root, workspace: root, temp: join(root, 'temp'), home: root };
    mkdirSync(job.temp);
    writeFileSync(join(root, 'action.yml'), text);
    return runAction(job, inputs);
}

const action = `
inputs: { word: { default: '' } }
outputs:
  told: { value: '\${{ steps.first.outputs.told }}' }
  other: { value: '\${{ steps.last.outputs.told || inputs.word }}' }
runs:
  using: composite
  steps:
    - { id: first, shell: bash, run: 'echo told=yes >>"$GITHUB_OUTPUT"; false; echo told=no >>"$GITHUB_OUTPUT"' }
    - { id: skipped, shell: bash, run: 'echo never' }
    - { id: after, if: 'always()', shell: bash, run: 'echo after' }
    - { id: on-failure, if: "\${{ failure() && inputs.word == 'go' }}", shell: bash, run: 'echo failed' }
    - { id: on-success, if: 'success()', shell: bash, run: 'echo succeeded' }
`;

test('outputs are kept where a step fails, and conditions decide what runs then', async (t) => {
    const ran = await run(t, action, { word: 'go' });
    assert.deepEqual(ran.steps.map((step) => step.id), ['first', 'after', 'on-failure']);
    assert.equal(ran.steps[0].code, 1);
    assert.deepEqual(ran.outputs, { told: 'yes', other: 'go' });
});

test('an input that there is not is a mistake of the test', async (t) => {
    await assert.rejects(run(t, action, { words: 'go' }), /has no input 'words'/);
});

test('an expression in a script is put in before bash reads it, which is why the actions have none', async (t) => {
    const text = action.replace("'echo after'", '\'echo "\${{ inputs.word }}"\'');
    const ran = await run(t, text, { word: '"; echo injected; "' });
    assert.match(ran.log, /^injected$/m);
});

test('ten annotations of a kind are kept, and 4,096 characters of each', () => {
    const log = Array.from({ length: 12 }, (_, i) => `::error::${i}\n::notice::${i}`).join('\n');
    const kept = keptAnnotations(readCommands(`${log}\n::warning file=a%2Cb.c,line=3::${'x'.repeat(5000)}`));
    assert.equal(kept.length, 21);
    assert.deepEqual(kept.at(-1).properties, { file: 'a,b.c', line: '3' });
    assert.equal(kept.at(-1).message.length, 4096);
});

test('a summary beyond 1 MiB is dropped whole', () => {
    assert.equal(keptSummary(Buffer.alloc(1048576, 'x')).length, 1048576);
    assert.equal(keptSummary(Buffer.alloc(1048577, 'x')), null);
});

test('files of values are read by the grammar of the runner', () => {
    assert.deepEqual(readFileCommands('a=1\n\nb=x<<y\nc<<END\none\ntwo=3\nEND\na=2\n'), { a: '2', b: 'x<<y', c: 'one\ntwo=3' });
    assert.throws(() => readFileCommands('a<<END\none\n'), /no matching delimiter 'END'/);
    assert.throws(() => readFileCommands('nothing\n'), /Invalid format/);
    assert.throws(() => readFileCommands('=x\n'), /must not be empty/);
});
