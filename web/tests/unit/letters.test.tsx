import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import VerifyBanner from '@/app/VerifyBanner';
import type { User } from '@/api/types';
import ForgotPassword from '@/features/auth/ForgotPassword';
import LogIn from '@/features/auth/LogIn';
import ResetPassword from '@/features/auth/ResetPassword';
import VerifyEmail from '@/features/auth/VerifyEmail';
import { guest, person, session } from '../people';
import { show, stubApi } from '../support';

beforeEach(() => history.replaceState(null, '', '/'));

describe('the letter to an address', () => {
  it('is answered without a session, and its token leaves the address bar', async () => {
    history.replaceState(null, '', '/verify-email#tok-1');
    const asked = stubApi({
      ...guest,
      'POST /auth/verify-email': { body: { email: person.email, giftCredits: 5 } },
    });
    show(<VerifyEmail />);

    const outcome = await screen.findByRole('group', { name: 'Đã xác nhận e-mail' });
    expect(outcome).toHaveFocus();
    expect(outcome).toHaveTextContent('5 lượt đã vào số dư');
    expect(location.href).not.toContain('tok-1');
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([
      expect.objectContaining({ path: '/auth/verify-email', body: { token: 'tok-1' } }),
    ]);
  });

  it('speaks of no gift when none arrived', async () => {
    history.replaceState(null, '', '/verify-email#tok-1');
    stubApi({
      ...guest,
      'POST /auth/verify-email': { body: { email: person.email, giftCredits: 0 } },
    });
    show(<VerifyEmail />, 'en');

    expect(await screen.findByRole('group', { name: 'E-mail confirmed' })).not.toHaveTextContent(
      /gift/,
    );
  });

  it('is followed again when a second link is opened over the page', async () => {
    history.replaceState(null, '', '/verify-email#old');
    const asked = stubApi({
      ...guest,
      'POST /auth/verify-email': { status: 422, body: { code: 'auth.link_invalid' } },
    });
    show(<VerifyEmail />, 'en');
    await screen.findByRole('group', { name: 'This link no longer works' });
    act(() => {
      location.hash = '#new';
    });

    await waitFor(() =>
      expect(asked.flatMap(({ body }) => (body ? [body] : []))).toEqual([
        { token: 'old' },
        { token: 'new' },
      ]),
    );
    await waitFor(() => expect(location.hash).toBe(''));
  });

  it.each([
    ['a guest is asked to log in', guest, 'Log in'],
    ['whoever is signed in gets another one', session({ emailVerified: false }), 'Send it again'],
  ])('once worth nothing: %s', async (_, replies, name) => {
    history.replaceState(null, '', '/verify-email#old');
    stubApi({
      ...replies,
      'POST /auth/verify-email': { status: 422, body: { code: 'auth.link_invalid' } },
    });
    show(<VerifyEmail />, 'en');

    expect(await screen.findByText(name)).toBeInTheDocument();
  });

  it('opened a second time says that all is well', async () => {
    history.replaceState(null, '', '/verify-email#old');
    stubApi({
      ...session({ emailVerified: true }),
      'POST /auth/verify-email': { status: 422, body: { code: 'auth.link_invalid' } },
    });
    show(<VerifyEmail />, 'en');

    expect(
      await screen.findByRole('group', { name: 'Your e-mail is confirmed already' }),
    ).toBeInTheDocument();
  });

  it('for an address that somebody else has by now says so', async () => {
    history.replaceState(null, '', '/verify-email#tok');
    stubApi({
      ...guest,
      'POST /auth/verify-email': { status: 409, body: { code: 'account.email_taken' } },
    });
    show(<VerifyEmail />, 'en');

    expect(
      await screen.findByRole('group', { name: 'Another account has this address' }),
    ).toBeInTheDocument();
  });

  it('is kept while the server rests', async () => {
    history.replaceState(null, '', '/verify-email#tok');
    let resting = true;
    const asked = stubApi({
      ...guest,
      'POST /auth/verify-email': () =>
        resting
          ? { status: 503, body: { code: 'server.overloaded' } }
          : { body: { email: person.email, giftCredits: 0 } },
    });
    show(<VerifyEmail />, 'en');
    await screen.findByRole('alert');
    resting = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    await screen.findByRole('group', { name: 'E-mail confirmed' });
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { token: 'tok' },
      { token: 'tok' },
    ]);
  });
});

