import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAiSpec } from './openai-spec.ts';

/** What the emulated endpoint does with one request. */
export type ScriptedAnswer =
  /** A well-formed completion, after `delayMs`. */
  | {
      kind: 'content';
      content: string | null;
      refusal?: string;
      finishReason?: 'stop' | 'length' | 'content_filter';
      tokens?: { input: number; output: number; cached?: number };
      delayMs?: number;
    }
  /** An error as OpenAI writes it. */
  | {
      kind: 'status';
      status: number;
      code?: string | null;
      param?: string | null;
      headers?: Record<string, string>;
    }
  /** Any bytes. */
  | { kind: 'raw'; body: string; contentType?: string; status?: number }
  /** Takes the request and never answers. */
  | { kind: 'silence' }
  /** 200, and a body that never ends: as fast as it is read, or a byte now and then. */
  | { kind: 'flood' }
  | { kind: 'drip' }
  /** Closes the connection. */
  | { kind: 'hang-up' };

export interface RecordedRequest {
  authorization: string | null;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format?: { type: string; json_schema?: { name: string; strict: boolean; schema: unknown } };
    [field: string]: unknown;
  };
  /** The targets that the request asks texts for, as the prompt names them. */
  targets: { id: string; platform: string; limit: number }[];
}

export type Script = ScriptedAnswer | ((request: RecordedRequest) => ScriptedAnswer);

export interface OpenAiEmulator {
  /** What OPENAI_BASE_URL would be. */
  baseUrl: string;
  /** Every request, oldest first. */
  journal: RecordedRequest[];
  /** Where a request, or an answer that should be right, broke the published API. */
  violations: string[];
  /** What it answers from now on, one script a request; the last one stays. */
  answer(...scripts: [Script, ...Script[]]): void;
  close(): Promise<void>;
}

interface ScriptedWords {
  headline?: string;
  body: string;
  hashtags?: string[];
}

/** The content of an answer with one post for each target of the request, and `brief` beside them. */
export function postsFor(
  request: RecordedRequest,
  write: (target: RecordedRequest['targets'][number]) => ScriptedWords & { second?: ScriptedWords },
  brief: object = {},
): ScriptedAnswer {
  const posts = request.targets.map((target) => {
    const { second, ...words } = write(target);
    const empty = { headline: '', hashtags: [] };
    return { target: target.id, ...empty, ...words, ...(second && { second: { ...empty, ...second } }) };
  });
  return { kind: 'content', content: JSON.stringify({ ...brief, posts }) };
}

/** A scripted OpenAI-compatible endpoint on 127.0.0.1; it answers 500 until it is told what to answer. */
export async function startOpenAiEmulator(): Promise<OpenAiEmulator> {
  const check = await openAiSpec();
  const journal: RecordedRequest[] = [];
  const violations: string[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let scripts: Script[] = [{ kind: 'status', status: 500 }];

  const later = (delayMs: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timers.add(timer);
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      sendError(response, { status: 404 });
      return;
    }
    const recorded = record(request, JSON.parse(await textOf(request)));
    journal.push(recorded);
    const wrong = check('CreateChatCompletionRequest', recorded.body);
    if (wrong !== null) violations.push(`request ${journal.length}: ${wrong}`);
    const script = scripts.length > 1 ? scripts.shift() : scripts[0];
    if (script === undefined) return;
    play(typeof script === 'function' ? script(recorded) : script, recorded, response);
  }

  function play(answer: ScriptedAnswer, { body }: RecordedRequest, response: ServerResponse): void {
    switch (answer.kind) {
      case 'content': {
        const completion = completionOf(answer, body.model, journal.length);
        const wrong = check('CreateChatCompletionResponse', completion);
        if (wrong !== null) violations.push(`answer ${journal.length}: ${wrong}`);
        const send = () => sendJson(response, 200, completion);
        if (answer.delayMs === undefined) send();
        else later(answer.delayMs, send);
        return;
      }
      case 'status':
        sendError(response, answer);
        return;
      case 'raw':
        response
          .writeHead(answer.status ?? 200, { 'content-type': answer.contentType ?? 'application/json' })
          .end(answer.body);
        return;
      case 'silence':
        return;
      case 'flood':
        response.writeHead(200, { 'content-type': 'application/json' });
        flood(response);
        return;
      case 'drip':
        response.writeHead(200, { 'content-type': 'application/json' });
        drip(response);
        return;
      case 'hang-up':
        response.destroy();
    }
  }

  function flood(response: ServerResponse): void {
    if (response.destroyed) return;
    if (response.write(' '.repeat(65_536))) later(0, () => flood(response));
    else response.once('drain', () => flood(response));
  }

  function drip(response: ServerResponse): void {
    if (response.destroyed) return;
    response.write(' ');
    later(5, () => drip(response));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    journal,
    violations,
    answer: (...next) => {
      scripts = next;
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function record(request: IncomingMessage, body: RecordedRequest['body']): RecordedRequest {
  const prompt = body.messages.find((message) => message.role === 'user')?.content ?? '';
  const beforeArticle = prompt.slice(0, prompt.indexOf('\nARTICLE'));
  const targets = [...beforeArticle.matchAll(/^- id (\S+): platform (.+), limit (\d+) /gmu)];
  return {
    authorization: request.headers.authorization ?? null,
    body,
    targets: targets.map(([, id = '', platform = '', limit]) => ({ id, platform, limit: Number(limit) })),
  };
}

function completionOf(answer: Extract<ScriptedAnswer, { kind: 'content' }>, model: string, count: number): object {
  const { content, refusal, finishReason = 'stop', tokens = { input: 1200, output: 300 } } = answer;
  return {
    id: `chatcmpl-${count}`,
    object: 'chat.completion',
    created: 1_767_225_600 + count,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: refusal ?? null },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: {
      prompt_tokens: tokens.input,
      completion_tokens: tokens.output,
      total_tokens: tokens.input + tokens.output,
      ...(tokens.cached !== undefined && { prompt_tokens_details: { cached_tokens: tokens.cached, audio_tokens: 0 } }),
    },
  };
}

function sendError(response: ServerResponse, answer: Omit<Extract<ScriptedAnswer, { kind: 'status' }>, 'kind'>): void {
  const { status, code = null, param = null, headers = {} } = answer;
  const error = { message: `scripted ${status}`, type: 'scripted_error', param, code };
  sendJson(response, status, { error }, headers);
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
