import { sameJson } from '../snapshot/same-json.ts';

/** Do two definitions say the same? Members that are absent, and options of which none is given, are no difference. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || sameJson(withoutEmptyOptions(a), withoutEmptyOptions(b));
}

function withoutEmptyOptions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('options' in value)) return value;
  const { options, ...others } = value;
  return typeof options === 'object' && options !== null && Object.keys(options).length === 0 ? others : value;
}
