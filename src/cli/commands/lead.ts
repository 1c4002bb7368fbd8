import { type Command, Option } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { consents, type Lead, type LeadStage } from '../../domain/lead.ts';
import { CONTACT_PURPOSE } from '../../domain/wording.ts';
import { eraseLead } from '../../pipeline/qualify/index.ts';
import { parseCount } from '../arguments.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import { findLead } from '../find.ts';
import { collected, pages } from '../pages.ts';
import { leadRecord } from '../records.ts';
import { type BrandCall, type BrandOptions, limitFor, type Session } from '../session.ts';
import { localTime } from '../times.ts';

const STAGES: readonly LeadStage[] = ['new', 'contacted', 'qualified', 'won', 'lost'];

/** `lead list|show|export|erase`. */
export function addLeadCommands(program: Command, session: Session): void {
  const group = addGroup(program, 'lead', 'People who answered and agreed to be contacted');

  addCommand(group, 'list', 'List leads, newest first', 'crier lead list')
    .addOption(new Option('--stage <stage>', 'only those').choices(STAGES))
    .option('--limit <count>', 'how many, or "all" (20; with --json all)', parseCount)
    .addOption(brandOption())
    .action((options: BrandOptions & { stage?: LeadStage; limit?: number }) =>
      session.inBrand(options, async (call) => {
        await call.output.list(leadsOf(call, options.stage, limitFor(options)), {
          record: leadRecord,
          columns: [
            { title: 'ID', value: (lead) => lead.id, align: 'right' },
            { title: 'SINCE', value: (lead) => localTime(lead.createdAt, call.brand.timeZone) },
            { title: 'NAME', value: (lead) => lead.name || '-', max: 32 },
            { title: 'STAGE', value: (lead) => lead.stage },
            { title: 'SCORE', value: (lead) => lead.score, align: 'right' },
            {
              title: 'CONTACT',
              value: (lead) => lead.contacts.map((contact) => contact.kind).join(', ') || '-',
              max: 30,
            },
            { title: 'CAME FROM', value: (lead) => lead.touches[0]?.channel ?? '-', max: 40 },
          ],
          empty: 'No leads yet. They come from the link to the lead form in your posts.',
        });
      }),
    );

  addCommand(group, 'show <lead>', 'Show one lead with contacts, consents and messages', 'crier lead show 3')
    .addOption(brandOption())
    .action((input: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const lead = await findLead(ports, brand, input);
        output.record(leadRecord(lead));
        for (const line of describe(lead, brand.timeZone)) output.say(line);
      }),
    );

  addCommand(group, 'export', 'Print all leads with their contacts as CSV or JSON', 'crier lead export > leads.csv')
    .addOption(
      new Option('--format <format>', 'csv or json (one object a line)').choices(['csv', 'json']).default('csv'),
    )
    .addOption(new Option('--stage <stage>', 'only those').choices(STAGES))
    .addOption(brandOption())
    .action((options: BrandOptions & { format: 'csv' | 'json'; stage?: LeadStage }) =>
      session.inBrand({ ...options, json: options.json || options.format === 'json' }, async (call) => {
        const leads = leadsOf(call, options.stage, Number.MAX_SAFE_INTEGER);
        if (call.output.json) {
          for await (const lead of leads) call.output.record(leadRecord(lead));
          return;
        }
        // escape_formulas: a name like =HYPERLINK(…) must not run in a spreadsheet.
        const csv = stringify((await collected(leads)).map(csvRow), {
          header: true,
          columns: CSV_COLUMNS,
          escape_formulas: true,
        });
        call.output.say(csv.trimEnd());
      }),
    );

  addCommand(group, 'erase <lead>', 'Destroy all data of a person; this can’t be undone', 'crier lead erase 3')
    .addOption(brandOption())
    .action((input: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const { id } = await findLead(ports, brand, input);
        await eraseLead(ports, id);
        output.record({ id, erased: true });
        output.say(`Lead ${id} is erased: name, contacts and messages are destroyed, counts stay.`);
      }),
    );
}

function leadsOf({ ports, brand }: BrandCall, stage: LeadStage | undefined, limit: number): AsyncGenerator<Lead> {
  const query = { brandId: brand.id, ...(stage === undefined ? {} : { stage }) };
  return pages(
    (page) => ports.store.leads.list({ ...query, ...page }),
    (lead) => lead.id,
    limit,
  );
}

const CSV_COLUMNS = [
  'id',
  'created',
  'name',
  'email',
  'phone',
  'other',
  'language',
  'stage',
  'score',
  'consent',
  'channel',
  'post',
  'article',
  'message',
];

function csvRow(lead: Lead) {
  const contact = (kind: string) =>
    lead.contacts
      .filter((one) => one.kind === kind)
      .map((one) => one.value)
      .join(' ');
  const [touch] = lead.touches;
  return {
    id: lead.id,
    created: lead.createdAt.toISOString(),
    name: lead.name,
    email: contact('email'),
    phone: contact('phone'),
    other: lead.contacts
      .filter((one) => one.kind !== 'email' && one.kind !== 'phone')
      .map((one) => `${one.kind}: ${one.value}`)
      .join(' '),
    language: lead.language,
    stage: lead.stage,
    score: lead.score,
    consent: consents(lead, CONTACT_PURPOSE) ? 'yes' : 'no',
    channel: touch?.channel ?? '',
    post: touch?.postId ?? '',
    article: touch?.articleId ?? '',
    message: lead.messages
      .filter((one) => one.from === 'lead')
      .map((one) => one.text)
      .join('\n'),
  };
}

function describe(lead: Lead, timeZone: string): string[] {
  const at = (instant: Date) => localTime(instant, timeZone);
  return [
    `Lead ${lead.id}: ${lead.name || 'no name given'}, ${lead.stage}, score ${lead.score}, since ${at(lead.createdAt)}`,
    ...lead.reasons.map(({ points, reason }) => `  ${points > 0 ? '+' : ''}${points} ${reason}`),
    ...lead.contacts.map(({ kind, value }) => `${kind}: ${value}`),
    ...lead.touches.map(
      (touch) =>
        `${at(touch.at)}  ${touch.kind} from ${touch.channel ?? 'an unknown channel'}, post ${touch.postId ?? '-'}, article ${touch.articleId ?? '-'}`,
    ),
    ...lead.consents.map((one) => `${at(one.at)}  ${one.granted ? 'agreed' : 'withdrew'} (${one.how}): ${one.wording}`),
    ...lead.messages.map(
      (message) => `${at(message.at)}  ${message.from === 'lead' ? 'wrote' : 'was told'}: ${message.text}`,
    ),
  ];
}
