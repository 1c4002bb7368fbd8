import { Agent } from 'node:https';
import { connect, type Socket } from 'node:net';
import { ConfigError } from '../../lib/errors.ts';
import { isLoopback } from '../../lib/url.ts';

/** One connection for one call. It knows whether a request can have left this machine. */
export interface Wire {
  agent: Agent;
  /** False while the connection isn't open (for TLS: the handshake isn't done): then nothing was sent. */
  opened(): boolean;
  /** The code of what broke it, e.g. `ENOTFOUND`; null when nothing did. */
  fault(): string | null;
  close(): void;
}

/**
 * A wire to api.x.com, or to a loopback server in its place. The library has no base-URL setting, so the socket is
 * swapped below it: path, Host header and signature stay those of the real API.
 */
export function openWire(apiBase: string | null): Wire {
  const target = apiBase === null ? null : loopbackTarget(apiBase);
  const agent = new Agent({ keepAlive: false });
  const connectTls = agent.createConnection.bind(agent);
  let socket: Socket | null = null;
  let opened = false;
  let fault: string | null = null;

  agent.createConnection = (options, callback) => {
    const made = (target ? connect(target) : connectTls(options, callback)) as Socket;
    made.once(target ? 'connect' : 'secureConnect', () => {
      opened = true;
    });
    made.once('error', (error: NodeJS.ErrnoException) => {
      fault = error.code ?? error.name;
    });
    socket = made;
    return made;
  };

  return {
    agent,
    opened: () => opened,
    fault: () => fault,
    close: () => {
      socket?.destroy();
      agent.destroy();
    },
  };
}

/** Host and port of a loopback base. Throws ConfigError for any other: signed requests must not go elsewhere in the clear. */
export function loopbackTarget(apiBase: string): { host: string; port: number } {
  const url = URL.canParse(apiBase) ? new URL(apiBase) : null;
  if (url?.protocol !== 'http:' || !isLoopback(apiBase) || url.port === '')
    throw new ConfigError(['X_API_BASE must be a loopback address with a port, e.g. http://127.0.0.1:4020.']);
  return { host: url.hostname.replace(/^\[|\]$/gu, ''), port: Number(url.port) };
}
