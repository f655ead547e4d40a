export { instrument } from './instrument.ts';
export type { InstrumentDatabases } from './instrument.ts';
export type { Meter, Tracer } from './open-telemetry-api.ts';
export type { DiagnosticSource, PoolMessage, QueryMessage, ReplicaMessage } from '../database/diagnostics.ts';
export type { PoolEvent } from '../driver/pool/pool-event.ts';
