import { isIP } from 'node:net';
import { z } from 'zod';

/** A variable of the environment: how it is read, and what a person has to know of it. */
export interface Setting<Value> {
  /** The variable's name; a unit stands at its end. */
  name: string;
  /** What counts where the variable is missing or empty, as it would be written; null where that means "none". */
  default: string | null;
  meaning: string;
  /** From the variable's text to its value; its messages end the sentence that begins with the name. */
  schema: z.ZodType<Value, string>;
}

export function setting<Value, Default extends string | null>(
  name: string,
  schema: z.ZodType<Value, string>,
  defaultText: Default,
  meaning: string,
): Setting<Value> & { default: Default } {
  return { name, schema, default: defaultText, meaning };
}

export const text = z.string();

export const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
};

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(', ')}`) as unknown as z.ZodType<Words[number], string>;

export const yesOrNo = z
  .string()
  .regex(/^(?:true|false)$/, 'must be true or false')
  .transform((value) => value === 'true');

export const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol),
      `must be a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
    );

/** Where a host name leads in a test: to this loopback address and port, instead of to what DNS says. */
export interface TestHost {
  address: string;
  port: number;
}

const isLoopback = (address: string) => (isIP(address) === 4 && address.startsWith('127.')) || address === '::1';

/** Reads `host=address:port,host=address:port`; an IPv6 address stands in brackets. */
export const testHosts = z.string().transform((list, context) => {
  const hosts = new Map<string, TestHost>();
  for (const entry of list.split(',')) {
    const [, host, v6, v4, port] = /^\s*([^=\s]+)=(?:\[([^\]]+)\]|([\d.]+)):(\d{1,5})\s*$/.exec(entry) ?? [];
    const address = v6 ?? v4 ?? '';
    if (host === undefined || !isLoopback(address) || Number(port) > 65_535) {
      context.addIssue({
        code: 'custom',
        message: 'must be a list like news.test=127.0.0.1:8081, of loopback addresses only',
      });
      return z.NEVER;
    }
    hosts.set(host.toLowerCase(), { address, port: Number(port) });
  }
  return hosts;
});
