import { describe, expect, test } from 'vitest';
import { namesIn } from './names.ts';

const words = (title: string, text: string) => namesIn(title, text).map(({ word }) => word);

const FERRY =
  'The ferry Morven ran aground off Skarvik on Tuesday morning with eighty people on board, the coastguard of Norway said.\n' +
  'Its captain, Orla Finch, had warned the Bank of Tarn about the charts of Skarvik before, and nobody answered her.\n' +
  'Finch said the Morven’s crew had done what they could while they waited for the lifeboat from the other shore.';

describe('the names of a text', () => {
  test('are words with a capital that is not the sentence’s', () => {
    expect(words('', FERRY)).toEqual(expect.arrayContaining(['morven', 'skarvik', 'norway', 'orla', 'finch', 'tarn']));
    expect(words('', FERRY)).not.toContain('the');
    expect(words('', FERRY)).not.toContain('its');
  });

  test('are none that stand without a capital elsewhere', () => {
    expect(
      words('', `${FERRY}\nOne Captain after another said to the court that a captain is never heard by any bank.`),
    ).not.toContain('captain');
  });

  test('are told at their longest, and with the small words inside', () => {
    const runs = new Map(namesIn('', FERRY).map(({ word, run }) => [word, run.join(' ')]));
    expect(runs.get('finch')).toBe('Orla Finch');
    expect(runs.get('tarn')).toBe('Bank of Tarn');
    expect(runs.get('skarvik')).toBe('Skarvik');
  });

  test('come first where the title and the opening have them', () => {
    const [first] = namesIn('Finch warned of the charts', FERRY);
    expect(first).toMatchObject({ word: 'finch', weight: 6, isHead: true });
    const late = `${FERRY}\n${'the people of the town stood on the quay and looked at the sea for a while '.repeat(4)}near Ulvik.`;
    expect(namesIn('', late).find(({ word }) => word === 'ulvik')).toMatchObject({ weight: 1, isHead: false });
  });

  test('are not read in menus, headings and tables', () => {
    expect(words('', 'Home News Sport Weather Travel Culture Opinion Video Podcasts Newsletters Shop Jobs')).toEqual(
      [],
    );
    expect(words('', 'Oper shr 20 cts vs 30 cts Oper net 12 mln vs 14 mln in the Revs of 70 mln vs 80 mln')).toEqual(
      [],
    );
    expect(words('Skarvik waits', 'Skarvik waits for Orla Finch')).toEqual([]);
  });

  test('are at most sixteen, and none is longer than a name can be', () => {
    const letters = [...'abcdefghijklmnopqrst'];
    const many = letters.map(
      (letter) => `the people of the town met ${letter.toUpperCase()}${letter.repeat(5)} again today`,
    );
    expect(namesIn('', many.join(' and ')).length).toBe(16);
    expect(words('', `${FERRY.split('\n')[1]} and ${'X'.repeat(5_000)}`)).not.toContain('x'.repeat(5_000));
  });

  test('are unknown in a script without capitals', () => {
    expect(words('渡轮搁浅', '渡轮周二上午在斯卡维克附近搁浅，船上有八十人，挪威海岸警卫队说。'.repeat(20))).toEqual(
      [],
    );
    expect(
      words('عبارة', 'جنحت العبارة صباح الثلاثاء قرب سكارفيك وعلى متنها ثمانون شخصا كما قال خفر السواحل في النرويج'),
    ).toEqual([]);
  });
});
