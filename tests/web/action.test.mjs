// The action in an emulated runner: real clones of a real repository, real events, the real pawl.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { checkout, commit, git, makeOrigin, scratch } from './project.mjs';
import { runAction } from './runner.mjs';
import { readCommands } from './runner_commands.mjs';

const { PAWL, PAWL_SOURCE } = process.env;

// A job whose workspace is a clone of main's last commit, and its parent.
function makeJob(t, { kilobytes = 100, statement = '', depth = 2, ...origin } = {}) {
    const root = scratch(t);
    const project = makeOrigin(root, origin);
    const last = commit(project.origin, 'last', { kilobytes, statement });
    const job = { root, actionPath: PAWL_SOURCE, temp: join(root, 'temp'), home: join(root, 'home'), env: {}, last, ...project };
    for (const name of ['temp', 'home']) mkdirSync(job[name]);
    job.workspace = checkout(root, project.origin, { sha: last, ref: 'refs/heads/main', depth, name: 'work space' });
    return job;
}

const compare = (job, inputs) => runAction(job, { 'tool-path': PAWL, base: 'HEAD^1', options: '--pairs=8\n--no-explain', ...inputs });

// What each run has to leave behind, however it ended: outputs that are whole, and groups that are closed.
function assertTold(job, ran, verdict, regressions) {
    const { outputs } = ran;
    assert.equal(outputs.verdict, verdict, ran.log);
    assert.equal(outputs.regressions, regressions);
    assert.equal(outputs['base-sha'], git(job.workspace, 'rev-parse', 'HEAD^1'));
    assert.equal(outputs['head-sha'], job.last);
    assert.match(readFileSync(outputs['report-path'], 'utf8').slice(0, 100), verdict === 'pass' ? /Yes/ : /No|Could not/);
    assert.match(readFileSync(outputs['page-path'], 'utf8'), /^<!doctype html>/i);
    assert.equal(JSON.parse(readFileSync(outputs['json-path'])).schema, 'pawl-result/1');
    assertGroups(ran);
    assert.ok(ran.summary.startsWith(readFileSync(outputs['report-path'], 'utf8').slice(0, 60)));
}

function assertGroups({ commands, log }) {
    let open = 0;
    for (const { name } of commands) {
        if (name === 'group') open++;
        if (name === 'endgroup') open--;
        assert.ok(open === 0 || open === 1, log);
        if (name === 'error') assert.equal(open, 0, log);
    }
    assert.equal(open, 0, log);
}

test('a commit that changes nothing passes', async (t) => {
    const job = makeJob(t, { statement: '/* the same */' });
    const ran = await compare(job);
    assert.equal(ran.code, 0, ran.log);
    assertTold(job, ran, 'pass', '0');
    assert.deepEqual(ran.annotations, []);
});

test('a regression fails the step with 1, and is told in outputs, summary and an annotation', async (t) => {
    const job = makeJob(t, { kilobytes: 150 });
    const ran = await compare(job);
    assert.equal(ran.code, 1, ran.log);
    assertTold(job, ran, 'regression', '1');
    assert.deepEqual(ran.annotations.map((item) => item.name), ['error']);
    assert.match(ran.annotations[0].message, /written_bytes/);
});

test('fail-on never lets it pass, and says the same', async (t) => {
    const job = makeJob(t, { kilobytes: 150 });
    const ran = await compare(job, { 'fail-on': 'never' });
    assert.equal(ran.code, 0, ran.log);
    assertTold(job, ran, 'regression', '1');
    assert.deepEqual(ran.annotations.map((item) => item.name), ['warning']);
});

test('a program that crashes fails the step with 3', async (t) => {
    const job = makeJob(t, { statement: 'raise(SIGSEGV);' });
    const ran = await compare(job);
    assert.equal(ran.code, 3, ran.log);
    assertTold(job, ran, 'error', '0');
});

test('a program that cannot be built fails the step with 3, with one error and no report', async (t) => {
    const job = makeJob(t, { statement: 'this is not C;' });
    const ran = await compare(job);
    assert.equal(ran.code, 3, ran.log);
    assert.deepEqual(ran.outputs, { verdict: 'error', regressions: '0', 'report-path': '', 'page-path': '', 'json-path': '',
        'base-sha': git(job.workspace, 'rev-parse', 'HEAD^1'), 'head-sha': job.last });
    assert.deepEqual(ran.annotations.map((item) => item.name), ['error']);
    assertGroups(ran);
});

test('build and run are enough where there is no pawl.json', async (t) => {
    const job = makeJob(t, { hasConfig: false, statement: '/* the same */' });
    const ran = await compare(job, { build: 'make -s\n', run: 'spin=./bench\n\nagain=./bench again\n' });
    assert.equal(ran.code, 0, ran.log);
    assert.match(ran.log, /2 benchmarks identical/);
    assert.match(ran.log, /There is no pawl\.json: measured was what --build 'make -s' --run spin=/);
});

test('a wrong input exits with 2, and its name and what is allowed are said', async (t) => {
    const job = makeJob(t);
    const wrong = [
        [{ 'fail-on': 'anything' }, /fail-on must be 'regression'/],
        [{ 'working-directory': 'nowhere' }, /input working-directory must be a directory/],
        [{ options: 'all\n' }, /input options must be options of 'pawl check', one a line/],
        [{ options: '--nothing' }, /unknown option '--nothing'/],
        [{ config: 'nowhere.json' }, /--config: .*nowhere\.json/],
        [{ base: 'nothing' }, /nothing/],
        [{ run: './bench' }, /--run is for projects without a pawl\.json/],
    ];
    for (const [inputs, message] of wrong) {
        const ran = await compare(job, inputs);
        assert.equal(ran.code, 2, ran.log);
        assert.match(ran.log, message);
        assert.equal(ran.outputs.verdict, 'error');
        assert.equal(ran.annotations.filter((item) => item.name === 'error').length, 1, ran.log);
    }
});

