/** A class whose objects make the object of the web that they stand for when they must. */
interface LazyClass<T extends object> {
  readonly prototype: T;
}

/**
 * Makes the objects of a class objects of the web's class too: `instanceof` says so, and what they have not themselves they
 * ask of the whole object.
 */
export function completeWith<T extends object>(
  lazy: LazyClass<T>,
  web: { readonly prototype: object },
  wholeOf: (one: T) => object,
): void {
  Object.setPrototypeOf(lazy.prototype, web.prototype);
  for (const name of Reflect.ownKeys(web.prototype)) {
    if (Object.hasOwn(lazy.prototype, name) || name === Symbol.toStringTag) continue;
    Object.defineProperty(lazy.prototype, name, {
      get(this: T): unknown {
        const whole = wholeOf(this);
        const member: unknown = Reflect.get(whole, name);
        return typeof member === 'function' ? (member.bind(whole) as unknown) : member;
      },
    });
  }
}
