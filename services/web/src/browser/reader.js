/**
 * What the reader's pages can do beside being read: keys, a word about new stories, and times that say how long ago. All of it is extra;
 * without this script the pages say and do the same.
 */
import { startFresh } from './fresh.js';
import { startKeys } from './keys.js';
import { startTimes } from './times.js';

startTimes();
startKeys();
startFresh();
