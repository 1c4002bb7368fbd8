import { describe, expect, test } from 'vitest';
import { found } from './support.ts';

const FEBRUARY = [
  '15 February 2026',
  'February 15, 2026',
  '15.02.2026',
  '15/02/2026',
  '2026-02-15',
  '2026. gada 15. februārī',
  '15 февраля 2026 года',
  '15. Februar 2026',
  '2026 m. vasario 15 d.',
  '15. veebruaril 2026',
];

describe.each(FEBRUARY)('an article that says %s', (written) => {
  test.each(FEBRUARY)('supports %s', (said) => {
    expect(found(`It opens on ${written}.`, `→ ${said}.`)).toEqual([]);
  });
  test('supports it without the year, and the month alone, but no other day or month', () => {
    const source = `It opens on ${written}.`;
    expect(found(source, 'On February 15. In February. 15. februārī. 15 февраля. Februārī 2026.')).toEqual([]);
    expect(found(source, 'On 16 February.')).toEqual(['date: 16 February']);
    expect(found(source, '15. martā.')).toEqual(['date: 15. martā']);
    expect(found(source, '15 февраля 2025 года.')).toEqual(['date: 15 февраля 2025']);
  });
});

describe('days and times', () => {
  test.each([
    ['It opens on Monday.', 'Pirmdien. В понедельник. Am Montag. Pirmadienį. Esmaspäeval.'],
    ['Veikals atvērts pirmdienās.', 'По понедельникам. On Mondays. Montags.'],
    ['It begins at 5:30 p.m.', 'Plkst. 17.30. В 17:30. Um 17.30 Uhr. 17:30 val.'],
    ['Sākums plkst. 17.', 'At 5 p.m. В 17:00 начало.'],
    ['The shop is open from 7 a.m. to 9 p.m.', 'From 7:00 to 21:00.'],
  ])('%s → %s', (source, text) => {
    expect(found(source, text)).toEqual([]);
  });

  test.each([
    ['It opens on Monday.', 'Atvērs otrdien.', 'date: otrdien'],
    ['It opens on Monday.', 'По средам.', 'date: средам'],
    ['It begins at 5:30 p.m.', 'Plkst. 18.30.', 'date: 18.30'],
    ['It opened.', 'It opened yesterday.', 'date: yesterday'],
  ])('%s does not say %s', (source, text, failure) => {
    expect(found(source, text)).toEqual([failure]);
  });

  test('the day of publication resolves "on Friday", "yesterday" and "today"', () => {
    // A Tuesday.
    const published = '2026-06-23T08:00:00Z';
    expect(
      found('It closes on Friday. It was sold yesterday.', '26. jūnijā slēgs. 22 июня продано.', published),
    ).toEqual([]);
    expect(found('It closes on Friday.', 'It closes on 27 June.', published)).toEqual(['date: 27 June']);
    expect(found('It closed.', 'It closed today, on Tuesday.', published)).toEqual([]);
  });

  test('a call to the reader may say today', () => {
    expect(found('It opened.', 'Book a table today! Piesakies jau šodien! Запишитесь уже сегодня!')).toEqual([]);
    expect(found('It opened.', 'It opens today.')).toEqual(['date: today']);
  });
});
