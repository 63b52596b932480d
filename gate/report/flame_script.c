#include "gate/report/flame_script.h"

#include "gate/base/str.h"

void flame_add_style(struct str *out)
{
    str_add(out,
            "<style>\n"
            "svg { font: 12px system-ui, sans-serif; background: #fff; }\n"
            ".ground { fill: #fff; } text { fill: #1f2328; }\n"
            ".faint { fill: #59636e; } .title { font-size: 16px; font-weight: 600; }\n"
            ".name { font-size: 13px; font-weight: 600; }\n"
            ".f rect { fill: #e9ecef; stroke: #fff; stroke-width: .6; }\n"
            ".f text { font: 11px ui-monospace, monospace; pointer-events: none; }\n"
            ".own rect { fill: #bfe5d6; }\n"
            ".p1 rect { fill: #fdebd3; } .p2 rect { fill: #fbcf9a; }\n"
            ".p3 rect { fill: #f2a65a; } .p4 rect { fill: #c25500; }\n"
            ".m1 rect { fill: #dcecf8; } .m2 rect { fill: #aed3ee; }\n"
            ".m3 rect { fill: #6fb3e0; } .m4 rect { fill: #0072b2; }\n"
            ".p4 text, .m4 text { fill: #fff; }\n"
            ".dim { opacity: .4; } .hit rect { stroke: #1f2328; stroke-width: 2; }\n"
            ".f:focus { outline: none; } .script .f { cursor: pointer; }\n"
            ".f:focus rect, .script .f:hover rect { stroke: #1f2328; stroke-width: 2; }\n"
            "input, button { font: 12px system-ui, sans-serif; padding: 2px 6px; }\n"
            "input, button { color: #1f2328; background: #fff; }\n"
            "input, button { border: 1px solid #818b98; border-radius: 4px; }\n"
            "@media (prefers-color-scheme: dark) {\n"
            "svg { background: #0d1117; }\n"
            ".ground { fill: #0d1117; } text { fill: #f0f6fc; }\n"
            ".faint { fill: #9198a1; }\n"
            ".f rect { fill: #2a313c; stroke: #0d1117; }\n"
            ".own rect { fill: #0b5a44; }\n"
            ".p1 rect { fill: #3a2a18; } .p2 rect { fill: #64421b; }\n"
            ".p3 rect { fill: #955a12; } .p4 rect { fill: #e69f00; }\n"
            ".m1 rect { fill: #16293b; } .m2 rect { fill: #1c4462; }\n"
            ".m3 rect { fill: #1f6698; } .m4 rect { fill: #56b4e9; }\n"
            ".p4 text, .m4 text { fill: #0d1117; }\n"
            ".hit rect, .f:focus rect, .script .f:hover rect { stroke: #f0f6fc; }\n"
            "input, button { color: #f0f6fc; background: #151b23; }\n"
            "}\n"
            "</style>\n");
}

/* Frames as the file has them, and how they are drawn. */
static const char reading[] =
    "const svg = document.documentElement, WIDTH = 960, LETTER = 6.7;\n"
    "const byId = id => document.getElementById(id);\n"
    "const panels = [...svg.querySelectorAll('.panel')].map(panel =>\n"
    "  [...panel.querySelectorAll('.f')].map(g => {\n"
    "    const rect = g.querySelector('rect');\n"
    "    const title = g.querySelector('title').textContent;\n"
    "    return { g, rect, title, name: title.split('\\n')[0],\n"
    "      sign: g.dataset.d || '', i: +g.dataset.i, p: +g.dataset.p,\n"
    "      x: +rect.getAttribute('x'), y: +rect.getAttribute('y'),\n"
    "      w: +rect.getAttribute('width') };\n"
    "  }));\n"
    "const frames = panels.flat();\n"
    "function draw(f, x, w) {\n"
    "  const room = Math.floor((w - 6) / LETTER), label = f.sign + f.name;\n"
    "  let text = f.g.querySelector('text');\n"
    "  f.g.style.display = w < 0.05 ? 'none' : '';\n"
    "  f.rect.setAttribute('x', x.toFixed(2));\n"
    "  f.rect.setAttribute('width', Math.max(w, 0).toFixed(2));\n"
    "  if (!text) {\n"
    "    text = document.createElementNS(svg.namespaceURI, 'text');\n"
    "    text.setAttribute('y', f.y + 13);\n"
    "    f.g.append(text);\n"
    "  }\n"
    "  text.setAttribute('x', (x + 3).toFixed(2));\n"
    "  text.textContent = room < 3 ? '' : label.length <= room ? label\n"
    "    : label.slice(0, room - 1) + '\\u2026';\n"
    "}\n"
    "function show(f) { byId('details').textContent = f.title.split('\\n').join('  \\u00b7  '); }\n";

/* One frame in the whole width, those above it as wide, and all that is not below it
 * gone. Base and head keep one scale. A panel without that frame stays as it was. */
static const char zooming[] =
    "function zoom(i) {\n"
    "  const tops = panels.map(panel => panel.find(f => f.i === i));\n"
    "  const widest = Math.max(...tops.slice(-2).map(f => f ? f.w : 0));\n"
    "  panels.forEach((panel, at) => {\n"
    "    const top = i ? tops[at] : undefined, above = new Set();\n"
    "    if (!top) { for (const f of panel) draw(f, f.x, f.w); return; }\n"
    "    const all = new Map(panel.map(f => [f.i, f]));\n"
    "    for (let f = all.get(top.p); f; f = all.get(f.p)) above.add(f);\n"
    "    const scale = WIDTH / (at < panels.length - 2 ? top.w : widest);\n"
    "    for (const f of panel) {\n"
    "      const left = Math.max(f.x, top.x), right = Math.min(f.x + f.w, top.x + top.w);\n"
    "      if (above.has(f)) draw(f, 0, top.w * scale);\n"
    "      else draw(f, (left - top.x) * scale, f.y < top.y ? 0 : (right - left) * scale);\n"
    "    }\n"
    "  });\n"
    "  byId('whole').style.visibility = i ? 'visible' : 'hidden';\n"
    "}\n";

