import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { SECOND } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';

/** A web server that listens. */
export interface RunningWeb {
  /** Where it answers, without a slash at the end. */
  url: string;
  port: number;
  /** Takes no more requests and resolves when the open ones are answered, or cut off after 5 s. */
  close(): Promise<void>;
}

/** Open requests get this long when the server stops. */
const CLOSE_WITHIN_MS = 5 * SECOND;

/** Listens; port 0 takes a free one. AppError when the address can't be had, with what to do. */
export async function serveWeb(app: Hono, { host, port }: { host: string; port: number }): Promise<RunningWeb> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  let closing = false;
  // A connection whose last request was answered while closing would otherwise stay open until its keep-alive ends.
  server.on('request', (_, response) => {
    response.on('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(listenError(error, host, port)));
    server.listen(port, host, listening);
  });
  const address = server.address() as AddressInfo;
  const shownHost = ['0.0.0.0', '::', ''].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${shownHost}:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((closed) => {
        closing = true;
        const cutOff = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
        server.close(() => {
          clearTimeout(cutOff);
          closed();
        });
        server.closeIdleConnections();
      }),
  };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new AppError(`Port ${port} on ${host} is taken by another program.`, {
        cure: `Stop that program (is Crier running already?), or choose another port: PORT=${port + 1} in .env.`,
        cause: error,
      });
    case 'EACCES':
      return new AppError(`Port ${port} may not be opened by this user.`, {
        cure: 'Choose a port from 1024 up: PORT=3000 in .env.',
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new AppError(`${host} is not an address of this machine.`, {
        cure: 'Set HOST to 127.0.0.1 for this machine only, or 0.0.0.0 for every network it is in.',
        cause: error,
      });
    default:
      return new AppError(`The web server could not start: ${error.message}`, { cause: error });
  }
}
