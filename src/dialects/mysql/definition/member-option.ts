/**
 * Facts about a column, index or check that the catalog has no member for; they are kept among the table's options as
 * `on_update:<column>`, `invisible:<column>`, `unused_index:<index>`, `not_enforced:<check>`.
 */
export type MemberOption = 'on_update' | 'invisible' | 'unused_index' | 'not_enforced';

/** The name under which a table's options keep a fact about one of its members. */
export function memberOption(option: MemberOption, member: string): string {
  return `${option}:${member}`;
}
