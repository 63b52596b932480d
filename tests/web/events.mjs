// Payloads of webhooks as GitHub sends them (@octokit/webhooks-examples), with a repository's own
// commits put in, and the variables that a runner sets for them.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const all = createRequire(import.meta.url)('@octokit/webhooks-examples');
const noCommit = '0'.repeat(40);

function example(name, action) {
    const { examples } = all.find((event) => event.name === name);
    return structuredClone(examples.find((item) => action === undefined || item.action === action));
}

// The event's file and variables.
function write(root, name, payload, variables) {
    const path = join(root, `event-${name}.json`);
    writeFileSync(path, JSON.stringify(payload));
    return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: payload.repository.full_name,
        GITHUB_ACTOR: payload.sender?.login ?? 'somebody', GITHUB_BASE_REF: '', GITHUB_HEAD_REF: '', ...variables };
}

// baseSha as GitHub has it: that of the branch when the pull request was opened, often not its tip.
export function pullRequest(root, { headSha, baseSha, mergeSha, isFork = false, event = 'pull_request' }) {
    const payload = example('pull_request', 'synchronize');
    payload.number = payload.pull_request.number = 7;
    Object.assign(payload.pull_request.base, { ref: 'main', sha: baseSha });
    Object.assign(payload.pull_request.head, { ref: 'topic', sha: headSha });
    payload.pull_request.merge_commit_sha = mergeSha;
    if (isFork) {
        const { repo } = payload.pull_request.head;
        Object.assign(repo, { id: repo.id + 1, full_name: 'somebody/Hello-World', fork: true });
        payload.pull_request.head.user.login = repo.owner.login = 'somebody';
    }
    const isTarget = event === 'pull_request_target';
    return write(root, event, payload, { GITHUB_REF: isTarget ? 'refs/heads/main' : 'refs/pull/7/merge',
        GITHUB_SHA: isTarget ? baseSha : mergeSha, GITHUB_BASE_REF: 'main', GITHUB_HEAD_REF: 'topic' });
}

export function push(root, { before = noCommit, after, forced = false }) {
    const payload = example('push');
    Object.assign(payload, { ref: 'refs/heads/main', before, after, forced, created: before === noCommit,
        deleted: false, base_ref: null });
    return write(root, 'push', payload, { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: after });
}

export function mergeGroup(root, { baseSha, headSha }) {
    const payload = example('merge_group', 'checks_requested');
    const ref = `refs/heads/gh-readonly-queue/main/pr-7-${baseSha}`;
    Object.assign(payload.merge_group, { base_sha: baseSha, head_sha: headSha, head_ref: ref, base_ref: 'refs/heads/main' });
    return write(root, 'merge_group', payload, { GITHUB_REF: ref, GITHUB_SHA: headSha });
}

export function workflowRun(root, { headSha, isFork = false }) {
    const payload = example('workflow_run', 'completed');
    Object.assign(payload.workflow_run, { event: 'pull_request', head_sha: headSha, conclusion: 'success', pull_requests: [] });
    if (isFork) Object.assign(payload.workflow_run.head_repository, { id: 1, full_name: 'somebody/Hello-World', fork: true });
    return write(root, 'workflow_run', payload, { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: headSha });
}

// schedule and workflow_dispatch, which have next to nothing in their payload.
export function other(root, name, sha) {
    const { repository, sender } = example('push');
    return write(root, name, { repository, sender, ref: 'refs/heads/main', inputs: null },
        { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: sha });
}
