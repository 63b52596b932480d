// How GitHub's runner reads what a step prints and the files that it writes, after the source of
// actions/runner 2.336: ActionCommand.cs, ActionCommandManager.cs, FileCommandManager.cs.

const registered = ['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group',
    'notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning'];
const annotations = ['error', 'warning', 'notice'];
const mostAnnotations = 10;
const longestMessage = 4096;
const longestSummary = 1024 * 1024;

const unescapeData = (text) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
const unescapeProperty = (text) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
    .replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');

function parseInfo(info, data, known) {
    const blank = info.indexOf(' ');
    const name = (blank < 0 ? info : info.slice(0, blank)).toLowerCase();
    if (!known(name)) return null;
    const properties = {};
    for (const pair of blank < 0 ? [] : info.slice(blank + 1).trim().split(',')) {
        const sign = pair.indexOf('=');
        if (sign > 0) properties[pair.slice(0, sign)] = unescapeProperty(pair.slice(sign + 1));
    }
    return { name, properties, message: unescapeData(data) };
}

// "::name key=value::message" at the start of a line, behind blanks at most.
function parseNew(line, known) {
    const text = line.trimStart();
    if (!text.startsWith('::')) return null;
    const end = text.indexOf('::', 2);
    return end < 0 ? null : parseInfo(text.slice(2, end), text.slice(end + 2), known);
}

// "##[name key=value;]message" anywhere in a line.
function parseOld(line, known) {
    const start = line.indexOf('##[');
    const end = start < 0 ? -1 : line.indexOf(']', start);
    return end < 0 ? null : parseInfo(line.slice(start + 3, end).replaceAll(';', ','), line.slice(end + 1), known);
}

// All commands that a step's output holds, in order. Lines end as .NET's StreamReader ends them.
export function readCommands(output) {
    let stop = null;
    const commands = [];
    const known = (name) => (stop ? name === stop : registered.includes(name));
    for (const line of output.split(/\r\n|\n|\r/)) {
        const command = parseNew(line, known) ?? parseOld(line, known);
        if (!command) continue;
        if (stop) stop = null;
        else if (command.name === 'stop-commands') stop = command.message.toLowerCase();
        commands.push(command);
    }
    return commands;
}

// What of the commands shows up at the job: ten of a kind, for the whole composite action.
export function keptAnnotations(commands) {
    const kept = [];
    for (const { name, properties, message } of commands) {
        if (annotations.includes(name) && kept.filter((other) => other.name === name).length < mostAnnotations)
            kept.push({ name, properties, message: message.slice(0, longestMessage) });
    }
    return kept;
}

// GITHUB_OUTPUT and GITHUB_ENV: "name=value" or "name<<END", lines, "END".
export function readFileCommands(text) {
    const values = {};
    const lines = text.split(/\r\n|\n|\r/);
    for (let i = 0; i < lines.length; i++) {
        const line = lines[i];
        if (!line) continue;
        const equals = line.indexOf('=');
        const heredoc = line.indexOf('<<');
        if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
            if (equals === 0) throw new Error(`Invalid format '${line}': a name must not be empty`);
            values[line.slice(0, equals)] = line.slice(equals + 1);
            continue;
        }
        if (heredoc <= 0) throw new Error(`Invalid format '${line}'`);
        const delimiter = line.slice(heredoc + 2);
        const end = lines.indexOf(delimiter, i + 1);
        if (!delimiter || end < 0) throw new Error(`Invalid value: no matching delimiter '${delimiter}'`);
        values[line.slice(0, heredoc)] = lines.slice(i + 1, end).join('\n');
        i = end;
    }
    return values;
}

// The summary as it is uploaded: nothing at all where it is too long.
export function keptSummary(bytes) {
    return bytes.length > longestSummary ? null : bytes.toString('utf8');
}
