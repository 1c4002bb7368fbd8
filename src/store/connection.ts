/** How a PostgreSQL is reached, in the words of the `pg` package; pg-boss and Prisma's adapter take it as it is. */
export type Connection = { connectionString: string } | SocketConnection;

/** A server on a Unix socket; `host` is the socket's folder. */
export interface SocketConnection {
  host: string;
  port: number;
  user: string;
  database: string;
  ssl: false;
}

/** The same as an address, for tools that take only that (psql, `prisma migrate deploy`). */
export function connectionUrl(connection: Connection): string {
  if ('connectionString' in connection) return connection.connectionString;
  const { host, port, user, database } = connection;
  return `postgresql://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
