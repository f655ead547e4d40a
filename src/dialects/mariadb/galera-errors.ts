import type { ErrorTranslator } from '../../dialect/error-translator.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { mysqlErrors } from '../mysql/errors.ts';
import { reported } from '../mysql/errors/reported.ts';

/**
 * A node ends whatever is in the way of a change of a table that the cluster applies: most of it as a deadlock, what it was
 * preparing or just began as interrupted. Nothing of it has taken place. What we ask to stop ourselves never comes here.
 */
export const galeraErrors: ErrorTranslator = {
  translate(error, context) {
    const found = mysqlErrors.translate(error, context);
    if (reported(error).errno !== interrupted || context.during !== 'statement') return found;
    return new RowhouseError('SERIALIZATION_FAILURE', 'the cluster changed a table that the statement was using', {
      details: found.details,
      hint: found.hint,
      cause: error,
    });
  },
};

/** ER_QUERY_INTERRUPTED */
const interrupted = 1317;
