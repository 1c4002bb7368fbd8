import type { Command } from 'commander';
import { addCommand, brandOption } from '../command.ts';
import { issueLogin } from '../login.ts';
import type { BrandOptions, Session } from '../session.ts';

/** `login`: a one-time link to the dashboard. */
export function addLoginCommand(program: Command, session: Session): void {
  addCommand(program, 'login', 'Print a link that opens the dashboard once', 'crier login')
    .addOption(brandOption())
    .action((options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const { url, expiresAt } = await issueLogin(ports, brand);
        output.record({ url, expiresAt });
        output.say(`${url}\nIt works once, for ten minutes. Crier must be running: crier start`);
      }),
    );
}
