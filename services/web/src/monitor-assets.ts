import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import express from 'express';

const uplot = (file: string) =>
  readFileSync(
    createRequire(import.meta.url)
      .resolve('uplot')
      .replace(/uPlot\.cjs\.js$/, file),
    'utf8',
  );

/** What the charts need beside our own style. */
export const CHART_STYLE = uplot('uPlot.min.css');

// At addresses that stay, so that the tag of the script is a constant; browsers ask whether they changed.
const SCRIPTS = {
  '/assets/monitor.js': readFileSync(new URL('./browser/monitor.js', import.meta.url), 'utf8'),
  '/assets/uplot.js': uplot('uPlot.esm.js'),
};

/** Serves the script of the monitor, and the library that draws its charts. */
export function createMonitorAssets(): express.Router {
  const router = express.Router();
  for (const [path, text] of Object.entries(SCRIPTS)) {
    router.get(path, (_request, response) => {
      response.set('Cache-Control', 'no-cache').type('text/javascript').send(text);
    });
  }
  return router;
}
