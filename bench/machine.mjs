import { cpus, loadavg } from 'node:os';

/** What the figures were taken on; asked at the start, told at the end. */
export function machineOf() {
  const load = () => loadavg()[0].toFixed(1);
  const before = load();
  return () =>
    `Node ${process.versions.node}, ${cpus().length} processors, load ${before} at the start and ${load()} at the end`;
}
