/** A Slurm cluster of this machine alone: slurmctld, slurmd and munged in a folder of their own, without systemd, cgroups or accounting. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Where Debian keeps what only root runs. */
const path = `${process.env.PATH}:/usr/sbin:/sbin`;
const programs = ['munged', 'munge', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scontrol', 'scancel', 'sinfo'];

/** Why no cluster can be started here; undefined where one can. */
export function lackOfCluster() {
  const missing = programs.filter((name) => spawnSync('which', [name], { env: { ...process.env, PATH: path } }).status !== 0);
  if (missing.length > 0) return `${missing.join(', ')} not found: apt-get install -y slurm-wlm munge`;
  return process.getuid?.() === 0 ? undefined : 'slurmd starts jobs for others, and so as root alone: run this test as root, in a container';
}

const short = hostname().split('.')[0];

function configuration(folder, slots) {
  return `ClusterName=one
SlurmctldHost=${short}(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
CryptoType=crypto/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmdTimeout=10
KillWait=5
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmdSpoolDir=${folder}/spool
StateSaveLocation=${folder}/state
SlurmUser=root
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
NodeName=${short} NodeAddr=127.0.0.1 CPUs=${slots} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8
SlurmdParameters=config_overrides
`;
}

/** Starts one with so many slots. */
export async function startCluster(slots) {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-slurm-'));
  chmodSync(folder, 0o755);
  for (const name of ['spool', 'state']) mkdirSync(join(folder, name));
  mkdirSync(join(folder, 'munge'), { mode: 0o755 });
  const conf = join(folder, 'slurm.conf');
  writeFileSync(conf, configuration(folder, slots));
  writeFileSync(join(folder, 'munge/key'), Buffer.from(Array.from({ length: 128 }, () => Math.floor(Math.random() * 256))), { mode: 0o400 });
  const env = { ...process.env, SLURM_CONF: conf, PATH: path };
  const munged = spawn(
    'munged',
    ['--foreground', '--force', '--num-threads=2', `--socket=${folder}/munge/socket`, `--key-file=${folder}/munge/key`, `--log-file=${folder}/munge/log`, `--pid-file=${folder}/munge/pid`, `--seed-file=${folder}/munge/seed`],
    { env, stdio: 'ignore' },
  );
  const run = (program, ...words) => spawnSync(program, words, { env, encoding: 'utf8' });
  const pidOf = (name) => (existsSync(join(folder, `${name}.pid`)) ? Number(readFileSync(join(folder, `${name}.pid`), 'utf8')) : undefined);
  const end = (name, signal = 'SIGKILL') => {
    try {
      process.kill(pidOf(name), signal);
    } catch {
      // It is gone.
    }
  };
  const start = (name) => run(name, '-f', conf);
  const isIdle = () => /idle|mix|alloc/.test(run('sinfo', '-h', '-o', '%t').stdout);
  const untilReady = async () => {
    for (let tries = 0; tries < 240; tries += 1) {
      if (isIdle()) return;
      await setTimeout(250);
    }
    throw new Error(`the cluster is not ready: see ${folder}/slurmctld.log`);
  };
  for (let tries = 0; tries < 40 && !existsSync(`${folder}/munge/socket`); tries += 1) await setTimeout(100);
  start('slurmctld');
  start('slurmd');
  await untilReady();
  return {
    ...{ folder, env, run, end, start, untilReady },
    close: async () => {
      run('scancel', '--user=root');
      await setTimeout(500);
      end('slurmd', 'SIGTERM');
      end('slurmctld', 'SIGTERM');
      await setTimeout(1000);
      end('slurmd');
      end('slurmctld');
      const gone = new Promise((resolve) => munged.once('exit', resolve));
      munged.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
