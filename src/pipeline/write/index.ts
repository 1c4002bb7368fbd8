/** article → posts: one text per channel, one call to the writer per language. */
export { NO_ACCOUNTS, openPurse, type Purse } from '../purse.ts';
export { type Draft, writeDrafts } from './drafts.ts';
export { write } from './write.ts';
