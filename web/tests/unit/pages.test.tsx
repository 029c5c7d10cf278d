import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import Billing from '@/features/billing/Billing';
import OrderResult from '@/features/billing/OrderResult';
import PaymentReturn from '@/features/billing/PaymentReturn';
import LogIn from '@/features/auth/LogIn';
import Studio from '@/features/studio/Studio';
import { Route } from 'wouter';
import { person as user } from '../people';
import { show, stubApi } from '../support';

const plans = {
  items: [
    { id: 'basic', name: 'Basic', credits: 100, amountVnd: 250_000 },
    { id: 'business', name: 'Business', credits: 5_000, amountVnd: 6_250_000 },
  ],
};
const engine = {
  id: 'demo',
  name: 'Demo',
  demo: true,
  aspectRatios: ['1:1', '3:4'],
  styles: ['none', 'silk'],
  seed: true,
  negativePrompt: false,
  maxPromptLength: 1000,
};
const none = { items: [], nextCursor: null };
const signedIn = (credits: number) => ({
  'GET /auth/session': { body: { user } },
  'GET /user/credits': { body: { credits, held: 0, user } },
  'GET /plans': { body: plans },
  'GET /image/engines': { body: { items: [engine] } },
  'GET /image': { body: none },
  'GET /user/transactions': { body: none },
});

beforeEach(() => history.replaceState(null, '', '/'));

describe('the studio', () => {
  it('paints with one key for one press and shows the credit as spent', async () => {
    const asked = stubApi({
      ...signedIn(5),
      'POST /image/generate-image': {
        status: 202,
        body: { imageId: 'i1', status: 'pending', credits: 4 },
      },
      'GET /image/i1': {
        body: {
          imageId: 'i1',
          status: 'pending',
          prompt: 'bay',
          aspectRatio: '1:1',
          style: 'none',
          seed: 1,
          engine: '',
          creditsUsed: 0,
          createdAt: user.createdAt,
        },
      },
    });
    show(<Studio />);
    await userEvent.type(
      await screen.findByLabelText('Câu mô tả'),
      'bay{Control>}{Enter}{/Control}',
    );

    await waitFor(() =>
      expect(screen.getByTestId('easel')).toHaveAttribute('data-state', 'pending'),
    );

    const sent = asked.filter(({ method }) => method === 'POST');
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toMatchObject({ prompt: 'bay', aspectRatio: '1:1', style: 'none' });
    expect(sent[0]?.headers.get('Idempotency-Key')).toMatch(/^[\w-]{36}$/);
    expect(sent[0]?.headers.get('Prefer')).toBe('respond-async');
  });

  it('tries a lost request again under the same key', async () => {
    let lost = true;
    const asked = stubApi({
      ...signedIn(5),
      'POST /image/generate-image': () =>
        lost
          ? { status: 503, body: { code: 'server.overloaded' } }
          : { status: 202, body: { imageId: 'i1', status: 'pending', credits: 4 } },
    });
    show(<Studio />);
    await userEvent.type(
      await screen.findByLabelText('Câu mô tả'),
      'bay{Control>}{Enter}{/Control}',
    );
    await screen.findByText('Bức này chưa vẽ được');
    lost = false;
    await userEvent.click(screen.getByRole('button', { name: 'Thử lại' }));

    await waitFor(() => expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2));
    const keys = asked
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys[0]).toBe(keys[1]);
  });

  it('offers only what the engine can do, and says that it is a demo', async () => {
    stubApi(signedIn(5));
    show(<Studio />);
    await screen.findByTestId('demo-engine');

    expect(screen.queryByRole('radio', { name: '16:9' })).not.toBeInTheDocument();
    expect(screen.getByRole('radio', { name: 'Tranh lụa' })).toBeInTheDocument();
    expect(screen.queryByLabelText('Không muốn thấy')).not.toBeInTheDocument();
  });

  it('turns its button into "top up" at zero and keeps the prompt', async () => {
    stubApi(signedIn(0));
    show(<Studio />);
    await userEvent.type(await screen.findByLabelText('Câu mô tả'), 'bay');

    expect(await screen.findByRole('link', { name: 'Nạp lượt' })).toHaveAttribute(
      'href',
      '/billing',
    );
    expect(sessionStorage.getItem('draft')).toContain('bay');
  });

  it('asks a guest to sign up', async () => {
    stubApi({ ...signedIn(0), 'GET /auth/session': { body: { user: null } } });
    show(<Studio />, 'en');

    expect(await screen.findByRole('link', { name: /Sign up to paint/ })).toHaveAttribute(
      'href',
      '/signup?next=/studio',
    );
  });
});

