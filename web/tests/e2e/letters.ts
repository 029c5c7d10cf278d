import { expect, type Page } from '@playwright/test';

interface Letter {
  to: string;
  link: string;
}

/**
 * The path, with its token, of the newest letter to an address that leads to `place`; waits for the
 * letter. `not` is a link that is known already.
 */
export async function linkIn(
  page: Page,
  to: string,
  place: '/verify-email' | '/reset-password',
  not?: string,
): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(
      async () => {
        const answer = await page.request.get('/dev/mail.json');
        const letters = (await answer.json()) as Letter[];
        found = letters
          .filter((letter) => letter.to === to && letter.link)
          .map(({ link }) => new URL(link))
          .filter(({ pathname }) => pathname === place)
          .map(({ pathname, hash }) => pathname + hash)
          .find((link) => link !== not);
        return found;
      },
      { message: `a letter to ${to} that leads to ${place}` },
    )
    .toBeTruthy();
  return found ?? '';
}