test('no input is read by a shell', async (t) => {
    const job = makeJob(t);
    const evil = '$(touch "$RUNNER_TEMP/was-run")`touch "$RUNNER_TEMP/was-run"`"; touch "$RUNNER_TEMP/was-run"; #';
    for (const name of ['config', 'base', 'head', 'fail-on', 'working-directory', 'tool-path']) {
        const ran = await compare(job, { [name]: evil });
        assert.equal(ran.code, 2, ran.log);
    }
    await compare(job, { options: `-${evil}` });
    assert.ok(!readdirSync(job.temp).includes('was-run'));
});

test('a repository below the workspace is found', async (t) => {
    const job = makeJob(t, { statement: '/* the same */' });
    const inner = job.workspace.slice(job.root.length + 1);
    const ran = await compare({ ...job, workspace: job.root }, { 'working-directory': inner });
    assert.equal(ran.code, 0, ran.log);
});

test('code under test sees no token, no command file and no other variable of the runner', async (t) => {
    const lists = 'for (char **e = environ; *e; e++) fprintf(stderr, "%s\\\\n", *e);';
    const job = makeJob(t, { statement: `extern char **environ; ${lists.replaceAll('\\\\n', '\\n')} return 9;` });
    job.env.GITHUB_TOKEN = 'ghs_secret';
    const ran = await compare(job, { options: '--pairs=8\n--verbose' });
    assert.equal(ran.code, 3, ran.log);
    for (const name of ['GITHUB_', 'ACTIONS_', 'secret', 'PAWL_OPTIONS'])
        assert.ok(!ran.log.includes(name), `${name} in ${ran.log}`);
});

const hostile = ['::error::forged', '  ::add-mask::x', 'x ##[add-mask]y', '##[error]forged', '::stop-commands::t',
    '::set-output name=verdict::ok', '\\r::error::forged', '\\033[2K::error::forged', '\\342\\200\\256::error::forged',
    '::endgroup::', '::ERROR::forged', 'a\\n::warning::b'];

test('the emulated runner would take it for commands', () => {
    const raw = hostile.map((line) => line.replaceAll('\\r', '\r').replaceAll('\\n', '\n'));
    const taken = raw.map((line) => readCommands(line).map((command) => command.name).join());
    assert.deepEqual(taken, ['error', 'add-mask', 'add-mask', 'error', 'stop-commands', 'set-output', 'error',
        '', '', 'endgroup', 'error', 'warning']);
    assert.deepEqual(readCommands('::stop-commands::t\n::error::x\n::t::\n::debug::y').map((command) => command.name),
        ['stop-commands', 't', 'debug']);
});

test('what hostile code prints holds no command', async (t) => {
    const prints = hostile.map((line) => `puts("${line}"); fputs("${line}\\n", stderr);`).join(' ');
    for (const end of ['return 0;', 'return 9;']) {
        const ran = await compare(makeJob(t, { statement: `${prints} fflush(0); if (getpid() > 1) { ${end} }` }),
            { options: '--pairs=8\n--verbose' });
        assert.ok(!ran.log.includes('nothing was measured'));
        assert.deepEqual(foreign(ran.commands), [], ran.log);
    }
    const job = makeJob(t, { statement: '#error ::error::forged' });
    commit(job.origin, '::error::forged ##[error]forged', { files: { Makefile: 'bench:\n\t@printf "::error::forged\\n##[error]x\\n"; false\n' } });
    git(job.workspace, 'pull', '-q', 'origin', 'main');
    const ran = await compare(job, { base: 'HEAD' });
    assert.equal(ran.code, 3, ran.log);
    assert.deepEqual(foreign(ran.commands), [], ran.log);
});

// Commands that pawl did not mean: of no kind that it uses, or with a text of the code under test.
function foreign(commands) {
    const kinds = ['error', 'warning', 'notice', 'group', 'endgroup', 'debug'];
    return commands.filter(({ name, message }) => !kinds.includes(name) || message.startsWith('forged'));
}

const alive = (marker) => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
    try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').includes(marker)
            || readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(marker);
    } catch {
        return false;
    }
});

// The runner sends SIGINT to bash alone, and kills after 10 s; here it is a minute, for slow machines.
test('SIGINT to the step ends pawl and all that it started, and nothing is left', { timeout: 60000 }, async (t) => {
    const job = makeJob(t, { statement: 'puts("up"); fflush(0); pause();' });
    let isSent = false;
    const started = () => alive(job.root).some((pid) => {
        try {
            return readFileSync(`/proc/${pid}/comm`, 'utf8') === 'bench\n';
        } catch {
            return false;
        }
    });
    const watch = setInterval(() => {
        if (isSent || !job.child || !started()) return;
        isSent = true;
        job.child.kill('SIGINT');
    }, 20);
    job.onStart = (child) => { job.child = child; };
    const ran = await compare(job);
    clearInterval(watch);
    assert.ok(isSent);
    assert.equal(ran.code, 130, ran.log);
    assert.equal(ran.outputs.verdict, 'error');
    assertGroups(ran);
    assert.deepEqual(alive(job.root), []);
    assert.equal(git(job.workspace, 'worktree', 'list').split('\n').length, 1);
    assert.equal(git(job.workspace, 'status', '--porcelain'), '');
    assert.deepEqual(readdirSync(join(job.temp, 'pawl-cache/sessions')), []);
});
