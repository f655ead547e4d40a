import type { ParseArgsOptionsConfig } from 'node:util';

type Given<T extends ParseArgsOptionsConfig> = {
  readonly [K in keyof T]:
    | (T[K]['type'] extends 'boolean' ? boolean : string)
    | (T[K] extends { readonly default: unknown } ? never : undefined);
};

export declare function readOptions<const T extends ParseArgsOptionsConfig>(url: string, options?: T): Given<T>;
