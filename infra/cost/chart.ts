// The chart of docs/cost.md: what one picture costs on AWS, by service, at each size.
import { byService } from './model';
import type { Bill } from './model';

/** Told apart in light, dark and grey; the text says the rest. */
const kColours = ['#2563eb', '#d97706', '#059669', '#dc2626', '#7c3aed', '#0891b2', '#6b7280'];
const kWidth = 720;
const kRow = 56;
const kLeft = 110;
const kRight = 90;
const kTop = 88;

export interface Size {
  users: number;
  bill: Bill;
}

const escape = (text: string) =>
  text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char]!);

/** Dollars of a picture by service without ClipDrop, the small ones together. */
function slices({ bill }: Size, shown: string[]): number[] {
  const parts = shown.map(() => 0);
  for (const [service, usd] of byService(bill)) {
    if (service === 'ClipDrop') continue;
    const at = shown.indexOf(service);
    parts[at < 0 ? shown.length - 1 : at]! += usd / bill.pictures;
  }
  return parts;
}

/** The services that matter at any size, and "others". */
function shownServices(sizes: Size[]): string[] {
  const share = new Map<string, number>();
  for (const { bill } of sizes)
    for (const [service, usd] of byService(bill))
      if (service !== 'ClipDrop')
        share.set(service, Math.max(share.get(service) ?? 0, usd / bill.pictures));
  const largest = [...share].sort(([, one], [, other]) => other - one).slice(0, 6);
  return [...largest.map(([service]) => service), 'others'];
}

export function chartOf(sizes: Size[]): string {
  const shown = shownServices(sizes);
  const rows = sizes.map((size) => slices(size, shown));
  const sums = rows.map((row) => row.reduce((sum, part) => sum + part, 0));
  const scale = (kWidth - kLeft - kRight) / Math.max(...sums);
  const height = kTop + sizes.length * kRow + 16;
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${kWidth} ${height}" role="img"` +
      ' font-family="sans-serif" font-size="13">',
    '<title>What AWS costs for one picture, in cents, by service</title>',
    `<rect width="${kWidth}" height="${height}" fill="#ffffff"/>`,
    '<g fill="#111827">',
    '<text x="16" y="24" font-size="15" font-weight="bold">' +
      'What AWS costs for one picture, in cents (without ClipDrop)</text>',
  ];
  shown.forEach((service, index) => {
    const [x, y] = [16 + (index % 4) * 172, 44 + Math.floor(index / 4) * 20];
    out.push(`<rect x="${x}" y="${y}" width="12" height="12" fill="${kColours[index]}"/>`);
    out.push(`<text x="${x + 18}" y="${y + 11}">${escape(service)}</text>`);
  });
  rows.forEach((row, index) => {
    const y = kTop + index * kRow + 8;
    const users = sizes[index]!.users.toLocaleString('en');
    out.push(`<text x="${kLeft - 10}" y="${y + 24}" text-anchor="end">${users} users</text>`);
    let x = kLeft;
    row.forEach((part, at) => {
      const width = part * scale;
      if (width >= 0.05)
        out.push(
          `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="38"` +
            ` fill="${kColours[at]}"/>`,
        );
      x += width;
    });
    const cents = (sums[index]! * 100).toFixed(2);
    out.push(`<text x="${(x + 8).toFixed(1)}" y="${y + 24}">${cents} ¢</text>`);
  });
  out.push('</g>', '</svg>', '');
  return out.join('\n');
}
