// What the program prints, and the parts of docs/cost.md that it writes.
import { billOf } from './charges';
import { byService } from './model';
import type { Basis } from './model';
import type { Size } from './chart';
import { leftOut, reportLines } from './report';
import { savingsOf } from './savings';

export const kSizes = [1_000, 10_000, 100_000, 1_000_000];

export function dollars(usd: number): string {
  if (usd !== 0 && Math.abs(usd) < 0.005) return '< $0.01';
  const digits = Math.abs(usd) < 1000 ? 2 : 0;
  const text = usd.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `$${text}`;
}

const cents = (usd: number) => `${(usd * 100).toFixed(2)} ¢`;
const row = (cells: string[]) => `| ${cells.join(' | ')} |`;

export const withUsers = (basis: Basis, users: number): Basis => ({
  ...basis,
  scenario: { ...basis.scenario, users },
});

export const sizesOf = (basis: Basis): Size[] =>
  kSizes.map((users) => ({ users, bill: billOf(withUsers(basis, users)) }));

/** One size: every line, with what it is paid for. */
export function billTable(basis: Basis): string {
  const bill = billOf(basis);
  const order = byService(bill).map(([service]) => service);
  const lines = [...bill.lines].sort(
    (one, other) =>
      order.indexOf(one.service) - order.indexOf(other.service) || other.usd - one.usd,
  );
  const amount = (quantity: number) =>
    quantity.toLocaleString('en', { maximumFractionDigits: quantity < 100 ? 2 : 0 });
  return [
    row(['Service', 'For', 'How many', 'Unit', 'A month']),
    row(['---', '---', '---:', '---', '---:']),
    ...lines.map(({ service, what, quantity, usd, price }) =>
      row([service, what, amount(quantity), basis.prices.prices[price]!.unit, dollars(usd)]),
    ),
    row(['**All**', '', '', '', `**${dollars(bill.usd)}**`]),
  ].join('\n');
}

/** Services by size. */
export function sizesTable(basis: Basis): string {
  const sizes = sizesOf(basis);
  const services = byService(sizes.at(-1)!.bill).map(([service]) => service);
  const sums = sizes.map(({ bill }) => new Map(byService(bill)));
  const cell = (pick: (size: Size) => string) => sizes.map(pick);
  const clipdrop = (size: Size) => new Map(byService(size.bill)).get('ClipDrop') ?? 0;
  const aws = (size: Size) => size.bill.usd - clipdrop(size);
  return [
    row(['', ...kSizes.map((users) => `${users.toLocaleString('en')} users`)]),
    row(['---', ...kSizes.map(() => '---:')]),
    ...services.map((service) =>
      row([service, ...sums.map((sum) => dollars(sum.get(service) ?? 0))]),
    ),
    row(['**All**', ...cell(({ bill }) => `**${dollars(bill.usd)}**`)]),
    row(['AWS alone', ...cell((size) => dollars(aws(size)))]),
    row(['A picture', ...cell(({ bill }) => cents(bill.usdPerPicture))]),
    row(['AWS alone, a picture', ...cell((size) => cents(aws(size) / size.bill.pictures))]),
  ].join('\n');
}

/** The report's bill beside ours. */
export function reportTable(basis: Basis): string {
  const bill = billOf(withUsers(basis, 1_000));
  const ours = new Map(byService(bill));
  const lines = reportLines(basis.prices);
  const seen = new Set<string>();
  const here = (name: string) => {
    const service = name.split(' ')[0] === 'DynamoDB' ? 'DynamoDB' : name;
    if (seen.has(service)) return '';
    seen.add(service);
    return dollars(ours.get(service) ?? 0);
  };
  const said = lines.reduce((sum, line) => sum + line.said, 0);
  const corrected = lines.reduce((sum, line) => sum + line.corrected, 0);
  return [
    row(['Line', 'Report', 'It says', 'Its numbers, right price', 'Imagify', 'What is wrong']),
    row(['---', '---', '---:', '---:', '---:', '---']),
    ...lines.map((line) =>
      row([
        line.service,
        line.formula,
        dollars(line.said),
        dollars(line.corrected),
        here(line.service),
        line.wrong,
      ]),
    ),
    ...leftOut(bill).map(([service, usd]) =>
      row([service, 'left out', '$0.00', '', dollars(usd), 'the report has no line for it']),
    ),
    row([
      '**All**',
      '',
      `**${dollars(said)}**`,
      `**${dollars(corrected)}**`,
      `**${dollars(bill.usd)}**`,
      '',
    ]),
  ].join('\n');
}

export function dominating(basis: Basis): string {
  return sizesOf(basis)
    .map(({ users, bill }) => {
      const services = byService(bill);
      const [first, usd] = services[0]!;
      const aws = services.filter(([service]) => service !== 'ClipDrop');
      const [second, next] = aws[0]!;
      const sum = aws.reduce((total, [, one]) => total + one, 0);
      const share = (part: number, whole: number) => `${Math.round((100 * part) / whole)} %`;
      return (
        `- ${users.toLocaleString('en')} users: ${first}, ${share(usd, bill.usd)} of the bill; ` +
        `of AWS alone ${second}, ${share(next, sum)}`
      );
    })
    .join('\n');
}

export function savingsTable(basis: Basis, most = 3): string {
  const sizes = kSizes.map((users) => savingsOf(withUsers(basis, users)));
  // The best of each size; a change may only pay at some of them.
  const names = new Map(sizes.flatMap((all) => all.slice(0, most)).map((one) => [one.change, one]));
  return [
    row(['Change', ...kSizes.map((users) => `${users.toLocaleString('en')} users`), 'But']),
    row(['---', ...kSizes.map(() => '---:'), '---']),
    ...[...names.values()].map(({ change, catch: price }) =>
      row([
        change,
        ...sizes.map((all) => dollars(all.find((one) => one.change === change)?.usd ?? 0)),
        price,
      ]),
    ),
  ].join('\n');
}

/** The parts of docs/cost.md by the name of their mark. */
export const pageParts = (basis: Basis): Record<string, string> => ({
  sizes: sizesTable(basis),
  dominating: dominating(basis),
  savings: savingsTable(basis),
  report: reportTable(basis),
  bill: billTable(withUsers(basis, 1_000)),
});

/** `text` with each part between <!-- cost:NAME --> and <!-- /cost --> replaced. */
export function fillPage(text: string, parts: Record<string, string>): string {
  let page = text;
  for (const [name, part] of Object.entries(parts)) {
    const marked = new RegExp(`(<!-- cost:${name} -->\n)[^]*?(<!-- /cost -->)`);
    if (!marked.test(page)) throw new Error(`the page has no <!-- cost:${name} --> and its end`);
    page = page.replace(marked, (_, start, end) => `${start}${part}\n${end}`);
  }
  return page;
}
