import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A directory of files for one test. */
export interface SeedDirectory extends AsyncDisposable {
  readonly path: string;
  /** Writes a file; a value that is no text as JSON, and a name that ends in `.gz` compressed. */
  write(file: string, content: unknown): Promise<void>;
}

export async function seedDirectory(files: Readonly<Record<string, unknown>>): Promise<SeedDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'rowhouse-seeds-'));
  const write = async (file: string, content: unknown): Promise<void> => {
    const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), file.endsWith('.gz') ? gzipSync(text) : text);
  };
  for (const [file, content] of Object.entries(files)) await write(file, content);
  return { path, write, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true, force: true }) };
}
