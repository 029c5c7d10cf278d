import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Route } from 'wouter';
import Account from '@/features/account/Account';
import Receipt from '@/features/billing/Receipt';
import { show, stubApi, type Reply } from '../support';

const user = {
  id: 'u1',
  email: 'lan@example.vn',
  name: 'Lan',
  locale: 'vi',
  role: 'user',
  createdAt: '2026-01-01T00:00:00Z',
};
const refund = {
  id: 'R1',
  credits: 40,
  amountVnd: 100_000,
  status: 'done',
  createdAt: '2026-01-16T00:00:00Z',
  closedAt: '2026-01-16T01:00:00Z',
};
const receipt = {
  number: 'IMG-20260116-7K3M9QX2TB',
  paidAt: '2026-01-15T17:30:00Z',
  orderId: 'O1',
  planId: 'basic',
  credits: 100,
  amountVnd: 250_000,
  amountInWords: {
    vi: 'Hai trăm năm mươi nghìn đồng',
    en: 'Two hundred fifty thousand Vietnamese dong',
  },
  vnpTransactionNo: '14422574',
  bankCode: 'NCB',
  seller: 'Công ty Imagify',
  customer: { name: 'Lan', email: 'lan@example.vn' },
};

function open(reply: Reply, locale: 'vi' | 'en' = 'vi') {
  history.replaceState(null, '', '/billing/receipt/O1');
  stubApi({
    'GET /auth/session': { body: { user: null } },
    'GET /user/transactions/O1/receipt': reply,
  });
  show(
    <Route path="/billing/receipt/:id">
      <Receipt />
    </Route>,
    locale,
  );
}

beforeEach(() => history.replaceState(null, '', '/'));

describe('a receipt', () => {
  it("tells the day in Vietnam's zone and says so: half past midnight of the next day", async () => {
    open({ body: receipt }, 'en');

    expect(await screen.findByText(/Jan 16, 2026.*12:30\sAM.*GMT\+7/)).toBeInTheDocument();
  });

  it('has the amount in figures and words, and is no invoice', async () => {
    open({ body: receipt });
    const sheet = within(await screen.findByTestId('receipt'));

    expect(sheet.getByText(/250\.000/)).toBeInTheDocument();
    expect(sheet.getByText('Bằng chữ: Hai trăm năm mươi nghìn đồng.')).toBeInTheDocument();
    expect(sheet.getByText(/14422574/)).toBeInTheDocument();
    expect(
      sheet.getByText('Đây là biên nhận thanh toán, không phải hoá đơn GTGT.'),
    ).toBeInTheDocument();
    expect(document.title).toContain(receipt.number);
  });

  it('changes its language and prints', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    open({ body: { ...receipt, refund } });
    await userEvent.click(await screen.findByRole('radio', { name: 'English' }));

    expect(await screen.findByText(/In words: Two hundred fifty thousand/)).toBeInTheDocument();
    expect(screen.getByText(/₫100,000 refunded, 40 credits taken back/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledOnce();
  });

  it.each([
    [409, 'order.not_paid', 'Đơn này chưa có biên nhận'],
    [404, 'order.not_found', 'Không có biên nhận này'],
  ])('is told to be missing: %i %s', async (status, code, text) => {
    open({ status, body: { code } });

    expect(await screen.findByText(text)).toBeInTheDocument();
  });
});

describe('the list of orders', () => {
  it.each([
    ['paid', undefined, null],
    ['refunding', 'open', /Đang hoàn 100\.000/],
    ['refunded', 'done', /Đã hoàn 100\.000.*thu lại 40 lượt/],
    ['paid', 'rejected', /40 lượt vẫn là của bạn/],
  ])('leads from a %s order (refund %s) to its receipt', async (status, state, text) => {
    const order = {
      id: 'O1',
      planId: 'basic',
      credits: 100,
      amountVnd: 250_000,
      status,
      createdAt: user.createdAt,
      expiresAt: user.createdAt,
      ...(state ? { refund: { ...refund, status: state } } : {}),
    };
    stubApi({
      'GET /auth/session': { body: { user } },
      'GET /user/transactions': { body: { items: [order], nextCursor: null } },
      'GET /user/ledger': { body: { items: [], nextCursor: null } },
    });
    show(<Account />);

    expect(await screen.findByRole('link', { name: /Biên nhận/ })).toHaveAttribute(
      'href',
      '/billing/receipt/O1',
    );
    if (text) expect(screen.getByText(text)).toBeInTheDocument();
  });

  it('has no receipt for an order nobody paid', async () => {
    stubApi({
      'GET /auth/session': { body: { user } },
      'GET /user/transactions': {
        body: {
          items: [
            {
              id: 'O1',
              planId: 'basic',
              credits: 100,
              amountVnd: 250_000,
              status: 'failed',
              createdAt: user.createdAt,
              expiresAt: user.createdAt,
            },
          ],
          nextCursor: null,
        },
      },
      'GET /user/ledger': { body: { items: [], nextCursor: null } },
    });
    show(<Account />);
    await screen.findByText('Không thành công');

    expect(screen.queryByRole('link', { name: /Biên nhận/ })).not.toBeInTheDocument();
  });
});
