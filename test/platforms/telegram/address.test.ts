import { expect, test } from 'vitest';
import { messageUrl, parseAddress } from '../../../src/platforms/telegram/address.ts';

test.each([
  ['@Crier_News', '@crier_news'],
  [' @name ', '@name'],
  ['https://t.me/Name', '@name'],
  ['http://telegram.me/name/', '@name'],
  ['t.me/name/123?single', '@name'],
  ['https://t.me/s/name', '@name'],
  ['https://t.me/c/1234567890/55', '-1001234567890'],
  ['-1001234567890', '-1001234567890'],
  ['-42', '-42'],
  ['007', '7'],
])('%s is the chat %s', (input, address) => {
  expect(parseAddress(input)).toEqual({ address });
});

test.each([
  '',
  'name',
  '@',
  '@ab',
  '@1name',
  '@name!',
  '@na me',
  '@name/x',
  '0',
  '12.5',
  'https://example.org/name',
  'https://t.me/',
])('%j is no chat, and the answer shows what one looks like', (input) => {
  expect(parseAddress(input)).toEqual({ error: expect.stringContaining('@name') });
});

test.each(['https://t.me/+AbCdEf', 't.me/joinchat/AbCdEf'])('%s is an invitation, and the answer says so', (input) => {
  expect(parseAddress(input)).toEqual({ error: expect.stringContaining('invite link') });
});

test('a message has an address in public chats and in supergroups, in small groups it has none', () => {
  expect(messageUrl({ id: -1001234567890, username: 'News' }, 5)).toBe('https://t.me/News/5');
  expect(messageUrl({ id: -1001234567890 }, 5)).toBe('https://t.me/c/1234567890/5');
  expect(messageUrl({ id: -42 }, 5)).toBeNull();
});
