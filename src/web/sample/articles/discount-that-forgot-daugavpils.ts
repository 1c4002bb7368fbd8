import type { SampleArticle } from '../article.ts';

/** A bias audit, done by nine people in an afternoon. */
export const discountThatForgotDaugavpils: SampleArticle = {
  slug: 'discount-that-forgot-daugavpils',
  language: 'en',
  title: 'The discount that forgot Daugavpils: what a small bias audit can find',
  summary:
    'A booking assistant showed its welcome offer to some towns far more often than to others. Counting 4,800 visits was enough to notice.',
  author: 'Tom Harward',
  hoursAgo: 9,
  paragraphs: [
    'Two towns, the same weekend, the same room, and two different offers. That was the puzzle on the desk of Edgars Liepa, who looks after online sales for Baltā Pūce, a family of four small hotels on the Latvian coast. His booking assistant decides which visitors see a 12 percent welcome discount. In spring, guests from Riga saw it in 41 of 100 visits, guests from Daugavpils in 24.',
    'Nobody had told the program to treat towns differently. It had been asked to show the discount to visitors who were likely to book, and it had learned from three years of bookings. Most of those came from Riga, many of them late at night and in Latvian. A visitor who read the Russian version of the page on an older phone simply looked, to the program, like somebody who would not come.',
    'Liepa counted before he argued. He took 4,800 visits from April and May, grouped them by the language of the page and by region, and compared how often each group got the offer. The rule of thumb he used is old and simple: if one group’s rate is less than four fifths of the highest one, look closer. For Daugavpils the ratio was 0.59. For readers of the Russian page it was 0.66.',
    '“The numbers did not accuse anybody,” Liepa says. “They only told us where to look. Without them we would have gone on believing that a machine cannot be unfair because it does not want anything.”',
    'The repair took one afternoon. The discount now depends on the season and on how full the hotels are, and on nothing that describes the visitor. In the 3,100 visits measured since July the lowest ratio between any two groups has been 0.94. Bookings from Latgale have risen by 18 percent. The total cost of discounts has not changed, because fewer of them go to people who would have booked anyway.',
    'Two things made the audit possible for a firm with nine employees. The assistant kept a record of every offer with the reason for it, and somebody had an hour a month to read that record. Groups with fewer than 100 visits were marked as too small to judge, so that nobody drew conclusions from a handful of guests.',
    'The hotels have written the routine down on one page: what is counted, who counts it, what happens when a ratio falls below 0.8, and who may switch the program off. That last line, Liepa says, is the most important one. It has a name and a telephone number in it.',
  ],
};
