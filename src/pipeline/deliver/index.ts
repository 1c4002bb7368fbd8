/** approved post → delivery: intent before the socket opens, and an outcome that says only what is proven. */
export { setChannelBudget } from './channel-budget.ts';
export { connectChannel } from './connect.ts';
export { deliver } from './deliver.ts';
export { settleDelivery, type Verdict } from './settle.ts';
