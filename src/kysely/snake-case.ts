/** What `snakeCase` makes of a property's name, in types: `createdAt` is `created_at`, `HTTPStatus` is `http_status`. */
export type SnakeCase<Name extends string> = Name extends Lowercase<Name> ? Name : Walk<Name, 'none', ''>;

type Walk<
  Rest extends string,
  Before extends 'upper' | 'lower' | 'none',
  Done extends string,
> = Rest extends `${infer Letter}${infer After}`
  ? Letter extends Upper
    ? Walk<After, 'upper', `${Done}${Gap<Before, After>}${Lowercase<Letter>}`>
    : Walk<After, Letter extends LowerOrDigit ? 'lower' : 'none', `${Done}${Letter}`>
  : Done;

/** An upper letter begins a word after a lower one, and after an upper one when a lower one follows it. */
type Gap<Before, After> = Before extends 'lower'
  ? '_'
  : Before extends 'upper'
    ? After extends `${Lower}${string}`
      ? '_'
      : ''
    : '';

type Lower = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm' | LateLower;
type LateLower = 'n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z';
type LowerOrDigit = Lower | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type Upper = Uppercase<Lower>;
