import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** What Mozilla's Readability finds in a page, with linkedom as its document; null where it finds nothing or fails. */
export function readWithReadability(html: string): string | null {
  try {
    const { document } = parseHTML(html);
    return (
      new Readability(document as unknown as ConstructorParameters<typeof Readability>[0]).parse()?.textContent ?? null
    );
  } catch {
    return null;
  }
}
