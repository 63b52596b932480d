// The HTML report as a browser shows it: nothing is fetched, rows can be looked through by keyboard,
// foreign text stays text, and everybody can read it.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { noBrowser, openBrowser } from './browser.mjs';
import { hostile, manyRows, readResult, report, visit } from './page.mjs';

const RESULTS = ['confirm', 'distrusted', 'explain', 'growth', 'improved', 'layouts', 'trouble', 'waived'];
const SOME = ['explain', 'layouts', 'trouble', 'waived'];
const wide = { viewport: { width: 1280, height: 900 } };
const pageOf = (name) => report(readResult(`result_${name}.json`), 'html');
const names = (page) => page.locator('.rows tr[data-row] .open').allTextContents();
let browser;
let many;

before(async () => {
    if (noBrowser) return;
    browser = await openBrowser();
    many = report(manyRows(600, 12), 'html');
});
after(async () => { await browser?.close(); });
const check = (name, act) => test(name, { skip: noBrowser }, act);

const openAll = (page) => page.evaluate(() => {
    for (const open of [...document.querySelectorAll('.rows .open')].slice(0, 12)) open.click();
    for (const fold of document.querySelectorAll('summary')) fold.click();
});

for (const name of RESULTS) {
    check(`the page on "${name}" opens, and all that unfolds, without an error or a request`, async () => {
        const faults = await visit(browser, pageOf(name), wide, async (page) => {
            await openAll(page);
            assert.ok(await page.locator('h1').innerText());
            assert.ok((await page.locator('.plot').count()) > 0);
        });
        assert.deepEqual(faults, []);
    });
}

check('words, verdicts and metrics narrow down the rows, and it is said how many are left', async () => {
    const faults = await visit(browser, many, wide, async (page) => {
        const found = page.locator('.found');
        assert.equal(await found.textContent(), '100 of 600 rows shown');
        await page.getByLabel('Find rows').fill('operation-53[ cpu');
        assert.deepEqual(await names(page), ['module-13/operation-53[n=1000] cpu']);
        assert.equal(await found.textContent(), '1 of 600 rows shown; 1 matches');
        await page.getByLabel('Find rows').fill('no such row');
        assert.equal(await page.locator('.rows tbody').innerText(), 'No row matches.');
        await page.getByLabel('Find rows').fill('');
        await page.getByLabel('Metric').selectOption('wall');
        await page.getByRole('button', { name: 'regressed' }).click();
        assert.ok((await names(page)).every((name) => name.endsWith(' wall')));
        assert.deepEqual(new Set(await page.locator('.rows tbody .verdict').allInnerTexts()),
            new Set(['\u25b2 regressed']));
    });
    assert.deepEqual(faults, []);
});

check('rows are sorted by keyboard, both ways, and heads say how', async () => {
    await visit(browser, many, wide, async (page) => {
        const head = page.getByRole('columnheader', { name: 'Row' });
        await head.getByRole('button').focus();
        await page.keyboard.press('Enter');
        const up = await names(page);
        assert.equal(await head.getAttribute('aria-sort'), 'ascending');
        assert.deepEqual(up, [...up].sort());
        await page.keyboard.press('Space');
        assert.equal(await head.getAttribute('aria-sort'), 'descending');
        const down = await names(page);
        assert.deepEqual(down, [...down].sort().reverse());
        await page.getByRole('columnheader', { name: 'Change' }).getByRole('button').click();
        assert.equal(await head.getAttribute('aria-sort'), null);
        const changes = (await page.locator('.rows td.change b').allTextContents()).map(parseFloat);
        assert.deepEqual(changes, [...changes].sort((a, b) => b - a));
    });
});

check('more rows come when asked, and keep the focus', async () => {
    await visit(browser, many, wide, async (page) => {
        await page.getByRole('button', { name: 'Show 100 more' }).focus();
        await page.keyboard.press('Enter');
        assert.equal((await names(page)).length, 200);
        assert.equal(await page.evaluate(() => document.activeElement.textContent), (await names(page))[100]);
        await page.getByRole('button', { name: 'Show all 600' }).click();
        assert.equal((await names(page)).length, 600);
    });
});

