import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** A process that outlives ours only to clean up: it kills the server and removes its files when our process is gone. */
export interface Watchdog {
  watch(pid: number): void;
  /** The server has ended in good order and its number may be given to another process. */
  forget(): void;
  /** Nothing is left to clean up. */
  dismiss(): void;
}

/** Its input is a pipe from us. However we end, the system closes the pipe, and that is the signal. */
const script = `
pid=
while read -r word value; do
  case $word in
    watch) pid=$value ;;
    forget) pid= ;;
    dismiss) exit 0 ;;
  esac
done
if [ -n "$pid" ]; then kill -9 "$pid"; sleep 1; fi
if [ -n "$1" ]; then rm -rf "$1"; fi
`;

/** Starts the watchdog of one server; `directory` is removed with it when it is ours to remove. */
export function startWatchdog(directory: string | undefined): Watchdog {
  const child = spawn('sh', ['-c', script, 'rowhouse-watchdog', directory ?? ''], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // a Ctrl-C in the terminal goes to the whole foreground group; the watchdog must survive it
    cwd: '/',
  });
  child.unref();
  const pipe = child.stdin as Socket;
  pipe.unref();
  pipe.on('error', () => undefined); // somebody killed the watchdog: our own end still stops the server
  const say = (line: string): void => void pipe.write(`${line}\n`);
  return { watch: (pid) => say(`watch ${pid}`), forget: () => say('forget'), dismiss: () => say('dismiss') };
}
