import { accessible, expect, signUp, speak, test, words } from './support';
import { buy, creditsOf, newCustomer, signUpOperator } from './operator';

test('a customer finds no console, by no way', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (const path of ['/console', '/console/orders']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.en.notFound);
  }
  await page.goto('/account');
  await page.getByRole('button', { name: words.en.openMenu }).click();
  await expect(page.getByRole('link', { name: 'Account and orders' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Operator console' })).toHaveCount(0);
  expect(asked.filter((path) => path.startsWith('/admin'))).toEqual([]);
});

test('credits are given by hand, once, and the books say why', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  const customer = await newCustomer(browser, baseURL, 'en');
  await signUpOperator(page, baseURL, 'en');
  await page.goto('/account');
  await page.getByRole('button', { name: words.en.openMenu }).click();
  await page.getByRole('link', { name: 'Operator console' }).click();
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByRole('searchbox').fill(customer.email);
  await page.getByRole('link', { name: customer.email }).click();

  await page.getByRole('button', { name: 'Give credits' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Credits').fill('20');
  await dialog.getByRole('button', { name: 'Give 20 credits' }).click();
  await expect(dialog.getByText('Write at least 3 characters.')).toBeVisible();
  await accessible(page, 'grant dialog');
  await dialog.getByLabel('Note').fill('sorry for Monday');
  await dialog.getByRole('button', { name: 'Give 20 credits' }).click();

  await expect(page.getByTestId('done')).toHaveText(/20 credits given.*25/);
  await expect(page.getByTestId('done')).toBeFocused();
  await expect(page.getByRole('row', { name: /Gift \+20 25 .*sorry for Monday/ })).toBeVisible();
  expect(await creditsOf(customer.page)).toBe(25);

  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(
    page.getByRole('row', { name: /Gave credits .*sorry for Monday/ }).first(),
  ).toBeVisible();
  await customer.close();
});

test('an order is refunded in part, by keyboard, and the customer sees it', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  await speak(page, 'en', baseURL);
  const customer = await newCustomer(browser, baseURL, 'en');
  const order = await buy(customer.page);
  await expect(customer.page.getByRole('heading', { level: 1 })).toHaveText(words.en.received);
  await signUpOperator(page, baseURL, 'en');
  await page.goto('/console/orders?status=paid');
  await page.getByRole('searchbox').fill(order);
  await page.getByRole('link', { name: order }).focus();
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: 'Refund', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Refund' });
  await dialog.getByRole('radio', { name: 'The whole order' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.type('40');
  await expect(dialog.getByText(/40 credits of .* are set aside/)).toContainText('₫100,000');
  await accessible(page, 'refund dialog');
  await page.keyboard.press('Tab');
  await page.keyboard.type('changed their mind');
  await dialog.getByRole('button', { name: 'Refund ₫100,000' }).focus();
  await page.keyboard.press('Enter');

  await expect(page.getByTestId('done')).toContainText('₫100,000');
  expect(await creditsOf(customer.page)).toBe(65);
  // The gateway takes its time.
  await expect(async () => {
    await page.getByRole('button', { name: 'Ask VNPAY now' }).click();
    await expect(page.getByText('Refunded', { exact: true }).first()).toBeVisible({
      timeout: 3_000,
    });
  }).toPass({ timeout: 60_000 });
  expect(await creditsOf(customer.page)).toBe(65);

  await customer.page.goto('/account');
  await expect(customer.page.getByText('₫100,000 refunded, 40 credits taken back.')).toBeVisible();
  await expect(customer.page.getByText('Money refunded, credits taken back')).toBeVisible();
  await customer.page.getByRole('link', { name: /^Receipt/ }).click();
  await expect(customer.page.getByTestId('receipt')).toContainText('₫100,000 refunded');
  await customer.close();
});

test('a case is settled after it is said what will happen', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  const customer = await newCustomer(browser, baseURL, 'en');
  const order = await buy(customer.page, 'fraud');
  await signUpOperator(page, baseURL, 'en');
  await page.goto('/console');
  await page.getByRole('link', { name: /cases? to review/ }).click();
  const item = page.getByRole('article', { name: order });
  await expect(item.getByRole('row', { name: /vnp_Amount .*₫250,000/ })).toBeVisible();

  await item.getByRole('button', { name: 'Dismiss' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/cannot be dismissed/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await item.getByRole('button', { name: 'Approve' }).click();
  await expect(dialog.getByText(`${customer.email} gets 100 credits`)).toBeVisible();
  await accessible(page, 'settle dialog');
  await dialog.getByLabel('Note').fill('the bank let it go');
  await dialog.getByRole('button', { name: 'Approve' }).click();

  await expect(page.getByTestId('done')).toHaveText('Approved.');
  await expect(item).toHaveCount(0);
  await expect.poll(() => creditsOf(customer.page)).toBe(105);
  await page.goto(`/console/orders/${order}`);
  await expect(page.getByText('the bank let it go')).toBeVisible();
  await customer.close();
});

const looks = [
  { locale: 'vi', scheme: 'light', width: 1280 },
  { locale: 'vi', scheme: 'dark', width: 390 },
  { locale: 'en', scheme: 'dark', width: 1280 },
  { locale: 'en', scheme: 'light', width: 390 },
] as const;

for (const { locale, scheme, width } of looks) {
  test(`every part of the console is accessible and fits: ${locale}, ${scheme}, ${width} px`, async ({
    watched: page,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await speak(page, locale, baseURL);
    await signUpOperator(page, baseURL, locale);
    const order = await buy(page, 'fraud');
    const { id } = (await (await page.request.get('/auth/session')).json()).user as { id: string };
    for (const path of [
      '/console',
      '/console/reviews',
      '/console/reviews?show=all',
      '/console/orders',
      `/console/orders/${order}`,
      '/console/orders/none',
      '/console/users',
      `/console/users/${id}`,
      '/console/audit',
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        `${path} scrolls sideways`,
      ).toBeLessThanOrEqual(0);
      await accessible(page, path);
    }
  });
}
