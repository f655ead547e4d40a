import type { Expression } from './expression.ts';

/** A column's text in small letters, which is what a unique key that ignores case compares. */
export function lowered(column: string): Expression {
  return {
    parts: [
      { kind: 'text', text: 'lower(' },
      { kind: 'name', name: column },
      { kind: 'text', text: ')' },
    ],
  };
}

/** The column of an expression that `lowered` made; undefined for any other. */
export function loweredColumn(expression: Expression | undefined): string | undefined {
  const [open, name, close, ...more] = expression?.parts ?? [];
  const isCall = open?.kind === 'text' && open.text === 'lower(' && close?.kind === 'text' && close.text === ')';
  return isCall && more.length === 0 && name?.kind === 'name' ? name.name : undefined;
}
