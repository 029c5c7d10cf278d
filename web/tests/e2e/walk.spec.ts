import {
  accessible,
  expect,
  freshEmail,
  goodPassword,
  paint,
  signUp,
  speak,
  test,
  words,
  type Locale,
} from './support';

const prompts = {
  vi: 'Vịnh biển lúc bình minh, thuyền buồm',
  en: 'A calm bay at dawn, sailing boat',
};

for (const locale of ['vi', 'en'] as const) {
  const say = words[locale];

  test(`from the front door to a bought balance (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    await speak(page, locale, baseURL);
    await page.goto(locale === 'vi' ? '/' : '/en');
    await page.locator('#first-prompt').fill(prompts[locale]);
    await page.locator('form[action="/studio"] button').click();

    // The words typed as a guest survive signing up.
    await page.getByRole('link', { name: /5/ }).last().click();
    await page.getByLabel(say.email, { exact: true }).fill(freshEmail());
    await page.getByLabel(say.password, { exact: true }).fill(goodPassword);
    await page.getByRole('button', { name: say.createAccount }).click();
    await expect(page).toHaveURL('/studio');
    await expect(page.getByLabel(say.prompt, { exact: true })).toHaveValue(prompts[locale]);
    await expect(page.getByTestId('balance')).toContainText(say.credits('5'));

    await page.getByTestId('paint').click();
    await expect(page.getByTestId('easel')).toHaveAttribute('data-state', 'ready');
    const loaded = await page
      .getByTestId('result')
      .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
    expect(loaded).toBeGreaterThan(200);
    await expect(page.getByTestId('balance')).toContainText(say.credits('4'));

    await page.getByTestId('balance').click();
    await expect(page.getByTestId('pay')).toHaveText(say.price);
    await page.getByTestId('pay').click();
    await page.waitForURL(/\/dev\/vnpay/);
    await page.getByTestId('vnpay-pay').click();

    await expect(page).toHaveURL(/\/billing\/result\/[^?]+$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.received);
    await expect(page.getByTestId('balance')).toContainText(say.credits('104'));
    await accessible(page, 'payment result');

    await page.getByRole('link', { name: say.toStudio }).click();
    await expect(page).toHaveURL('/studio');
    await page.reload();
    await expect(page.getByTestId('balance')).toContainText(say.credits('104'));
  });

  test(`a payment given up says so and keeps the plan (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    await speak(page, locale, baseURL);
    await signUp(page, baseURL, locale);
    await page.goto('/billing?plan=advanced');
    await page.getByTestId('pay').click();
    await page.waitForURL(/\/dev\/vnpay/);
    await page.getByTestId('vnpay-cancel').click();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say.failed);
    await expect(page.getByText(say.cancelled)).toBeVisible();
    await expect(page.getByTestId('pay-again')).toHaveText(/1[.,]250[.,]000/);
    await expect(page.getByTestId('balance')).toContainText(say.credits('5'));
  });
}

test('a card without money says so, and another card pays the same plan', async ({
  watched: page,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/billing');
  await page.getByTestId('pay').click();
  await page.waitForURL(/\/dev\/vnpay/);
  await page.locator('input[name="card"][value="insufficient"]').check();
  await page.getByTestId('vnpay-pay').click();
  await expect(page.getByText(words.en.funds)).toBeVisible();

  await page.getByTestId('pay-again').click();
  await page.waitForURL(/\/dev\/vnpay/);
  await page.getByTestId('vnpay-pay').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.en.received);
  await expect(page.getByTestId('balance')).toContainText('105 credits');
});

test('a late notice turns the waiting page into the paid one, without a reload', async ({
  watched: page,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/billing');
  await page.getByTestId('pay').click();
  await page.waitForURL(/\/dev\/vnpay/);
  await page.locator('input[name="card"][value="notice-late"]').check();
  await page.getByTestId('vnpay-pay').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.en.received, {
    timeout: 40_000,
  });
  await expect(page.getByTestId('balance')).toContainText('105 credits');
});

test('a picture in work survives a refresh', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/studio');
  await page.getByLabel(words.en.prompt, { exact: true }).fill('Snow mountains under the moon');
  await page.getByTestId('paint').click();
  await page.reload();

  await expect(page.getByTestId('easel')).toHaveAttribute('data-state', 'ready');
  await expect(page.getByTestId('balance')).toContainText('4 credits');
});

test('five pictures later the button sells credits and the prompt is kept', async ({
  watched: page,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/studio');
  for (let count = 4; count >= 0; count -= 1) {
    await paint(page, 'en', `A lighthouse at night, number ${count}`);
    await expect(page.getByTestId('balance')).toContainText(`${count} credit`);
  }
  await page.getByLabel(words.en.prompt, { exact: true }).fill('One more lighthouse');
  await page.locator('form').getByRole('link', { name: 'Top up' }).click();
  await expect(page).toHaveURL('/billing');
  await page.goBack();
  await expect(page.getByLabel(words.en.prompt, { exact: true })).toHaveValue(
    'One more lighthouse',
  );
});

test('the language changes at once, and stays', async ({ watched: page, baseURL }) => {
  await speak(page, 'vi', baseURL);
  await signUp(page, baseURL, 'vi');
  await page.goto('/account');
  await page.getByRole('radio', { name: 'English' }).click({ force: true });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account');
});

test('logging out everywhere ends the session of another browser', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  const locale: Locale = 'en';
  await speak(page, locale, baseURL);
  const email = await signUp(page, baseURL, locale);
  const elsewhere = await browser.newContext({ baseURL, extraHTTPHeaders: { 'X-Imagify': '1' } });
  const login = await elsewhere.request.post('/auth/login', {
    data: { email, password: goodPassword },
    headers: { Origin: new URL(baseURL ?? '').origin },
  });
  expect(login.status()).toBe(200);

  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Log out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Log out everywhere' }).click();
  await expect(page).toHaveURL('/login');

  await expect.poll(async () => (await elsewhere.request.get('/user/credits')).status()).toBe(401);
  await elsewhere.close();
});
