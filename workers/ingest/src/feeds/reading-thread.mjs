// Where the thread that reads feeds begins. Node before 22.18 cannot read TypeScript, and a thread does not inherit the loader.
if (!process.features.typescript) {
  const { register } = await import('tsx/esm/api');
  register();
}
await import('./reading-thread.ts');
