import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DataFolderInUse, lockFolder } from './folder-lock.ts';

const MODULE = new URL('./folder-lock.ts', import.meta.url).href;
const SCRIPT = `
  import { lockFolder } from ${JSON.stringify(MODULE)};
  const said = await lockFolder(process.argv[1]).then(() => 'held', (error) => error.name);
  process.stdout.write(said);
  if (said === 'held') setInterval(() => {}, 1000);`;

const children: ChildProcess[] = [];
const folders: string[] = [];

function newFolder(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'wirefold-lock-'));
  folders.push(folder);
  return join(folder, ...names);
}

/** Another process that tries to take the folder, and what it says. */
function contender(folder: string): { child: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT, folder]);
  children.push(child);
  const said = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
  return { child, said };
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => (child.exitCode ?? child.signalCode) === null && killed(child)));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('lockFolder', () => {
  it('refuses a folder that is taken, and gives it again after it was released', async () => {
    const folder = newFolder('made', 'on', 'the', 'way');
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(DataFolderInUse);
    await lock.release();
    const again = await lockFolder(folder);
    await again.release();
    expect(readdirSync(join(folder, 'lock'))).toEqual([]);
  });

  it('refuses a folder that another process holds, until that was killed', async () => {
    const folder = newFolder();
    const { child, said } = contender(folder);
    expect(await said).toBe('held');
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(DataFolderInUse);
    await killed(child);
    const lock = await lockFolder(folder);
    await lock.release();
  });

  it('refuses a folder whose holder is stopped', async () => {
    const folder = newFolder();
    const { child, said } = contender(folder);
    await said;
    child.kill('SIGSTOP');
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(DataFolderInUse);
    child.kill('SIGCONT');
  });

  it('takes folders whose path is longer than that of a socket may be', async () => {
    const folder = newFolder('a'.repeat(90), 'b'.repeat(90));
    mkdirSync(folder, { recursive: true });
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(DataFolderInUse);
    await lock.release();
  });

  it('gives a free folder to one of many that want it at once', async () => {
    const folder = newFolder();
    for (let round = 0; round < 5; round++) {
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
      const won = attempts.filter((attempt) => attempt.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0]?.value.release();
    }
  });

  it('gives a folder with a killed holder to one of several processes', async () => {
    const folder = newFolder();
    const holder = contender(folder);
    await holder.said;
    await killed(holder.child);
    const said = await Promise.all([1, 2, 3].map(() => contender(folder).said));
    expect(said.filter((each) => each === 'held')).toHaveLength(1);
    expect(said.filter((each) => each === 'DataFolderInUse')).toHaveLength(2);
  });
});
