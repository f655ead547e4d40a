import { quoted, quotedText } from './names.ts';

/** Options of something foreign as `create` takes them, with a space before: ` options ("host" 'far')`. */
export function foreignOptions(options: readonly string[]): string {
  return options.length === 0 ? '' : ` options (${options.map(optionText).join(', ')})`;
}

/**
 * The clause that turns some options into others, or nothing. The server keeps them in the order in which they came, and
 * shows it: what stands at another place is dropped and added again.
 */
export function foreignOptionChanges(from: readonly string[], to: readonly string[]): readonly string[] {
  const wanted = to.map(nameOf);
  const left = from.filter((option) => wanted.includes(nameOf(option)));
  const inPlace = left.findIndex((option, position) => nameOf(option) !== wanted[position]);
  const kept = inPlace === -1 ? left : left.slice(0, inPlace);
  const keptNames = kept.map(nameOf);
  const actions = [
    ...from.filter((option) => !kept.includes(option)).map((option) => `drop ${quoted(nameOf(option))}`),
    ...to
      .filter((option) => !kept.includes(option))
      .map((option) => `${keptNames.includes(nameOf(option)) ? 'set' : 'add'} ${optionText(option)}`),
  ];
  return actions.length === 0 ? [] : [`options (${actions.join(', ')})`];
}

function optionText(option: string): string {
  return `${quoted(nameOf(option))} ${quotedText(option.slice(nameOf(option).length + 1))}`;
}

function nameOf(option: string): string {
  return option.slice(0, option.indexOf('='));
}
