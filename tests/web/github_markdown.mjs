// Markdown as GitHub shows it, by two readers: the unified family with the sanitizer whose default rules
// are GitHub's, and cmark-gfm, whose parser is GitHub's own, where it is installed.
import { spawnSync } from 'node:child_process';
import { rehypeGithubAlerts } from 'rehype-github-alerts';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

const toTree = unified().use(remarkParse).use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw).use(rehypeSanitize);
const fromHtml = unified().use(rehypeRaw).use(rehypeSanitize);

export function unifiedTree(markdown) {
    return toTree.runSync(toTree.parse(markdown));
}

// The HTML for a page; alerts are put in after the sanitizer, as GitHub does.
export function unifiedHtml(markdown) {
    const page = unified().use(rehypeGithubAlerts).use(rehypeStringify);
    return page.stringify(page.runSync(unifiedTree(markdown)));
}

const cmark = ['-e', 'table', '-e', 'strikethrough', '-e', 'autolink', '-e', 'tagfilter', '-e', 'tasklist',
    '-e', 'footnotes', '--github-pre-lang', '--unsafe'];

export const noCmark = spawnSync('cmark-gfm', ['--version']).error
    ? 'needs cmark-gfm (apt-get install cmark-gfm)' : false;

export function cmarkTree(markdown) {
    const run = spawnSync('cmark-gfm', cmark, { input: markdown, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (run.status !== 0) throw new Error(`cmark-gfm: ${run.stderr}`);
    return fromHtml.runSync({ type: 'root', children: [{ type: 'raw', value: run.stdout }] });
}

export function* walk(node, inside = []) {
    yield [node, inside];
    const names = node.tagName ? [...inside, node.tagName] : inside;
    for (const child of node.children ?? []) yield* walk(child, names);
}

export function textOf(node) {
    let text = '';
    for (const [each] of walk(node)) if (each.type === 'text') text += each.value;
    return text;
}

export function elements(tree, name) {
    return [...walk(tree)].map(([node]) => node).filter((node) => node.tagName === name);
}

// The elements alone, as "table(tr(td(code())))": what foreign text must not change.
export function skeleton(node) {
    const inner = (node.children ?? []).filter((child) => child.type === 'element').map(skeleton).join('');
    return node.tagName ? `${node.tagName}(${inner})` : inner;
}

// What GitHub's filters would make links, mentions and pictures of, in text that is not code.
const obeyed = [/(^|[^\w])@[a-z\d]/i, /(^|[^&\w])#\d/, /\bgh-\d/i, /\bwww\./i, /:\/\//, /:[a-z+-][\w+-]*:/i,
    /[\w.+-]@[\w-]+\.\w/];

export function obeyedTexts(tree) {
    const found = [];
    for (const [node, inside] of walk(tree)) {
        if (node.type !== 'text' || inside.some((name) => ['code', 'pre', 'a'].includes(name))) continue;
        for (const pattern of obeyed) if (pattern.test(node.value)) found.push(`${pattern}: ${node.value}`);
    }
    return found;
}
