import { expect, freshEmail, goodPassword, signUp, speak, test, words } from './support';

for (const locale of ['vi', 'en'] as const) {
  const say = words[locale];

  test(`forms say what is wrong, and keep what is right (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    await speak(page, locale, baseURL);
    await page.goto('/signup');
    await page.getByRole('button', { name: say.createAccount }).click();
    await expect(page.getByText(say.needEmail)).toBeVisible();
    await expect(page.getByLabel(say.email, { exact: true })).toBeFocused();

    const email = freshEmail();
    await page.getByLabel(say.email, { exact: true }).fill(email);
    await page.getByLabel(say.password, { exact: true }).fill('password');
    await page.getByRole('button', { name: say.createAccount }).click();
    await expect(page.getByText(say.tooCommon)).toBeVisible();
    await expect(page.getByLabel(say.email, { exact: true })).toHaveValue(email);

    const known = await signUp(page, baseURL, locale);
    await page.context().clearCookies({ name: 'imagify_session' });
    await page.getByLabel(say.email, { exact: true }).fill(known);
    await page.getByLabel(say.password, { exact: true }).fill(goodPassword);
    await page.getByRole('button', { name: say.createAccount }).click();
    await expect(page.getByText(say.taken).first()).toBeVisible();
  });

  test(`a wrong password says so (${locale})`, async ({ watched: page, baseURL }) => {
    await speak(page, locale, baseURL);
    await page.goto('/login?next=https://example.com/');
    await page.getByLabel(say.email, { exact: true }).fill('nobody@example.com');
    await page.getByLabel(say.password, { exact: true }).fill('not-the-password');
    await page.locator('form').getByRole('button', { name: say.logIn }).click();
    await expect(page.getByRole('alert')).toContainText(say.badCredentials);
  });
}

test('a page for members sends a guest to log in and back', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  const email = await signUp(page, baseURL, 'en');
  await page.context().clearCookies();
  await speak(page, 'en', baseURL);
  await page.goto('/billing?plan=business');
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.locator('form').getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL('/billing?plan=business');
  await expect(page.getByRole('radio', { name: /5,000 credits/ })).toBeChecked();
});

test('a next that leads off the site leads to the studio', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/login?next=//example.com/');
  await expect(page).toHaveURL('/studio');
});

test('a prompt that is too long is not sent', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/studio');
  await page.getByLabel('Prompt', { exact: true }).fill('ộ'.repeat(1001));
  await page.getByTestId('paint').click();
  await expect(page.getByText('1,001 / 1,000')).toBeVisible();
  await expect(page.getByTestId('balance')).toContainText('5 credits');
});

test('a forged return from VNPAY credits nothing and says so', async ({
  watched: page,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/payment-result?vnp_TxnRef=1&vnp_ResponseCode=00&vnp_SecureHash=00');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This could not be confirmed');
  await expect(page.getByTestId('balance')).toContainText('5 credits');
});

test("somebody else's order is not shown", async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/billing/result/NOSUCHORDER');
  await expect(page.getByText('This order is not in your account.')).toBeVisible();
});
