import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** What a change makes is there already. */
export function alreadyThere(kind: string, name: string): RowhouseError {
  return new RowhouseError('CHANGE_INVALID', `${kind} ${name} is there already`, { details: { kind, name } });
}

/** What a change touches is not there. */
export function notThere(kind: string, name: string): RowhouseError {
  return new RowhouseError('CHANGE_INVALID', `there is no ${kind} ${name}`, { details: { kind, name } });
}
