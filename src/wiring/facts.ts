import type { Facts } from '../cli/index.ts';
import type { Config } from '../config.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import { localUrl } from './local-url.ts';

/** Where a model is asked when only a key is set. */
const OPENAI = 'https://api.openai.com/v1';

/** The configuration as doctor shows it. */
export function factsOf(config: Config): Facts {
  const { apiKey, model } = config.openai;
  const baseUrl = config.openai.baseUrl ?? OPENAI;
  return {
    dataDir: config.dataDir,
    database: config.databaseUrl === null ? 'embedded' : 'DATABASE_URL',
    web: { host: config.host, port: config.port },
    publicUrl: config.publicUrl ?? localUrl(config.host, config.port),
    publicUrlIsSet: config.publicUrl !== null,
    writer:
      apiKey === null && config.openai.baseUrl === null
        ? null
        : {
            model,
            baseUrl,
            keyIsSet: apiKey !== null,
            async ask(signal) {
              let response: Response;
              try {
                response = await fetch(`${baseUrl}/models`, {
                  signal,
                  headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey.reveal()}` },
                });
              } catch (error) {
                throw new AppError(`${baseUrl} does not answer (${messageOf(error)}).`, {
                  cure: 'Check OPENAI_BASE_URL and that the server runs.',
                });
              }
              await response.body?.cancel();
              if (response.status === 401 || response.status === 403) {
                throw new AppError(`${baseUrl} refuses the key (${response.status}).`, {
                  cure: 'Check OPENAI_API_KEY.',
                });
              }
              // Many compatible servers have no list of models; that they answer is what counts.
              if (response.status >= 500)
                throw new AppError(`${baseUrl} has trouble (${response.status}).`, { cure: 'Try again later.' });
            },
          },
  };
}
