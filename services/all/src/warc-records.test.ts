import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WarcReading, warcRecords } from './warc-records.ts';

const record = (name: string, block: string | Buffer = `the block of ${name}`, length = Buffer.byteLength(block)) =>
  Buffer.concat([
    Buffer.from(`WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: ${name}\r\nContent-Length: ${length}\r\n\r\n`),
    Buffer.from(block),
    Buffer.from('\r\n\r\n'),
  ]);
const NAMES = ['one', 'two', 'three', 'four'];
const RECORDS = NAMES.map((name) => record(name));
/** Bytes that do not deflate, so that members are as long as they are. */
const noise = (bytes: number) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(bytes / 32) }, (_, at) => createHash('sha256').update(`${at}`).digest()),
  );

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size = 65_536, isWanted = true): Promise<WarcReading[]> {
  const readings: WarcReading[] = [];
  for await (const reading of warcRecords(pieces(bytes, size), async () => isWanted)) readings.push(reading);
  return readings;
}

/** Names of records, and what is wrong with the others. */
const told = (readings: WarcReading[]) =>
  readings.map((reading) =>
    reading.kind === 'record' ? reading.record.headers.get('warc-record-id') : `${reading.at}: ${reading.problem}`,
  );

describe('records of an archive', () => {
  const shapes = {
    'as they are': Buffer.concat(RECORDS),
    'with a gzip member each': Buffer.concat(RECORDS.map((one) => gzipSync(one))),
    'in one gzip member': gzipSync(Buffer.concat(RECORDS)),
    'across gzip members': Buffer.concat(
      [0, 1, 2, 3, 4].map((part) =>
        gzipSync(Buffer.concat(RECORDS).subarray(part * 80, part < 4 ? part * 80 + 80 : undefined)),
      ),
    ),
  };

  it.each(Object.entries(shapes))('are the same %s, however the bytes come', async (_, bytes) => {
    for (const size of [1, 2, 3, 5, 7, 64, 1000]) {
      const readings = await read(bytes, size);
      expect(told(readings), `${size} bytes at a time`).toEqual(NAMES);
      expect(readings.map((reading) => reading.kind === 'record' && String(reading.record.block))).toEqual(
        NAMES.map((name) => `the block of ${name}`),
      );
    }
  });

  it('say at which byte of the archive they begin', async () => {
    for (const members of [RECORDS, RECORDS.map((one) => gzipSync(one))]) {
      const starts = members.map((_, index) => Buffer.concat(members.slice(0, index)).length);
      const readings = await read(Buffer.concat(members), 100);
      expect(readings.map((reading) => reading.kind === 'record' && reading.record.at)).toEqual(starts);
    }
  });

  it('keep only the beginning of a block that is not wanted', async () => {
    const bytes = Buffer.concat([record('long', noise(300_000)), record('after')]);
    const [long, after] = await read(bytes, 10_000, false);
    expect(long).toMatchObject({ record: { number: 1, length: noise(300_000).length } });
    expect(long?.kind === 'record' && long.record.block.equals(noise(300_000).subarray(0, 65_536))).toBe(true);
    expect(after).toMatchObject({ record: { number: 2, block: Buffer.from('the block of after') } });
  });

  it('may lack the empty lines between them', async () => {
    const bare = RECORDS.map((one) => Buffer.concat([one.subarray(0, -4), Buffer.from('\r\n')]));
    expect(told(await read(Buffer.concat(bare), 7))).toEqual(NAMES);
  });
});

describe('a broken archive', () => {
  it('gives what comes before it is cut off, and names what is, wherever that is', { timeout: 60_000 }, async () => {
    for (const members of [RECORDS, RECORDS.map((one) => gzipSync(one))]) {
      const [last] = members.slice(-1) as [Buffer];
      const whole = Buffer.concat(members);
      const at = whole.length - last.length;
      for (let end = at + 1; end < whole.length - 4; end += 1) {
        const found = told(await read(whole.subarray(0, end), 50));
        // Of the last record everything may be there but the check value of its member.
        if (found[3] === 'four' && members !== RECORDS && end > whole.length - 9) continue;
        expect(found, `cut at ${end}`).toEqual(['one', 'two', 'three', expect.stringMatching(new RegExp(`^${at}: `))]);
      }
    }
  });

  it('loses one record where a gzip member is damaged, and goes on at the next', async () => {
    const members = [...NAMES].map((name) => gzipSync(record(name, noise(50_000))));
    const second = members[0]?.length ?? 0;
    for (const offset of [1, 12, 500, 40_000]) {
      const bytes = Buffer.concat(members);
      bytes.fill(0xff, second + offset, second + offset + 40);
      for (const size of [1_000, 65_536, 1_000_000]) {
        const found = told(await read(bytes, size));
        expect(
          found.filter((name) => NAMES.includes(name ?? '')),
          `${offset} by ${size}`,
        ).toEqual(['one', 'three', 'four']);
        expect(found[1]).toMatch(new RegExp(`^${second}: `));
      }
    }
  });

  it('loses a cut-off member in the middle only', async () => {
    const members = NAMES.map((name) => gzipSync(record(name, noise(50_000))));
    members[1] = members[1]?.subarray(0, 20_000) as Buffer<ArrayBuffer>;
    expect(told(await read(Buffer.concat(members), 30_000))).toEqual([
      'one',
      `${members[0]?.length}: it cannot be unpacked`,
      'three',
      'four',
    ]);
  });

  it.each([
    ['too short a length', record('two', 'some text\r\nand more of it', 3), 'its length is not'],
    ['no length', Buffer.from('WARC/1.0\r\nWARC-Type: resource\r\n\r\ntext\r\n\r\n'), 'it says no length'],
    ['a length that is none', Buffer.from('WARC/1.0\r\nContent-Length: -5\r\n\r\ntext\r\n\r\n'), 'it says no length'],
    ['something else', Buffer.from('<html><p>no record\r\n\r\n'), 'no WARC record begins here'],
  ])('goes on after a record with %s', async (_, broken, problem) => {
    for (const pack of [(bytes: Buffer) => bytes, (bytes: Buffer) => gzipSync(bytes)]) {
      const members = [record('one'), broken, record('three')].map(pack);
      const found = told(await read(Buffer.concat(members), 40));
      expect(found).toEqual(['one', expect.stringContaining(`${members[0]?.length}: ${problem}`), 'three']);
    }
  });

  it('takes no header for endless', async () => {
    const bytes = Buffer.concat([Buffer.from(`WARC/1.0\r\n${'X: y\r\n'.repeat(20_000)}`), record('after')]);
    expect(told(await read(bytes))).toEqual(['0: its header has no end', 'after']);
  });

  it('says what is wrong where nothing is a record', async () => {
    expect(told(await read(Buffer.alloc(0)))).toEqual(['0: the file is empty']);
    expect(told(await read(Buffer.from('%PDF-1.7 and more')))).toEqual(['0: no WARC record begins here']);
    expect(told(await read(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0])))).toEqual([expect.stringContaining('zstd -dc')]);
  });

  it('ends, whatever the bytes are', async () => {
    const part = fc.oneof(
      fc.constantFrom(...RECORDS, ...RECORDS.map((one) => gzipSync(one) as Buffer), Buffer.from([0x1f, 0x8b, 8, 0])),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), fc.integer({ min: 1, max: 500 }), async (parts, size) => {
        const bytes = Buffer.concat(parts);
        const readings = await read(bytes, size);
        expect(readings.length).toBeLessThanOrEqual(bytes.length + 1);
      }),
    );
  });
});
