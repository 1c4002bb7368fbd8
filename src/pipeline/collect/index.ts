/** source → article: what a feed carries is recorded at once, then each page is read and frozen. */
export { addArticle } from './add-article.ts';
export { addSource } from './add-source.ts';
export { addChatSource, followsChat, parseChat, takeLinks } from './chat-source.ts';
export { answerIntent, DELIVERY_BYTES, takeDelivery } from './hub-callback.ts';
export { type ImportAnswer, importSource } from './import-source.ts';
export { judge, leaveArticle, requireJudge } from './judge.ts';
export { collect } from './poll.ts';
export { pollDue } from './poll-due.ts';
export { previewArticle, previewSource } from './preview.ts';
export { push } from './push.ts';
export { readArticle } from './read.ts';
export type { CollectSummary } from './settle.ts';
