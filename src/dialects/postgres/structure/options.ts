import type { FactValue } from '../../../dialect/structure/fact.ts';
import { quotedText } from './names.ts';

/** Storage parameters as `set (…)` takes them: `fillfactor='70'`. */
export function optionList(options: readonly string[]): string {
  return options.map(optionText).join(', ');
}

/** What `alter … ` must say to turn some storage parameters into others: `set (…)` and `reset (…)`. */
export function optionChanges(from: readonly string[], to: readonly string[]): readonly string[] {
  const set = to.filter((option) => !from.includes(option));
  const kept = new Set(to.map(nameOf));
  const reset = from.map(nameOf).filter((name) => !kept.has(name));
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
