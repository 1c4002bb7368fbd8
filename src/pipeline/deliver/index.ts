/** approved post → delivery: intent before the socket opens, and an outcome that says only what is proven. */
export { connectChannel } from './connect.ts';
export { deliver } from './deliver.ts';
export { look } from './look.ts';
export { scheduleChannel } from './schedule.ts';
export { settleDelivery, type Verdict } from './settle.ts';
