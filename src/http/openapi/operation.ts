import type { JsonSchema } from '../wire/json-schema.ts';

/** What the API's description says of one route: the members of an OpenAPI operation that we use. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, OperationResponse | Reference>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
  /** Its value is an operator, a point and a value. */
  readonly 'x-filter'?: true;
}

export interface OperationResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description?: string; readonly schema: JsonSchema }>>;
  readonly content?: Content;
}

export interface Reference {
  readonly $ref: string;
}

/** Schemas and examples by media type. */
export type Content = Readonly<Record<string, { readonly schema: JsonSchema | Reference; readonly example?: unknown }>>;
