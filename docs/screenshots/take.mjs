#!/usr/bin/env node
// Takes the screenshots of the documentation from a running Imagify in development mode.
//
//   ./run                                   in one terminal
//   node docs/screenshots/take.mjs [URL [NAME...]]    in another; URL defaults to
//                                          http://127.0.0.1:8080; NAMEs: write only these
//
// The operators' console is taken when IMAGIFY_DATA names the data folder of that server; a new
// operator is made there with build/imagify (IMAGIFY_PROGRAM names another).
//
// Walks the real app in Debian's Chromium (CHROMIUM names another) as a new customer, once in each
// language, and writes docs/screenshots/NAME-vi.webp and NAME-en.webp with cwebp.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(join(folder, '../../web/package.json'))('@playwright/test');
const [, , address = 'http://127.0.0.1:8080', ...only] = process.argv;
const base = new URL(address).origin;
const scratch = mkdtempSync(join(tmpdir(), 'imagify-shots-'));
const maxBytes = 200_000;

const desktop = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };
const ours = { 'X-Imagify': '1', Origin: base };

// The same pictures every time, those of docs/samples.
const seed = 1;
const bay = 'Vịnh Hạ Long lúc bình minh, biển lặng, núi xanh trong sương';
const balloons = 'Hot air balloons over lavender fields at sunset';
const others = [
  'Tropical beach with palm trees at sunset',
  'Rừng thông trong sương sớm, tranh mực tàu',
  'City of the future at night, neon',
  'Ruộng bậc thang mùa lúa chín, nắng vàng',
  'A purple planet among the stars',
  'Chú mèo ngồi ngắm trăng tròn bên hồ',
  'Northern lights over snow mountains and a lake',
  'Phố cổ đêm mưa, đèn lồng đỏ',
  'Snow mountains under the moon, silk painting',
  'Hoa sen trên hồ buổi sáng',
];
const languages = {
  vi: {
    front: '/',
    prompt: 'Câu mô tả',
    refund: 'Hoàn tiền',
    first: bay,
    others: [balloons, ...others],
  },
  en: {
    front: '/en',
    prompt: 'Prompt',
    refund: 'Refund',
    first: balloons,
    others: [bay, ...others],
  },
};

/** Saves what the page shows as NAME.webp, with lower quality until it fits. */
async function shoot(page, name) {
  if (only.length > 0 && !only.includes(name.replace(/-(vi|en)$/, ''))) return;
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(async () => {
    scrollTo(0, 0);
    await document.fonts.ready;
    const shown = [...document.images].filter((image) => image.loading !== 'lazy');
    await Promise.all(shown.map((image) => image.decode().catch(() => undefined)));
  });
  await page.waitForTimeout(700);
  const png = join(scratch, `${name}.png`);
  const webp = join(folder, `${name}.webp`);
  await page.screenshot({ path: png });
  for (const quality of [90, 82, 72, 60]) {
    execFileSync('cwebp', ['-quiet', '-m', '6', '-q', String(quality), png, '-o', webp]);
    if (statSync(webp).size <= maxBytes) break;
  }
  console.log(`${name}.webp ${Math.round(statSync(webp).size / 1000)} kB`);
}

/** Posts as the page would, with its session. */
async function post(page, path, data, status) {
  const answer = await page.request.post(base + path, { data, headers: ours, timeout: 60_000 });
  if (answer.status() !== status) throw new Error(`${path} answered ${answer.status()}`);
}

async function shootFront(page, locale) {
  await page.goto(languages[locale].front);
  await shoot(page, `landing-${locale}`);
  await page.setViewportSize(phone);
  await shoot(page, `phone-landing-${locale}`);
  await page.setViewportSize(desktop);
}

async function shootStudio(page, locale) {
  const say = languages[locale];
  await page.route('**/image/generate-image', (route) =>
    route.continue({ postData: JSON.stringify({ ...route.request().postDataJSON(), seed }) }),
  );
  await page.goto('/studio');
  await page.getByLabel(say.prompt, { exact: true }).fill(say.first);
  await page.getByTestId('paint').click();
  await page.locator('[data-testid=easel][data-state=ready]').waitFor({ timeout: 60_000 });
  await page.getByTestId('result').waitFor();
  await shoot(page, `studio-${locale}`);
}

