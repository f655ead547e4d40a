import type { Expression } from '../model/expression.ts';

/** Does the expression speak of this name: as a name of its own, or as a word of text written by hand? */
export function mentions({ parts, variants = {} }: Expression, name: string): boolean {
  return [parts, ...Object.values(variants)].flat().some((part) => {
    switch (part.kind) {
      case 'name':
        return part.name === name;
      case 'text':
        return mentionsWord(part.text, name);
      case 'literal':
        return false;
    }
  });
}

/** Is the name a whole word of the text? Letter case is not looked at: engines fold it. */
export function mentionsWord(text: string, name: string): boolean {
  return wordPattern(name, 'iu').test(text);
}

/** The text with another name wherever the old one is a whole word. */
export function replaceWord(text: string, from: string, to: string): string {
  return text.replaceAll(wordPattern(from, 'gu'), () => to);
}

function wordPattern(name: string, flags: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}_$])${escaped}(?![\p{L}\p{N}_$])`, flags);
}
