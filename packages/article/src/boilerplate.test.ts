import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoilerplateSpan } from './article.ts';
import { comparisonText, findBoilerplate, ownText } from './boilerplate.ts';
import { BOILERPLATE_RULES } from './boilerplate-rules.ts';

const OWN = 'Ferries sail again between the two towns, the harbour master said on Monday.';

function named(body: string): [rule: string, text: string][] {
  return findBoilerplate(body).map(({ start, end, rule }) => [rule, body.slice(start, end)]);
}

describe('a sentence of the site', () => {
  it.each([
    ['recaptcha', 'This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply.'],
    ['recaptcha', 'There was a problem with the reCAPTCHA.'],
    ['newsletter-pitch', 'You can unsubscribe at any time.'],
    ['newsletter-pitch', 'Sign up for our free morning newsletter .'],
    ['newsletter-pitch', 'Get the day’s top stories delivered to your inbox!'],
    ['newsletter-pitch', 'By signing up, you agree to our terms of use and privacy policy .'],
    ['cookie-notice', 'We use cookies to improve your experience on our website.'],
    ['cookie-notice', 'By continuing to browse you accept our use of cookies.'],
    ['subscribe-pitch', 'Subscribe to continue reading.'],
    ['subscribe-pitch', 'Already a subscriber?'],
    ['share-bar', 'Follow Jane Roe on Bluesky: @janeroe.'],
    ['share-bar', 'Follow us on Instagram and TikTok.'],
    ['comments', 'Comments are closed.'],
    ['rights', '© 2031 Example Media Group.'],
    ['rights', 'All rights reserved.'],
    ['rights', 'This material may not be published, broadcast, rewritten or redistributed.'],
    ['ad-marker', 'Story continues below advertisement.'],
  ])('is %s: %s', (rule, sentence) => {
    expect(named(`${OWN} ${sentence} ${OWN}`)).toEqual([[rule, sentence]]);
  });
});

describe('a line of the site', () => {
  it.each([
    ['comments', 'Comments'],
    ['comments', 'No comments yet...'],
    ['comments', 'Comments (12)'],
    ['related', 'Related Articles'],
    ['related', 'Read more: Ferries stood still all winter'],
    ['related', 'Lire aussi : Les bacs de nouveau en service'],
    ['share-bar', 'Facebook Twitter WhatsApp Email'],
    ['share-bar', 'Share this article'],
    ['share-bar', 'Click to share on Facebook (Opens in new window)'],
    ['ai-pitch', 'Try Our AI Features'],
    ['ai-pitch', 'Explore what Harbour7 AI can do for you:'],
    ['ad-marker', 'Advertisement'],
    ['ad-marker', 'Anzeige'],
    ['time-label', 'Updated 3 hours ago'],
    ['navigation', 'Skip to main content'],
  ])('is %s: %s', (rule, line) => {
    expect(named(`${OWN}\n\n${line}\n\n${OWN}`)).toEqual([[rule, line]]);
    // The words inside a sentence are nobody's furniture.
    expect(named(`The sign at the pier said ${line} and nothing else that day.`)).toEqual([]);
  });
});

describe('prose about the same things', () => {
  it.each([
    ['Google said that reCAPTCHA now protects five million sites, and that the privacy policy applies to all of them.'],
    ['"This site is protected by reCAPTCHA," the page says, yet bots pass it every second.'],
    ['We use cookies in this recipe instead of flour. Break them, and add the butter.'],
    ['The regulator fined the company because its cookies were set before anybody could accept or reject them.'],
    ['The newsletter reached 40,000 readers, who could unsubscribe at any time but rarely did.'],
    ['Please try again. That was all the teacher ever said.'],
    ['Sign up, they told him. He signed, and regretted it.'],
    ['Copyright law protects the photograph for 70 years.'],
    ['Comments by the minister were closed to the press.'],
    ['More in common than in dispute, the two towns share a ferry.'],
    ['Share prices rose after the ferry company reported its results.'],
    ['Error! he cried. There was an error in the log.'],
  ])('keeps %s', (text) => {
    expect(named(text)).toEqual([]);
    expect(comparisonText(text).text).toBe(text);
  });
});

describe('a run of sentences', () => {
  it('counts as a whole when one of them is distinctive', () => {
    const form =
      'Error! Sorry, there was an error processing your request. There was a problem with the recaptcha. Please try again.';
    expect(named(`${OWN} ${form}`).map(([rule]) => rule)).toEqual([
      'form-error',
      'form-error',
      'recaptcha',
      'form-error',
    ]);
    expect(comparisonText(`${OWN} ${form}`)).toMatchObject({ text: OWN, boilerplateWords: 19 });
  });

  it('counts when several kinds stand together, and not when one kind repeats', () => {
    expect(named(`${OWN}\n\nMenu\n\nSubscribe\n\nPlease try again.`)).toHaveLength(3);
    expect(named(`${OWN}\n\nMenu\n\nHome\n\nSearch`)).toEqual([]);
  });
});

describe('ownText', () => {
  it('closes the gaps', () => {
    const body = `One.  Two.\n\nAdvertisement\n\nThree. All rights reserved. Four.`;
    expect(ownText(body, findBoilerplate(body))).toBe('One. Two.\n\nThree. Four.');
  });

  it('leaves a body without boilerplate as it is', () => {
    expect(ownText(' One.  Two. \n', [])).toBe(' One.  Two. \n');
  });
});

describe('comparisonText', () => {
  it('leaves out the dateline, which outlets drop and rewrite', () => {
    const caption = 'A ferry in the harbour. Photo by Jane Roe/EPA-EFE';
    expect(comparisonText(`${caption}\n\nOSLO, May 30 (UPI) -- ${OWN}`).text).toBe(`${caption}\n\n${OWN}`);
    expect(comparisonText(`OSLO — ${OWN}`).text).toBe(comparisonText(OWN).text);
  });

  it('is empty for a body that is nothing but boilerplate', () => {
    expect(comparisonText('All rights reserved.')).toMatchObject({ text: '', boilerplateWords: 3 });
  });

  it('takes boilerplate that is known already', () => {
    expect(comparisonText('One. Two.', [{ start: 5, end: 9, rule: 'known' }])).toMatchObject({
      text: 'One.',
      boilerplateWords: 1,
    });
  });
});

describe('the spans', () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'Comments',
          'Error!',
          'All rights reserved.',
          'Share',
          OWN,
          '\n',
          '\n\n',
          ' ',
          'U.S.',
          '…',
          '。',
        ),
        fc.string(),
      ),
    )
    .map((parts) => parts.join(' '));

  it('are sorted, disjoint, not empty and inside the body', () => {
    fc.assert(
      fc.property(text, (body) => {
        let last = 0;
        for (const { start, end } of findBoilerplate(body)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(body.length);
      }),
    );
  });

  it('leave every other word in its order', () => {
    fc.assert(
      fc.property(text, (body) => {
        const spans: BoilerplateSpan[] = findBoilerplate(body);
        const rest = [...spans]
          .reverse()
          .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), body);
        expect(ownText(body, spans).replace(/\s+/g, '')).toBe(rest.replace(/\s+/g, ''));
      }),
    );
  });
});

describe('the rules', () => {
  it('are anchored at both ends and keep no state, so that the order of calls does not matter', () => {
    for (const { name, pattern } of BOILERPLATE_RULES) {
      expect(pattern.source.startsWith('^') && pattern.source.endsWith('$'), name).toBe(true);
      expect(pattern.flags, name).toBe('');
    }
  });
});
