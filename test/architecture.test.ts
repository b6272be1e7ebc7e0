import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REASONS } from '@wirefold/queue';
import { SETTINGS } from '@wirefold/runtime';
import { describe, expect, test } from 'vitest';

const root = path.dirname(import.meta.dirname);

/** Which members of the workspace each one may depend on. What is not listed is forbidden. */
const PURE = ['article', 'dedup', 'story'];
const PACKAGES = [...PURE, 'store', 'queue', 'runtime'];
const MAY_DEPEND_ON: Record<string, string[]> = {
  'packages/article': [],
  'packages/dedup': [],
  'packages/story': ['article', 'dedup'],
  'packages/store': PURE,
  'packages/queue': [],
  'packages/runtime': ['store', 'queue'],
  'workers/ingest': PACKAGES,
  // Never `article`: it knows HTML, and cluster never parses any.
  'workers/cluster': ['dedup', 'story', 'store', 'queue', 'runtime'],
  'services/web': PACKAGES,
  'services/api': [...PACKAGES, 'web'],
  'services/all': [...PACKAGES, 'ingest', 'cluster', 'api', 'web'],
};

/** Where a module that touches the world may be imported; elsewhere one of ours stands in front of it. */
const ONLY_IN: [modules: RegExp, places: string[]][] = [
  [/^(bullmq|ioredis)$/, ['packages/queue/']],
  // The queue takes the store's pool for BullMQ's Postgres backend.
  [/^pg$/, ['packages/store/', 'packages/queue/']],
  [/^@electric-sql\/pglite/, ['packages/store/']],
  [/^express$/, ['services/']],
  [/^undici$/, ['workers/ingest/src/fetch/']],
  [
    /^node:(http2?|https|tls|dgram|dns)(\/|$)/,
    ['workers/ingest/src/fetch/', 'services/', 'packages/runtime/src/metrics-server.ts'],
  ],
];

interface SourceFile {
  /** Path from the root, with forward slashes. */
  path: string;
  /** For example `packages/store`. */
  member: string;
  text: string;
  imports: string[];
}

const members = Object.keys(MAY_DEPEND_ON);
const files = members.flatMap(sourceFiles);
const isPure = (file: SourceFile) => PURE.some((name) => file.member === `packages/${name}`);

function sourceFiles(member: string): SourceFile[] {
  return readdirSync(path.join(root, member, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('testing'))
    .map((name) => {
      const file = `${member}/src/${name.replaceAll(path.sep, '/')}`;
      const text = readFileSync(path.join(root, file), 'utf8');
      const found = text.matchAll(
        /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
      );
      return { path: file, member, text, imports: [...found].map((match) => match[1] ?? match[2] ?? '') };
    });
}

/** One line for each import for which `isWrong` holds, so that a failure says where to look. */
function imports(isWrong: (name: string, file: SourceFile) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((name) => isWrong(name, file)).map((name) => `${file.path} imports ${name}`),
  );
}

