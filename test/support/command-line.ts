import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line as `npm run -s wirefold --` does, with `input` on its standard input. */
export function wirefold(args: string[], input: string | Buffer = '', env: Record<string, string> = {}): Promise<Run> {
  return new Promise((resolve) => {
    const program = ['--import', 'tsx', 'services/all/src/main.ts', ...args];
    const options = { cwd: ROOT, maxBuffer: 2 ** 26, env: { ...process.env, ...env } };
    const child = execFile(process.execPath, program, options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
