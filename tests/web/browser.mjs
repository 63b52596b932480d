// A headless Chromium of the machine's own; null where there is none.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

export function findBrowser() {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
        for (const name of names) {
            if (existsSync(join(folder, name))) return join(folder, name);
        }
    }
    return null;
}

export const noBrowser = findBrowser() ? false : 'needs a browser (apt-get install chromium)';

// The caller closes it. No page of it gets anything from a network.
export async function openBrowser() {
    return chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
}
