import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markHtml, markSpans } from '../../src/domain/marking.ts';
import { escapeHtml } from '../../src/lib/text.ts';

describe('spans in plain text', () => {
  test.each([
    ['It costs 5 or 55 euros.', ['5'], 'It costs ⟦5⟧ or 55 euros.'],
    ['It costs €3.4m (about).', ['€3.4m'], 'It costs ⟦€3.4m⟧ (about).'],
    ['5 million, 5', ['5', '5 million'], '⟦5 million⟧, ⟦5⟧'],
    ['a.b [x] (y', ['a.b', '[x]', '(y'], '⟦a.b⟧ ⟦[x]⟧ ⟦(y⟧'],
    ['Nothing.', ['', ' '], 'Nothing.'],
    ['Anna, Annas', ['Anna'], '⟦Anna⟧, Annas'],
  ])('%s with %j', (text, spans, marked) => {
    expect(markSpans(text, spans, '⟦', '⟧')).toBe(marked);
  });
});

describe('spans in HTML', () => {
  test.each([
    ['<b class="a39">It&#39;s 39</b>', ['39'], '<b class="a39">It&#39;s <mark>39</mark></b>'],
    ['Smith &amp; Sons &lt;3', ['Smith & Sons', 'lt', 'amp'], '<mark>Smith &amp; Sons</mark> &lt;3'],
    ['It is <b>5</b> million', ['5 million'], 'It is <b>5</b> million'],
    ['&quot;Never&quot; again', ['"Never"'], '<mark>&quot;Never&quot;</mark> again'],
    ['plain', [], 'plain'],
  ])('%s with %j', (html, spans, marked) => {
    expect(markHtml(html, spans)).toBe(marked);
  });

  test('only marks are added, whatever text and spans are', () => {
    const word = fc.constantFrom('<', '>', '&', '"', "'", '39', 'lt', 'amp', '#39', 'mark', 'a b', ';', ' ');
    const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (said, spans) => {
        const html = `<p title="39 lt">${escapeHtml(said)}</p>`;
        expect(markHtml(html, spans).replace(/<\/?mark>/gu, '')).toBe(html);
      }),
    );
  });
});
