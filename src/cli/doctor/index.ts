import { AppError } from '../../lib/errors.ts';
import type { CliEdges, CliPorts, Facts } from '../edges.ts';
import { findBrand } from '../find.ts';
import { examineChats } from './chats.ts';
import { databaseUnreachable, examineDatabase } from './database.ts';
import type { Finding } from './finding.ts';
import { examineInvariants } from './invariants.ts';
import { examineDisk, examinePort } from './machine.ts';
import { examinePlatforms, examinePublicUrl, examineWriter } from './outside.ts';
import { examineChannels, examineController, examineDeliveries, examineNotices, examineSources } from './work.ts';

export type { Finding } from './finding.ts';

/** Looks at everything that Crier needs, one finding after the other. What wants the database is left out when it does not answer. */
export async function* examine(edges: CliEdges, brandSlug: string | undefined): AsyncGenerator<Finding> {
  const facts = edges.facts();
  const { signal } = edges;
  yield await examineDisk(facts);
  edges.status('Opening the database …');
  const ports = await openOr(edges, facts);
  try {
    if ('check' in ports) yield ports;
    else yield* await examineDatabase(ports, facts);
    edges.status('Asking the web address, the writer and the platforms …');
    yield await examinePort(facts, signal);
    if ('check' in ports) return yield* withoutDatabase(edges, facts);
    yield* await examineOutside(edges, facts, ports);
    const parts = { ports, brand: await findBrand(ports, brandSlug) };
    yield* await examineChannels(parts, signal);
    yield* await examineSources(parts);
    yield* await examineChats(parts, signal);
    yield* await examineDeliveries(parts);
    yield* await examineNotices(parts);
    yield examineController(parts);
    yield* await examineInvariants(parts);
  } finally {
    if (!('check' in ports)) await ports.close();
  }
}

async function* withoutDatabase(edges: CliEdges, facts: Facts): AsyncGenerator<Finding> {
  const outside = await edges.openWithoutStore();
  try {
    yield* await examineOutside(edges, facts, outside);
  } finally {
    await outside.close();
  }
}

async function examineOutside(edges: CliEdges, facts: Facts, ports: Pick<CliPorts, 'platforms'>): Promise<Finding[]> {
  return [examinePublicUrl(facts, ports), await examineWriter(facts, edges.signal), ...examinePlatforms(ports)];
}

async function openOr(edges: CliEdges, facts: Facts): Promise<CliPorts | Finding> {
  try {
    return await edges.open();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return databaseUnreachable(error, facts);
  }
}
