/**
 * An OpenAI-compatible endpoint in the shape of `fetch` that obeys: the article's first sentence, then a payload, in
 * every post and, told to repair, again. `payloads` are taken in turn by the targets.
 */
export function scriptedFetch(sentence: string, payloads: readonly string[]): typeof globalThis.fetch {
  return async (_, init) => {
    const body = JSON.parse(String(init?.body));
    const prompt: string = body.messages[1].content;
    const ids = [...prompt.matchAll(/^- id (t\d+): platform (\S+), limit (\d+) /gmu)];
    const posts = ids.map(([, target], index) => {
      const payload = payloads[index % payloads.length] ?? '';
      return { target, headline: '', body: `${sentence} ${payload}`, hashtags: [payload] };
    });
    const [payload = ''] = payloads;
    const brief = {
      claims: [{ claim: payload, support: sentence }],
      headline: payload,
      summary: payload,
      altText: payload,
    };
    return Response.json({
      choices: [{ finish_reason: 'stop', message: { content: JSON.stringify({ ...brief, posts }) } }],
      usage: { prompt_tokens: 1000, completion_tokens: 100 },
    });
  };
}
