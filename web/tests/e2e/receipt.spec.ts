import { accessible, expect, signUp, speak, test } from './support';
import { buy } from './operator';

const said = {
  vi: {
    see: 'Xem biên nhận',
    receipt: 'Biên nhận thanh toán',
    words: /Hai trăm năm mươi nghìn đồng/i,
    zone: /GMT\+7/,
    notInvoice: 'Đây là biên nhận thanh toán, không phải hoá đơn GTGT.',
    unpaid: 'Đơn này chưa có biên nhận',
    none: 'Không có biên nhận này',
  },
  en: {
    see: 'See the receipt',
    receipt: 'Payment receipt',
    words: /Two hundred fifty thousand/i,
    zone: /GMT\+7/,
    notInvoice: 'This is a payment receipt, not a VAT invoice.',
    unpaid: 'This order has no receipt yet',
    none: 'There is no such receipt',
  },
} as const;

for (const locale of ['vi', 'en'] as const) {
  const say = said[locale];

  test(`a paid order has a receipt that prints on one page (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    await speak(page, locale, baseURL);
    await signUp(page, baseURL, locale);
    const order = await buy(page);
    await page.getByRole('link', { name: say.see }).click();

    await expect(page).toHaveURL(`/billing/receipt/${order}`);
    const sheet = page.getByTestId('receipt');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.receipt);
    await expect(sheet.getByText(/IMG-\d{8}-/)).toBeVisible();
    await expect(sheet.getByText(say.words)).toBeVisible();
    await expect(sheet.getByText(say.zone)).toBeVisible();
    await expect(sheet.getByText(say.notInvoice)).toBeVisible();
    await accessible(page, 'receipt');

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(page.getByRole('banner')).toBeHidden();
    await expect(page.getByRole('radio')).toHaveCount(0);
    const paper = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(
        document.querySelector('[data-testid=receipt]') ?? document.body,
      );
      return { color, backgroundColor };
    });
    expect(paper).toEqual({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)' });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });
}

test('an order nobody paid, or somebody else paid, has no receipt here', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  const opened = await page.request.post('/user/pay-vnpay', {
    data: { planId: 'basic', locale: 'en' },
    headers: { 'X-Imagify': '1', Origin: new URL(baseURL ?? '').origin },
  });
  const { transactionId } = (await opened.json()) as { transactionId: string };
  await page.goto(`/billing/receipt/${transactionId}`);
  await expect(page.getByText(said.en.unpaid)).toBeVisible();
  await accessible(page, 'receipt of an unpaid order');

  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await speak(other, 'en', baseURL);
  await signUp(other, baseURL, 'en');
  const theirs = await buy(other);
  await context.close();
  await page.goto(`/billing/receipt/${theirs}`);
  await expect(page.getByText(said.en.none)).toBeVisible();
});
