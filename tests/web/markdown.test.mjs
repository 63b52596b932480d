// Reports in markdown as GitHub's readers see them: golden files, and results in which every foreign text
// is one of the hostile strings of tests/data/hostile.json.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { cmarkTree, elements, noCmark, obeyedTexts, skeleton, textOf, unifiedTree } from './github_markdown.mjs';

const tests = join(process.env.PAWL_SOURCE, 'tests');
const golden = join(tests, 'golden');
const hostile = JSON.parse(readFileSync(join(tests, 'data', 'hostile.json'), 'utf8'));
const readers = [['unified', unifiedTree, false], ['cmark-gfm', cmarkTree, noCmark]];
const reports = readdirSync(golden).filter((name) => name.endsWith('.md'));

function read(name) {
    return readFileSync(join(golden, name), 'utf8');
}

// A result with all kinds of sections, and text in all places where text of others may stand.
function reportWith(text, format, folder) {
    const result = JSON.parse(read('result_trouble.json'));
    result.growths = JSON.parse(read('result_growth.json')).growths;
    for (const key of ['goals', 'waivers']) result[key] = JSON.parse(read('result_waived.json'))[key];
    for (const side of [result.base, result.head]) Object.assign(side, { subject: text, asked: text });
    const names = new Map(result.benches.map((bench, i) => [bench.id, i < 3 ? bench.id : text]));
    const rename = (items, key) => (items ?? []).forEach((item) => { item[key] = names.get(item[key]) ?? text; });
    rename(result.benches, 'id');
    rename(result.rows, 'bench');
    rename(result.goals, 'bench');
    for (const bench of result.benches) Object.assign(bench, { command: text, reason: bench.reason && text });
    for (const row of result.rows) row.reason &&= text;
    for (const goal of result.goals) goal.label = text;
    for (const growth of result.growths) Object.assign(growth, { name: text, reason: text, ceiling: text });
    for (const waiver of result.waivers) Object.assign(waiver, { row: text, reason: text, owner: text, up_to: text });
    for (const key of ['cpu_model', 'governor', 'virtualisation', 'image', 'kernel']) result.machine[key] = text;
    for (const key of ['base_rule', 'toolchain', 'pinning', 'priority', 'accounting', 'reproduce']) result[key] = text;
    for (const key of ['warnings', 'config_changes', 'changed_paths']) result[key] = [text, `1. ${text}`, `${text}.`];
    const path = join(folder, 'result.json');
    writeFileSync(path, JSON.stringify(result));
    const run = spawnSync(process.env.PAWL, ['report', '--untrusted', '--format', format, path],
        { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder } });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout;
}

function withFolder(body) {
    const folder = mkdtempSync(join(tmpdir(), 'pawl-markdown-'));
    try {
        body(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

function checkStructure(tree, markdown) {
    for (const table of elements(tree, 'table')) {
        const widths = elements(table, 'tr').map((row) => row.children.filter((cell) => cell.tagName).length);
        assert.equal(new Set(widths).size, 1, `rows of one table have ${[...new Set(widths)]} cells`);
        assert.ok(widths[0] <= 6, `a table has ${widths[0]} columns`);
    }
    assert.deepEqual(elements(tree, 'h1').concat(elements(tree, 'h2')), [], 'headings begin at ###');
    assert.equal(elements(tree, 'details').length, markdown.split('<details>').length - 1);
}

for (const [name, toTree, absent] of readers) {
    test(`golden reports have their tables, headings and folds in ${name}`, { skip: absent }, () => {
        for (const file of reports.filter((each) => each.startsWith('report_'))) {
            const markdown = read(file);
            const tree = toTree(markdown);
            checkStructure(tree, markdown);
            assert.deepEqual(obeyedTexts(tree), [], file);
            assert.equal(elements(tree, 'a').length + elements(tree, 'img').length, 0, file);
            assert.match(textOf(tree), /^(Yes|No|Not|Could)/, file);
        }
    });

    test(`hostile text stays text in ${name}`, { skip: absent }, () => withFolder((folder) => {
        const shape = skeleton(toTree(reportWith('harmless', 'markdown', folder)));
        for (const { name: what, text, shown = text } of hostile) {
            const tree = toTree(reportWith(text, 'markdown', folder));
            assert.equal(skeleton(tree), shape, `${what}: other elements than for harmless text`);
            assert.deepEqual(obeyedTexts(tree), [], what);
            const codes = new Set(elements(tree, 'code').map((code) => textOf(code).replaceAll('\u2060', '')));
            assert.ok(codes.has(shown), `${what}: ${shown} is not among the code spans`);
            assert.ok(textOf(tree).replaceAll('\u2060', '').includes(`1. ${shown}`), `${what}: prose`);
        }
    }));
}

test('the same strings without escapes would be seen', () => {
    const shape = skeleton(unifiedTree('| a |\n|--|\n| harmless |\n'));
    const seen = hostile.filter(({ text }) => {
        const tree = unifiedTree(`| a |\n|--|\n| ${text} |\n`);
        return skeleton(tree) !== shape || obeyedTexts(tree).length > 0;
    });
    assert.ok(seen.length >= 20, `only ${seen.length} of ${hostile.length}`);
});

test('a comment of hostile text has one marker and nothing else that is hidden', () => withFolder((folder) => {
    for (const { text } of hostile) {
        const comment = reportWith(text, 'comment', folder);
        assert.ok(comment.startsWith('<!-- pawl:v1 key=default -->\n'));
        assert.ok(Buffer.byteLength(comment) <= 60000);
        const tree = unifiedTree(comment.slice(comment.indexOf('\n')));
        assert.equal(skeleton(tree), skeleton(unifiedTree(comment)));
    }
}));
