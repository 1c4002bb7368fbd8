import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../../src/lib/secret.ts';
import { createVault } from '../../src/store/vault.ts';

const vault = createVault(new Secret('key material of the installation'));
const wrapped = vault.newDataKey(7);
const lead = vault.open(7, wrapped);

test('whatever is sealed opens again as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(lead.unseal('lead.name', lead.seal('lead.name', text))).toBe(text);
    }),
  );
});

test('the same text is sealed differently every time', () => {
  expect(lead.seal('lead.name', 'Anna')).not.toEqual(lead.seal('lead.name', 'Anna'));
});

test('a value moved to another field, another lead, or changed in any bit does not open', () => {
  const sealed = lead.seal('lead_contact.value', 'anna@example.lv');
  expect(() => lead.unseal('lead_message.text', sealed)).toThrow(/could not be opened/);
  expect(() => vault.open(8, wrapped)).toThrow(/could not be opened/);
  for (const index of sealed.keys()) {
    if (index === 0) continue; // the version's byte tells how to open, it is no part of the value
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => lead.unseal('lead_contact.value', changed)).toThrow(/could not be opened/);
  }
  expect(() => lead.unseal('lead.name', Buffer.alloc(3))).toThrow(/could not be opened/);
});

test('hashes are the same for the same value only, and depend on the secret', () => {
  const other = createVault(new Secret('key material of another one'));
  expect(vault.blind(1, 'email', 'a@b.lv')).toBe(vault.blind(1, 'email', 'a@b.lv'));
  const hashes = [
    vault.blind(1, 'email', 'a@b.lv'),
    vault.blind(2, 'email', 'a@b.lv'),
    vault.blind(1, 'telegram', 'a@b.lv'),
    vault.person('telegram', 'a@b.lv'),
    vault.person('tele', 'grama@b.lv'),
    other.blind(1, 'email', 'a@b.lv'),
    other.person('telegram', 'a@b.lv'),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});