async function shootPayment(page, locale) {
  await page.goto('/billing');
  await page.getByTestId('pay').waitFor();
  await shoot(page, `billing-${locale}`);
  await page.getByTestId('pay').click();
  await page.waitForURL(/\/dev\/vnpay/);
  await shoot(page, `payment-${locale}`);
  await page.getByTestId('vnpay-pay').click();
  await page.waitForURL(/\/billing\/result\/[^?]+$/);
  await page.getByTestId('balance').getByText('104').first().waitFor();
  await shoot(page, `paid-${locale}`);
}

async function shootReceipt(page, locale) {
  await page.locator('a[href^="/billing/receipt/"]').click();
  await page.getByTestId('receipt').waitFor();
  await shoot(page, `receipt-${locale}`);
}

/** The console with something to do in it: a case to review, and a refund under way. */
async function shootConsole(page, locale, email) {
  if (!process.env.IMAGIFY_DATA) return;
  const program = process.env.IMAGIFY_PROGRAM ?? join(folder, '../../build/imagify');
  const note = ['--note', 'screenshots', '--data', process.env.IMAGIFY_DATA];
  execFileSync(program, ['make-admin', email, ...note]);
  const bought = new URL(page.url()).pathname.split('/').at(-1);
  await page.goto('/billing');
  await page.getByTestId('pay').click();
  await page.waitForURL(/\/dev\/vnpay/);
  await page.locator('input[name="card"][value="fraud"]').check();
  await page.getByTestId('vnpay-pay').click();
  await page.waitForURL(/\/billing\/result\/[^?]+$/);
  await page.goto('/console');
  await page.locator('a[href="/console/reviews"]').last().waitFor();
  await shoot(page, `console-${locale}`);
  await page.goto('/console/reviews');
  await page.getByRole('article').first().waitFor();
  await shoot(page, `console-reviews-${locale}`);
  await page.goto(`/console/orders/${bought}`);
  await page.getByRole('button', { name: languages[locale].refund, exact: true }).click();
  await page.getByRole('dialog').getByRole('radio').last().click({ force: true });
  await page.getByRole('dialog').locator('input[name="credits"]').fill('40');
  await shoot(page, `console-refund-${locale}`);
  await page.goto('/console/orders');
  await page.setViewportSize(phone);
  await page.locator('#orders li').first().waitFor();
  await shoot(page, `phone-console-${locale}`);
  await page.setViewportSize(desktop);
}

async function shootGallery(page, locale) {
  const say = languages[locale];
  for (const prompt of say.others) {
    await post(page, '/image/generate-image', { prompt, seed }, 200);
  }
  await page.goto('/gallery');
  await page.locator('.wall a img').nth(say.others.length).waitFor({ state: 'attached' });
  await shoot(page, `gallery-${locale}`);
  await page.setViewportSize(phone);
  await shoot(page, `phone-gallery-${locale}`);
  await page.goto('/studio');
  await page.getByLabel(say.prompt, { exact: true }).fill(say.first);
  await page.getByLabel(say.prompt, { exact: true }).blur();
  await shoot(page, `phone-studio-${locale}`);
}

async function walk(browser, locale) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: desktop,
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale,
  });
  await context.addCookies([{ name: 'lang', value: locale, url: base }]);
  const page = await context.newPage();
  await shootFront(page, locale);
  const email = `lan-${Date.now()}@example.vn`;
  const person = { email, password: 'hoa sen tháng sáu', name: 'Lan', locale };
  await post(page, '/auth/register', person, 201);
  await shootStudio(page, locale);
  await shootPayment(page, locale);
  await shootReceipt(page, locale);
  await shootConsole(page, locale, email);
  await shootGallery(page, locale);
  await context.close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'],
});
try {
  for (const locale of Object.keys(languages)) await walk(browser, locale);
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
}
