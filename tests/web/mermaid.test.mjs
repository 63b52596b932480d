// Charts in reports: read and drawn by the three versions of mermaid that GitHub may run, in a browser, in
// light and dark; and each number of a chart stands in the table beneath it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { noBrowser, openBrowser } from './browser.mjs';
import { elements, textOf, unifiedTree } from './github_markdown.mjs';

const golden = join(process.env.PAWL_SOURCE, 'tests', 'golden');
const packages = join(process.env.PAWL_SOURCE, 'tests', 'web', 'node_modules');
const versions = ['mermaid-10', 'mermaid', 'mermaid-12'];

function chartsOf(file) {
    const tree = unifiedTree(readFileSync(join(golden, file), 'utf8'));
    const codes = elements(tree, 'code').filter((code) => code.properties.className?.includes('language-mermaid'));
    return codes.map((code) => ({ file, tree, text: textOf(code) }));
}

const charts = readdirSync(golden).filter((name) => name.endsWith('.md')).flatMap(chartsOf);

// The same chart with figures that strain its grammar.
const strained = [
    [['0.000', '0.000', '0.000'], '0.000 --> 1.000'],
    [['999999999', '1000000000', '1000'], '0.000 --> 1000000000'],
    [Array.from({ length: 20 }, (_, i) => `${i}.125`), '0.000 --> 30.000'],
].map(([values, range]) => ({
    file: 'strained',
    text: charts[0].text
        .replace(/(x-axis "[^"]*") .*/, `$1 [${values.map((_, i) => `"${i + 1}"`).join(', ')}]`)
        .replace(/(y-axis "[^"]*") .*/, `$1 ${range}`)
        .replace(/line .*/g, `line [${values.join(', ')}]`),
}));

function numbersOf(line) {
    return line.match(/\[(.*)\]/)[1].split(', ').map((item) => item.replaceAll('"', ''));
}

test('there are charts, with a palette of their own, of 3 to 20 points in plain decimals', () => {
    assert.ok(charts.length >= 2);
    for (const { text } of charts) {
        const [init, kind, x, , ...lines] = text.trim().split('\n').map((line) => line.trim());
        assert.match(init, /^%%\{init: \{"themeVariables": \{"xyChart": \{"plotColorPalette": "#[0-9a-f]{6}, #[0-9a-f]{6}"\}\}\}\}%%$/);
        assert.equal(kind, 'xychart-beta');
        const labels = numbersOf(x);
        assert.equal(new Set(labels).size, labels.length, 'no two labels are the same');
        assert.ok(labels.length >= 3 && labels.length <= 20);
        for (const line of lines) {
            assert.equal(numbersOf(line).length, labels.length);
            for (const number of numbersOf(line)) assert.match(number, /^\d+(\.\d+)?$/);
        }
    }
});

test('the figures of a chart stand in a table, to three digits', () => {
    for (const { tree, text } of charts) {
        const drawn = numbersOf(text.split('\n').find((line) => line.includes('line ['))).map(Number);
        const tables = elements(tree, 'table').map((table) => elements(table, 'tr').slice(1)
            .map((row) => parseFloat(textOf(row.children.filter((cell) => cell.tagName).at(-1)))));
        assert.ok(tables.some((figures) => figures.length === drawn.length &&
            figures.every((figure, i) => Math.abs(figure - drawn[i]) <= 0.005 * drawn[i])), `${drawn}`);
    }
});

async function draw(page, text, theme) {
    return page.evaluate(async ([source, wanted]) => {
        window.mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: wanted });
        const { svg } = await window.mermaid.render('chart', source);
        document.body.innerHTML = svg;
        return [...document.querySelectorAll('[class*="line-plot"] path')]
            .map((line) => [line.getAttribute('stroke'), line.getAttribute('d')]);
    }, [text, theme]);
}

test('each version draws them, in light and dark', { skip: noBrowser }, async (t) => {
    const browser = await openBrowser();
    try {
        for (const version of versions) {
            await t.test(version, async () => {
                const page = await browser.newPage();
                await page.setContent('<!doctype html><body></body>');
                await page.addScriptTag({ path: join(packages, version, 'dist', 'mermaid.min.js') });
                for (const theme of ['default', 'dark']) {
                    for (const { file, text } of [...charts, ...strained]) {
                        const drawn = await draw(page, text, theme);
                        assert.deepEqual(drawn.map(([color]) => color), ['#218bff', '#e16f24'], file);
                        for (const [, line] of drawn) {
                            assert.doesNotMatch(line, /NaN|Infinity/);
                            const points = new Set(line.split(/[ML]/).slice(1).map((point) => point.split(',')[0]));
                            assert.equal(points.size, numbersOf(text.match(/line .*/)[0]).length);
                        }
                    }
                }
            });
        }
    } finally {
        await browser.close();
    }
});
