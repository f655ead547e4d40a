import type { Fact, FactValue } from '../../../dialect/structure/fact.ts';

/** The attributes of a fact, as the reader of its kind made them. */
export function attributesOf<T>({ attributes }: Fact): T {
  return attributes as T;
}

/** A text that the reader left for the printer. */
export function noteOf({ notes }: Fact, name: string): string {
  return textOf(notes?.[name]);
}

export function textOf(value: FactValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
