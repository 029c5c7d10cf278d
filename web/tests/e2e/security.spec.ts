import type { Browser, Page } from '@playwright/test';
import { authenticator, scan } from './authenticator';
import {
  accessible,
  expect,
  fits,
  freshEmail,
  goodPassword,
  signUp,
  speak,
  test,
  words,
  type Locale,
} from './support';

const says = {
  vi: {
    setUp: 'Bật đăng nhập hai bước',
    current: 'Mật khẩu hiện tại',
    code: 'Mã 6 số',
    on: 'Đã bật đăng nhập hai bước',
    off: 'Đã tắt đăng nhập hai bước',
    kept: 'Tôi đã cất các mã',
    wrongCode: /không đúng hoặc đã được dùng/,
    useRecovery: 'Dùng mã dự phòng',
    recovery: 'Mã dự phòng',
    switchOff: 'Tắt đăng nhập hai bước',
    delete: 'Xóa tài khoản',
    forGood: 'Xóa vĩnh viễn',
    lost: '5 lượt còn lại',
    wrongPassword: 'Mật khẩu này không đúng.',
    goodbye: 'Tài khoản của bạn đã được xóa',
    front: '/',
  },
  en: {
    setUp: 'Set up two-step login',
    current: 'Current password',
    code: 'Six-digit code',
    on: 'Two-step login is on',
    off: 'Two-step login is off',
    kept: 'I have kept the codes',
    wrongCode: /not right or was used before/,
    useRecovery: 'Use a recovery code',
    recovery: 'Recovery code',
    switchOff: 'Switch two-step login off',
    delete: 'Delete account',
    forGood: 'Delete for good',
    lost: '5 credits that are left',
    wrongPassword: 'This password is not right.',
    goodbye: 'Your account is deleted',
    front: '/en',
  },
} as const;

async function logIn(page: Page, locale: Locale, email: string): Promise<void> {
  const say = words[locale];
  await page.context().clearCookies({ name: 'imagify_session' });
  await page.goto('/login');
  await page.getByLabel(say.email, { exact: true }).fill(email);
  await page.getByLabel(say.password, { exact: true }).fill(goodPassword);
  await page.keyboard.press('Enter');
}

/** The same person in another browser. */
async function elsewhere(browser: Browser, baseURL: string | undefined, email: string) {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-US',
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  const page = await context.newPage();
  await logIn(page, 'en', email);
  await expect(page).toHaveURL('/studio');
  return { page, close: () => context.close() };
}

