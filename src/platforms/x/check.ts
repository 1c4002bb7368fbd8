import { CASHTAGS } from './tame.ts';
import { entities, hasInvalidCharacters, POST_LIMIT, weightedLength } from './weight.ts';

/** What X, its rules for programs, or a channel without links would refuse in one post. */
export function checkPost(text: string, links: boolean): string[] {
  if (text.trim() === '') return ['the post is empty'];
  const problems: string[] = [];
  const length = weightedLength(text);
  if (length > POST_LIMIT)
    problems.push(
      `the post is ${length} weighted characters long; X takes ${POST_LIMIT} (a link counts 23, an emoji 2)`,
    );
  if (!text.isWellFormed() || hasInvalidCharacters(text)) problems.push('the post holds characters that X refuses');
  const found = entities(text);
  for (const entity of found) {
    if ('screenName' in entity)
      problems.push(
        `the post mentions @${entity.screenName}; X limits programs that mention people: write the name without @`,
      );
    if ('url' in entity && !links)
      problems.push(
        `X takes "${entity.url}" for a link and bills the post $0.20 instead of $0.015; this channel posts without links: write it without the dot, or allow links (links=all)`,
      );
  }
  if (found.filter((entity) => 'cashtag' in entity).length > CASHTAGS)
    problems.push('the post holds more than one cashtag; X allows programs one');
  return problems;
}
