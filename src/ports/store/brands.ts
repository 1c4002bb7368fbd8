import type { Brand } from '../../domain/brand.ts';

export interface Brands {
  list(): Promise<Brand[]>;
  get(id: number): Promise<Brand | null>;
  bySlug(slug: string): Promise<Brand | null>;
  /** The first brand; made when there is none. */
  default(): Promise<Brand>;
  save(brand: Brand): Promise<Brand>;
}