describe('billing', () => {
  it('opens one order, with its own key, for the plan chosen', async () => {
    const asked = stubApi({
      ...signedIn(1),
      'POST /user/pay-vnpay': { status: 503, body: { code: 'server.overloaded' } },
    });
    show(<Billing />);
    await userEvent.click(await screen.findByRole('radio', { name: /5.000 lượt/ }));
    expect(screen.getByText('Rẻ hơn 50% mỗi bức')).toBeInTheDocument();
    await userEvent.click(screen.getByTestId('pay'));
    await screen.findByRole('alert');
    await userEvent.click(screen.getByTestId('pay'));

    await waitFor(() => expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2));
    const sent = asked.filter(({ method }) => method === 'POST');
    expect(sent[0]?.body).toEqual({ planId: 'business', locale: 'vi' });
    expect(sent[0]?.headers.get('Idempotency-Key')).toBe(sent[1]?.headers.get('Idempotency-Key'));
  });

  it("keeps VNPAY's query out of the history", async () => {
    history.replaceState(null, '', '/payment-result?vnp_TxnRef=o1&vnp_SecureHash=F');
    const asked = stubApi({
      ...signedIn(1),
      'GET /user/vnpay-return': { body: { status: 'paid', transactionId: 'o1' } },
    });
    show(<PaymentReturn />);

    await waitFor(() => expect(location.pathname + location.search).toBe('/billing/result/o1'));
    expect(
      asked.some(({ path }) => path === '/user/vnpay-return?vnp_TxnRef=o1&vnp_SecureHash=F'),
    ).toBe(true);
  });

  it.each([
    ['paid', undefined, 'Đã nhận thanh toán'],
    ['failed', 'wrong_otp', 'Mã OTP không đúng'],
    ['expired', undefined, 'Đơn đã hết hạn'],
    ['review', 'amount_mismatch', 'Số tiền VNPAY báo khác'],
  ])('says in words that an order is %s', async (status, reason, text) => {
    history.replaceState(null, '', '/billing/result/o1');
    const order = {
      id: 'o1',
      planId: 'basic',
      credits: 100,
      amountVnd: 250_000,
      status,
      reason,
      createdAt: user.createdAt,
      expiresAt: user.createdAt,
    };
    stubApi({ ...signedIn(101), 'GET /user/transactions/o1': { body: order } });
    show(
      <Route path="/billing/result/:id">
        <OrderResult />
      </Route>,
    );

    expect(await screen.findByText(new RegExp(text))).toBeInTheDocument();
  });
});

describe('signing in', () => {
  it('says the same for a wrong password and an unknown e-mail, and keeps what was typed', async () => {
    stubApi({
      'GET /auth/session': { body: { user: null } },
      'POST /auth/login': { status: 401, body: { code: 'auth.bad_credentials' } },
    });
    show(<LogIn />);
    await userEvent.type(screen.getByLabelText('E-mail'), 'lan@example.vn');
    await userEvent.type(screen.getByLabelText('Mật khẩu'), 'wrong-password{Enter}');

    expect(await screen.findByRole('alert')).toHaveTextContent('E-mail hoặc mật khẩu không đúng');
    expect(screen.getByLabelText('E-mail')).toHaveValue('lan@example.vn');
  });
});
