// The page that pawl report makes of a result beside which a flame graph lies: the picture is shown, and
// whatever stands in its file, nothing of it runs or is fetched.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { noBrowser, openBrowser } from './browser.mjs';
import { golden, readResult, report, visit } from './page.mjs';

const flame = readFileSync(golden('flame.svg'), 'utf8').replace('graph of lookup', 'graph of find');
const result = readResult('result_explain.json');
const wide = { viewport: { width: 1280, height: 900 } };
let browser;

before(async () => { if (!noBrowser) browser = await openBrowser(); });
after(async () => { await browser?.close(); });
const check = (name, act) => test(name, { skip: noBrowser }, act);

// The page within the page.
async function unfold(page) {
    await page.getByText('Flame graph', { exact: true }).click();
    const frame = await (await page.locator('iframe').elementHandle()).contentFrame();
    await frame.waitForSelector('.panel .f');
    return frame;
}

check('the picture that lies beside the result is shown, whole', async () => {
    const faults = await visit(browser, report(result, 'html', { 'flame.svg': flame }), wide, async (page) => {
        const frame = await unfold(page);
        assert.equal(await frame.locator('.panel').count(), 3);
        assert.ok(await frame.locator('.panel .f').first().isVisible());
        assert.equal(await frame.locator('script').count(), 0);
        const size = await page.locator('iframe').boundingBox();
        assert.ok(size.width > 700 && size.height > 300, JSON.stringify(size));
        const box = await frame.evaluate(() => document.documentElement.viewBox.baseVal.height);
        assert.ok(Math.abs(size.height / size.width - box / 1000) < 0.02);
    });
    assert.deepEqual(faults.filter((fault) => !fault.startsWith('data:image/svg+xml;')), []);
});

// A server that writes down what it is asked for.
async function withServer(act) {
    const asked = [];
    const server = createServer((request, response) => { asked.push(request.url); response.end(); });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    try {
        await act(`http://127.0.0.1:${server.address().port}`, asked);
    } finally {
        server.close();
    }
}

check('what somebody put into the file runs nothing and fetches nothing', async () => {
    await withServer(async (address, asked) => {
        const spoiled = flame.replace('</desc>', `</desc><image href="${address}/a.png" width="9" height="9"/>`
            + `<style>@import url(${address}/a.css);</style>`
            + '<g onload="alert(1)"><animate onbegin="alert(2)" attributeName="x" dur="1s"/></g>'
            + '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(3)"/></body></foreignObject>');
        assert.notEqual(spoiled, flame);
        const faults = await visit(browser, report(result, 'html', { 'flame.svg': spoiled }), wide, async (page) => {
            const frame = await unfold(page);
            await frame.waitForLoadState('load');
            assert.equal(await frame.locator('image').count(), 1);
        });
        assert.ok(!faults.includes('dialog'));
        assert.deepEqual(asked, []);
        // By itself the same file does both, so that the server and the dialogs can tell.
        const alone = await visit(browser, `<body>${spoiled}`, wide, (page) => page.waitForLoadState('load'));
        assert.ok(alone.includes('dialog'));
        assert.ok(asked.includes('/a.png'));
    });
});
