/** approved post → delivery: intent before the socket opens, and an outcome that says only what is proven. */
export { check, rememberRights } from './check.ts';
export { connectChannel } from './connect.ts';
export { deliver } from './deliver.ts';
export { type ChannelCheck, inspectChannel } from './inspect-channel.ts';
export { look } from './look.ts';
export { scheduleChannel } from './schedule.ts';
export { setChannel } from './set-channel.ts';
export { settleDelivery, type Verdict } from './settle.ts';
