import {
  type Brand,
  type Controller,
  type Disclosure,
  emptyVoice,
  type ModelSettings,
  PLAIN_MODEL,
  type Voice,
} from '../domain/brand.ts';
import type { Brands } from '../ports/store/index.ts';
import { budgetJson, toBudget } from './budget-json.ts';
import { type Context, json } from './context.ts';
import { filterJson, toFilter } from './filter-json.ts';
import type { Brand as Row } from './generated/client.ts';
import { storable } from './storable.ts';

/** Brands in PostgreSQL. */
export function createBrands({ db }: Context): Brands {
  return {
    async list() {
      return (await db.brand.findMany({ orderBy: { id: 'asc' } })).map(toBrand);
    },
    async get(id) {
      const row = await db.brand.findUnique({ where: { id } });
      return row && toBrand(row);
    },
    async bySlug(slug) {
      const row = await db.brand.findUnique({ where: { slug: storable(slug) } });
      return row && toBrand(row);
    },
    async default() {
      const first = () => db.brand.findFirst({ orderBy: { id: 'asc' } });
      const found = await first();
      if (found) return toBrand(found);
      // Two processes may come here at once: one of them makes it.
      await db.brand.createMany({ data: [FIRST()], skipDuplicates: true });
      return toBrand((await first()) as Row);
    },
    async save({ id, ...brand }) {
      const data = storable({
        ...brand,
        voice: json(brand.voice),
        modelSettings: json(brand.modelSettings),
        invitations: json(brand.invitations),
        controller: json(brand.controller),
        filter: filterJson(brand.filter),
        budget: budgetJson(brand.budget),
      });
      const found = id > 0 ? await db.brand.updateManyAndReturn({ where: { id }, data }) : [];
      return toBrand(found[0] ?? (await db.brand.create({ data })));
    },
  };
}

const FIRST = () => ({
  slug: 'main',
  name: 'My brand',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: 'en',
  voice: json(emptyVoice),
  callToAction: null,
  disclosure: 'label',
  onWriterFailure: 'offline',
  controller: json({ name: 'My brand', contact: '', privacyUrl: null } satisfies Controller),
});

function toBrand({ createdAt: _, ...row }: Row): Brand {
  return {
    ...row,
    voice: { ...emptyVoice, ...(row.voice as Partial<Voice>) },
    modelSettings: { ...PLAIN_MODEL, ...(row.modelSettings as Partial<ModelSettings>) },
    invitations: row.invitations as Record<string, string>,
    disclosure: row.disclosure as Disclosure,
    onWriterFailure: row.onWriterFailure as Brand['onWriterFailure'],
    controller: row.controller as unknown as Controller,
    filter: toFilter(row.filter, `brand ${row.slug}`),
    budget: toBudget(row.budget, `brand ${row.slug}`),
  };
}