for (const locale of ['vi', 'en'] as const) {
  const say = { ...words[locale], ...says[locale] };

  test(`the second step: scanned, asked for, replaced by a recovery code, switched off (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: locale === 'vi' ? 'dark' : 'light' });
    await speak(page, locale, baseURL);
    const email = await signUp(page, baseURL, locale);
    await page.goto('/account/security');
    await page.getByRole('button', { name: say.setUp }).click();
    await expect(page.getByLabel(say.current)).toBeFocused();
    await page.getByLabel(say.current).fill(goodPassword);
    await page.keyboard.press('Enter');

    const secret = (await page.getByTestId('secret').innerText()).replaceAll(/\s/g, '');
    expect(await scan(page.getByTestId('qr'))).toContain(`secret=${secret}`);
    await accessible(page, 'QR code');
    await fits(page, 'QR code');
    const phone = authenticator(secret);
    await page.getByLabel(say.code).fill('000000');
    await page.keyboard.press('Enter');
    await expect(page.getByText(say.wrongCode)).toBeVisible();
    const used = phone.now();
    await page.getByLabel(say.code).fill(`${used.slice(0, 3)} ${used.slice(3)}`);
    await page.keyboard.press('Enter');
    const list = page.getByTestId('recovery-codes').getByRole('listitem');
    await expect(list).toHaveCount(10);
    const codes = await list.allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    await accessible(page, 'recovery codes');
    await fits(page, 'recovery codes');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#recovery-codes button:has(svg.lucide-download)').click(),
    ]);
    expect(download.suggestedFilename()).toBe('imagify-recovery-codes.txt');
    await page.getByRole('button', { name: say.kept }).click();
    await expect(page.getByRole('group', { name: say.on })).toBeFocused();

    // A code that was used is worth nothing, though the clock has hardly moved.
    await logIn(page, locale, email);
    await expect(page.getByLabel(say.code)).toBeFocused();
    await accessible(page, 'second step');
    await page.keyboard.type(used);
    await page.keyboard.press('Enter');
    await expect(page.getByText(say.wrongCode)).toBeVisible();
    await page.getByLabel(say.code).fill(phone.next());
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/studio');

    // So is a recovery code.
    const [lost = '', spare = ''] = codes;
    for (const [code, works] of [
      [lost, true],
      [lost, false],
    ] as const) {
      await logIn(page, locale, email);
      await page.getByRole('button', { name: say.useRecovery }).click();
      await page.getByLabel(say.recovery, { exact: true }).fill(code);
      await page.keyboard.press('Enter');
      if (works) await expect(page).toHaveURL('/studio');
      else await expect(page.getByText(say.wrongCode)).toBeVisible();
    }

    await page.getByLabel(say.recovery, { exact: true }).fill(spare.toUpperCase());
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/studio');
    await page.goto('/account/security');
    await page.getByRole('button', { name: say.switchOff }).click();
    await page.getByLabel(say.current).fill(goodPassword);
    await page.getByRole('button', { name: say.useRecovery }).click();
    await page.getByLabel(say.recovery, { exact: true }).fill(codes[2] ?? '');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: say.off })).toBeFocused();
    await logIn(page, locale, email);
    await expect(page).toHaveURL('/studio');
  });

  test(`an account is deleted after a question, and is gone (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await speak(page, locale, baseURL);
    const email = await signUp(page, baseURL, locale);
    await page.goto('/account');
    await page.getByRole('button', { name: say.delete }).click();
    const question = page.getByRole('dialog');
    await expect(question.getByText(say.lost)).toBeVisible();
    await accessible(page, 'deletion');
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(page.getByRole('button', { name: say.delete })).toBeFocused();

    await page.keyboard.press('Enter');
    await question.getByLabel(say.current).fill('not-the-password');
    await question.getByRole('button', { name: say.forGood }).click();
    await expect(question.getByText(say.wrongPassword)).toBeVisible();
    await question.getByLabel(say.current).fill(goodPassword);
    await question.getByRole('button', { name: say.forGood }).click();

    await expect(page.getByRole('group', { name: say.goodbye })).toBeFocused();
    await expect(page).toHaveURL(say.front);
    await accessible(page, 'goodbye');
    await page.reload();
    await expect(page.getByRole('link', { name: say.logIn }).first()).toBeVisible();
    await expect(page.getByRole('group', { name: say.goodbye })).toBeHidden();
    await logIn(page, locale, email);
    await expect(page.getByRole('alert')).toContainText(say.badCredentials);
  });
}

test('another device is named, and ended from here', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  const email = await signUp(page, baseURL, 'en');
  const other = await elsewhere(browser, baseURL, email);

  await page.goto('/account/security');
  await expect(page.getByTestId('this-session')).toContainText('This device');
  await expect(page.getByTestId('other-session')).toContainText('Firefox on Windows');
  await accessible(page, 'devices');
  await page.getByRole('button', { name: 'Log out: Firefox on Windows' }).click();
  await expect(page.getByText('That device is logged out.')).toBeFocused();
  await expect(page.getByTestId('other-session')).toBeHidden();
  await expect(page.getByTestId('this-session')).toBeVisible();

  await other.page.goto('/gallery');
  await expect(other.page).toHaveURL(/\/login\?next=/);
  await other.close();
});

test('a new password ends every other session and keeps this one', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  const email = await signUp(page, baseURL, 'en', freshEmail());
  const other = await elsewhere(browser, baseURL, email);

  await page.goto('/account/security');
  await expect(page.getByTestId('other-session')).toBeVisible();
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.keyboard.type(goodPassword);
  await page.getByLabel('New password').fill('password');
  await page.keyboard.press('Enter');
  await expect(page.getByText(words.en.tooCommon)).toBeVisible();
  await page.getByLabel('New password').fill('another-good-pass-43-Sen');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Password changed' })).toBeFocused();
  await expect(page.getByTestId('other-session')).toBeHidden();
  await page.reload();
  await expect(page.getByTestId('this-session')).toBeVisible();

  await expect.poll(async () => (await other.page.request.get('/user/credits')).status()).toBe(401);
  await other.close();
});
