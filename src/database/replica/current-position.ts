import { retry, retryOfCause } from '../retry.ts';
import { translated, type SessionContext } from '../session-context.ts';

/** The end of the primary's log. Undefined where there is none to follow. */
export async function currentPosition(context: SessionContext): Promise<string | undefined> {
  const { replication } = context.dialect;
  if (replication === undefined) return undefined;
  return await retry({ settings: context.retries, classify: retryOfCause }, async () => {
    const checkout = context.writers.take() ?? (await context.writers.acquire());
    try {
      return await replication.position(checkout.connection);
    } catch (error) {
      throw translated(context, error, 'statement');
    } finally {
      checkout.release();
    }
  });
}
