import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';

/** The user `nobody`: servers refuse to run as root, and must own their files. */
const nobody = 65_534;

/** Who a server process runs as: nobody when we are root, else ourselves. */
export function serverUser(): { readonly uid?: number; readonly gid?: number } {
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
}

/** Gives a file or directory to the user the server runs as. */
export async function giveToServerUser(path: string): Promise<void> {
  const { uid, gid } = serverUser();
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** The environment of a server process: nothing of ours, so that no variable of this machine changes a test. */
export function serverEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}

/** Runs one of a server's programs to its end as the user the server runs as. */
export async function runAsServerUser(
  program: string,
  args: readonly string[],
  options: { readonly directory: string; readonly input?: string },
): Promise<void> {
  const { directory, input = '' } = options;
  await new Promise<void>((resolve, reject) => {
    const settings = { cwd: directory, env: serverEnvironment(directory), ...serverUser() };
    const child = execFile(program, args, settings, (error, _stdout, stderr) => {
      if (error === null) return resolve();
      return reject(
        new Error(`${program} failed: ${stderr.trim().split('\n').slice(-3).join(' | ')}`, { cause: error }),
      );
    });
    child.stdin?.end(input);
  });
}