describe('the banner over every page', () => {
  const unproved = { ...person, emailVerified: false, giftPending: 5 } as User;

  it('names the address and the credits that wait', () => {
    stubApi(session({ emailVerified: false }));
    show(<VerifyBanner user={unproved} />);

    expect(screen.getByText(/lan@example.vn/)).toBeInTheDocument();
    expect(screen.getByText('5 lượt tặng đang chờ bạn.')).toBeInTheDocument();
  });

  it('sends the letter again, and says so', async () => {
    const asked = stubApi({
      ...session({ emailVerified: false }),
      'POST /auth/resend-verification': { status: 202 },
    });
    show(<VerifyBanner user={{ ...unproved, giftPending: 0 }} />, 'en');
    await userEvent.click(screen.getByRole('button', { name: 'Send it again' }));

    expect(await screen.findByText(/^Sent\./)).toBeInTheDocument();
    expect(screen.queryByText(/credit/)).not.toBeInTheDocument();
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('waits as long as the server asks, and sends nothing meanwhile', async () => {
    const asked = stubApi({
      ...session({ emailVerified: false }),
      'POST /auth/resend-verification': {
        status: 429,
        body: { code: 'rate.limited' },
        headers: { 'Retry-After': '1800' },
      },
    });
    show(<VerifyBanner user={unproved} />, 'en');
    await userEvent.click(screen.getByRole('button', { name: 'Send it again' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Try again in 30 minutes' }));

    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('a forgotten password', () => {
  it('says the same whether or not there is an account, and can be asked again', async () => {
    const asked = stubApi({ ...guest, 'POST /auth/forgot-password': { status: 202 } });
    show(<ForgotPassword />, 'en');
    await userEvent.type(screen.getByLabelText('E-mail'), 'lan@example.vn{Enter}');

    const outcome = await screen.findByRole('group', { name: 'Look in your mail' });
    expect(outcome).toHaveTextContent('If lan@example.vn has an account');
    expect(outcome).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Try another e-mail' }));
    expect(screen.getByLabelText('E-mail')).toBeInTheDocument();
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { email: 'lan@example.vn' },
    ]);
  });

  it('is replaced with the token of the letter', async () => {
    history.replaceState(null, '', '/reset-password#tok');
    const asked = stubApi({ ...guest, 'POST /auth/reset-password': { status: 204 } });
    show(<ResetPassword />, 'en');
    const field = screen.getByLabelText('New password');
    expect(field).toHaveAttribute('autocomplete', 'new-password');
    expect(location.hash).toBe('');
    await userEvent.type(field, 'short{Enter}');
    expect(screen.getByText('The password needs at least 8 characters.')).toBeInTheDocument();
    await userEvent.type(field, 'er-than-none{Enter}');

    expect(await screen.findByRole('group', { name: 'Password changed' })).toHaveFocus();
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { token: 'tok', password: 'shorter-than-none' },
    ]);
  });

  it("shows the server's word on the new one at its field", async () => {
    history.replaceState(null, '', '/reset-password#tok');
    stubApi({
      ...guest,
      'POST /auth/reset-password': {
        status: 422,
        body: { code: 'validation.failed', errors: { password: 'too_common' } },
      },
    });
    show(<ResetPassword />, 'en');
    await userEvent.type(screen.getByLabelText('New password'), 'password1{Enter}');

    expect(await screen.findByText(/too common/)).toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText('New password')).toHaveFocus());
  });

  it.each([
    ['', 'no token at all'],
    ['#spent', 'a token that is worth nothing'],
  ])('leads to another letter: "%s", %s', async (fragment) => {
    history.replaceState(null, '', `/reset-password${fragment}`);
    stubApi({
      ...guest,
      'POST /auth/reset-password': { status: 422, body: { code: 'auth.link_invalid' } },
    });
    show(<ResetPassword />, 'en');
    if (fragment)
      await userEvent.type(screen.getByLabelText('New password'), 'a-good-pass-42{Enter}');

    await screen.findByRole('group', { name: 'This link no longer works' });
    expect(screen.getByRole('link', { name: 'Ask for a new link' })).toHaveAttribute(
      'href',
      '/forgot-password',
    );
  });
});

describe('the second step of signing in', () => {
  const first = async () => {
    show(<LogIn />, 'en');
    await userEvent.type(screen.getByLabelText('E-mail'), 'lan@example.vn');
    await userEvent.type(screen.getByLabelText('Password'), 'a-good-pass{Enter}');
  };

  it('asks for a code and sends it with what was typed before, spaces aside', async () => {
    const asked = stubApi({
      ...guest,
      'POST /auth/login': { status: 401, body: { code: 'auth.otp_required' } },
    });
    await first();
    const code = await screen.findByLabelText('Six-digit code');

    expect(code).toHaveFocus();
    expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    expect(code).not.toHaveAttribute('aria-invalid');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByLabelText('E-mail')).not.toBeVisible();
    await userEvent.paste(' 123 456 ');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2));
    expect(asked.at(-1)?.body).toEqual({
      email: 'lan@example.vn',
      password: 'a-good-pass',
      otp: '123456',
    });
  });

  it('marks a wrong code, takes a recovery code instead, and goes back on request', async () => {
    let code = 'auth.otp_required';
    stubApi({ ...guest, 'POST /auth/login': () => ({ status: 401, body: { code } }) });
    await first();
    code = 'auth.otp_invalid';
    await userEvent.type(await screen.findByLabelText('Six-digit code'), '000000{Enter}');
    expect(await screen.findByText(/not right or was used before/)).toBeInTheDocument();
    expect(screen.getByLabelText('Six-digit code')).toHaveFocus();

    await userEvent.click(screen.getByRole('button', { name: 'Use a recovery code' }));
    expect(screen.getByLabelText('Recovery code')).toHaveAttribute('inputmode', 'text');

    await userEvent.click(screen.getByRole('button', { name: 'Back' }));
    expect(screen.getByLabelText('E-mail')).toHaveValue('lan@example.vn');
    expect(screen.getByLabelText('E-mail')).toBeVisible();
  });

  it('begins anew when the password is no longer right', async () => {
    let code = 'auth.otp_required';
    stubApi({ ...guest, 'POST /auth/login': () => ({ status: 401, body: { code } }) });
    await first();
    code = 'auth.bad_credentials';
    await userEvent.type(await screen.findByLabelText('Six-digit code'), '123456{Enter}');

    await waitFor(() => expect(screen.getByLabelText('Password')).toBeVisible());
    expect(screen.getByRole('alert')).toHaveTextContent('The e-mail or the password is not right');
  });
});

describe('patience', () => {
  it('is counted down on the button, which then works again', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    const asked = stubApi({
      ...guest,
      'POST /auth/login': {
        status: 429,
        body: { code: 'rate.limited' },
        headers: { 'Retry-After': '30' },
      },
    });
    show(<LogIn />, 'en');
    await user.type(screen.getByLabelText('E-mail'), 'lan@example.vn');
    await user.type(screen.getByLabelText('Password'), 'a-good-pass{Enter}');
    const waiting = await screen.findByRole('button', { name: /^Try again in \d+ seconds$/ });
    await user.click(waiting);
    await user.keyboard('{Enter}');
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);

    act(() => {
      vi.advanceTimersByTime(31_000);
    });
    await user.click(screen.getByRole('button', { name: 'Log in' }));
    await waitFor(() => expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2));
    vi.useRealTimers();
  });
});
