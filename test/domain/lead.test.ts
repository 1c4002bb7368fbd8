import { describe, expect, test } from 'vitest';
import { type Consent, consents, normaliseEmail, normalisePhone, scoreOf } from '../../src/domain/lead.ts';
import { contactWording } from '../../src/domain/wording.ts';

const consent = (granted: boolean, at: string): Consent => ({
  purpose: 'contact',
  granted,
  wordingId: 'w',
  wording: 'x',
  how: 'form',
  at: new Date(at),
});

describe('a consent', () => {
  test('is the latest word on its purpose, in whatever order the rows come', () => {
    const given = consent(true, '2026-01-01T00:00:00Z');
    const withdrawn = consent(false, '2026-02-01T00:00:00Z');
    expect(consents({ consents: [given] }, 'contact')).toBe(true);
    expect(consents({ consents: [withdrawn, given] }, 'contact')).toBe(false);
    expect(consents({ consents: [given] }, 'newsletter')).toBe(false);
    expect(consents({ consents: [] }, 'contact')).toBe(false);
  });

  test('has an id that changes with every letter of what the person saw', () => {
    expect(contactWording('lv', 'SIA Bekereja').id).not.toBe(contactWording('lv', 'SIA Bekereja 2').id);
    expect(contactWording('xx', 'Bakery')).toEqual(contactWording('en', 'Bakery'));
  });
});

describe('contacts have one spelling', () => {
  test.each([
    [' Anna.Ozola@Example.LV ', 'anna.ozola@example.lv'],
    ['anna+news@example.co.uk', 'anna+news@example.co.uk'],
    ['no-at.example.com', null],
    ['two@@example.com', null],
    ['a@b', null],
    [`${'x'.repeat(250)}@example.com`, null],
    ['a b@example.com', null],
  ])('e-mail %j is %j', (input, expected) => {
    expect(normaliseEmail(input)).toBe(expected);
  });
  test.each([
    ['+371 20 000-000', '+37120000000'],
    ['0037120000000', '+37120000000'],
    ['call me', null],
    ['12', null],
  ])('phone %j is %j', (input, expected) => {
    expect(normalisePhone(input)).toBe(expected);
  });
});

test('a score is the sum of what the person did, and says so', () => {
  const touch = { postId: 1, articleId: 1, channelId: 1, channel: null, kind: 'form' as const, at: new Date() };
  const reasons = scoreOf({
    contacts: [{ kind: 'phone', value: '+37120000000' }],
    touches: [touch, touch],
    messages: [{ from: 'lead', text: 'We need a new website by spring', at: new Date() }],
  });
  expect(reasons.map((reason) => reason.points)).toEqual([20, 15, 15, 10]);
  expect(scoreOf({ contacts: [], touches: [], messages: [] })).toEqual([]);
});
