/**
 * An expression as the server goes on writing it: MySQL writes `-(1)` when a check is made, and `-1` from the next time on
 * that its table is made anew. What is in quotes stays as it is.
 */
export function steadyText(expression: string): string {
  return expression.replaceAll(
    /('(?:[^'\\]|''|\\.)*'|`(?:[^`]|``)*`)|-\((\d+(?:\.\d+)?)\)/g,
    (all: string, quoted: string | undefined, number: string | undefined) =>
      quoted ?? (number === undefined ? all : `-${number}`),
  );
}
