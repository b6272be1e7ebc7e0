import { judge, type SignedText } from '@wirefold/dedup';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCanonical } from './canonical.ts';
import { decideStories } from './decide.ts';
import { contradictionOf, type Decision, type DecisionKind } from './decision.ts';
import { planStories } from './plan.ts';
import { rememberVerdicts } from './remember.ts';
import type { ExistingStory, Member, StoryPlan } from './story.ts';
import { family, member, signed, words } from './testing/members.ts';

const remembering = rememberVerdicts(judge, 10_000);

const TEXTS = [...family('ferry'), ...family('budget'), signed(words('alone', 90)), signed('Read more here.')];
/** Two articles print each text. */
const MEMBERS = TEXTS.flatMap(({ hash }, at) => [`a${at}`, `b${at}`].map((id) => member(id, { textHash: hash })));

const hashOf = (articleId: string) => MEMBERS.find((each) => each.articleId === articleId)?.textHash ?? '';

function decided(id: number, kind: DecisionKind, ...sides: string[][]): Decision {
  const named = sides.map((articleIds) => ({ articleIds, textHashes: articleIds.map(hashOf) }));
  return { id, kind, at: '2026-03-01T08:00:00.000Z', by: 'desk', note: null, sides: named };
}

const idsOf = ({ canonical, mirrors }: StoryPlan) => [canonical, ...mirrors.map(({ articleId }) => articleId)].sort();
const plan = (decisions: Decision[], members = MEMBERS, texts = TEXTS) =>
  planStories(texts, members, remembering, remembering, 0, decisions);
const storyOf = (plans: StoryPlan[], articleId: string) =>
  plans.find((each) => idsOf(each).includes(articleId)) as StoryPlan;
const areTogether = (plans: StoryPlan[], a: string, b: string) => storyOf(plans, a) === storyOf(plans, b);

const ids = MEMBERS.map(({ articleId }) => articleId);
const someIds = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 6 });
const someDecisions = fc
  .array(fc.tuple(fc.constantFrom<DecisionKind>('split', 'merge', 'pin'), someIds, someIds), { maxLength: 6 })
  .map((drawn) =>
    drawn.map(([kind, first, second], at) => {
      const others = second.filter((id) => !first.includes(id));
      return kind === 'pin' ? decided(at + 1, kind, first.slice(0, 1)) : decided(at + 1, kind, first, others);
    }),
  );
const order = <Each>(all: readonly Each[]) => fc.shuffledSubarray([...all], { minLength: all.length });

