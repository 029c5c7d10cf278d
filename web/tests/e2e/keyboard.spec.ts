import { expect, freshEmail, goodPassword, paint, signUp, speak, test, words } from './support';

test('signing up and painting needs no pointer', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await page.goto('/signup');
  await page.getByLabel('Name (optional)').focus();
  await page.keyboard.type('Lan');
  await page.keyboard.press('Tab');
  await page.keyboard.type(freshEmail());
  await page.keyboard.press('Tab');
  await page.keyboard.type(goodPassword);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/studio');

  await page.getByLabel(words.en.prompt, { exact: true }).focus();
  await page.keyboard.type('Old town at dusk, lanterns');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('easel')).toHaveAttribute('data-state', 'ready');
});

test('the skip link leads to the content', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await page.goto('/login');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});

test('the viewer opens, walks and closes by keyboard, and Back closes it', async ({
  watched: page,
  baseURL,
}) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/studio');
  await paint(page, 'en', 'First: a red boat');
  await expect(page.getByTestId('balance')).toContainText('4 credits');
  await paint(page, 'en', 'Second: a blue boat');
  await expect(page.getByTestId('balance')).toContainText('3 credits');

  await page.goto('/gallery');
  const newest = page.locator('.wall a').first();
  await newest.focus();
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog', { name: 'Picture' });
  await expect(viewer.getByText('Second: a blue boat')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByText('First: a red boat')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(viewer.getByText('Second: a blue boat')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await expect(page).toHaveURL('/gallery');
  await expect(newest).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(viewer).toBeVisible();
  await page.goBack();
  await expect(viewer).toBeHidden();
});

test('a picture is deleted after a question', async ({ watched: page, baseURL }) => {
  await speak(page, 'en', baseURL);
  await signUp(page, baseURL, 'en');
  await page.goto('/studio');
  await paint(page, 'en', 'A picture to forget');
  await page.getByRole('link', { name: 'In the gallery' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page).toHaveURL('/gallery');
  await expect(page.getByText('No pictures yet')).toBeVisible();
});
