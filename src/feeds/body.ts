import { pipeline, Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { FetchError } from '../lib/errors.ts';

/** What readBody undoes; sent as Accept-Encoding. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

/**
 * The whole body, decompressed. Stops reading as soon as it is over `maxBytes` (counted after decompression).
 * Throws FetchError `too-large`, `unreadable` for a coding nobody asked for; stream errors as they come.
 */
export async function readBody(body: Readable, contentEncoding: string, maxBytes: number): Promise<Uint8Array> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // One coding is the rule; a chain of many is only a way to waste work.
    if (codings.length > 2) throw unknownCoding(contentEncoding);
    let stream: Readable = body;
    for (const coding of codings.reverse()) stream = await decoded(stream, coding);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else reject(tooLarge(maxBytes));
    });
    stream
      .once('end', resolve)
      .once('error', reject)
      .once('close', () => reject(cutOff()));
    await promise;
  } finally {
    body.destroy();
  }
  // Not Buffer.concat: its small results share one pool, which can't be handed to a worker.
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** The error for a body over the limit. */
export function tooLarge(maxBytes: number): FetchError {
  return new FetchError('too-large', `The answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`, {
    cure: 'Look for a smaller feed of the same site; feeds hold the latest articles, not the whole archive.',
  });
}

/** What Node's own streams say when the other side closes before the end. */
function cutOff(): Error {
  return Object.assign(new Error('The answer ended too soon.'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
}

// Bodies cut short are read as far as they go, as browsers do.
const lenient = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const lenientBrotli = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

async function decoded(stream: Readable, coding: string): Promise<Readable> {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return piped(stream, createGunzip(lenient));
    case 'br':
      return piped(stream, createBrotliDecompress(lenientBrotli));
    case 'deflate': {
      const { first, rest } = await peeked(stream);
      // Servers mean two things by "deflate": with the zlib header, and without.
      const zlib = first !== undefined && (first & 0x0f) === 8;
      return piped(rest, zlib ? createInflate(lenient) : createInflateRaw(lenient));
    }
    default:
      throw unknownCoding(coding);
  }
}

function piped(from: Readable, through: NodeJS.ReadWriteStream & Readable): Readable {
  // A failure of either side reaches whoever reads the last stream.
  pipeline(from, through, () => {});
  return through;
}

async function peeked(stream: Readable): Promise<{ first: number | undefined; rest: Readable }> {
  const iterator = stream[Symbol.asyncIterator]();
  const head = await iterator.next();
  async function* again() {
    if (!head.done) yield head.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first: head.done ? undefined : (head.value as Buffer)[0], rest: Readable.from(again()) };
}

function unknownCoding(coding: string): FetchError {
  return new FetchError('unreadable', `The server packed its answer in a way Crier doesn't know (${coding}).`, {
    cure: 'Tell the owner of the site: Crier asked for gzip, br or deflate.',
  });
}
