/** The conversations with people who write to the bot, platform-free. */
export { createBot } from './bot.ts';
