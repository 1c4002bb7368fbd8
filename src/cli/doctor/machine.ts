import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { messageOf } from '../../lib/errors.ts';
import type { Facts } from '../edges.ts';
import { megabytes } from './database.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

/** Below this Crier stops collecting. */
const LEAST_FREE_BYTES = 500e6;
const ANSWER_MS = 3000;

/** Free space where the data lies. */
export async function examineDisk({ dataDir }: Facts): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const told = `${megabytes(free)} free in ${dataDir}`;
    return free < LEAST_FREE_BYTES
      ? failed('disk', told, `Free some space: Crier wants ${megabytes(LEAST_FREE_BYTES)} at least.`)
      : ok('disk', told);
  } catch (error) {
    return warning(
      'disk',
      `${dataDir} can’t be looked at: ${messageOf(error)}`,
      'It is made at the first start; otherwise check DATA_DIR and its rights.',
    );
  }
}

/** Whether Crier answers on its port, or could. */
export async function examinePort({ web }: Facts, signal: AbortSignal): Promise<Finding> {
  const place = `${web.host}:${web.port}`;
  const host =
    web.host === '0.0.0.0'
      ? '127.0.0.1'
      : web.host === '::'
        ? '[::1]'
        : web.host.includes(':')
          ? `[${web.host}]`
          : web.host;
  try {
    const answer = await fetch(`http://${host}:${web.port}/healthz`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    await answer.body?.cancel();
    if (answer.ok) return ok('web', `Crier answers on ${place}`);
    return warning(
      'web',
      `Something answers on ${place} with ${answer.status}; it may not be Crier.`,
      'Set another PORT, or stop the other program.',
    );
  } catch {
    return tryPort(web, place);
  }
}

/** Nothing answered as HTTP: the port is free, taken by something else, or not ours to take. */
function tryPort({ host, port }: Facts['web'], place: string): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      resolve(
        failed(
          'web',
          taken ? `Another program has port ${place}.` : `Port ${place} can’t be used: ${error.message}`,
          taken ? 'Set another PORT, or stop the other program.' : 'Check HOST and PORT.',
        ),
      );
    });
    server.listen(port, host, () =>
      server.close(() => resolve(ok('web', `Port ${place} is free; Crier isn’t running there now`))),
    );
  });
}
