import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import VerifyBanner from '@/app/VerifyBanner';
import type { User } from '@/api/types';
import ForgotPassword from '@/features/auth/ForgotPassword';
import LogIn from '@/features/auth/LogIn';
import ResetPassword from '@/features/auth/ResetPassword';
import VerifyEmail from '@/features/auth/VerifyEmail';
import { person } from '../people';
import { show, stubApi } from '../support';

beforeEach(() => history.replaceState(null, '', '/'));

describe('a letter that carries a code', () => {
  const byCode = (user: Partial<User> | null) => ({
    'GET /auth/session': { body: { mailProof: 'code', user: user && { ...person, ...user } } },
  });
  const type = async (name: string, text: string) =>
    userEvent.type(await screen.findByLabelText(name), text);

  it('is answered with the digits in it, by whoever is signed in', async () => {
    const asked = stubApi({
      ...byCode({ emailVerified: false }),
      'POST /auth/verify-email': { body: { email: person.email, giftCredits: 5 } },
    });
    show(<VerifyEmail />, 'en');
    await type('Code from the letter', '123 456');
    await userEvent.click(screen.getByRole('button', { name: 'Confirm' }));

    expect(await screen.findByRole('group', { name: 'E-mail confirmed' })).toHaveTextContent(
      '5 credits',
    );
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([
      expect.objectContaining({ body: { email: person.email, code: '123456' } }),
    ]);
  });

  it('asks a guest whose it is, and says at the field that a code is wrong', async () => {
    stubApi({
      ...byCode(null),
      'POST /auth/verify-email': { status: 422, body: { code: 'auth.link_invalid' } },
    });
    show(<VerifyEmail />);
    await type('E-mail', person.email);
    await type('Mã trong thư', '000000');
    await userEvent.click(screen.getByRole('button', { name: 'Xác nhận' }));

    expect(await screen.findByText(/Mã này không đúng/)).toBeInTheDocument();
    expect(screen.getByLabelText('Mã trong thư')).toHaveValue('000000');
  });

  it('chooses a new password, and the server may ask more of it', async () => {
    const asked = stubApi({
      ...byCode(null),
      'POST /auth/reset-password': {
        status: 422,
        body: { code: 'validation.failed', errors: { password: 'needs_upper' } },
      },
    });
    show(<ResetPassword />, 'en');
    await type('E-mail', person.email);
    await type('Code from the letter', '123456');
    await type('New password', 'a-long-password');
    await userEvent.click(screen.getByRole('button', { name: 'Save password' }));

    expect(await screen.findByText('The password needs a capital letter.')).toBeInTheDocument();
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([
      expect.objectContaining({
        body: { email: person.email, code: '123456', password: 'a-long-password' },
      }),
    ]);
  });

  it('is where the banner and the one who forgot a password are led', async () => {
    stubApi({ ...byCode({ emailVerified: false }), 'POST /auth/forgot-password': { status: 202 } });
    show(<VerifyBanner user={{ ...person, emailVerified: false } as User} />, 'en');
    expect(await screen.findByRole('link', { name: 'Enter the code' })).toHaveAttribute(
      'href',
      '/verify-email',
    );
    show(<ForgotPassword />, 'en');
    await type('E-mail', person.email);
    await userEvent.click(screen.getByRole('button', { name: 'Send the link' }));
    expect(await screen.findByText(/a letter with a code/)).toBeInTheDocument();
  });

  it('is named to whoever logs in before answering it', async () => {
    stubApi({
      ...byCode(null),
      'POST /auth/login': { status: 401, body: { code: 'auth.email_unverified' } },
    });
    show(<LogIn />, 'en');
    await type('E-mail', person.email);
    await type('Password', 'a-long-password');
    await userEvent.click(screen.getByRole('button', { name: 'Log in' }));

    expect(await screen.findByText(/Confirm your e-mail first/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Enter the code' })).toBeInTheDocument();
  });
});
