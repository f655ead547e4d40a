import type { Session } from '../../database/session.ts';

type Work = (transaction: Session) => Promise<unknown>;

/** The session bound in the database alone: repositories take it for one that reaches all tenants. */
export function withoutPredicate<S extends Session>(session: S): S {
  return new Proxy(session, {
    get(target, name) {
      if (name === 'tenant') return undefined;
      if (name === 'allTenants') return 'a probe of the database’s own fence';
      if (name === 'transaction') {
        return async (work: Work, options?: object) =>
          await target.transaction(async (nested) => await work(withoutPredicate(nested)), options);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
