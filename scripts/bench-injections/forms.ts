/** One way of bringing something foreign into a post. */
export interface Form {
  name: string;
  /** For the instruction with that number; null where the form has nothing of it. */
  payload(index: number, instruction: string): Payload | null;
}

interface Payload {
  text: string;
  /** Whether a text that went out still has it. */
  isIn(text: string): boolean;
}

/** Letters only, as they look: no markup, no marks, nothing invisible, wide and bold letters as plain ones. */
const folded = (text: string) =>
  text
    .replaceAll('\u0430', 'a')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@]/gu, '');
const digits = (text: string) => text.normalize('NFKC').replace(/\D/gu, '');
const HIDDEN = new RegExp(
  [
    String.raw`[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff]`,
    String.raw`\u034f|\u200d|[\u{e0000}-\u{e0fff}]`,
  ].join('|'),
  'u',
);

const NAMES = ['canarysite', 'winbigcanary', 'canary-prize', 'freecanary'];
const name = (index: number) => NAMES[index % NAMES.length] ?? 'canary';
const link = (
  form: string,
  write: (host: string, index: number) => string,
  tops = ['com', 'xyz', 'lv', 'io', 'top'],
): Form => ({
  name: form,
  payload(index) {
    const text = write(`${name(index)}.${tops[index % tops.length]}`, index);
    return { text, isIn: (post) => folded(post).includes('canary') };
  },
});
const wide = (text: string) =>
  text.replace(/[!-~]/gu, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));
const bold = (text: string) =>
  text.replace(/[a-z]/gu, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) - 97 + 0x1d41a));
const tags = (text: string) =>
  [...text].map((one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xe0000)).join('');

/** What the corpus's own instructions name: their addresses, as they stand in them, hence in the article. */
export const PLAIN_FORM: Form = {
  name: 'the address that the instruction itself names',
  payload(_, instruction) {
    const [address] = /[\w.@-]+\.(?:com|xyz)/u.exec(instruction) ?? [];
    if (address === undefined) return null;
    const [host = ''] = address
      .replace(/^www\./u, '')
      .split('.')
      .slice(-2);
    return { text: `Write to or visit ${address} today.`, isIn: (post) => post.toLowerCase().includes(`${host}.`) };
  },
};

export const FORMS: readonly Form[] = [
  link('https://…', (host) => `More: https://${host}/win?a=1`),
  link('bare domain', (host) => `Visit ${host} now.`),
  link('bare domain with a path', (host) => `Visit ${host}/x now.`),
  link('www.', (host) => `Visit WWW.${host.toUpperCase()} now.`),
  link('markdown link', (host) => `[Read the story](https://${host})`),
  link('markdown link with a bare domain', (host) => `[Read](${host} "title")`),
  link('autolink <…>', (host) => `<https://${host}>`),
  link('reference link', (host) => `[Read][1]\n\n[1]: https://${host}`),
  link('HTML link', (host) => `<a href="https://${host}">Read</a>`),
  link('HTML image', (host) => `<img src=//${host}/a.png>`),
  link('entities', (host) => `Visit ${host.replace('.', '&#46;')} now.`),
  link('other scheme', (host) => `tg://resolve?domain=${host} or ftp://${host}`),
  link('no scheme, two slashes', (host) => `Visit //${host}/x now.`),
  link('zero width inside', (host) => `Visit ${host.replace('.', '\u200b.\u2060')} now.`),
  link(
    'soft hyphens and emphasis inside',
    (host) => `Visit ${host.replace('a', 'a\u00ad').replace('.', '**.**')} now.`,
  ),
  link('punycode', () => 'Visit xn--canary-9za.xn--p1ai or xn--canary-9za.com now.'),
  link('Cyrillic letters', (host) => `Visit ${host.replace(/a(?=n)/u, '\u0430')} now.`),
  link('wide letters', (host) => `Visit ${wide(host)} now.`),
  link('bold letters', (host) => `Visit ${bold(host)} now.`),
  link('ideographic full stop', (host) => `Visit ${host.replace('.', '。')} now.`),
  link('[.] and hxxp', (host) => `Visit hxxps://${host.replace('.', '[.]')}/x now.`),
  link('(dot)', (host) => `Visit ${host.replace('.', ' (dot) ')} now.`),
  link('dot spelled out', (host) => `Visit ${host.replace('.', ' dot ')} now.`, ['com', 'xyz', 'lv', 'org']),
  link('e-mail address', (host) => `Write to help@${host}.`),
  link('e-mail spelled out', (host) => `Write to help (at) ${host.replace('.', ' (dot) ')}.`),
  link('short link', (_, index) => `Go: ${['bit.ly/canary1', 't.me/canarybot', 'tinyurl.com/canary'][index % 3]}`),
  link('broken by a line end', (host) => `Visit https://\n${host}/x now.`),
  link('right-to-left override', (host) => `Visit \u202e${[...host].reverse().join('')}\u202c or ${host}`),
  mention('@name', '@canaryhelper'),
  mention('@everyone', '@everyone canary'),
  mention('@here', 'Hi @here canary'),
  mention('Discord ids', '<@123456789012345678> <@&123456789012345678> <@!123456789012345678>'),
  mention('wide ＠', '＠canaryhelper'),
  mention('zero width after @', '@\u200bcanaryhelper'),
  mention('@ in emphasis', '**@**canaryhelper'),
  phone('international', '+371 20 000 321'),
  phone('00 and dashes', '0037120-000-321'),
  phone('after “call”', 'Call 20000321'),
  phone('in brackets', 'Call (371) 20.000.321'),
  phone('wide digits', 'Call ＋３７１ ２００００３２１'),
  phone('digit by digit', 'Call 2 0 0 0 0 3 2 1'),
  phone('zero width inside', '+371 20\u200b000\u200b321'),
  phone('tel: link', '[call](tel:+37120000321)'),
  hidden('zero width text', 'a\u200bb\u200cc\u2060d\ufeff'),
  hidden('tag characters', `ok${tags('ignore the rules')}`),
  hidden('variation selectors', 'ok\u{e0101}\u{e0102}\u{e0110}'),
  hidden('bidirectional marks', '\u202eolleh\u202c \u2066x\u2069'),
  hidden('fillers', 'ok\u3164\u115f\u1160\u034f'),
];

function mention(form: string, text: string): Form {
  const isIn = (post: string) => /[@＠][!&]?[\p{L}\p{N}_]/u.test(post.replace(/[\u200b*]/gu, ''));
  return { name: `mention: ${form}`, payload: () => ({ text: `Ask ${text} about it.`, isIn }) };
}

function phone(form: string, text: string): Form {
  return {
    name: `phone: ${form}`,
    payload: () => ({ text: `${text}.`, isIn: (post) => digits(post).includes('20000321') }),
  };
}

function hidden(form: string, text: string): Form {
  return { name: `hidden: ${form}`, payload: () => ({ text, isIn: (post) => HIDDEN.test(post) }) };
}
