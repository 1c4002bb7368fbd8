import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../lib/errors.ts';
import type { Secret } from '../lib/secret.ts';

/** Seals what is personal, and finds it again without reading anybody. */
export interface Vault {
  /** Tells the installation's secret from every other, without telling it. */
  readonly keyMark: string;
  /** A new person's own key, wrapped for storing. */
  newDataKey(leadId: number): Buffer;
  /** The lead's sealer. Throws AppError when the installation's secret isn't the one that wrapped the key. */
  open(leadId: number, wrapped: Uint8Array): LeadVault;
  /** Keyed hash of a normalised contact: the same value has the same hash, and nobody without the secret can try values. */
  blind(brandId: number, kind: string, value: string): string;
  /** Keyed hash of a person on a platform. */
  person(platform: string, personId: string): string;
  /** Seals under the installation's own key what belongs to no lead yet. `owner` binds it to its row. */
  seal(owner: string, text: string): Buffer;
  unseal(owner: string, sealed: Uint8Array): string;
}

/** Seals and opens the fields of one lead. `field` binds a value to its place: it opens nowhere else. */
export interface LeadVault {
  seal(field: LeadField, text: string): Buffer;
  unseal(field: LeadField, sealed: Uint8Array): string;
}
export type LeadField = 'lead.name' | 'lead_contact.value' | 'lead_message.text';

/** First byte of everything sealed: which way of sealing, should there be a second one day. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keys are derived from the installation's secret, one for each purpose; a lead's data has a random key of its own. */
export function createVault(secret: Secret): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret.reveal(), 'crier', purpose, 32));
  const wrapKey = derive('lead data keys');
  const blindKey = derive('contact index');
  const personKey = derive('conversations');
  const inboxKey = derive('updates');
  const hash = (key: Buffer, parts: readonly (string | number)[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

  return {
    keyMark: derive('installation mark').toString('base64url'),
    newDataKey: (leadId) => seal(wrapKey, `lead.data_key:${leadId}`, randomBytes(32)),
    open(leadId, wrapped) {
      const key = unseal(wrapKey, `lead.data_key:${leadId}`, wrapped);
      return {
        seal: (field, text) => seal(key, `${field}:${leadId}`, Buffer.from(text)),
        unseal: (field, sealed) => unseal(key, `${field}:${leadId}`, sealed).toString(),
      };
    },
    blind: (brandId, kind, value) => hash(blindKey, [brandId, kind, value]),
    person: (platform, personId) => hash(personKey, [platform, personId]),
    seal: (owner, text) => seal(inboxKey, owner, Buffer.from(text)),
    unseal: (owner, sealed) => unseal(inboxKey, owner, sealed).toString(),
  };
}

/** version | nonce | AES-256-GCM ciphertext | tag; `owner` is authenticated with it. */
function seal(key: Buffer, owner: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, sealed, cipher.getAuthTag()]);
}

function unseal(key: Buffer, owner: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new AppError('Personal data could not be opened: it was sealed with another secret, or changed.', {
      cure: 'Set CRIER_SECRET (or bring back the secret file of DATA_DIR) to what it was when the data was stored.',
      cause,
    });
  }
}
