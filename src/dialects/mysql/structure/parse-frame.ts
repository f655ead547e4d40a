import { afterGroup, afterQuoted, unquoteName } from './scan.ts';
import type { FrameShape } from './table-shape.ts';

const versioning = ' WITH SYSTEM VERSIONING';

/** Takes apart what follows the list of members. A sentence says what is not understood. */
export function parseFrame(tail: string, periods: readonly string[]): FrameShape | string {
  const line = tail.indexOf('\n', endOfOptions(tail));
  const partitioning = line === -1 ? '' : tail.slice(line);
  const head = line === -1 ? tail : tail.slice(0, line);
  const versioned = head.endsWith(versioning);
  const options = parseOptions(versioned ? head.slice(0, -versioning.length) : head);
  if (typeof options === 'string') return options;
  return {
    periods: Object.fromEntries(periods.map((text) => [periodName(text), text])),
    options,
    versioned,
    partitioning,
  };
}

/** Where the last quoted text of the first line ends: comments of tables keep no line breaks, options in them do. */
function endOfOptions(tail: string): number {
  let end = 0;
  for (let at = 0; at < tail.length && tail[at] !== '\n';) {
    const next = afterQuoted(tail, at);
    at = next > at ? next : at + 1;
    end = at;
  }
  return end;
}

function parseOptions(text: string): Record<string, string> | string {
  const options: Record<string, string> = {};
  for (let at = 1; at < text.length; at += 1) {
    const end = endOfOption(text, at);
    const option = text.slice(at, end);
    const key = keyOf(option);
    if (end === at || key === undefined) return `this option of it is not understood: ${text.slice(at, at + 80)}`;
    // The number that comes next is part of the rows, not of the table.
    if (key === 'COLLATE') options['CHARSET'] = `${options['CHARSET'] ?? ''} ${option}`.trim();
    else if (key !== 'AUTO_INCREMENT') options[key] = option;
    at = end;
  }
  return options;
}

function endOfOption(text: string, at: number): number {
  if (text.startsWith('/*!', at)) return text.indexOf('*/', at) + 2;
  const value = text.indexOf('=', text[at] === '`' ? afterQuoted(text, at) : at) + 1;
  if (value === 0) return at;
  if (text[value] === '(') return afterGroup(text, value);
  const quoted = afterQuoted(text, value);
  if (quoted > value) return quoted;
  const space = text.indexOf(' ', value);
  return space === -1 ? text.length : space;
}

function keyOf(option: string): string | undefined {
  const found = /^(?:\/\*!\d+ )?(?:DEFAULT )?([A-Z_]+(?: DIRECTORY)?|`[^`]+`)(?:=| `)/.exec(option)?.[1];
  return found?.startsWith('`') ? found.toLowerCase() : found;
}

function periodName(text: string): string {
  const name = /^PERIOD FOR (`(?:[^`]|``)+`|\w+)/.exec(text)?.[1] ?? '';
  return name.startsWith('`') ? unquoteName(name) : name;
}
