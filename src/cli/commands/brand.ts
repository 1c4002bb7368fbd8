import type { Command } from 'commander';
import type { Brand } from '../../domain/brand.ts';
import { requireJudge } from '../../pipeline/collect/index.ts';
import { MODEL_NOTICES, moneyLines, moneyOf } from '../../pipeline/report/index.ts';
import { BRAND_SETTINGS, changeBrand } from '../brand-settings.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import type { CliPorts } from '../edges.ts';
import type { Output } from '../output.ts';
import type { BrandOptions, Session } from '../session.ts';
import { addBrandExampleCommands } from './brand-example.ts';

/** `brand show` and `brand set`. */
export function addBrandCommands(program: Command, session: Session): void {
  const group = addGroup(program, 'brand', 'Who speaks: name, language, voice, who answers for data');

  addCommand(group, 'show', 'Show the brand’s settings', 'crier brand show')
    .addOption(brandOption())
    .action((options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => show(ports, brand, output)),
    );

  addCommand(group, 'set <key=value...>', 'Change settings', 'crier brand set name="Riga Daily" timezone=Europe/Riga')
    .addOption(brandOption())
    .addHelpText(
      'after',
      `\nSettings:\n${BRAND_SETTINGS.map(({ key, meaning }) => `  ${key.padEnd(26)}${meaning}`).join('\n')}`,
    )
    .action((assignments: string[], options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const changed = changeBrand(brand, assignments);
        if (changed.filter.about !== brand.filter.about) requireJudge(ports, changed.filter);
        const saved = await ports.store.brands.save(changed);
        // A notice about a budget that was raised, or a price that was missing, is no longer true.
        if (JSON.stringify(saved.budget) !== JSON.stringify(brand.budget))
          await ports.store.notices.withdraw(brand.id, MODEL_NOTICES);
        await show(ports, saved, output);
      }),
    );

  addBrandExampleCommands(group, session);
}

async function show(ports: CliPorts, brand: Brand, output: Output): Promise<void> {
  const spending = await moneyOf(ports, brand);
  if (output.json) {
    const { timeZone, ...rest } = brand;
    return output.record({ ...rest, timezone: timeZone, timeZone, spending });
  }
  output.say(`Brand ${brand.slug}${brand.paused ? ' (paused)' : ''}`);
  await output.list(BRAND_SETTINGS, {
    record: (setting) => ({ [setting.key]: setting.read(brand) }),
    columns: [
      { title: 'SETTING', value: (setting) => setting.key },
      { title: 'VALUE', value: (setting) => setting.read(brand) || '-', max: 60 },
      { title: 'MEANING', value: (setting) => setting.meaning },
    ],
    empty: '',
  });
  for (const line of moneyLines(spending)) output.say(line);
  const model = ports.writers.model === null ? undefined : (brand.modelSettings.model ?? ports.writers.model.name);
  if (model !== undefined && spending.caps.length > 0 && (brand.budget.price ?? ports.writers.price(model)) === null)
    output.say(
      `! What ${model} costs isn’t known, so the budget can’t be kept and the model isn’t asked. Say it: crier brand set model-price=INPUT/OUTPUT (dollars for a million tokens; 0/0 for a model of your own)`,
    );
}