describe('directions', () => {
  test('every member of the workspace has its row in this test', () => {
    const found = ['packages', 'workers', 'services'].flatMap((folder) =>
      readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`),
    );
    expect(found.sort()).toEqual(members.toSorted());
  });

  test('a member depends only on those below it', () => {
    const wrong = members.flatMap((member) => {
      const manifest = JSON.parse(readFileSync(path.join(root, member, 'package.json'), 'utf8'));
      return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
        .filter((name) => name.startsWith('@wirefold/'))
        .filter((name) => !MAY_DEPEND_ON[member]?.includes(name.slice('@wirefold/'.length)))
        .map((name) => `${member} depends on ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  test('nothing reaches past the index of a package, or out of its own folder', () => {
    const deep = imports((name) => /^@wirefold\/[^/]+\//.test(name));
    const outside = imports((name, file) => {
      const target = path.posix.join(path.posix.dirname(file.path), name);
      return name.startsWith('.') && !target.startsWith(`${file.member}/`);
    });
    expect([...deep, ...outside]).toEqual([]);
  });

  test.each(ONLY_IN)('%s is imported in its own place only', (modules, places) => {
    expect(imports((name, file) => modules.test(name) && !places.some((place) => file.path.startsWith(place)))).toEqual(
      [],
    );
  });

  test('the scan sees imports at all', () => {
    expect(files.length).toBeGreaterThan(members.length);
    expect(imports((name) => name === '@wirefold/dedup').length).toBeGreaterThan(0);
  });
});

/** Hashes, and what bytes are. */
const PURE_MODULES: ReadonlySet<string> = new Set(['node:crypto', 'node:buffer']);

describe('the packages that think', () => {
  test('import nothing that touches the world', () => {
    expect(imports((name, file) => isPure(file) && name.startsWith('node:') && !PURE_MODULES.has(name))).toEqual([]);
  });

  test('take clock, randomness and environment as arguments', () => {
    const impure =
      /\b(Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|randomUUID|randomBytes|process\.|setTimeout\(|fetch\()/;
    const wrong = files.filter((file) => isPure(file) && impure.test(file.text));
    expect(wrong.map((file) => `${file.path}: ${impure.exec(file.text)?.[0]}`)).toEqual([]);
  });
});

describe('natural', () => {
  test('is imported by its deep modules only', () => {
    expect(imports((name) => name === 'natural' || (name.startsWith('natural/') && !name.endsWith('.js')))).toEqual([]);
  });

  test('brings no database client along', () => {
    const program = `
      import { createRequire } from 'node:module';
      await import('@wirefold/article');
      const loaded = Object.keys(createRequire(import.meta.url).cache);
      console.log(loaded.filter((file) => /node_modules.(mongoose|redis|pg|ioredis|dotenv)\\b/.test(file)).join('\\n'));`;
    const options = ['--import', 'tsx', '--input-type=module', '--eval', program];
    expect(execFileSync(process.execPath, options, { cwd: import.meta.dirname, encoding: 'utf8' }).trim()).toBe('');
  });
});

describe('documents', () => {
  const operating = readFileSync(path.join(root, 'docs/operating.md'), 'utf8');
  const architecture = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');

  test('docs/operating.md has a row for every reason, as the list says it', () => {
    const rows = Object.entries(REASONS).map(
      ([reason, { retries, text }]) => `| \`${reason}\` | ${retries} | ${text} |`,
    );
    expect(rows.filter((row) => !operating.includes(row))).toEqual([]);
  });

  test('docs/operating.md has a row for every setting, as the configuration says it', () => {
    const rows = Object.values(SETTINGS).map((setting) => {
      const byDefault = setting.default === null ? '–' : `\`${setting.default}\``;
      return `| \`${setting.name}\` | ${byDefault} | ${setting.meaning} |`;
    });
    expect(rows.filter((row) => !operating.includes(row))).toEqual([]);
  });

  test('docs/architecture.md has a row for every limit', () => {
    expect(files.flatMap(limits).filter((limit) => !architecture.includes(`| ${limit} |`))).toEqual([]);
  });

  test('docs/architecture.md names no limit that is gone', () => {
    const rows = [...architecture.matchAll(/\| `([\w./-]+)` `(\w+)` \|$/gm)];
    const gone = rows.filter(([, place = '', name]) => {
      const file = files.find((file) => shortPath(file) === place);
      return !file?.text.includes(`const ${name} =`);
    });
    expect(gone.map(([row]) => row)).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });

  test('links between the documents lead somewhere', () => {
    const documents = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join(root, 'docs', name));
    const broken = [...documents, path.join(root, 'README.md'), path.join(root, 'CONTRIBUTING.md')].flatMap(
      (document) =>
        [...readFileSync(document, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
          .map((match) => match[1] ?? '')
          .filter((link) => !existsSync(path.resolve(path.dirname(document), link)))
          .map((link) => `${path.relative(root, document)} links ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test('the programs that the container files start exist', () => {
    const text =
      readFileSync(path.join(root, 'Dockerfile'), 'utf8') + readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
    const programs = [...text.matchAll(/\b(?:services|workers)\/[\w/]+\.ts\b/g)].map(([program]) => program);
    expect(programs).toHaveLength(4);
    expect(programs.filter((program) => !files.some((file) => file.path === program))).toEqual([]);
  });
});

/** For example `queue/jobs.ts`. */
function shortPath(file: SourceFile): string {
  return file.path.replace(/^\w+\/(\w+)\/src\//, '$1/');
}

/**
 * The limits that a file holds, as docs/architecture.md names them. The pure packages have thresholds too, so there the limits are
 * what they export; what bounds a line on a page is the page's own affair.
 */
function limits(file: SourceFile): string[] {
  if (file.member === 'services/web') return [];
  const declared = isPure(file) ? /^export const (\w+_MAX\w*) =/gm : /^(?:export )?const (\w+_MAX\w*) =/gm;
  return [...file.text.matchAll(declared)].map((match) => `\`${shortPath(file)}\` \`${match[1]}\``);
}
