import type { Columns } from '../../schema/infer/row-types.ts';
import { refuseUnknownOption } from '../../util/refuse-unknown-option.ts';
import { optionNames } from '../../util/unknown-option.ts';
import type { TableServiceOptions } from './table-service.ts';

type Options = TableServiceOptions<object, object, object, Columns, string>;

const known = optionNames<Options>({
  takes: true,
  makes: true,
  validate: true,
  beforeRead: true,
  afterRead: true,
  beforeCreate: true,
  afterCreate: true,
  beforeUpdate: true,
  afterUpdate: true,
  beforeDelete: true,
  afterDelete: true,
  beforeRestore: true,
  afterRestore: true,
  events: true,
});

const validated = optionNames<NonNullable<Options['validate']>>({ create: true, update: true });

/** Refuses an option that a service does not have: a mistyped hook would never run, a mistyped schema check nothing. */
export function refuseUnknownOptions(options: Pick<Options, 'validate'>, table: string): void {
  refuseUnknownOption(options, known, `the service of ${table}`);
  refuseUnknownOption(options.validate, validated, `validate of the service of ${table}`);
}
