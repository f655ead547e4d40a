import type { Fact, FactValue } from '../../../dialect/structure/fact.ts';
import { quotedText } from './names.ts';

/** Storage parameters as `set (…)` takes them: `fillfactor='70'`. */
export function optionList(options: readonly string[]): string {
  return options.map(optionText).join(', ');
}

/** The storage parameters of a fact in the order in which they were given, which a dump shows and nobody compares. */
export function optionsOf({ attributes, notes }: Fact): readonly string[] {
  const order = texts(notes?.['options']);
  return texts(attributes['options']).toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** What `alter … ` must say to turn some storage parameters into others: `set (…)` and `reset (…)`. */
export function optionChanges(from: readonly string[], to: readonly string[]): readonly string[] {
  const changed = to.filter((option) => !from.includes(option));
  const kept = new Set(to.map(nameOf));
  const reset = from.map(nameOf).filter((name) => !kept.has(name));
  const reached = [...from.filter((option) => to.includes(option)), ...changed];
  const isInOrder = changed.length === 0 || reached.every((option, place) => option === to[place]);
  const set = isInOrder ? changed : to;
  return [
    ...(reset.length === 0 ? [] : [`reset (${reset.join(', ')})`]),
    ...(set.length === 0 ? [] : [`set (${optionList(set)})`]),
  ];
}

/** An attribute that holds a list of texts. */
export function texts(value: FactValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function optionText(option: string): string {
  return `${nameOf(option)}=${quotedText(option.slice(nameOf(option).length + 1))}`;
}

function nameOf(option: string): string {
  return option.slice(0, option.indexOf('='));
}
