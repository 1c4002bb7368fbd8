import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a path answers: a body (feed XML unless it says otherwise), a whole answer, or a handler. */
export type Route =
  | string
  | Uint8Array
  | { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/** A real HTTP server on loopback that counts who comes. */
export interface TestServer {
  /** Without a slash at the end. */
  url: string;
  /** host:port, as FETCH_ALLOW_PRIVATE names it. */
  host: string;
  port: number;
  /** What was asked for so far. */
  requests: IncomingMessage[];
  /** Connections made so far, whether or not they asked for anything. */
  connections(): number;
  close(): Promise<void>;
}

/** Serves `routes` by path; anything else is 404. */
export async function serve(routes: Record<string, Route>, host = '127.0.0.1'): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    requests.push(request);
    const route = routes[new URL(request.url ?? '/', 'http://any').pathname];
    if (typeof route === 'function') return route(request, response);
    if (typeof route === 'string' || route instanceof Uint8Array) {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(route);
      return;
    }
    response.writeHead(route ? (route.status ?? 200) : 404, route?.headers).end(route?.body);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
