import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wirefold } from './support/command-line.ts';
import { freePort } from './support/free-port.ts';
import { startEmbedded, type Wirefold } from './support/wirefold.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirefold-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const idOf = (key: string) => key.split('_')[1] ?? '';

describe('keys', { timeout: 120_000 }, () => {
  const dataDir = join(folder, 'data');
  const keys = (args: string[], env: Record<string, string> = {}) =>
    wirefold(['keys', ...args], '', { DATA_DIR: dataDir, ...env });
  let admin: string;

  beforeAll(async () => {
    const made = await keys(['create', '--scope', 'admin', '--name', 'News desk']);
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^wf_[0-9a-f]{12}_[\w-]{43}\n$/)]);
    expect(made.stderr).toContain('it is not shown again');
    admin = made.stdout.trim();
  }, 120_000);

  it('are made, listed and revoked in a folder that no service has', async () => {
    const made = await keys(['create', '--scope', 'read,submit', '--name', 'Scraper']);
    const id = idOf(made.stdout.trim());
    const listed = await keys(['list']);
    expect(listed.stdout).toContain(`${id}\tread,submit\t`);
    expect(listed.stdout).toContain('\tnever\tScraper\n');
    expect(listed.stdout).not.toContain(made.stdout.trim().slice(16));
    expect(await keys(['revoke', id])).toMatchObject({ code: 0, stderr: expect.stringContaining(`${id} is revoked`) });
    expect(await keys(['revoke', id])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no key with this id'),
    });
  });

  it.each([
    [['create', '--name', 'x'], /--scope is empty/],
    [['create', '--scope', 'root', '--name', 'x'], /must be one of read, submit, admin/],
    [['create', '--scope', 'read'], /takes --name/],
    [['revoke'], /keys takes create, list, or revoke/],
  ])('%j ends with 2 and says what is missing', async (args, says) => {
    const { code, stderr } = await keys(args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
  });

  describe('while a service has the folder', () => {
    let service: Wirefold | undefined;
    let environment: Record<string, string>;
    beforeAll(async () => {
      service = await startEmbedded(dataDir, { HOST: '0.0.0.0' });
      environment = { PORT: new URL(service.baseUrl).port };
    }, 120_000);
    afterAll(() => service?.stop());

    it('the service has the key that was made before, so it may listen to the network', async () => {
      expect((await service?.get('/v1/stories'))?.status).toBe(401);
    });

    it('are made by asking the service, with an admin key', async () => {
      const create = ['create', '--scope', 'submit', '--name', 'Late'];
      const refused = await keys(create, environment);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('set WIREFOLD_KEY')]);
      const made = await keys(create, { ...environment, WIREFOLD_KEY: admin });
      expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^wf_/)]);
      const key = made.stdout.trim();
      expect((await keys(['list'], { ...environment, WIREFOLD_KEY: admin })).stdout).toContain('\tsubmit\t');
      const submit = ['submit', 'http://courier.test/a'];
      expect((await wirefold(submit, '', { ...environment, WIREFOLD_KEY: key })).code).toBe(0);
      const without = await wirefold(submit, '', environment);
      expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('set WIREFOLD_KEY')]);
      expect((await keys(['revoke', idOf(key)], { ...environment, WIREFOLD_KEY: admin })).code).toBe(0);
      expect((await wirefold(submit, '', { ...environment, WIREFOLD_KEY: key })).code).toBe(2);
    });
  });
});

it('a service that would be open to the network does not start, and says how it may', {
  timeout: 120_000,
}, async () => {
  const environment = { DATA_DIR: join(folder, 'other'), HOST: '0.0.0.0', PORT: String(await freePort()) };
  const { code, stderr } = await wirefold(['serve'], '', environment);
  expect(code).toBe(2);
  expect(stderr).toContain('keys create --scope admin');
  expect(stderr).toContain('OPEN_ACCESS=true');
});
