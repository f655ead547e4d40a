/** Text that is markup already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand between markup. */
export type Insert = Markup | string | number | undefined | readonly Insert[];

/** Markup with values between; what is not markup itself is escaped, lists are joined, `undefined` is nothing. */
export function html(texts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return new Markup(texts.map((text, position) => text + show(inserts[position])).join(''));
}

/** Text with `code` between backquotes, as descriptions have it. */
export function prose(text: string): Markup {
  const parts = text.split(/`([^`]+)`/);
  return new Markup(
    parts.map((part, position) => (position % 2 === 0 ? escape(part) : `<code>${escape(part)}</code>`)).join(''),
  );
}

function show(value: Insert): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(show).join('');
  return escape(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
