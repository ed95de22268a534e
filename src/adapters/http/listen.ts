import { createServer, type Server } from 'node:http';
import express, { type Router } from 'express';
import { AppError } from '../../errors.ts';

export type Listening = { readonly url: string; readonly close: () => Promise<void> };

/** Serves the routers in order on one port. Port 0 takes a free one. Throws `AppError('config-invalid')` when the port is taken. */
export async function listen(routers: readonly Router[], host: string, port: number): Promise<Listening> {
  const app = express();
  app.disable('x-powered-by');
  for (const router of routers) app.use(router);
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(taken(error, host, port)));
    server.listen(port, host, resolve);
  });
  return { url: urlOf(server, host), close: () => closed(server) };
}

function taken(error: Error, host: string, port: number): AppError {
  const used = 'code' in error && error.code === 'EADDRINUSE';
  const what = used
    ? `something else uses port ${port} of ${host}: stop it, or set PORT to another one`
    : `cannot listen on ${host}:${port}`;
  return new AppError('config-invalid', what, { cause: error });
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}
