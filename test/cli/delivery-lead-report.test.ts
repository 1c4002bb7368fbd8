import { describe, expect, test } from 'vitest';
import { CONTACT_PURPOSE } from '../../src/domain/wording.ts';
import { tokenHash } from '../../src/lib/token.ts';
import { deliver } from '../../src/pipeline/deliver/index.ts';
import { useStore } from './bench.ts';
import { first, seedPosts } from './seed.ts';
import { START } from './support.ts';

const { signal } = new AbortController();
const bench = useStore();

describe('delivery', () => {
  test('is listed with its attempts, and an unclear one is settled by a person once', async () => {
    bench.withPlatform({ publish: async () => ({ kind: 'unclear', reason: 'The answer did not come.' }) });
    const { posts } = await seedPosts(bench.ports);
    const approved = await bench.crier('post', 'approve', String(first(posts).id), '--json');
    const id = approved.records[0].delivery.id as number;
    await deliver(bench.ports, id, signal);
    const { records } = await bench.crier('delivery', 'list', '--state', 'unclear', '--json');
    expect(records).toMatchObject([
      {
        id,
        postId: first(posts).id,
        channel: 'square:@news',
        state: 'unclear',
        remoteId: null,
        url: null,
        attempts: [{ at: START.toISOString(), outcome: 'unclear', reason: 'The answer did not come.' }],
      },
    ]);
    expect((await bench.crier('delivery', 'list')).out).toMatch(/square:@news +unclear/u);
    expect(await bench.crier('delivery', 'settle', String(id))).toMatchObject({
      code: 2,
      error: expect.stringContaining('one of --there, --again and --drop'),
    });
    expect(await bench.crier('delivery', 'settle', String(id), '--again', '--drop')).toMatchObject({ code: 2 });
    expect(await bench.crier('delivery', 'settle', String(id), '--drop', '--url', 'https://a.example')).toMatchObject({
      code: 2,
    });
    expect(await bench.crier('delivery', 'settle', '4711', '--there')).toMatchObject({
      code: 2,
      error: expect.stringContaining('crier delivery list'),
    });
    expect(
      (await bench.crier('delivery', 'settle', String(id), '--there', '--url', 'https://square.example/9', '--json'))
        .records,
    ).toMatchObject([{ state: 'confirmed', url: 'https://square.example/9' }]);
    expect(await bench.crier('delivery', 'settle', String(id), '--again')).toMatchObject({
      code: 2,
      error: expect.stringContaining('it is confirmed'),
    });
  });

  test('many are settled by one word, and one that isn’t unclear keeps no other back', async () => {
    bench.withPlatform({ publish: async () => ({ kind: 'unclear', reason: 'The answer did not come.' }) });
    const ids: string[] = [];
    const { posts } = await seedPosts(bench.ports);
    for (const { post } of posts.filter((one) => one.post.state === 'review')) {
      const approved = await bench.crier('post', 'approve', String(post.id), '--json');
      const delivery = approved.records[0].delivery.id as number;
      await deliver(bench.ports, delivery, signal);
      ids.push(String(delivery));
    }
    const settled = await bench.crier('delivery', 'settle', ids[0] as string, ...ids, '--drop', '--json');
    expect(settled.out.split('\n').filter((line) => line.includes('"dropped"'))).toHaveLength(ids.length);
    expect(settled).toMatchObject({ code: 2, error: expect.stringContaining('it is dropped') });
  });
});

describe('lead', () => {
  const addLead = async (name: string, email: string) => {
    const { posts, brand } = await seedPosts(bench.ports);
    const { id, articleId, channelId } = first(posts);
    const { lead } = await bench.ports.store.leads.upsert({
      brandId: brand.id,
      name,
      language: 'lv',
      contacts: [{ kind: 'email', value: email }],
      consent: {
        purpose: CONTACT_PURPOSE,
        granted: true,
        wordingId: 'w1',
        wording: 'I agree.',
        how: 'form',
        at: START,
      },
      touch: { postId: id, articleId, channelId, kind: 'form', at: START },
      message: 'Please call',
    });
    return { lead, post: first(posts) };
  };

  test('is listed and shown with the fields of the contract', async () => {
    const { lead, post } = await addLead('Zane Kalniņa', 'zane@reader.example');
    const { records } = await bench.crier('lead', 'list', '--json');
    expect(records).toMatchObject([
      {
        id: lead.id,
        name: 'Zane Kalniņa',
        stage: 'new',
        score: expect.any(Number),
        reasons: expect.any(Array),
        consents: [{ purpose: 'contact', granted: true, wording: 'I agree.', how: 'form', at: START.toISOString() }],
        touches: [{ postId: post.id, articleId: post.articleId, channel: 'square:@news', at: START.toISOString() }],
        contacts: [{ kind: 'email', value: 'zane@reader.example' }],
      },
    ]);
    expect((await bench.crier('lead', 'list')).out).toMatch(/Zane Kalniņa +new +\d+ +email +square:@news/u);
    expect((await bench.crier('lead', 'show', String(lead.id))).out).toContain('email: zane@reader.example');
    expect((await bench.crier('lead', 'list', '--stage', 'won')).out).toContain('No leads yet.');
  });

  test('is exported so that no spreadsheet runs a name as a formula', async () => {
    await addLead('=HYPERLINK("http://evil.example")', 'a@reader.example');
    const { code, out } = await bench.crier('lead', 'export');
    expect(code).toBe(0);
    expect(out).toMatch(/^id,created,name,email,/u);
    expect(out).toContain(`"'=HYPERLINK(""http://evil.example"")",a@reader.example`);
    const exported = await bench.crier('lead', 'export', '--format', 'json');
    expect(JSON.parse(exported.out)).toMatchObject({ name: '=HYPERLINK("http://evil.example")' });
  });

  test('is erased', async () => {
    const { lead } = await addLead('Zane', 'zane@reader.example');
    expect((await bench.crier('lead', 'erase', String(lead.id), '--json')).records).toEqual([
      { id: lead.id, erased: true },
    ]);
    expect((await bench.crier('lead', 'export', '--format', 'json')).out).not.toContain('zane');
    expect(await bench.crier('lead', 'erase', '4711')).toMatchObject({
      code: 2,
      error: expect.stringContaining('crier lead list'),
    });
  });
});

describe('report and login', () => {
  test('report prints text, CSV and one object', async () => {
    await seedPosts(bench.ports);
    const { records } = await bench.crier('report', '--days', '3', '--json');
    expect(records).toMatchObject([
      { days: 3, total: { articles: 2, posts: 2, delivered: 0 }, to: START.toISOString() },
    ]);
    expect((await bench.crier('report')).out).toContain('the last 7 days');
    expect((await bench.crier('report', '--format', 'csv')).out).toContain(',');
  });

  test('login prints a link that works once; only its hash is stored', async () => {
    const { records } = await bench.crier('login', '--json');
    expect(records).toEqual([
      {
        url: expect.stringMatching(/^https:\/\/crier\.example\/login\/[\w-]{43}$/u),
        expiresAt: '2026-11-23T10:10:00.000Z',
      },
    ]);
    const token = records[0].url.split('/').at(-1);
    expect(await bench.ports.store.members.takeLogin(token, START)).toBeNull();
    expect(await bench.ports.store.members.takeLogin(tokenHash(token), START)).toMatchObject({ role: 'owner' });
    expect(await bench.ports.store.members.takeLogin(tokenHash(token), START)).toBeNull();
  });
});
