import { linkIn } from './letters';
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
} from './support';

const newPassword = 'another-good-pass-43-Sen';

const says = {
  vi: {
    confirm: 'Xác nhận e-mail',
    proved: 'Đã xác nhận e-mail',
    already: 'E-mail của bạn đã được xác nhận',
    spent: 'Liên kết này không còn dùng được',
    resend: 'Gửi lại thư',
    sent: /^Đã gửi/,
    forgot: 'Quên mật khẩu?',
    send: 'Gửi liên kết',
    look: 'Hãy xem hộp thư',
    newPassword: 'Mật khẩu mới',
    save: 'Lưu mật khẩu',
    changed: 'Đã đổi mật khẩu',
  },
  en: {
    confirm: 'Confirm your e-mail',
    proved: 'E-mail confirmed',
    already: 'Your e-mail is confirmed already',
    spent: 'This link no longer works',
    resend: 'Send it again',
    sent: /^Sent/,
    forgot: 'Forgot your password?',
    send: 'Send the link',
    look: 'Look in your mail',
    newPassword: 'New password',
    save: 'Save password',
    changed: 'Password changed',
  },
} as const;

for (const locale of ['vi', 'en'] as const) {
  const say = { ...words[locale], ...says[locale] };

  test(`a new address is confirmed by the letter, on a phone (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await speak(page, locale, baseURL);
    const email = freshEmail();
    await page.goto('/signup');
    await page.getByLabel(say.email, { exact: true }).fill(email);
    await page.getByLabel(say.password, { exact: true }).fill(goodPassword);
    await page.getByRole('button', { name: say.createAccount }).click();
    await expect(page).toHaveURL('/studio');

    // The banner: the letter again, of which only the newest counts.
    const first = await linkIn(page, email, '/verify-email');
    await expect(page.getByRole('region', { name: say.confirm })).toContainText(email);
    await page.getByRole('button', { name: say.resend }).click();
    await expect(page.getByText(say.sent)).toBeVisible();
    const second = await linkIn(page, email, '/verify-email', first);
    await accessible(page, 'banner');
    await fits(page, 'banner');

    await page.goto(first);
    await expect(page.getByRole('group', { name: say.spent })).toBeVisible();
    await accessible(page, 'a spent link');
    await fits(page, 'a spent link');
    await page.goto(second);
    await expect(page.getByRole('group', { name: say.proved })).toBeFocused();
    await expect(page).toHaveURL('/verify-email');
    await accessible(page, 'confirmed');
    await fits(page, 'confirmed');

    await page.goto('/studio');
    await expect(page.getByTestId('balance')).toContainText(say.credits('5'));
    await expect(page.getByRole('button', { name: say.resend })).toBeHidden();
    await page.goto(second);
    await expect(page.getByRole('group', { name: say.already })).toBeVisible();
  });

  test(`a forgotten password is replaced by the letter (${locale})`, async ({
    watched: page,
    baseURL,
  }) => {
    await speak(page, locale, baseURL);
    const email = await signUp(page, baseURL, locale);
    await page.context().clearCookies({ name: 'imagify_session' });

    await page.goto('/login');
    await page.getByRole('link', { name: say.forgot }).click();
    await expect(page).toHaveURL('/forgot-password');
    await page.getByLabel(say.email, { exact: true }).fill(email);
    await page.getByRole('button', { name: say.send }).click();
    await expect(page.getByRole('group', { name: say.look })).toBeFocused();
    await accessible(page, 'letter on its way');

    const link = await linkIn(page, email, '/reset-password');
    await page.goto(link);
    await expect(page).toHaveURL('/reset-password');
    await page.getByLabel(say.newPassword).fill('password');
    await page.getByRole('button', { name: say.save }).click();
    await expect(page.getByText(say.tooCommon)).toBeVisible();
    await expect(page.getByLabel(say.newPassword)).toBeFocused();
    await accessible(page, 'a new password');
    await page.getByLabel(say.newPassword).fill(newPassword);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: say.changed })).toBeFocused();

    await page.goto('/login');
    await page.goto(link);
    await page.getByLabel(say.newPassword).fill(goodPassword);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('group', { name: say.spent })).toBeVisible();

    await page.goto('/login');
    await page.getByLabel(say.email, { exact: true }).fill(email);
    await page.getByLabel(say.password, { exact: true }).fill(goodPassword);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText(say.badCredentials);
    await page.getByLabel(say.password, { exact: true }).fill(newPassword);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/studio');
  });
}

test('the letter is answered on a device that is not signed in', async ({
  watched: page,
  browser,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  const email = await signUp(page, baseURL, 'en');
  const link = await linkIn(page, email, '/verify-email');
  const elsewhere = await browser.newContext({ baseURL, locale: 'en-US' });
  const phone = await elsewhere.newPage();
  await phone.goto(link);
  await expect(phone.getByRole('group', { name: says.en.proved })).toContainText(email);
  await expect(phone.getByRole('link', { name: 'Log in' }).last()).toBeVisible();
  await elsewhere.close();

  await page.goto('/account/security');
  await expect(page.getByText(`${email}, confirmed.`)).toBeVisible();
});

test('an address that nobody has gets the same answer, and no letter', async ({
  watched: page,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  const nobody = freshEmail();
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail', { exact: true }).fill(nobody);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: says.en.look })).toContainText(nobody);

  // Somebody's letter that was asked for later is there: nobody's would be too.
  const email = await signUp(page, baseURL, 'en');
  await linkIn(page, email, '/verify-email');
  const letters = await (await page.request.get('/dev/mail.json')).text();
  expect(letters).not.toContain(nobody);
});

test('a new e-mail counts from its letter on', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  const email = await signUp(page, baseURL, 'en');
  const next = freshEmail();
  await page.goto('/account/security');
  await page.getByRole('button', { name: 'Change e-mail' }).click();
  await expect(page.getByLabel('New e-mail')).toBeFocused();
  await page.getByLabel('New e-mail').fill(next);
  await page.getByLabel('Current password').fill('not-the-password');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This password is not right.')).toBeVisible();
  await page.getByLabel('Current password').fill(goodPassword);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('group', { name: 'Open the letter at the new address' }),
  ).toBeFocused();
  await expect(page.getByText(`${email}, not confirmed yet.`)).toBeVisible();

  await page.goto(await linkIn(page, next, '/verify-email'));
  await expect(page.getByRole('group', { name: says.en.proved })).toContainText(next);
  await page.goto('/account/security');
  await expect(page.getByText(`${next}, confirmed.`)).toBeVisible();
});