/* What matches counts once where it is below another match. */
static const char searching[] =
    "function search(text) {\n"
    "  const want = text.toLowerCase(), found = byId('found');\n"
    "  const hits = f => want !== '' && f.name.toLowerCase().includes(want);\n"
    "  for (const f of frames) {\n"
    "    f.g.classList.toggle('hit', hits(f));\n"
    "    f.g.classList.toggle('dim', want !== '' && !hits(f));\n"
    "  }\n"
    "  const names = new Set(frames.filter(hits).map(f => f.g.dataset.n || f.name));\n"
    "  const count = new Set(frames.filter(hits).map(f => f.i)).size;\n"
    "  const shares = panels.slice(-2).map((panel, side) => {\n"
    "    const inside = new Set(), all = panel[0] ? panel[0].w : 0;\n"
    "    let sum = 0;\n"
    "    for (const f of panel) {\n"
    "      if (inside.has(f.p)) { inside.add(f.i); continue; }\n"
    "      if (hits(f)) { inside.add(f.i); sum += f.w; }\n"
    "    }\n"
    "    return (all ? 100 * sum / all : 0).toFixed(1) + ' % of ' + ['base', 'head'][side];\n"
    "  });\n"
    "  found.textContent = want === '' ? '' : count === 0 ? 'nothing matches'\n"
    "    : `${names.size} function${names.size > 1 ? 's' : ''} in ${count} `\n"
    "    + `frame${count > 1 ? 's' : ''}: ${shares.join(', ')}`;\n"
    "}\n";

/* The controls are made here: a picture without script has none. */
static const char controls[] =
    "function control(tag, x, width, fill) {\n"
    "  const box = document.createElementNS(svg.namespaceURI, 'foreignObject');\n"
    "  const made = document.createElementNS('http://www.w3.org/1999/xhtml', tag);\n"
    "  for (const [key, value] of Object.entries({ x, y: 0, width, height: 28 }))\n"
    "    box.setAttribute(key, value);\n"
    "  made.style.width = '100%'; made.style.boxSizing = 'border-box';\n"
    "  fill(made); box.append(made); byId('controls').append(box);\n"
    "  return made;\n"
    "}\n"
    "const box = control('input', 0, 220, made => {\n"
    "  made.type = 'search'; made.placeholder = 'search functions ( / )';\n"
    "  made.setAttribute('aria-label', 'search functions');\n"
    "  made.addEventListener('input', () => search(made.value));\n"
    "});\n"
    "control('button', 830, 130, made => {\n"
    "  made.id = 'whole'; made.type = 'button'; made.textContent = 'whole run (Esc)';\n"
    "  made.addEventListener('click', () => zoom(0));\n"
    "});\n";

/* One frame of each panel can be reached by Tab, and the others by arrows from there. */
static const char keys[] =
    "function near(f, panel, key) {\n"
    "  const beside = panel.filter(o => o.p === f.p), at = beside.indexOf(f);\n"
    "  return key === 'ArrowUp' ? panel.find(o => o.i === f.p)\n"
    "    : key === 'ArrowDown' ? panel.find(o => o.p === f.i)\n"
    "    : key === 'ArrowLeft' ? beside[at - 1]\n"
    "    : key === 'ArrowRight' ? beside[at + 1] : undefined;\n"
    "}\n"
    "for (const panel of panels) for (const f of panel) {\n"
    "  f.g.setAttribute('role', 'button');\n"
    "  f.g.setAttribute('tabindex', f === panel[0] ? 0 : -1);\n"
    "  f.g.addEventListener('click', () => zoom(f.i));\n"
    "  f.g.addEventListener('mouseenter', () => show(f));\n"
    "  f.g.addEventListener('focus', () => {\n"
    "    for (const o of panel) o.g.setAttribute('tabindex', o === f ? 0 : -1);\n"
    "    show(f);\n"
    "  });\n"
    "  f.g.addEventListener('keydown', event => {\n"
    "    const next = near(f, panel, event.key);\n"
    "    if (event.key === 'Enter' || event.key === ' ') zoom(f.i);\n"
    "    else if (next) next.g.focus();\n"
    "    else return;\n"
    "    event.preventDefault();\n"
    "  });\n"
    "}\n"
    "document.addEventListener('keydown', event => {\n"
    "  if (event.key === 'Escape') { box.value = ''; search(''); zoom(0); }\n"
    "  if (event.key === '/' && event.target !== box) { box.focus(); event.preventDefault(); }\n"
    "});\n"
    "svg.classList.add('script');\n"
    "const asked = new URLSearchParams(location.hash.slice(1));\n"
    "zoom(+asked.get('zoom') || 0);\n"
    "box.value = asked.get('search') || '';\n"
    "search(box.value);\n";

void flame_add_script(struct str *out)
{
    str_add(out, "<script><![CDATA[\n'use strict';\n(() => {\n");
    str_add(out, reading);
    str_add(out, zooming);
    str_add(out, searching);
    str_add(out, controls);
    str_add(out, keys);
    str_add(out, "})();\n]]></script>\n");
}