check('a row opens by keyboard and shows its pairs in three pictures with names', async () => {
    await visit(browser, many, wide, async (page) => {
        const open = page.locator('.rows .open').first();
        await open.focus();
        await page.keyboard.press('Enter');
        assert.equal(await open.getAttribute('aria-expanded'), 'true');
        const pictures = page.locator('.more .plot');
        assert.equal(await pictures.count(), 3);
        assert.equal(await pictures.nth(0).getAttribute('aria-label'),
            '12 pairs, base against head; head is worse in 12 of them.');
        assert.equal(await pictures.nth(0).locator('.head-dot').count(), 12);
        assert.equal(await pictures.nth(2).locator('.head-dot').count(), 12);
        await page.keyboard.press('Enter');
        assert.equal(await pictures.count(), 0);
    });
});

check('an address with a row opens it, wherever it stands', async () => {
    await visit(browser, many, wide, async (page) => {
        const name = 'module-0/operation-80[n=100] minor_faults';
        await page.evaluate((row) => { location.hash = 'row=' + encodeURIComponent(row); }, name);
        await page.locator('.rows .is-open').waitFor();
        assert.equal(await page.locator('.rows .is-open .open').textContent(), name);
    });
});

check('all judged rows are in the overview', async () => {
    await visit(browser, many, wide, async (page) => {
        const paths = await page.locator('.caterpillar .v-dots').evaluateAll((found) => found.map((path) => path.getAttribute('d')));
        assert.equal(paths.join('').match(/M/g).length, 600);
    });
});

// Everything that comes from outside is each of the hostile texts once.
function hostileResult() {
    const result = readResult('result_trouble.json');
    const bench = result.benches.find((b) => b.pairs.length), row = result.rows.find((r) => r.pair_count);
    const rest = (i) => hostile[i % hostile.length].text;
    hostile.forEach(({ text }, i) => {
        result.benches.push({ ...bench, id: text, suite: rest(i + 1) });
        result.rows.push({ ...row, bench: text, is_judged: true, verdict: 'regressed', reason: rest(i + 2) });
        result.warnings.push(text);
        result.config_changes.push(text);
    });
    result.head.subject = rest(0);
    result.base.subject = rest(1);
    result.reproduce = rest(5);
    result.machine.cpu_model = rest(6);
    return result;
}

check('hostile texts are shown exactly, with the script and without, and make no element', async () => {
    const text = report(hostileResult(), 'html');
    const tags = 'a article b body br button caption circle code dd details div dl dt fieldset figcaption figure g h1 h2 h3 h4 head header html iframe input label legend li main meta nav option p path pre rect script section select small span style summary svg table tbody td text th thead title tr ul'.split(' ');
    for (const javaScriptEnabled of [true, false]) {
        const faults = await visit(browser, text, { ...wide, javaScriptEnabled }, async (page) => {
            if (javaScriptEnabled) await openAll(page);
            const warnings = await page.locator('#warnings li').allTextContents();
            const ids = await page.locator('.rows th code').allTextContents();
            for (const { name, text: foreign, shown = foreign } of hostile) {
                assert.ok(warnings.includes(shown), `${name}: ${shown}`);
                assert.ok(ids.includes(shown), `${name}: ${shown}`);
            }
            const elements = await page.locator('*').evaluateAll((all) => all.map((e) => [e.localName, [...e.attributes].map((a) => a.name)]));
            assert.deepEqual(elements.filter(([tag, attributes]) => !tags.includes(tag) || attributes.some((a) => a.startsWith('on'))), []);
            const links = await page.locator('[href], [src]').evaluateAll((all) => all.map((e) => e.getAttribute('href') ?? e.getAttribute('src')));
            assert.deepEqual(links.filter((link) => !link.startsWith('#')), []);
        });
        assert.deepEqual(faults, []);
    }
});

check('hostile names are found and opened like any other', async () => {
    await visit(browser, report(hostileResult(), 'html'), wide, async (page) => {
        await page.getByLabel('Find rows').fill('<script>alert(1)</script> cpu');
        await page.locator('.rows .open').first().click();
        assert.equal(await page.locator('.rows .is-open code').textContent(), '<script>alert(1)</script>');
        assert.equal(await page.locator('.more .plot').count(), 3);
    });
});

check('nothing is wider than a phone', async () => {
    for (const name of SOME) {
        for (const width of [390, 320]) {
            await visit(browser, pageOf(name), { viewport: { width, height: 800 }, isMobile: true }, async (page) => {
                await openAll(page);
                assert.deepEqual([name, width, await page.evaluate(() => document.documentElement.scrollWidth)], [name, width, width]);
            });
        }
    }
});

