/** Decoding right to the byte, by the tables and reference lines of the WHATWG Encoding standard. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePage } from '@wirefold/article';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';

/** sha256 of the lines, the tables and the labels, one file after another by name. */
const DATA_SHA256 = 'cb711270c3722cf7437197190f0431ff1775705d61dee9a87c5da2dd9b254492';
const FOLDERS = ['multibyte', 'single-byte'] as const;
const FIRST_BYTE = 0x80;

/** The charset that each file of lines is written in, and how many lines there are. */
const LINES: Record<string, { charset: string; lines: number }> = {
  big5: { charset: 'big5', lines: 19_786 },
  euc_kr: { charset: 'euc-kr', lines: 23_944 },
  gb18030: { charset: 'gb18030', lines: 23_944 },
  iso_2022_jp: { charset: 'iso-2022-jp', lines: 8_840 },
  jis0208: { charset: 'euc-jp', lines: 8_840 },
  jis0212: { charset: 'euc-jp', lines: 8_840 },
  shift_jis: { charset: 'shift_jis', lines: 11_284 },
};

/** A letter as a page in each charset that needs more than a byte for it. */
const LETTERS: Record<string, number[]> = {
  'utf-8': [0xe6, 0x97, 0xa5],
  gbk: [0xc8, 0xd5],
  gb18030: [0xc8, 0xd5],
  big5: [0xa4, 0xe9],
  'euc-jp': [0xc6, 0xfc],
  'iso-2022-jp': [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42],
  shift_jis: [0x93, 0xfa],
  'euc-kr': [0xec, 0xed],
  'utf-16be': [0x65, 0xe5, 0, 0x41],
  'utf-16le': [0xe5, 0x65, 0x41, 0],
};
const LETTER = '日';

/** The folder of the data, the same as it was read from before. */
function openData(context: Parameters<typeof sharedPath>[0]): string {
  const folder = sharedPath(context, 'data', 'encoding');
  const hash = createHash('sha256');
  for (const name of FOLDERS) {
    for (const file of readdirSync(join(folder, name)).sort()) hash.update(readFileSync(join(folder, name, file)));
  }
  hash.update(readFileSync(join(folder, 'encodings.json')));
  expect(hash.digest('hex'), 'other data: count again').toBe(DATA_SHA256);
  return folder;
}

/** The characters of the upper half of a table, by their bytes. */
function* entriesOf(table: string): Generator<[byte: number, character: string]> {
  for (const [, index, point] of table.matchAll(/^ *(\d+)\t0x([0-9A-F]+)\t/gm))
    yield [FIRST_BYTE + Number(index), String.fromCodePoint(Number.parseInt(point ?? '', 16))];
}

describe('decodePage by the Encoding standard', () => {
  test('gives every byte of every single-byte charset its character', (context) => {
    const folder = join(openData(context), 'single-byte');
    const files = readdirSync(folder);
    const wrong: string[] = [];
    let entries = 0;
    for (const file of files) {
      const charset = file.replace(/^index-|\.txt$/g, '');
      for (const [byte, character] of entriesOf(readFileSync(join(folder, file), 'utf8'))) {
        entries += 1;
        const { html } = decodePage(Uint8Array.from([byte]), `text/html; charset=${charset}`);
        if (html !== character) wrong.push(`${charset} ${byte}: ${html} is not ${character}`);
      }
    }
    expect(wrong).toEqual([]);
    expect([files.length, entries]).toEqual([27, 3_342]);
  });

  test('reads all lines of the multi-byte charsets as their references have them', (context) => {
    const folder = join(openData(context), 'multibyte');
    for (const [name, { charset, lines }] of Object.entries(LINES)) {
      const reference = readFileSync(join(folder, `${name}_in_ref.txt`), 'utf8').split('\n');
      const page = readFileSync(join(folder, `${name}_in.txt`));
      const read = decodePage(page, `text/html; charset=${charset}`);
      expect(read.charset).toBe(charset);
      const wrong = read.html.split('\n').filter((line, index) => line !== reference[index]);
      expect(wrong.slice(0, 5), name).toEqual([]);
      expect(reference.length - 1, name).toBe(lines);
    }
  });

  test('knows every label that decodes to anything', (context) => {
    const groups = JSON.parse(readFileSync(join(openData(context), 'encodings.json'), 'utf8')) as {
      encodings: { name: string; labels: string[] }[];
    }[];
    const known = groups
      .flatMap(({ encodings }) => encodings)
      .filter(({ name }) => !/^(?:replacement|x-user)/.test(name));
    const labels = known.flatMap(({ name, labels: own }) => own.map((label) => [label, name.toLowerCase()] as const));
    const wrong = labels.filter(([label, name]) => {
      const page = Uint8Array.from(LETTERS[name] ?? [0x41, 0xe1]);
      const read = decodePage(page, `text/html; charset="${label.toUpperCase()}"`);
      return read.charset !== name || (name in LETTERS && !read.html.startsWith(LETTER));
    });
    expect(wrong).toEqual([]);
    expect(labels).toHaveLength(221);
  });
});
