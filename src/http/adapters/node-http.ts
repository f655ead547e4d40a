import type { RequestListener, ServerResponse } from 'node:http';
import type { Api } from '../create-api.ts';
import type { Reply } from '../reply.ts';
import { nodeIncoming } from './node-incoming.ts';

/** The API as a listener of `node:http`. A client that goes away cancels what its request is doing. */
export function nodeListener(api: Api): RequestListener {
  return (message, outgoing) => {
    const incoming = nodeIncoming(message, outgoing);
    if (incoming === undefined) {
      outgoing.writeHead(400, { connection: 'close' }).end();
      return;
    }
    api
      .answer(incoming)
      .then((answer) => {
        // What is left of a refused body would be read as the next request.
        if (!message.complete) outgoing.setHeader('connection', 'close');
        return answer instanceof Response ? writeResponse(outgoing, answer) : writeReply(outgoing, answer);
      })
      .catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  };
}

async function writeResponse(outgoing: ServerResponse, answer: Response): Promise<void> {
  const body = answer.body === null ? undefined : Buffer.from(await answer.arrayBuffer());
  outgoing.writeHead(answer.status, [...answer.headers].flat()).end(body);
}

function writeReply(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  if (body === undefined) outgoing.writeHead(status, headers).end();
  else outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
