/** No answer that can be used is longer. */
const LONGEST_BODY_BYTES = 2_000_000;

/** The endpoint's answer was longer than any usable one. */
export class AnswerTooLong extends Error {}

/**
 * A fetch that has read the whole body when it resolves, so that the request's signal ends an answer that never ends,
 * and that gives up on one that is too long. Rejects with AnswerTooLong or as `fetch` does.
 */
export function boundedFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      // Leaving the loop cancels the body and its connection.
      if (size > LONGEST_BODY_BYTES) throw new AnswerTooLong();
      chunks.push(chunk);
    }
    const { status, statusText, headers } = response;
    return new Response(Buffer.concat(chunks), { status, statusText, headers });
  };
}
