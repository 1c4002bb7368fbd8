import type { SampleArticle } from '../article.ts';

/** Consent, told by a small firm. */
export const bakeryAsksFirst: SampleArticle = {
  slug: 'bakery-asks-first',
  language: 'en',
  title: 'A bakery in Cēsis asked first, and its newsletter started to sell bread',
  summary:
    'Zane Ozoliņa deleted seven of ten addresses on her mailing list. Orders per letter have more than tripled since.',
  author: 'Marta Eglīte',
  hoursAgo: 2,
  paragraphs: [
    'When Zane Ozoliņa took over the Rudzu Stūris bakery in Cēsis two years ago, she inherited an oven from 1987, a loyal queue on Saturdays and a mailing list of 2,140 addresses. Nobody could tell her where the addresses had come from. Some belonged to customers, some to people who had once entered a raffle, and 63 of them to the same insurance company.',
    'In January she did what most marketing advice warns against: she wrote to everyone once more, explained in four sentences what the bakery would like to send and how often, and asked for a yes. Whoever did not answer within 30 days was deleted. Only 612 people said yes. The list shrank by 71 percent in a month.',
    'The surprise came afterwards. Before the clean-up, an average letter brought in nine orders for the Saturday bread box. In the twelve weeks since, the average has been 31, although the letter now goes to fewer than a third of the people. Complaints, which used to arrive after every issue, have stopped altogether.',
    '“I was afraid of the small number,” says Ozoliņa. “Then I understood that the big number had never been mine. Six hundred people who want to hear from me are a village. Two thousand who do not are only noise.”',
    'The new sign-up form has one box, and it is empty until the visitor ticks it. Next to it stands who is asking, what will be sent, how often, and how to stop. The bakery stores the exact wording together with the date of each consent, so that a year from now it can still show what a person agreed to. The same page offers the withdrawal: one click, no login, no question why.',
    'An assistant program helps to write the letters, but it never sees the list. It receives the week’s baking plan and a short description of the bakery’s voice, and returns a draft. Ozoliņa or a colleague reads every draft before it leaves the house, and a line at the end says that the text was prepared with AI. “Nobody has minded the line,” she says. “Several people have thanked us for it.”',
    'Lawyers would call the result good practice in data protection. The bakery calls it arithmetic. Sending 2,140 letters that annoy people costs more than sending 612 that are expected: in time, in delivery fees and in goodwill. The old raffle box has found a new place, too. It now holds the receipts for bread that was sold out by eleven.',
  ],
};
