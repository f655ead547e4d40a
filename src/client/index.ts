export { createClient } from './create-client.ts';
export type { Client, CreateClientOptions } from './create-client.ts';
export { Consistency } from './consistency.ts';
export { ProblemError } from './problem-error.ts';
export type { ProblemFault } from './problem-error.ts';
export type { ClientFilter } from './client-filter.ts';
export type { JsonInclude, JsonIncluded, JsonRow } from './json-row.ts';
export type {
  ClientKey,
  ClientListOptions,
  ClientPage,
  ClientSettled,
  ClientWriteOptions,
  ResourceClient,
} from './resource-client.ts';
export type { CallOptions, ClientOptions } from './send.ts';
