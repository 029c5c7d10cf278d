// What a month of Imagify costs on AWS. npm --prefix infra run cost -- --help
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chartOf } from './chart';
import { inventoryOf, readTemplates } from './inventory';
import type { Inventory } from './inventory';
import { readPrices, readScenario, readUsage } from './model';
import type { Basis } from './model';
import * as page from './page';

export const kInventory = join(__dirname, 'inventory.json');
export const kPage = join(__dirname, '../../docs/cost.md');
export const kChart = join(__dirname, '../../docs/cost.svg');

const kHelp = `What a month of Imagify costs on AWS: templates x scenario x prices

  npm --prefix infra run cost -- [flags]

  --users N          active users; default: a table of 1,000 to 1,000,000
  --pictures N       pictures of one user a month; default 5
  --month N          how many months it has run (pictures pile up); default 12
  --clipdrop USD     what ClipDrop asks for a picture; default 0.05
  --phase 1|2|3      which snapshot of the templates; default 1
  --templates DIR    a cloud assembly (cdk.out) instead of the snapshot
  --report           the deployment report's bill beside ours
  --savings          every change that would save, not the best three
  --write-inventory  keeps what --templates found as the snapshot of --phase
  --write-docs       writes the tables and the chart of docs/cost.md

Examples
  npm --prefix infra run cost -- --users 1000
  npm --prefix infra run cost -- --clipdrop 0.09 --report
  npm --prefix infra run cost -- --templates infra/cdk.out --phase 2

Prices: infra/cost/prices.json. What people do: infra/cost/scenario.json. What a use takes:
infra/cost/usage.json, counted by tests/aws/usage.mjs.
`;

const kFlags = {
  users: { type: 'string' },
  pictures: { type: 'string' },
  month: { type: 'string' },
  clipdrop: { type: 'string' },
  phase: { type: 'string', default: '1' },
  templates: { type: 'string' },
  report: { type: 'boolean', default: false },
  savings: { type: 'boolean', default: false },
  'write-inventory': { type: 'boolean', default: false },
  'write-docs': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const readInventories = (): Record<string, Inventory> =>
  JSON.parse(readFileSync(kInventory, 'utf8'));

export function basisOf(inventory: Inventory): Basis {
  return { inventory, scenario: readScenario(), prices: readPrices(), usage: readUsage() };
}

function positive(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`--${flag} ${text} is no number above zero, such as --${flag} 1000`);
}

function snapshot(phase: string): Inventory {
  const found = readInventories()[phase];
  if (!found) throw new Error(`--phase ${phase} is not one of 1, 2 and 3`);
  return found;
}

function keep(inventory: Inventory, phase: string): void {
  const all = { ...readInventories(), [phase]: inventory };
  writeFileSync(kInventory, `${JSON.stringify(all, null, 2)}\n`);
}

function writeDocs(basis: Basis): void {
  writeFileSync(kPage, page.fillPage(readFileSync(kPage, 'utf8'), page.pageParts(basis)));
  writeFileSync(kChart, chartOf(page.sizesOf(basis)));
}

export function run(words: string[]): string {
  const { values } = parseArgs({ args: words, options: kFlags });
  if (values.help) return kHelp;
  const inventory = values.templates
    ? inventoryOf(readTemplates(values.templates))
    : snapshot(values.phase);
  const basis = basisOf(inventory);
  const { scenario, prices } = basis;
  if (values.month) scenario.month = positive('month', values.month);
  if (values.pictures) scenario.perUser.pictures.value = positive('pictures', values.pictures);
  if (values.clipdrop)
    prices.prices['clipdrop.pictures']!.usd = positive('clipdrop', values.clipdrop);
  if (values['write-inventory']) keep(inventory, values.phase);
  if (values['write-docs']) {
    writeDocs(basis);
    return 'Written: docs/cost.md, docs/cost.svg\n';
  }
  const users = values.users ? positive('users', values.users) : undefined;
  const parts = [
    users ? page.billTable(page.withUsers(basis, users)) : page.sizesTable(basis),
    `What dominates\n${page.dominating(basis)}`,
    `What would save, by itself\n${page.savingsTable(basis, values.savings ? Infinity : 3)}`,
  ];
  if (values.report) parts.push(`The report\n${page.reportTable(basis)}`);
  return `${parts.join('\n\n')}\n`;
}

if (require.main === module) {
  try {
    process.stdout.write(run(process.argv.slice(2)));
  } catch (error) {
    process.stderr.write(`cost: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
