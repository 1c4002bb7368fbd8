import { expect, test } from 'vitest';
import { specViolations, xSpecPath } from '../../emulators/x-spec.ts';

const absent = xSpecPath ? '' : " (skipped: X's OpenAPI file is not in ../shared/specs)";

test.skipIf(!xSpecPath)(`the emulator would see a request or an answer that breaks the specification${absent}`, () => {
  const request = { query: {}, body: '{"text":"x"}' };
  const answer = { status: 201, data: { data: { id: '19', text: 'x' } } };
  expect(specViolations('createPosts', request, answer)).toEqual([]);
  for (const broken of [
    specViolations('createPosts', { ...request, body: '{"text":"x","nope":1}' }, answer),
    specViolations('createPosts', { ...request, body: 'text=x' }, answer),
    specViolations('createPosts', request, { ...answer, status: 200 }),
    specViolations('createPosts', request, { status: 201, data: { data: { id: 'x1', text: 'x' } } }),
    specViolations('getPostsByIds', { query: {}, body: '' }, { status: 200, data: {} }),
    specViolations('getPostsByIds', { query: { ids: 'x' }, body: '' }, { status: 200, data: {} }),
    specViolations(
      'getPostsByIds',
      { query: { ids: '1', 'post.fields': 'likes' }, body: '' },
      { status: 200, data: {} },
    ),
    specViolations('getUsersMe', { query: { nope: '1' }, body: '' }, { status: 200, data: {} }),
  ])
    expect(broken).toHaveLength(1);
});
