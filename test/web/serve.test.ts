import { createServer } from 'node:net';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { serveWeb } from '../../src/web/index.ts';

test('a port that is taken is named, with the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => other.once('listening', listening));
  const { port } = other.address() as { port: number };
  try {
    const error = await serveWeb(new Hono(), { host: '127.0.0.1', port }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error.message).toContain(`Port ${port}`);
    expect(error.cure).toContain(`PORT=${port + 1}`);
  } finally {
    other.close();
  }
});

test('an address that this machine does not have is refused with the way out', async () => {
  const error = await serveWeb(new Hono(), { host: '192.0.2.1', port: 0 }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error.cure).toContain('HOST');
});

test('closing answers the open request first and then takes no more', async () => {
  let answer: (text: string) => void = () => {};
  let arrived: () => void = () => {};
  const here = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const app = new Hono();
  app.get('/slow', async (c) => {
    arrived();
    return c.text(await new Promise<string>((resolve) => (answer = resolve)));
  });
  const web = await serveWeb(app, { host: '127.0.0.1', port: 0 });
  const open = fetch(`${web.url}/slow`).then((response) => response.text());
  await here;
  const closed = web.close();
  answer('late');
  expect(await open).toBe('late');
  await closed;
  await expect(fetch(`${web.url}/slow`)).rejects.toThrow();
});