check('light and dark follow the system, and the button turns them', async () => {
    const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const seen = {};
    for (const colorScheme of ['light', 'dark']) {
        await visit(browser, pageOf('trouble'), { ...wide, colorScheme }, async (page) => {
            const before = await ground(page);
            await page.getByRole('button', { name: /mode$/ }).click();
            seen[colorScheme] = [before, await ground(page)];
        });
    }
    assert.notEqual(seen.light[0], seen.light[1]);
    assert.deepEqual(seen.light, [...seen.dark].reverse());
    await visit(browser, pageOf('trouble'), { ...wide, colorScheme: 'dark', javaScriptEnabled: false }, async (page) => {
        assert.equal(await ground(page), seen.dark[0]);
    });
});

check('on paper there are no controls, and nothing is folded', async () => {
    await visit(browser, pageOf('trouble'), { ...wide, colorScheme: 'dark' }, async (page) => {
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        assert.equal(await page.locator('details:not([open])').count(), 0);
        await page.emulateMedia({ media: 'print' });
        assert.equal(await page.locator('#controls').isVisible(), false);
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
        assert.ok((await page.pdf()).length > 10000);
    });
});

check('without its script the page has the answer and the rows that matter', async () => {
    const faults = await visit(browser, pageOf('trouble'), { ...wide, javaScriptEnabled: false }, async (page) => {
        assert.match(await page.locator('h1').innerText(), /^Could not measure/);
        assert.ok((await page.locator('.rows tbody tr').count()) > 3);
        assert.ok((await page.locator('.rows .forest[role=img]').count()) > 3);
    });
    assert.deepEqual(faults, []);
});

check('every picture has a name or is said to be no picture, and every control has a name', async () => {
    for (const name of RESULTS) {
        await visit(browser, pageOf(name), wide, async (page) => {
            await openAll(page);
            assert.deepEqual(await page.locator('svg').evaluateAll((all) => all.filter((e) => e.getAttribute('aria-hidden') !== 'true'
                && !(e.getAttribute('role') === 'img' && e.getAttribute('aria-label'))).map((e) => e.outerHTML)), []);
            assert.deepEqual(await page.locator('button, input, select').evaluateAll((all) => all.filter((e) =>
                !e.textContent.trim() && !e.labels?.length).map((e) => e.outerHTML)), []);
            const ids = await page.locator('[id]').evaluateAll((all) => all.map((e) => e.id));
            assert.equal(new Set(ids).size, ids.length);
        });
    }
});

check('the focus can be seen on all that has it', async () => {
    await visit(browser, pageOf('trouble'), wide, async (page) => {
        for (let i = 0; i < 25; i++) {
            await page.keyboard.press('Tab');
            const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
            assert.notEqual(outline, 'none', await page.evaluate(() => document.activeElement.outerHTML.slice(0, 200)));
        }
    });
});

// WCAG 2.2, 1.4.3: relative luminance and contrast, of every element that has text of its own.
function faintTexts() {
    const channels = (color) => color.match(/[\d.]+/g).map(Number);
    const luminance = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = (e) => {
        for (let at = e; at; at = at.parentElement) {
            const color = channels(getComputedStyle(at).backgroundColor);
            if (color.length < 4 || color[3] === 1) return color;
        }
        return [255, 255, 255];
    };
    const faint = [];
    for (const e of document.querySelectorAll('body *')) {
        if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length) continue;
        if (['SCRIPT', 'STYLE', 'OPTION', 'title'].includes(e.tagName)) continue;
        const style = getComputedStyle(e), color = e.tagName === 'text' ? style.fill : style.color;
        const [a, b] = [luminance(channels(color)), luminance(ground(e))].sort((x, y) => y - x);
        const isLarge = parseFloat(style.fontSize) >= 24;
        const contrast = (a + 0.05) / (b + 0.05);
        if (contrast < (isLarge ? 3 : 4.5)) faint.push([e.outerHTML.slice(0, 80), color, contrast.toFixed(2)]);
    }
    return faint;
}
check('all text has the contrast that WCAG asks for, light and dark', async () => {
    for (const name of SOME) {
        for (const colorScheme of ['light', 'dark']) {
            await visit(browser, pageOf(name), { ...wide, colorScheme }, async (page) => {
                await openAll(page);
                await page.evaluate(() => document.querySelectorAll('.chip').forEach((chip) => chip.click()));
                await openAll(page);
                assert.deepEqual(await page.evaluate(faintTexts), []);
            });
        }
    }
});

check('the faint-text finder can find', async () => {
    await visit(browser, pageOf('trouble'), wide, async (page) => {
        await page.addStyleTag({ content: '.legend { color: #aaaaaa !important; }' });
        assert.ok((await page.evaluate(faintTexts)).length > 0);
    });
});
