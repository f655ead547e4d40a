import { tlsModes, type TlsMode } from '../driver/target.ts';
import { choice, type ValueKind } from './value-kind.ts';

/** The six modes, and the words by which MySQL's own tools call five of them. */
export const tlsMode: ValueKind<TlsMode> = choice<TlsMode>([
  ...tlsModes.map((mode) => [mode, mode] as const),
  ['disabled', 'disable'],
  ['preferred', 'prefer'],
  ['required', 'require'],
  ['verify_ca', 'verify-ca'],
  ['verify_identity', 'verify-full'],
]);

/** Does this mode check who the server is? */
export function verifiesServer(mode: TlsMode): boolean {
  return mode === 'verify-ca' || mode === 'verify-full';
}
