import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express from 'express';
import { CHART_STYLE } from './monitor-assets.ts';

/** A changed asset gets a new address, so a browser may keep what it has for as long as HTTP can say: a year. */
const ASSET_MAX_AGE_MS = 365 * 24 * 3600 * 1000;

// One sheet for the browser, in parts for whoever edits it; later parts may refine earlier ones.
const STYLE_PARTS = [
  'fonts',
  'base',
  'frame',
  'feed',
  'filters',
  'keys',
  'story',
  'origins',
  'decisions',
  'timeline',
  'panels',
  'explain',
  'text',
  'diff',
  'reference',
  'revisions',
  'monitor',
];
const STYLE =
  STYLE_PARTS.map((part) => readFileSync(new URL(`./styles/${part}.css`, import.meta.url), 'utf8')).join('') +
  CHART_STYLE;
const ICON = readFileSync(new URL('./icon.svg', import.meta.url), 'utf8');
const FONT_PACKAGES = ['@fontsource-variable/source-serif-4', '@fontsource-variable/source-sans-3'];

const fontFolders = FONT_PACKAGES.map((name) =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'files'),
);
const fontVersions = fontFolders.map((folder) => readFileSync(join(folder, '..', 'package.json'), 'utf8'));

/** Address of the assets: it names their content, so that it changes with them. */
const ASSETS_PATH = `/assets/${createHash('sha256')
  .update([STYLE, ICON, ...fontVersions].join('\n'))
  .digest('hex')
  .slice(0, 12)}`;
export const STYLE_PATH = `${ASSETS_PATH}/style.css`;
export const ICON_PATH = `${ASSETS_PATH}/icon.svg`;
/** The script has addresses that stay, so that its tag is a constant; browsers ask whether it changed. */
const SCRIPTS = ['reader', 'fresh', 'keys', 'times'].map((name) => ({
  path: `/assets/${name}.js`,
  text: readFileSync(new URL(`./browser/${name}.js`, import.meta.url), 'utf8'),
}));
export const HEADLINE_FONT_PATH = `${ASSETS_PATH}/fonts/source-serif-4-latin-opsz-normal.woff2`;

/** Serves the style sheet, the script, the icon and the fonts; the pages ask no other host for anything. */
export function createAssets(): express.Router {
  const router = express.Router();
  const send = (type: string, text: string) => (_request: express.Request, response: express.Response) => {
    response
      .set('Cache-Control', `public, max-age=${ASSET_MAX_AGE_MS / 1000}, immutable`)
      .type(type)
      .send(text);
  };
  router.get(STYLE_PATH, send('text/css', STYLE));
  router.get(ICON_PATH, send('image/svg+xml', ICON));
  for (const { path, text } of SCRIPTS) {
    router.get(path, (_request, response) => {
      response.set('Cache-Control', 'no-cache').type('text/javascript').send(text);
    });
  }
  for (const folder of fontFolders) {
    const options = { index: false, redirect: false, immutable: true, maxAge: ASSET_MAX_AGE_MS };
    router.use(`${ASSETS_PATH}/fonts`, express.static(folder, options));
  }
  return router;
}
