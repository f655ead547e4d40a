/** Of the texts by engine, those that say themselves that they replace an older one. */
export function replacing(create: Readonly<Record<string, string>>): {
  readonly replace?: Readonly<Record<string, string>>;
} {
  const texts = Object.entries(create).filter(([, text]) => /^\s*create\s+or\s+replace\b/i.test(text));
  return texts.length === 0 ? {} : { replace: Object.fromEntries(texts) };
}

/** The entries of the engines that `create` names. */
export function forEnginesOf(
  create: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([engine]) => create[engine] !== undefined));
}
