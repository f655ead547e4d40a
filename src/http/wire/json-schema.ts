/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it: the keywords that we write. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly contentEncoding?: string;
  readonly enum?: readonly (string | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly default?: string | number | boolean;
  readonly examples?: readonly string[];
  readonly description?: string;
  readonly writeOnly?: boolean;
}

/** The schema that accepts null too. */
export function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema.type !== 'string') return schema; // no type: null is accepted already
  return {
    ...schema,
    type: [schema.type, 'null'],
    ...(schema.enum === undefined ? {} : { enum: [...schema.enum, null] }),
  };
}
