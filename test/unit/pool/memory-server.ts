import type { Connection, Result } from '../../../src/driver/connection.ts';

/** Hands out connections that do nothing, and remembers what became of them. The pool is no database. */
export class MemoryServer {
  readonly connections: MemoryConnection[] = [];
  /** What the next connects fail with, in order. */
  readonly refusals: Error[] = [];
  readonly #isLocal: boolean;

  /** `local`: as if the engine were in this process. */
  constructor(where: 'local' | 'remote' = 'remote') {
    this.#isLocal = where === 'local';
  }

  readonly connect = async (): Promise<Connection> => {
    await Promise.resolve();
    const refusal = this.refusals.shift();
    if (refusal !== undefined) throw refusal;
    const id = String(this.connections.length + 1);
    const connection = this.#isLocal ? new LocalMemoryConnection(id) : new MemoryConnection(id);
    this.connections.push(connection);
    return connection;
  };

  get open(): number {
    return this.connections.filter((connection) => connection.isOpen).length;
  }
}

export class MemoryConnection implements Connection {
  readonly serverVersion = 'memory 1';
  readonly sessionId: string;
  broken = false;
  isOpen = true;
  pings = 0;
  isSilent = false;
  #onLost: ((error: Error) => void) | undefined;

  constructor(sessionId: string) {
    this.sessionId = sessionId;
  }

  /** The line dies; the client hears of it when it listens, which a half-open line does not let it. */
  lose(heard: 'heard' | 'unheard'): void {
    this.isSilent = true;
    if (heard === 'unheard') return;
    this.broken = true;
    this.#onLost?.(new Error('line lost'));
  }

  async run(): Promise<{ rows: []; fields: []; changes: number }> {
    this.pings += 1;
    await Promise.resolve();
    if (this.isSilent) throw new Error('line lost');
    return { rows: [], fields: [], changes: 0 };
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.isOpen = false;
  }

  destroy(): void {
    this.broken = true;
    this.isOpen = false;
  }

  onLost(listener: (error: Error) => void): void {
    this.#onLost = listener;
  }

  async runAll(): Promise<[]> {
    return await Promise.resolve([]);
  }

  async script(): Promise<void> {}

  async *stream(): AsyncIterable<[]> {}

  async cancel(): Promise<void> {}
}

class LocalMemoryConnection extends MemoryConnection {
  runNow(): Result {
    return { rows: [], fields: [], changes: 0 };
  }
}
