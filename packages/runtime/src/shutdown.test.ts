import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

const SHUTDOWN = new URL('./shutdown.ts', import.meta.url).href;
const LOGGER = new URL('./logger.ts', import.meta.url).href;

/** Runs a process that starts `parts`, says what it does on its standard output, and has a timer that nobody closes. */
async function startProcess(parts: string, shutdownMs = 10_000) {
  const program = `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { runUntilSignal } from '${SHUTDOWN}';
    import { createLogger } from '${LOGGER}';
    const say = (word) => process.stdout.write(word + '\\n');
    setInterval(() => {}, 1000);
    const ended = runUntilSignal(${parts}, { shutdownMs: ${shutdownMs}, log: createLogger('silent', 'test') });
    say('ready');
    process.exitCode = await ended;`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const words: string[] = [];
  child.stdout.on('data', (chunk) => words.push(...String(chunk).trim().split('\n')));
  const exited = once(child, 'exit');
  const said = async (word: string) => {
    while (!words.includes(word)) await sleep(10);
  };
  await said('ready');
  return { child, said, ended: () => exited.then(([code]) => ({ code, words: words.slice(1) })) };
}

const part = (name: string) => `{ name: '${name}', async close() { say('${name}'); } }`;

test('parts are closed from the last to the first, and the process ends well whatever is left open', async () => {
  const { child, ended } = await startProcess(`[${part('store')}, ${part('queue')}, ${part('api')}]`);
  child.kill('SIGTERM');
  expect(await ended()).toEqual({ code: 0, words: ['api', 'queue', 'store'] });
});

test('one Ctrl-C that arrives twice is one; a second one ends the process at once', async () => {
  const { child, said, ended } = await startProcess(
    `[${part('store')}, { name: 'api', async close() { say('closing'); await sleep(700); say('asked'); await sleep(60_000); } }]`,
  );
  child.kill('SIGINT');
  child.kill('SIGINT');
  await said('asked');
  child.kill('SIGINT');
  expect(await ended()).toEqual({ code: 130, words: ['closing', 'asked'] });
});

test('a part that fails to close does not keep the others from closing, and the exit code says so', async () => {
  const { child, ended } = await startProcess(
    `[${part('store')}, { name: 'api', close: () => Promise.reject(new Error('x')) }]`,
  );
  child.kill('SIGINT');
  expect(await ended()).toEqual({ code: 1, words: ['store'] });
});

test('a part that never closes is left when the time is over', async () => {
  const { child, ended } = await startProcess(
    `[${part('store')}, { name: 'api', close: () => new Promise(() => {}) }]`,
    100,
  );
  child.kill('SIGTERM');
  expect(await ended()).toEqual({ code: 1, words: [] });
});
