// What the HTML report of many rows costs: the CPU time to write it and all other formats, its bytes,
// and in a headless Chromium the time to open it, to filter, to sort and to open a row. Times in the
// browser are by the clock: of many rounds the least says what it takes on a machine that is not busy.
// Started by html-speed.sh.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from '../web/browser.mjs';
import { manyRows } from '../web/page.mjs';

const ROUNDS = 12;
const [rowCount, pairCount] = [process.argv[3] ?? 5000, process.argv[4] ?? 30].map(Number);
const folder = mkdtempSync(join(tmpdir(), 'pawl-html-speed-'));
const file = join(folder, 'result.json'), page = join(folder, 'report.html');
const empty = join(folder, 'empty.html');
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const say = (name, ms) => console.log(`${name.padEnd(32)} ${Math.min(...ms).toFixed(0).padStart(6)} ms least, `
    + `${median(ms).toFixed(0).padStart(6)} ms median of ${ms.length}`);

// In the page: the time until the change that act makes has been laid out and painted.
const painted = (act) => `new Promise((done) => {
    const started = performance.now();
    (${act})();
    document.body.getBoundingClientRect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - started)));
})`;
const typing = (text) => `() => { const box = document.querySelector('#controls input');
    box.value = '${text}'; box.dispatchEvent(new Event('input')); }`;

async function open(tab, path) {
    const started = performance.now();
    await tab.goto(pathToFileURL(path).href);
    await tab.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    return performance.now() - started;
}

try {
    writeFileSync(file, JSON.stringify(manyRows(rowCount, pairCount)));
    console.log(`${rowCount} rows, ${pairCount} pairs of each: a result of ${(statSync(file).size / 1e6).toFixed(1)} MB`);
    process.stdout.write(execFileSync(process.argv[2], [file]));
    writeFileSync(page, execFileSync(process.env.PAWL, ['report', '--format', 'html', file], { maxBuffer: 1 << 26 }));

    writeFileSync(empty, '<!DOCTYPE html><title>x</title><p>x');
    const times = { empty: [], open: [], words: [], verdict: [], sort: [], row: [], all: [] };
    const browser = await openBrowser();
    for (let i = 0; i < ROUNDS; i++) {
        const tab = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
        times.empty.push(await open(tab, empty));
        times.open.push(await open(tab, page));
        times.words.push(await tab.evaluate(painted(typing('operation-77 cpu'))));
        times.words.push(await tab.evaluate(painted(typing(''))));
        times.verdict.push(await tab.evaluate(painted("() => document.querySelector('.chip').click()")));
        times.sort.push(await tab.evaluate(painted("() => document.querySelector('.sort').click()")));
        times.row.push(await tab.evaluate(painted("() => document.querySelector('.open').click()")));
        await tab.evaluate("document.querySelector('.chip').click()");
        times.all.push(await tab.evaluate(painted("() => document.querySelector('#more button:last-child').click()")));
        await tab.close();
    }
    await browser.close();
    say('open an empty page', times.empty);
    say('open, until it is painted', times.open);
    say('filter by words', times.words);
    say('filter by a verdict', times.verdict);
    say('sort', times.sort);
    say('open a row', times.row);
    say('show 1,000 rows more', times.all);
    console.log(`of the rows, ${JSON.parse(readFileSync(page, 'utf8').match(/id="pairs">([^]*?)<\/script>/)[1]).without_pairs} are without their pairs`);
} finally {
    rmSync(folder, { recursive: true });
}
