#!/bin/sh
# `pawl check --shard` as a Slurm job array, and the merge as a job that waits for it: what docs/sharding.md
# shows. Starts Debian's munged, slurmctld and slurmd for the time of the test, on the loopback interface, with
# all their files in a temporary directory; nothing of a Slurm that this machine may have is touched.
#
#   array.sh PAWL
#
# Exits with 77, and says so, where slurm-wlm or munge is not installed or may not be run.
set -eu
pawl=$(realpath "$1")

skip() {
    echo "not tested: $*"
    exit 77
}
for program in munged mungekey slurmctld slurmd sbatch squeue git cc; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null ||
        skip "no '$program' (Debian: apt-get install slurm-wlm munge)"
done
[ "$(id -u)" = 0 ] || skip "slurmd wants to be root"
PATH=$PATH:/usr/sbin
export PATH

work=$(mktemp -d)
daemons=
stop() {
    for pid in $daemons; do
        kill "$pid" 2>/dev/null || :
    done
    for pid in $daemons; do
        wait "$pid" 2>/dev/null || :
    done
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM
chmod 755 "$work"

# Ports that others are unlikely to have.
port=$((20000 + $$ % 20000))
host=$(hostname -s)
mkdir -p "$work/state" "$work/spool"
cat >"$work/slurm.conf" <<CONFIG
ClusterName=pawl
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=100 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP
CONFIG
SLURM_CONF=$work/slurm.conf
export SLURM_CONF

mungekey --create --keyfile "$work/munge.key"
munged --foreground --key-file "$work/munge.key" --socket "$work/munge.socket" --pid-file "$work/munge.pid" \
    --log-file "$work/munge.log" --seed-file "$work/munge.seed" --force >/dev/null 2>&1 &
daemons=$!
slurmctld -D >/dev/null 2>&1 &
daemons="$daemons $!"
slurmd -D -N "$host" >/dev/null 2>&1 &
daemons="$daemons $!"
for _ in $(seq 100); do
    state=$(sinfo --noheader --format %T 2>/dev/null || :)
    [ "$state" = idle ] && break
    sleep 0.1
done
[ "$state" = idle ] || {
    cat "$work"/*.log >&2
    skip "Slurm does not come up here (node: '$state')"
}

# A project whose head writes more, by exact counts.
PAWL_CACHE_DIR=$work/cache
GIT_CONFIG_GLOBAL=/dev/null
GIT_CONFIG_NOSYSTEM=1
export PAWL_CACHE_DIR GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM
mkdir "$work/project"
cd "$work/project"
git init -q -b main .
cat >pawl.json <<'CONFIG'
{
  "version": 1,
  "build": { "run": ["cc -o bench bench.c"] },
  "margins": { "cpu": "none", "wall": "none", "peak_rss": "none", "written_bytes": "20%" },
  "suites": [{ "name": "all", "benchmarks": [
    { "name": "bad", "run": "./bench bad" }, { "name": "one", "run": "./bench one" },
    { "name": "two", "run": "./bench two" }, { "name": "three", "run": "./bench three" }] }]
}
CONFIG
commit() { # BYTES MESSAGE
    cat >bench.c <<PROGRAM
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    static char bytes[1000000];
    long count = argc > 1 && !strcmp(argv[1], "bad") ? $1 : 100000;
    return write(open("/dev/null", O_WRONLY), bytes, (size_t)count) != count;
}
PROGRAM
    git add -A
    git -c user.name=test -c user.email=test@localhost commit -qm "$2"
}
commit 100000 base
commit 200000 head

cat >gate.sh <<GATE
#!/bin/sh
#SBATCH --job-name=pawl
#SBATCH --array=1-4
#SBATCH --exclusive
#SBATCH --output=pawl-%a.log
"$pawl" check --budget 60s --pairs 12 --no-explain --shard "\$SLURM_ARRAY_TASK_ID/\$SLURM_ARRAY_TASK_COUNT" \\
    --output "shard-\$SLURM_ARRAY_TASK_ID"
GATE
array=$(sbatch --parsable gate.sh)
code=0
sbatch --quiet --wait --dependency="afterany:$array" --output merge.log \
    --wrap "'$pawl' merge --output merged shard-*/result.json" || code=$?

fail() {
    echo "failed: $*" >&2
    cat pawl-*.log merge.log "$work"/*.log >&2 || :
    exit 1
}
[ "$code" = 1 ] || fail "the merge exits with 1, as head regressed, not $code"
grep -q 'regressed.*bad written_bytes' merge.log || fail "the merge says what regressed"
for shard in 1 2 3 4; do
    [ -s "shard-$shard/result.json" ] || fail "shard $shard has a result"
done
grep -q '"exit": "regressed"' merged/result.json || fail "the result says so, too"

# A shard that was lost is named.
rm shard-3/result.json
code=0
sbatch --quiet --wait --output lost.log --wrap "'$pawl' merge shard-*/result.json" || code=$?
[ "$code" = 3 ] || fail "a lost shard is 3, not $code"
grep -q 'no result of shard 3 of 4' lost.log || fail "the lost shard is named"
echo "4 shards as a job array, merged by a job that waits: regressed, as it is"
