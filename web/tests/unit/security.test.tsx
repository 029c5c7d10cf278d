import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import jsQR from 'jsqr';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import Account from '@/features/account/Account';
import DeleteAccount from '@/features/account/DeleteAccount';
import { SignOut } from '@/features/account/SignOut';
import { deviceOf } from '@/features/security/device';
import { QrCode } from '@/features/security/QrCode';
import Security from '@/features/security/Security';
import Studio from '@/features/studio/Studio';
import { session } from '../people';
import { show, stubApi } from '../support';

const chrome =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const here = {
  id: 's1',
  createdAt: '2026-11-23T10:00:00Z',
  expiresAt: '2026-12-23T10:00:00Z',
  address: '203.0.113.7',
  device: chrome,
  current: true,
};
const elsewhere = { ...here, id: 's2', address: '198.51.100.4', device: firefox, current: false };
const page = (change = {}) => ({
  ...session(change),
  'GET /user/sessions': { body: { items: [here, elsewhere] } },
});
const sentTo = (asked: ReturnType<typeof stubApi>, path: string) =>
  asked.filter((request) => request.path === path && request.method !== 'GET');

beforeEach(() => history.replaceState(null, '', '/account/security'));

describe('where somebody is logged in', () => {
  it('is told in words, with this device marked and every other one to be ended', async () => {
    const items = [here, elsewhere];
    const asked = stubApi({
      ...page(),
      'GET /user/sessions': () => ({ body: { items } }),
      'DELETE /user/sessions/s2': () => {
        items.pop();
        return { status: 204 };
      },
    });
    show(<Security />, 'en');

    const mine = await screen.findByTestId('this-session');
    expect(mine).toHaveTextContent('Chrome on Android');
    expect(mine).toHaveTextContent('This device');
    expect(within(mine).queryByRole('button')).not.toBeInTheDocument();
    expect(screen.getByTestId('other-session')).toHaveTextContent(/198\.51\.100\.4 · since Nov 23/);
    await userEvent.click(screen.getByRole('button', { name: 'Log out: Firefox on Windows' }));

    await waitFor(() => expect(screen.queryByTestId('other-session')).not.toBeInTheDocument());
    expect(screen.getByText('That device is logged out.')).toHaveFocus();
    expect(sentTo(asked, '/user/sessions/s2')).toHaveLength(1);
  });

  it('is left with nothing of its person in the tab', async () => {
    sessionStorage.setItem('draft', '{"prompt":"a letter to Hoa"}');
    stubApi({ ...page(), 'POST /auth/logout': { status: 204 } });
    show(<SignOut />, 'en');
    await userEvent.click(screen.getByRole('button', { name: 'Log out' }));

    await waitFor(() => expect(sessionStorage).toHaveLength(0));
  });

  it('knows browsers, programs and those that say nothing', () => {
    expect(deviceOf(firefox)).toEqual({ browser: 'Firefox', system: 'Windows', handheld: false });
    expect(deviceOf(chrome)).toEqual({ browser: 'Chrome', system: 'Android', handheld: true });
    expect(deviceOf('curl/8.5.0').browser).toBe('curl');
    expect(deviceOf('')).toEqual({ browser: undefined, system: undefined, handheld: false });
    expect(deviceOf('<script>alert(1)</script>').browser).toBeUndefined();
  });
});

describe('changing the password', () => {
  it('asks for the old one, marks it when it is wrong, and tells what became of the others', async () => {
    let right = false;
    const asked = stubApi({
      ...page(),
      'POST /auth/change-password': () =>
        right
          ? {
              body: {
                token: 't',
                expiresAt: here.expiresAt,
                user: session()['GET /auth/session'].body.user,
              },
            }
          : { status: 403, body: { code: 'auth.wrong_password' } },
    });
    show(<Security />, 'en');
    await userEvent.click(await screen.findByRole('button', { name: 'Change password' }));
    const old = screen.getByLabelText('Current password');
    expect(old).toHaveFocus();
    expect(old).toHaveAttribute('autocomplete', 'current-password');
    expect(old).toHaveAttribute('type', 'password');
    await userEvent.type(old, 'guess');
    await userEvent.type(screen.getByLabelText('New password'), 'a-new-pass-43{Enter}');

    expect(await screen.findByText('This password is not right.')).toBeInTheDocument();
    await waitFor(() => expect(old).toHaveFocus());
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    right = true;
    await userEvent.keyboard('{Enter}');

    expect(await screen.findByRole('group', { name: 'Password changed' })).toHaveFocus();
    expect(sentTo(asked, '/auth/change-password').at(-1)?.body).toEqual({
      password: 'guess',
      newPassword: 'a-new-pass-43',
    });
  });

  it('given up gives the focus back', async () => {
    stubApi(page());
    show(<Security />, 'en');
    await userEvent.click(await screen.findByRole('button', { name: 'Change password' }));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

    expect(screen.getByRole('button', { name: 'Change password' })).toHaveFocus();
  });
});

