// Results made up of recorded ones, and the pages that pawl makes of them, opened in a browser.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const golden = (name) => join(process.env.PAWL_SOURCE, 'tests', 'golden', name);
export const readResult = (name) => JSON.parse(readFileSync(golden(name), 'utf8'));
export const hostile = JSON.parse(
    readFileSync(join(process.env.PAWL_SOURCE, 'tests', 'data', 'hostile.json'), 'utf8'));

// The report on a result, as text; files (texts by name) lie beside the result.
export function report(result, format, files = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'pawl-web-'));
    try {
        const file = join(folder, 'result.json');
        writeFileSync(file, JSON.stringify(result));
        for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
        return execFileSync(process.env.PAWL, ['report', '--format', format, file],
            { encoding: 'utf8', maxBuffer: 1 << 26 });
    } finally {
        rmSync(folder, { recursive: true });
    }
}

// Opens the text as a file, lets act use the page, and returns what went wrong on it: errors,
// dialogs, and requests for anything but itself.
export async function visit(browser, text, options, act) {
    const folder = mkdtempSync(join(tmpdir(), 'pawl-web-'));
    const context = await browser.newContext(options);
    const faults = [];
    try {
        const file = join(folder, 'report.html');
        writeFileSync(file, text);
        const address = pathToFileURL(file).href;
        const page = await context.newPage();
        page.on('pageerror', (error) => faults.push(String(error)));
        page.on('console', (message) => faults.push(message.text()));
        // The page may be closed before the last of several is.
        page.on('dialog', (dialog) => { faults.push('dialog'); dialog.dismiss().catch(() => {}); });
        page.on('request', (request) => {
            if (!request.url().startsWith(address)) faults.push(request.url());
        });
        await page.goto(address);
        await act(page);
        return faults;
    } finally {
        await context.close();
        rmSync(folder, { recursive: true });
    }
}

// Numbers that look drawn, and are the same every time.
function* draws(seed) {
    for (let state = seed; ;) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        yield state / 2 ** 32;
    }
}
function normal(random) {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random.next().value;
    return sum;
}

const METRICS = ['cpu', 'wall', 'peak_rss', 'user', 'minor_faults'];
const FIELDS = { cpu: null, wall: 'wall_ns', peak_rss: 'peak_rss_bytes', user: 'user_ns', minor_faults: 'minor_faults' };

function verdictOf(change, width, margin) {
    if (change - width > margin) return 'regressed';
    if (change + width < -margin) return 'improved';
    return change + width < margin ? 'ok' : 'inconclusive';
}
function sideOf(pair, factor, random) {
    const run = structuredClone(pair.base);
    run.user_ns = Math.round(20e6 * factor * (1 + 0.01 * normal(random)));
    run.system_ns = Math.round(1e6 * (1 + 0.05 * normal(random)));
    run.wall_ns = Math.round((run.user_ns + run.system_ns) * (1.03 + 0.004 * normal(random)));
    run.peak_rss_bytes = Math.round(8e6 * (1 + 0.3 * (factor - 1) + 0.002 * normal(random)));
    run.minor_faults = Math.round(900 + 5 * normal(random));
    return run;
}

// So many rows of benches with so many pairs, a few of which got slower or faster: what a large
// project's gate would write. Each bench has five rows.
export function manyRows(rowCount, pairCount) {
    const result = readResult('result_trouble.json'), random = draws(7);
    const bench = result.benches.find((b) => b.pairs.length), row = result.rows.find((r) => r.pair_count);
    const pair = bench.pairs[0];
    Object.assign(result, { benches: [], rows: [], verdict: 'regressed', exit: 'regressed' });
    for (let i = 0; i * METRICS.length < rowCount; i++) {
        const id = `module-${i % 40}/operation-${i}[n=${10 ** (2 + i % 4)}]`;
        const factor = i % 50 === 3 ? 1.08 : i % 50 === 9 ? 0.9 : 1 + 0.002 * normal(random);
        const pairs = Array.from({ length: pairCount }, (_, n) => ({ ...pair, number: n,
            position: i + n * 1000, is_warmup: false, discard: 'none', first: n % 2 ? 'head' : 'base',
            base: sideOf(pair, 1, random), head: sideOf(pair, factor, random) }));
        result.benches.push({ ...bench, id, pairs, verdict: 'ok', reason: '' });
        for (const metric of METRICS) {
            const value = (run) => (FIELDS[metric] ? run[FIELDS[metric]] : run.user_ns + run.system_ns)
                * (metric === 'peak_rss' || metric === 'minor_faults' ? 1 : 1e-9);
            const middle = (side) => pairs.map((p) => value(p[side])).sort((a, b) => a - b)[pairCount >> 1];
            const change = middle('head') / middle('base') - 1, width = 0.006 + 0.004 * random.next().value;
            const verdict = verdictOf(change, width, 0.02);
            result.rows.push({ ...row, bench: id, metric, is_judged: true, verdict, margin: 0.02,
                reason: verdict === 'inconclusive' ? 'the interval reaches past the margin; about 160 more pairs would decide' : '',
                pair_count: pairCount, base_median: middle('base'), head_median: middle('head'), change,
                change_low: change - width, change_high: change + width });
        }
    }
    return result;
}
