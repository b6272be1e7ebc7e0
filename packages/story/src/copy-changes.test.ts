import { describe, expect, test } from 'vitest';
import { copyChanges, type PrintedCopy } from './copy-changes.ts';

const NO_CREDIT: PrintedCopy['credit'] = { agency: null, dateline: null, declaredOriginal: null, evidence: [] };
const AP = { id: 'ap', name: 'Associated Press' };

const PROSE = `The pilot boat left the quay at dawn with four men aboard. It found the buoy dark and the channel full of ice.

The harbour master closed the port for the night, and nobody was hurt.`;

function copy(body: string, more: Partial<PrintedCopy> = {}): PrintedCopy {
  return { body, boilerplate: [], byline: null, credit: NO_CREDIT, ...more };
}

const changed = (a: PrintedCopy, b: PrintedCopy) =>
  copyChanges(a, b).operations.flatMap(({ kind, nature, text }) =>
    kind === 'kept' ? [] : [`${nature}: ${kind} ${text.trim()}`],
  );

describe('what a copy changed', () => {
  test('is nothing where it prints the same', () => {
    const { editorial, boilerplate, credit } = copyChanges(copy(PROSE), copy(PROSE));
    for (const count of [editorial, boilerplate, credit]) expect(count).toEqual({ places: 0, words: 0 });
  });

  test('in its prose is editorial, and a replaced passage counts as the longer side', () => {
    const other = copy(PROSE.replace('four men', 'a crew of five').replace(', and nobody was hurt', ''));
    expect(changed(copy(PROSE), other)).toEqual([
      'editorial: removed four men',
      'editorial: added a crew of five',
      'editorial: removed , and nobody was hurt',
    ]);
    expect(copyChanges(copy(PROSE), other).editorial).toEqual({ places: 2, words: 8 });
  });

  test('by the furniture of its site is boilerplate, on either side', () => {
    const pitch = 'Sign up for our morning letter.';
    const body = `${PROSE}\n\n${pitch}`;
    const other = copy(body, {
      boilerplate: [{ start: PROSE.length + 2, end: body.length, rule: 'newsletter-pitch' }],
    });
    expect(changed(copy(PROSE), other)).toEqual([`boilerplate: added ${pitch}`]);
    expect(changed(other, copy(PROSE))).toEqual([`boilerplate: removed ${pitch}`]);
    expect(copyChanges(copy(PROSE), other).boilerplate).toEqual({ places: 1, words: 6 });
  });

  test('in dateline, byline and credit line is credit', () => {
    const dateline = 'VARHOLM (AP) —';
    const line = 'The Associated Press contributed to this report.';
    const wire = copy(`${dateline} ${PROSE}\n\n${line}`, {
      credit: {
        ...NO_CREDIT,
        agency: AP,
        dateline: { place: 'VARHOLM', date: null, agency: AP, text: dateline },
        evidence: [{ kind: 'contribution', agency: AP, text: line.slice(0, -1), where: 'body' }],
      },
    });
    const own = copy(`By Tove Lind\n\n${PROSE}`, { byline: 'By Tove Lind' });
    expect(changed(wire, own)).toEqual([
      `credit: removed ${dateline}`,
      'credit: added By Tove Lind',
      `credit: removed ${line}`,
    ]);
    expect(copyChanges(wire, own).credit.places).toBe(2);
  });

  test('is cut where prose and boilerplate meet', () => {
    const added = 'Two more boats joined the search. Subscribe to read on.';
    const body = `${PROSE}\n\n${added}`;
    const start = body.indexOf('Subscribe');
    const other = copy(body, { boilerplate: [{ start, end: body.length, rule: 'paywall' }] });
    expect(changed(copy(PROSE), other)).toEqual([
      'editorial: added Two more boats joined the search.',
      'boilerplate: added Subscribe to read on.',
    ]);
    const { editorial, boilerplate } = copyChanges(copy(PROSE), other);
    expect([editorial, boilerplate]).toEqual([
      { places: 1, words: 6 },
      { places: 1, words: 4 },
    ]);
  });

  test('is boilerplate where a credit stands within the furniture of the site', () => {
    const foot = 'Copyright 2026 The Associated Press. All rights reserved.';
    const body = `${PROSE}\n\n${foot}`;
    const credit = { ...NO_CREDIT, evidence: [{ kind: 'credit-line' as const, agency: AP, text: foot }] };
    const boilerplate = [{ start: PROSE.length + 2, end: body.length, rule: 'copyright' }];
    expect(changed(copy(PROSE), copy(body, { credit, boilerplate }))).toEqual([`boilerplate: added ${foot}`]);
  });

  test('in the middle of the prose is editorial even where it names the writer of the byline', () => {
    const long = `${PROSE}\n\n`.repeat(6);
    const other = copy(`${long}Later Tove Lind fell ill.\n\n${long}`, { byline: 'Tove Lind' });
    expect(changed(copy(long + long), other).join()).toMatch(/^editorial: added Later Tove Lind fell ill\.$/);
  });
});