it('changing the e-mail says that nothing changed yet', async () => {
  const asked = stubApi({
    ...page({ mfaEnabled: true }),
    'POST /auth/change-email': { status: 202 },
  });
  show(<Security />, 'en');
  await userEvent.click(await screen.findByRole('button', { name: 'Change e-mail' }));
  await userEvent.keyboard('hoa@example.vn');
  await userEvent.type(screen.getByLabelText('Current password'), 'a-good-pass');
  await userEvent.type(screen.getByLabelText('Six-digit code'), '123456{Enter}');

  expect(
    await screen.findByRole('group', { name: 'Open the letter at the new address' }),
  ).toHaveTextContent('hoa@example.vn');
  expect(screen.getByText('lan@example.vn, confirmed.')).toBeInTheDocument();
  expect(sentTo(asked, '/auth/change-email').at(-1)?.body).toEqual({
    email: 'hoa@example.vn',
    password: 'a-good-pass',
    otp: '123456',
  });
});

describe('two-step login', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const uri = `otpauth://totp/Imagify:lan%40example.vn?secret=${secret}&issuer=Imagify`;
  const codes = Array.from({ length: 10 }, (_, index) => `code${index}-abcd`);

  it('is set up by password, scan and first code, and shows the recovery codes once', async () => {
    let enabled = false;
    const copied = vi.fn(() => Promise.resolve());
    const asked = stubApi({
      ...page(),
      'GET /auth/session': () => session({ mfaEnabled: enabled })['GET /auth/session'],
      'POST /auth/mfa/setup': { body: { secret, uri } },
      'POST /auth/mfa/enable': () => {
        enabled = true;
        return { body: { recoveryCodes: codes } };
      },
    });
    const user = userEvent.setup();
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(copied);
    show(<Security />, 'en');
    await user.click(await screen.findByRole('button', { name: 'Set up two-step login' }));
    await user.keyboard('a-good-pass{Enter}');

    await waitFor(() =>
      expect(screen.getByText('1. Scan this with your authenticator app')).toHaveFocus(),
    );
    expect(screen.getByTestId('secret')).toHaveTextContent(/^JBSW Y3DP/);
    expect(screen.getByRole('link', { name: 'Open the app on this phone' })).toHaveAttribute(
      'href',
      uri,
    );
    expect(screen.queryByText('Use a recovery code')).not.toBeInTheDocument();
    await user.type(screen.getByLabelText('Six-digit code'), '123 456{Enter}');

    expect(await screen.findByText('Your recovery codes')).toHaveFocus();
    for (const code of codes) expect(screen.getByText(code)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(copied).toHaveBeenCalledWith(codes.join('\n'));
    await user.click(screen.getByRole('button', { name: 'I have kept the codes' }));

    expect(await screen.findByRole('group', { name: 'Two-step login is on' })).toHaveFocus();
    expect(screen.queryByText('code0-abcd')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Switch two-step login off' })).toBeInTheDocument();
    expect(sentTo(asked, '/auth/mfa/enable')[0]?.body).toEqual({ otp: '123456' });
  });

  it('is switched off by password and code', async () => {
    let enabled = true;
    const asked = stubApi({
      ...page(),
      'GET /auth/session': () => session({ mfaEnabled: enabled })['GET /auth/session'],
      'POST /auth/mfa/disable': () => {
        enabled = false;
        return { status: 204 };
      },
    });
    show(<Security />, 'en');
    await userEvent.click(await screen.findByRole('button', { name: 'Switch two-step login off' }));
    await userEvent.keyboard('a-good-pass');
    await userEvent.type(screen.getByLabelText('Six-digit code'), '123456{Enter}');

    expect(await screen.findByRole('group', { name: 'Two-step login is off' })).toHaveFocus();
    expect(screen.getByRole('button', { name: 'Set up two-step login' })).toBeInTheDocument();
    expect(sentTo(asked, '/auth/mfa/disable')[0]?.body).toEqual({
      password: 'a-good-pass',
      otp: '123456',
    });
  });

  it('draws a QR code that a reader reads', () => {
    show(<QrCode text={uri} label="QR" />);
    const picture = screen.getByRole('img', { name: 'QR' });
    const size = Number(picture.getAttribute('viewBox')?.split(' ')[2]);
    const dark = picture.querySelectorAll('path')[1]?.getAttribute('d') ?? '';

    const scale = 4;
    const side = size * scale;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (const [, x, y] of dark.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
      for (let row = 0; row < scale; row += 1)
        for (let column = 0; column < scale; column += 1) {
          const at = ((Number(y) * scale + row) * side + Number(x) * scale + column) * 4;
          pixels.fill(0, at, at + 3);
        }
    expect(jsQR(pixels, side, side, { inversionAttempts: 'dontInvert' })?.data).toBe(uri);
    // ISO/IEC 18004 asks for four light modules all around.
    const places = [...dark.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect([Math.min(...places), Math.max(...places)]).toEqual([4, size - 5]);
  });
});

describe('leaving', () => {
  const lost = {
    ...session({ mfaEnabled: true }),
    'GET /user/credits': { body: { credits: 41, held: 1, user: {} } },
  };

  it('says what is lost and asks for the password and the code', async () => {
    const asked = stubApi({ ...lost, 'DELETE /user/me': { status: 204 } });
    sessionStorage.setItem('draft', '"a bay"');
    show(<DeleteAccount onClose={() => undefined} />, 'en');
    expect(await screen.findByText(/42 credits that are left/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Current password'), 'a-good-pass');
    await userEvent.type(screen.getByLabelText('Six-digit code'), '123456{Enter}');

    await waitFor(() => expect(sessionStorage.getItem('goodbye')).toBe('true'));
    expect(sessionStorage.getItem('draft')).toBeNull();
    expect(sentTo(asked, '/user/me').map(({ body }) => body)).toEqual([
      { password: 'a-good-pass', otp: '123456' },
    ]);
  });

  it('is explained when money is still on its way', async () => {
    stubApi({
      ...lost,
      'DELETE /user/me': { status: 409, body: { code: 'account.payment_open' } },
    });
    show(<DeleteAccount onClose={() => undefined} />, 'en');
    await userEvent.type(await screen.findByLabelText('Current password'), 'a-good-pass');
    await userEvent.type(screen.getByLabelText('Six-digit code'), '123456{Enter}');

    expect(await screen.findByRole('alert')).toHaveTextContent('is not decided yet');
    expect(sessionStorage.getItem('goodbye')).toBeNull();
  });

  it('asks for a code that this page did not know of', async () => {
    stubApi({
      ...lost,
      ...session({ mfaEnabled: false }),
      'DELETE /user/me': { status: 403, body: { code: 'auth.otp_required' } },
    });
    show(<DeleteAccount onClose={() => undefined} />, 'en');
    await userEvent.type(await screen.findByLabelText('Current password'), 'a-good-pass{Enter}');

    expect(await screen.findByLabelText('Six-digit code')).toHaveFocus();
  });

  it('can be preceded by taking everything along', async () => {
    const none = { body: { items: [], nextCursor: null } };
    stubApi({ ...lost, 'GET /user/transactions': none, 'GET /user/ledger': none });
    show(<Account />, 'en');

    const link = await screen.findByRole('link', { name: 'Download my data' });
    expect(link).toHaveAttribute('href', '/user/export');
    expect(link).toHaveAttribute('download');
  });
});

it('the studio without credits names the gift that waits', async () => {
  const none = { body: { items: [], nextCursor: null } };
  stubApi({
    ...session({ emailVerified: false, giftPending: 5 }),
    'GET /user/credits': { body: { credits: 0, held: 0, user: {} } },
    'GET /image': none,
    'GET /image/engines': { body: { items: [] } },
  });
  show(<Studio />, 'en');

  expect(await screen.findByText(/Confirm your e-mail to get 5 free credits/)).toBeInTheDocument();
});
