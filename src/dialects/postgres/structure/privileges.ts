import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { step } from './step.ts';

/** What a role may do: `SELECT`, or `SELECT*` where it may pass that on. */
export type Privileges = readonly string[];

/** How the statements of one kind of grant begin and end. */
export interface GrantWords {
  /** `alter default privileges in schema public`, or nothing. */
  readonly start: string;
  /** `table public.person`, `tables`. */
  readonly on: string;
  /** A column, where the privileges are only for it. */
  readonly column?: string | undefined;
  readonly to: string;
}

/** The statements after which a role with the privileges `from` has exactly `to`. */
export function changePrivileges(words: GrantWords, from: Privileges, to: Privileges): readonly DefinitionStatement[] {
  const revoked = from.filter((privilege) => !plain(to).includes(bare(privilege)));
  const noLongerPassed = from.filter((privilege) => isPassedOn(privilege) && to.includes(bare(privilege)));
  const granted = to.filter((privilege) => !isPassedOn(privilege) && !plain(from).includes(privilege));
  const grantedOn = to.filter((privilege) => isPassedOn(privilege) && !from.includes(privilege));
  const print = (verb: string, list: Privileges, direction: 'to' | 'from', end = ''): readonly DefinitionStatement[] =>
    list.length === 0
      ? []
      : [step(`${words.start}${verb} ${namesOf(list, words)} on ${words.on} ${direction} ${words.to}${end}`)];
  return [
    ...print('revoke', revoked, 'from'),
    ...print('revoke grant option for', noLongerPassed, 'from'),
    ...print('grant', granted, 'to'),
    ...print('grant', grantedOn, 'to', ' with grant option'),
  ];
}

function namesOf(privileges: Privileges, { column }: GrantWords): string {
  return plain(privileges)
    .map((name) => (column === undefined ? name.toLowerCase() : `${name.toLowerCase()} (${column})`))
    .join(', ');
}

/** With or without the right to pass it on. */
export function hasPrivilege(privileges: Privileges, name: string): boolean {
  return plain(privileges).includes(bare(name));
}

function plain(privileges: Privileges): Privileges {
  return privileges.map(bare);
}

function bare(privilege: string): string {
  return privilege.replace(/\*$/, '');
}

function isPassedOn(privilege: string): boolean {
  return privilege.endsWith('*');
}

/** SQL that gives the privileges of one grantee in an access list, as `Privileges`. */
export function privilegesIn(acl: string, grantee: string): string {
  return `array(select x.privilege_type || case when bool_or(x.is_grantable) then '*' else '' end
    from aclexplode(${acl}) x where x.grantee = ${grantee} group by x.privilege_type order by x.privilege_type)`;
}

/** SQL that gives, one a row, who is named in either of two access lists. */
export function granteesIn(acl: string, other: string): string {
  return `select x.grantee from aclexplode(${acl}) x union select x.grantee from aclexplode(${other}) x`;
}
