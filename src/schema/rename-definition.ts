/** Where the definition of an enum, a sequence or a view keeps the renames that it declares. */
export const renameDefinition: unique symbol = Symbol.for('rowhouse.rename');
