import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { PoolMessage, QueryMessage } from '../database/diagnostics.ts';

/** Hears of every statement of this process. Gives back what ends it. */
export function onStatement(hear: (message: QueryMessage) => void): () => void {
  return listen('rowhouse:query', (message) => hear(message as QueryMessage));
}

/** Hears of whatever the pools of this process do. Gives back what ends it. */
export function onPoolEvent(hear: (message: PoolMessage) => void): () => void {
  return listen('rowhouse:pool', (message) => hear(message as PoolMessage));
}

function listen(name: string, listener: (message: unknown) => void): () => void {
  subscribe(name, listener);
  return () => {
    unsubscribe(name, listener);
  };
}
