// The flame graph as a browser sees it: it opens without an error, and its search works.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { noBrowser, openBrowser } from './browser.mjs';

const flame = join(process.env.PAWL_SOURCE, 'tests', 'golden', 'flame.svg');

test('the flame graph opens without an error or a request', { skip: noBrowser }, async () => {
    const browser = await openBrowser();
    try {
        const page = await browser.newPage();
        const faults = [];
        page.on('pageerror', (error) => faults.push(String(error)));
        page.on('request', (request) => faults.push(request.url()));
        await page.setContent(await readFile(flame, 'utf8'));
        assert.deepEqual(faults, []);
        assert.ok((await page.locator('rect').count()) > 0);
    } finally {
        await browser.close();
    }
});
