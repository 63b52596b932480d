// GitHub's runner, as far as a composite action notices: expressions by GitHub's own evaluator, a bash
// a step as the runner starts it, files of its own for each, outputs kept when a step fails.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';
import { keptAnnotations, keptSummary, readCommands, readFileCommands } from './runner_commands.mjs';

const files = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'];
const expression = /\$\{\{(.*?)\}\}/gs;

function toData(value) {
    if (value === null || value === undefined) return new data.Null();
    if (typeof value === 'object')
        return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })));
    if (typeof value === 'boolean') return new data.BooleanData(value);
    if (typeof value === 'number') return new data.NumberData(value);
    return new data.StringData(String(value));
}

function evaluate(text, contexts, hasFailed) {
    const statuses = { always: true, cancelled: false, failure: hasFailed, success: !hasFailed };
    const functions = Object.entries(statuses).map(([name, value]) => ({
        name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value),
    }));
    const tree = new Parser(new Lexer(text.trim()).lex().tokens, Object.keys(contexts), functions).parse();
    const table = new Map(functions.map((item) => [item.name, item]));
    return new Evaluator(tree, toData(contexts), table).evaluate();
}

const expand = (text, contexts, hasFailed) =>
    String(text).replace(expression, (_, inner) => evaluate(inner, contexts, hasFailed).coerceString());

function isWanted(step, contexts, hasFailed) {
    if (step.if === undefined) return !hasFailed;
    const text = String(step.if).replace(expression, '$1');
    const asks = /\b(always|cancelled|failure|success)\s*\(/.test(text);
    return (asks || !hasFailed) && evaluate(text, contexts, hasFailed).coerceString() === 'true';
}

// What a step of a job inherits; nothing of this process but what programs are found by.
function baseEnvironment(job) {
    return {
        PATH: process.env.PATH,
        HOME: job.home,
        LANG: 'C.UTF-8',
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: job.actionPath,
        GITHUB_WORKSPACE: job.workspace,
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_API_URL: 'https://api.github.com',
        GITHUB_RUN_ID: '101',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_JOB: 'gate',
        GITHUB_WORKFLOW: 'gate',
        RUNNER_TEMP: job.temp,
        RUNNER_OS: 'Linux',
        RUNNER_ARCH: 'X64',
        RUNNER_ENVIRONMENT: 'github-hosted',
        ACTIONS_RUNTIME_TOKEN: 'secret-runtime-token',
        ...job.env,
    };
}

async function runScript(script, job, env) {
    const file = join(job.temp, `${randomUUID()}.sh`);
    await writeFile(file, script);
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', file],
        { cwd: job.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    job.onStart?.(child);
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8');
        stream.on('data', (text) => { output += text; });
    }
    const [code, signal] = await new Promise((resolve) => child.on('close', (...ended) => resolve(ended)));
    return { output, code: code ?? signal };
}

async function runStep(step, job, contexts, hasFailed) {
    const paths = {};
    const folder = join(job.temp, '_runner_file_commands');
    await mkdir(folder, { recursive: true });
    for (const name of files) {
        paths[`GITHUB_${name}`] = join(folder, `${name}_${randomUUID()}`);
        await writeFile(paths[`GITHUB_${name}`], '');
    }
    const env = { ...baseEnvironment(job), ...paths };
    for (const [name, value] of Object.entries(step.env ?? {})) env[name] = expand(value, contexts, hasFailed);

    const ran = await runScript(expand(step.run, contexts, hasFailed), job, env);
    const read = (name) => readFile(paths[name]);
    const outputs = readFileCommands(await readFile(paths.GITHUB_OUTPUT, 'utf8'));
    return {
        ...ran, id: step.id, outputs,
        commands: readCommands(ran.output),
        summary: keptSummary(await read('GITHUB_STEP_SUMMARY')),
        set: readFileCommands(await readFile(paths.GITHUB_ENV, 'utf8')),
        added: (await read('GITHUB_PATH')).toString(),
    };
}

// Runs the action in job.actionPath with these inputs. The job has workspace, temp, home and more env;
// onStart(bash) is called for each step.
export async function runAction(job, inputs = {}) {
    const action = parse(await readFile(join(job.actionPath, 'action.yml'), 'utf8'));
    const contexts = {
        inputs: {}, steps: {}, env: {},
        github: { action_repository: 'pawl/pawl', workspace: job.workspace, token: 'ghs_secret' },
        runner: { os: 'Linux', arch: 'X64', temp: job.temp },
    };
    for (const name of Object.keys(inputs))
        if (!(name in action.inputs)) throw new Error(`the action has no input '${name}'`);
    for (const [name, input] of Object.entries(action.inputs))
        contexts.inputs[name] = inputs[name] ?? expand(input.default ?? '', contexts, false);

    const steps = [];
    let hasFailed = false;
    for (const step of action.runs.steps) {
        if (!isWanted(step, contexts, hasFailed)) continue;
        const ran = await runStep(step, job, contexts, hasFailed);
        steps.push(ran);
        hasFailed ||= ran.code !== 0;
        contexts.steps[step.id] = { outputs: ran.outputs, outcome: ran.code === 0 ? 'success' : 'failure' };
    }
    const outputs = {};
    for (const [name, output] of Object.entries(action.outputs ?? {}))
        outputs[name] = expand(output.value, contexts, hasFailed);
    const commands = steps.flatMap((step) => step.commands);
    const last = steps.at(-1);
    return { steps, outputs, commands, annotations: keptAnnotations(commands), code: last.code,
        log: steps.map((step) => step.output).join(''), summary: last.summary, hasFailed };
}
