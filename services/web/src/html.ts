/**
 * Pages are written with the tag `html`. What is put into a template is escaped for the place where it stands, so that no text from
 * outside can become markup; a place that cannot be made safe is refused when the template is first used.
 */
const MARKUP: unique symbol = Symbol('markup');

/** Markup that was made by `html`: the only value that enters a template unescaped. */
export interface Html {
  readonly [MARKUP]: string;
}

export type Fill = Html | string | number | false | null | undefined | readonly Fill[];

/** Where a value stands: between tags, in a quoted attribute, as a whole URL, or as one part of a URL. */
type Slot = 'text' | 'attribute' | 'url' | 'url-part';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const slotsOf = new WeakMap<TemplateStringsArray, Slot[]>();

/** Escapes text for element content and for quoted attributes. */
function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The markup as a string, to send it. */
export function render(page: Html): string {
  return page[MARKUP];
}

/** An absolute http(s) URL as it may stand in a link, or null for anything else: scripts, data, files, nonsense. */
export function linkable(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.href : null;
}

/** Template tag: the literal parts stay as they are, every value is escaped for its place; arrays are joined, empty values vanish. */
export function html(literals: TemplateStringsArray, ...values: Fill[]): Html {
  const slots = slotsOf.get(literals) ?? readSlots(literals);
  let markup = literals[0] ?? '';
  values.forEach((value, index) => {
    markup += fill(value, slots[index] ?? 'text') + (literals[index + 1] ?? '');
  });
  return { [MARKUP]: markup };
}

function readSlots(literals: TemplateStringsArray): Slot[] {
  const slots: Slot[] = [];
  let before = '';
  for (const literal of literals.slice(0, -1)) {
    before += literal;
    slots.push(slotAfter(before));
    before += '\u0000';
  }
  slotsOf.set(literals, slots);
  return slots;
}

function slotAfter(before: string): Slot {
  if (/<(?:script|style)\b/i.test(before)) throw new Error('A page holds no script and no style of its own');
  const tag = before.slice(before.lastIndexOf('<'));
  if (tag.includes('>') || !tag.startsWith('<')) return 'text';
  const attribute = /([\w:-]+)="([^"]*)$/.exec(tag);
  const name = attribute?.[1]?.toLowerCase();
  if (name === undefined) throw new Error('A value in a tag stands in a quoted attribute');
  if (name.startsWith('on') || name === 'style') throw new Error('A page holds no script and no style of its own');
  if (!/^(?:href|src|action|formaction|srcset|cite|poster|data)$/.test(name)) return 'attribute';
  return attribute?.[2] === '' ? 'url' : 'url-part';
}

function fill(value: Fill, slot: Slot): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return place(String(value), slot);
  if (isHtml(value)) {
    if (slot !== 'text') throw new Error('Markup does not stand in an attribute');
    return value[MARKUP];
  }
  return value.map((part) => fill(part, slot)).join('');
}

function isHtml(value: Html | readonly Fill[]): value is Html {
  return MARKUP in value;
}

function place(text: string, slot: Slot): string {
  if (slot === 'url') return escapeText(isOwnPath(text) ? text : (linkable(text) ?? '#'));
  if (slot === 'url-part') return escapeText(encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')));
  return escapeText(text);
}

/** A path of this site, as views write them: `//host` and `/\host` would lead away from it. */
function isOwnPath(url: string): boolean {
  return /^[/#](?![/\\])/.test(url);
}