describe('what people decided', () => {
  it('makes one partition, whatever the order of texts, articles and decisions', () => {
    fc.assert(
      fc.property(
        someDecisions.chain((all) => fc.tuple(fc.constant(all), order(all), order(MEMBERS), order(TEXTS))),
        ([decisions, shuffled, members, texts]) => {
          expect(plan(shuffled, members, texts)).toEqual(plan(decisions));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never leaves two in one story that are held apart, and holds each other mirror by a link or by a decision', () => {
    fc.assert(
      fc.property(someDecisions, (decisions) => {
        const plans = plan(decisions);
        expect(plans.flatMap(idsOf).sort()).toEqual([...ids].sort());
        for (const { kind, sides } of decisions) {
          if (kind !== 'split') continue;
          for (const a of sides[0]?.articleIds ?? [])
            for (const b of sides[1]?.articleIds ?? []) expect(areTogether(plans, a, b)).toBe(false);
        }
        for (const { mirrors } of plans)
          for (const { verdict, via, byHand } of mirrors)
            expect(verdict.linked || via?.verdict.linked === true || byHand !== undefined).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('comes to the same stories however decisions and articles come in between each other', () => {
    type Step = { article: Member } | { decision: Decision };
    fc.assert(
      fc.property(
        someDecisions.chain((all) =>
          fc.tuple(
            fc.constant(all),
            order<Step>([...MEMBERS.map((article) => ({ article })), ...all.map((decision) => ({ decision }))]),
          ),
        ),
        ([all, steps]) => {
          let next = 0;
          const decide = decideStories({ judge: remembering, windowDays: 0, newStoryId: () => `s${next++}` });
          const members: Member[] = [];
          const decisions: Decision[] = [];
          let stories: ExistingStory[] = [];
          for (const [at, step] of steps.entries()) {
            if ('article' in step) members.push(step.article);
            else decisions.push(step.decision);
            // Several workers at once see some steps together.
            if (at % 5 !== 0 && at < steps.length - 1) continue;
            const texts = TEXTS.filter(({ hash }) => members.some(({ textHash }) => textHash === hash));
            const changes = decide({ texts, members, stories, decisions });
            const createdAt = new Date(at * 1000).toISOString();
            const before = new Map(stories.map((story) => [story.id, story.createdAt]));
            stories = changes.stories.map(({ id, plan: planned }) => ({
              id,
              createdAt: before.get(id) ?? createdAt,
              canonical: planned.canonical,
              articleIds: idsOf(planned),
            }));
            const live = new Set(stories.map(({ id }) => id));
            for (const id of before.keys())
              expect(live.has(id) || changes.merged.some(({ from, into }) => from === id && live.has(into))).toBe(true);
          }
          const sets = (each: string[][]) => each.map((story) => story.sort().join(' ')).sort();
          expect(sets(stories.map(({ articleIds }) => articleIds))).toEqual(sets(plan(all).map(idsOf)));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('a split', () => {
  const ferry = [0, 1, 2, 3].flatMap((at) => [`a${at}`, `b${at}`]);
  const split = decided(1, 'split', ['a3'], ['a0', 'a1', 'a2', 'b0', 'b1', 'b2']);

  it('sets an article apart with the copies that print its text, and leaves the rest together', () => {
    const plans = plan([split]);
    expect(idsOf(storyOf(plans, 'a3'))).toEqual(['a3', 'b3']);
    expect(idsOf(storyOf(plans, 'a0'))).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2']);
    expect(idsOf(storyOf(plan([]), 'a0'))).toEqual(ferry.sort());
  });

  it('goes on where its article is revised, and for the copies of the text that it had', () => {
    const members = MEMBERS.map((each) => (each.articleId === 'a3' ? { ...each, textHash: hashOf('a1') } : each));
    const plans = plan([split], members);
    expect(areTogether(plans, 'a3', 'a1')).toBe(false);
    expect(areTogether(plans, 'b3', 'a0')).toBe(false);
  });

  it('leaves the story what comes later and is near to both sides, however much of it the one set apart holds', () => {
    const [whole, head, tail] = [TEXTS[0], TEXTS[1], TEXTS[2]] as [SignedText, SignedText, SignedText];
    const later = signed(words('ferryb', 60), words('ferryc', 60), words('ferrylater', 20));
    const members = [whole, head, tail, later].map(({ hash }, at) => member(`m${at}`, { textHash: hash }));
    const sides = [whole, tail].map(({ hash }, at) => ({ articleIds: [at === 0 ? 'm0' : 'm2'], textHashes: [hash] }));
    const plans = plan([{ ...decided(1, 'split'), sides }], members, [whole, head, tail, later]);
    expect(areTogether(plans, 'm2', 'm3')).toBe(true);
    expect(areTogether(plans, 'm0', 'm2')).toBe(false);
  });

  it('parts articles that print one text to the letter, and a further copy stays with the story', () => {
    const copies = ['x', 'y', 'z'].map((id) => member(id, { textHash: TEXTS[0]?.hash as string }));
    const part = { articleIds: ['x'], textHashes: [TEXTS[0]?.hash as string] };
    const rest = { articleIds: ['y'], textHashes: [TEXTS[0]?.hash as string] };
    const plans = plan([{ ...decided(1, 'split'), sides: [part, rest] }], copies);
    expect(plans.map(idsOf)).toEqual([['x'], ['y', 'z']]);
    expect(plans.every(({ texts }) => texts[0] === TEXTS[0]?.hash)).toBe(true);
  });

  it('keeps apart what a page declares as one article', () => {
    const claim = { url: 'https://a.example/a', articleId: 'a0', sign: 'canonical', isKin: true } as const;
    const members = MEMBERS.map((each) => (each.articleId === 'a3' ? { ...each, claims: [claim] } : each));
    const decide = decideStories({ judge: remembering, windowDays: 0, newStoryId: () => 's' });
    const component = { texts: TEXTS, members, stories: [] };
    expect(decide(component).spellings).toEqual([{ articleId: 'a3', into: 'a0', sign: 'canonical' }]);
    expect(decide({ ...component, decisions: [split] }).spellings).toEqual([]);
  });
});

describe('a merge', () => {
  const merge = decided(1, 'merge', ['a0', 'b0'], ['a4', 'b4']);

  it('makes two stories one, names itself at each mirror that no link holds, and goes on where an article is removed', () => {
    const story = storyOf(plan([merge]), 'a0');
    expect(idsOf(story)).toHaveLength(16);
    const byHand = story.mirrors.filter((mirror) => mirror.byHand !== undefined);
    expect(byHand).toHaveLength(8);
    expect(byHand[0]?.byHand).toEqual({ decision: 1, at: merge.at, by: 'desk', note: null });
    const left = MEMBERS.filter(({ articleId }) => articleId !== 'a0' && articleId !== 'a4' && articleId !== 'b4');
    // A copy that prints the text of one that is gone.
    const copy = member('c4', { textHash: hashOf('a4') });
    expect(areTogether(plan([merge], [...left, copy]), 'b0', 'c4')).toBe(true);
  });

  it('goes on for the rest where a few articles are set apart again', () => {
    const plans = plan([merge, decided(2, 'split', ['a0', 'b0'], ['a1', 'a2', 'a3', 'a4', 'b4'])]);
    expect(areTogether(plans, 'a0', 'a4')).toBe(false);
    const others = plan([
      decided(1, 'merge', ['a0', 'a1', 'b1'], ['a4']),
      decided(2, 'split', ['a0', 'b0'], ['a1', 'b1', 'a4']),
    ]);
    expect(areTogether(others, 'a1', 'a4')).toBe(true);
    expect(areTogether(others, 'a0', 'a4')).toBe(false);
  });

  it('is of the article that was named, and not of another that prints its text and was set apart from it', () => {
    const text = TEXTS[0]?.hash as string;
    const members = [
      ...['x', 'y'].map((id) => member(id, { textHash: text })),
      member('a4', { textHash: hashOf('a4') }),
    ];
    const named = (...articleIds: string[]) => ({ articleIds, textHashes: [text] });
    const parted = { ...decided(1, 'split'), sides: [named('x'), named('y')] };
    const joined = { ...decided(2, 'merge', [], ['a4']), sides: [named('x'), { articleIds: ['a4'], textHashes: [] }] };
    expect(plan([parted, joined], members).map(idsOf).sort()).toEqual([['a4', 'x'], ['y']]);
  });

  it('takes articles of next to no words', () => {
    expect(areTogether(plan([]), 'a9', 'b9')).toBe(false);
    expect(areTogether(plan([decided(1, 'merge', ['a9'], ['b9'])]), 'a9', 'b9')).toBe(true);
  });
});

describe('a decision that stands against another one', () => {
  const split = decided(1, 'split', ['a3'], ['a0', 'a1']);
  const merge = decided(2, 'merge', ['a0', 'a1'], ['a4', 'a5']);

  it('is a merge of what a split holds apart', () => {
    const again = decided(3, 'merge', ['a3', 'b3'], ['a0']);
    expect(contradictionOf(again, [merge, split], MEMBERS)).toBe(split);
    expect(contradictionOf(decided(3, 'merge', ['b3'], ['a4']), [merge, split], MEMBERS)).toBeNull();
  });

  it('is a split that leaves nothing of a merge, and not one of a few articles', () => {
    expect(contradictionOf(decided(3, 'split', ['a4', 'a5'], ['a0', 'a1']), [merge], MEMBERS)).toBe(merge);
    expect(contradictionOf(decided(3, 'split', ['a4'], ['a0', 'a1', 'a5']), [merge], MEMBERS)).toBeNull();
    expect(contradictionOf(decided(3, 'split', ['a0'], ['a1']), [merge], MEMBERS)).toBeNull();
  });
});

describe('a pin', () => {
  it('leads before all evidence, the latest of several, and says so', () => {
    const early = { at: '2026-01-01T00:00:00Z', uncertaintyMs: 0, evidence: '' };
    const members = [member('early', { published: early }), member('gone', { isGone: true }), member('other')];
    const pins = [decided(2, 'pin', ['gone']), decided(1, 'pin', ['other'])];
    expect(chooseCanonical(members, [decided(7, 'pin', ['nobody'])]).articleId).toBe('early');
    expect(chooseCanonical(members, pins)).toEqual({
      articleId: 'gone',
      reasons: [{ code: 'pinned', text: 'pinned by a person, the latest of 2 pins' }],
    });
    expect(chooseCanonical(members, pins.slice(1)).reasons[0]?.text).toBe('pinned by a person');
  });
});
