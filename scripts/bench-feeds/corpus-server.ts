import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A corpus over HTTP: paths below its folder, with the headers that its expectations name. */
export interface CorpusServer {
  host: string;
  url(path: string): string;
  close(): void;
}

/** Serves `root` on loopback. Files with `.gz` are unpacked first and answer under the name without it as well. */
export async function serveCorpus(
  root: string,
  headersOf: (path: string) => Record<string, string> = () => ({}),
): Promise<CorpusServer> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://any').pathname).slice(1);
    try {
      const body = readCorpusFile(join(root, path));
      response.writeHead(200, { 'content-type': typeOf(path), ...headersOf(path) }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: (path) => `http://127.0.0.1:${port}/${path.split('/').map(encodeURIComponent).join('/')}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A corpus file's bytes, unpacked. */
export function readCorpusFile(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Every file below `root`, as paths relative to it, sorted. */
export function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function typeOf(path: string): string {
  const name = path.replace(/\.gz$/u, '');
  if (name.endsWith('.html')) return 'text/html; charset=utf-8';
  return name.endsWith('.json') ? 'application/feed+json' : 'application/xml';
}
