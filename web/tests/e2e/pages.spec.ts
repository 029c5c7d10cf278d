import { accessible, expect, fits, paint, signUp, speak, test, words } from './support';

const guestPages = [
  'landing',
  '/signup',
  '/login',
  '/forgot-password',
  '/reset-password',
  '/verify-email',
  '/studio',
  '/no-such-page',
];
const userPages = ['/studio', '/gallery', '/billing', '/account', '/account/security'];
const looks = [
  { locale: 'vi', scheme: 'light', width: 1280 },
  { locale: 'vi', scheme: 'dark', width: 390 },
  { locale: 'en', scheme: 'dark', width: 1280 },
  { locale: 'en', scheme: 'light', width: 390 },
] as const;

for (const { locale, scheme, width } of looks) {
  test(`every page is accessible and fits: ${locale}, ${scheme}, ${width} px`, async ({
    watched: page,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await speak(page, locale, baseURL);
    const visit = async (path: string) => {
      await page.goto(path === 'landing' ? (locale === 'vi' ? '/' : '/en') : path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle').catch(() => undefined);
      await fits(page, path);
      await accessible(page, path);
    };
    for (const path of guestPages) await visit(path);

    await signUp(page, baseURL, locale);
    await page.goto('/studio');
    await paint(
      page,
      locale,
      locale === 'vi' ? 'Ruộng bậc thang mùa lúa chín' : 'Rice terraces at harvest',
    );
    for (const path of userPages) await visit(path);

    await page.getByRole('button', { name: words[locale].openMenu }).click();
    await expect(page.locator('#account-menu')).toBeVisible();
    await accessible(page, 'account menu');

    await page.goto('/gallery');
    await page.locator('.wall a').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await accessible(page, 'viewer');
  });
}

test('an unknown page answers 404 and says so', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  const answer = await page.goto('/no/such/page');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.en.notFound);
});

test('the front page says everything without script', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [path, heading] of [
    ['/', 'Thấy ngay.'],
    ['/en', 'See it.'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
    await expect(page.locator('form[action="/studio"] button')).toBeVisible();
  }
  await context.close();
});
