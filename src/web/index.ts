/** The web room: everything that answers over HTTP. */
export { createWeb, type WebTools } from './app.ts';
export type { Mode } from './dashboard/banner.ts';
export { SAMPLE_FEED_PATH, sampleApp } from './sample/index.ts';
export { type RunningWeb, serveWeb } from './serve.ts';
