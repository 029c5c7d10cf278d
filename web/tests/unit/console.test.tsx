import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode } from '@/api/problem';
import { App } from '@/app/App';
import { useErrorWords } from '@/features/console/errorWords';
import { useErrorWords as useSecurityWords } from '@/features/security/errorWords';
import { useLanguage } from '@/i18n';
import { codeText } from '@/ui/problemText';
import { show, stubApi, type Reply } from '../support';

const admin = {
  id: 'u9',
  email: 'op@example.vn',
  name: 'Op',
  locale: 'vi',
  role: 'admin',
  createdAt: '2026-01-01T00:00:00Z',
};
const order = {
  id: 'O1',
  userId: 'u1',
  email: 'lan@example.vn',
  planId: 'basic',
  credits: 300,
  amountVnd: 1_000_000,
  status: 'paid',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-01-01T00:15:00Z',
};
const detail = { order, notices: [], reviews: [] };
const review = {
  id: '7',
  orderId: 'O1',
  reason: 'amount_mismatch',
  evidence: 'vnp_Amount=25000000&vnp_BankCode=NCB',
  createdAt: '2026-01-01T00:00:00Z',
};
const none = { items: [], nextCursor: null };

const signedIn = (role: string): Record<string, Reply> => ({
  'GET /auth/session': { body: { user: { ...admin, role } } },
  'GET /user/credits': { body: { credits: 1, held: 0, user: admin } },
});

function at(path: string, replies: Record<string, Reply | (() => Reply)>, role = 'admin') {
  history.replaceState(null, '', path);
  const asked = stubApi({ ...signedIn(role), ...replies });
  show(<App />);
  return asked;
}
const posts = (asked: ReturnType<typeof stubApi>) =>
  asked.filter(({ method }) => method === 'POST');

beforeEach(() => history.replaceState(null, '', '/'));

describe('who sees the console', () => {
  it('is an operator', async () => {
    at('/console', {});

    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Bàn điều hành');
  });

  it('is no other user: there is no such page, and nothing of it is asked for', async () => {
    const asked = at('/console/orders', {}, 'user');

    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
      'Không có trang này',
    );
    expect(asked.filter(({ path }) => path.startsWith('/admin'))).toEqual([]);
  });

  it('is no guest, who may sign in first', async () => {
    at('/console/orders', { 'GET /auth/session': { body: { user: null } } });

    await waitFor(() =>
      expect(location.pathname + location.search).toBe('/login?next=%2Fconsole%2Forders'),
    );
  });

  it('has no part of an unknown name', async () => {
    at('/console/nonsense', {});

    expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(
      'Không có trang này',
    );
  });
});

describe('a refund', () => {
  const open = async (replies: Record<string, Reply>) => {
    const asked = at('/console/orders/O1', {
      'GET /admin/orders/O1': { body: detail },
      ...replies,
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Hoàn tiền' }));
    return { asked, dialog: within(screen.getByRole('dialog')) };
  };

  it('of a part shows its amount before it is sent, and sends the credits', async () => {
    const refunding = { ...detail, order: { ...order, status: 'refunding' } };
    const { asked, dialog } = await open({
      'POST /admin/orders/O1/refund': { status: 202, body: refunding },
    });
    await userEvent.click(dialog.getByRole('radio', { name: 'Một phần' }));
    await userEvent.type(dialog.getByLabelText('Số lượt được hoàn tiền'), '1');
    expect(dialog.getByRole('status')).toHaveTextContent(/3\.333/);
    await userEvent.type(dialog.getByLabelText('Ghi chú'), ' khách đổi ý ');
    await userEvent.click(dialog.getByRole('button', { name: /Hoàn 3\.333/ }));

    expect(await screen.findByText('Đang hoàn tiền')).toBeInTheDocument();
    expect(posts(asked)).toMatchObject([{ body: { credits: 1, note: 'khách đổi ý' } }]);
    expect(screen.getByTestId('done')).toHaveFocus();
  });

  it('of the whole order names no credits', async () => {
    const { asked, dialog } = await open({
      'POST /admin/orders/O1/refund': { status: 202, body: detail },
    });
    await userEvent.type(dialog.getByLabelText('Ghi chú'), 'trả lại');
    await userEvent.click(dialog.getByRole('button', { name: /Hoàn 1\.000\.000/ }));

    await waitFor(() => expect(posts(asked)).toMatchObject([{ body: { note: 'trả lại' } }]));
    expect(posts(asked)[0]?.body).not.toHaveProperty('credits');
  });

  it('is not sent without a note, or for more credits than were bought', async () => {
    const { asked, dialog } = await open({});
    await userEvent.click(dialog.getByRole('radio', { name: 'Một phần' }));
    await userEvent.type(dialog.getByLabelText('Số lượt được hoàn tiền'), '301');
    await userEvent.click(dialog.getByRole('button', { name: /^Hoàn –/ }));

    expect(dialog.getByText('Viết ít nhất 3 ký tự.')).toBeInTheDocument();
    expect(dialog.getByText('Nhập một số nguyên từ 1 đến 300.')).toBeInTheDocument();
    expect(posts(asked)).toEqual([]);
  });

  it('that is refused says why, in words', async () => {
    const { dialog } = await open({
      'POST /admin/orders/O1/refund': { status: 409, body: { code: 'refund.credits_spent' } },
    });
    await userEvent.type(dialog.getByLabelText('Ghi chú'), 'trả lại');
    await userEvent.click(dialog.getByRole('button', { name: /Hoàn 1\.000\.000/ }));

    expect(await dialog.findByRole('alert')).toHaveTextContent(/không còn đủ lượt/);
  });
});

describe('giving credits', () => {
  it('sends one key however often one dialog is sent', async () => {
    let lost = true;
    const user = { ...admin, id: 'u1', email: 'lan@example.vn', credits: 5, held: 0 };
    const asked = at('/console/users/u1', {
      'GET /admin/users/u1': { body: user },
      'GET /admin/users/u1/ledger': { body: none },
      'POST /admin/users/u1/grants': () =>
        lost
          ? { status: 503, body: { code: 'server.overloaded' } }
          : { status: 201, body: { delta: 20, balanceAfter: 25 } },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Tặng lượt' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Số lượt'), '20');
    await userEvent.type(dialog.getByLabelText('Ghi chú'), 'xin lỗi');
    await userEvent.click(dialog.getByRole('button', { name: 'Tặng 20 lượt' }));
    await dialog.findByRole('alert');
    lost = false;
    await userEvent.click(dialog.getByRole('button', { name: 'Tặng 20 lượt' }));

    expect(await screen.findByText(/Đã tặng 20 lượt\. Số dư bây giờ: 25/)).toBeInTheDocument();
    const keys = posts(asked).map(({ headers }) => headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[\w-]{36}$/);
    expect(keys[1]).toBe(keys[0]);

    // Another dialog is another wish.
    await userEvent.click(screen.getByRole('button', { name: 'Tặng lượt' }));
    const next = within(screen.getByRole('dialog'));
    await userEvent.type(next.getByLabelText('Số lượt'), '20');
    await userEvent.type(next.getByLabelText('Ghi chú'), 'xin lỗi');
    await userEvent.click(next.getByRole('button', { name: 'Tặng 20 lượt' }));
    await waitFor(() => expect(posts(asked)).toHaveLength(3));
    expect(posts(asked)[2]?.headers.get('Idempotency-Key')).not.toBe(keys[0]);
  });
});

describe('a case', () => {
  const inReview = { ...detail, order: { ...order, status: 'review' } };

  it('is shown with what the gateway signed, and settled after it is said what will happen', async () => {
    let settled = false;
    const asked = at('/console/reviews', {
      'GET /admin/reviews': () => ({ body: settled ? none : { ...none, items: [review] } }),
      'GET /admin/orders/O1': { body: inReview },
      'POST /admin/reviews/7/settle': () => {
        settled = true;
        return { body: { ...review, settledAt: review.createdAt, resolution: 'approve' } };
      },
    });
    expect(await screen.findByRole('row', { name: /vnp_Amount 25000000.*250\.000/ })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Duyệt' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByText(/lan@example\.vn nhận 300 lượt/)).toBeInTheDocument();
    await userEvent.type(dialog.getByLabelText('Ghi chú'), 'đã đối chiếu');
    await userEvent.click(dialog.getByRole('button', { name: 'Duyệt' }));

    expect(await screen.findByText('Không còn trường hợp nào cần xem xét.')).toBeInTheDocument();
    expect(screen.getByTestId('done')).toHaveTextContent('Đã duyệt.');
    expect(screen.getByTestId('done')).toHaveFocus();
    expect(posts(asked)).toMatchObject([{ body: { action: 'approve', note: 'đã đối chiếu' } }]);
    expect(asked.some(({ path }) => path === '/admin/reviews?limit=20&open=true')).toBe(true);
  });

  it('that somebody else settled stays until the reason is read', async () => {
    let settled = false;
    at('/console/reviews', {
      'GET /admin/reviews': () => ({ body: settled ? none : { ...none, items: [review] } }),
      'GET /admin/orders/O1': { body: inReview },
      'POST /admin/reviews/7/settle': () => {
        settled = true;
        return { status: 409, body: { code: 'review.settled' } };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Từ chối' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(await dialog.findByLabelText('Ghi chú'), 'không phải tiền của ta');
    await userEvent.click(dialog.getByRole('button', { name: 'Từ chối' }));

    expect(await dialog.findByRole('alert')).toHaveTextContent(/Người khác đã quyết định/);
    await userEvent.click(dialog.getByRole('button', { name: 'Thôi' }));
    expect(await screen.findByText('Không còn trường hợp nào cần xem xét.')).toBeInTheDocument();
  });

  it('cannot be dismissed while its order waits for a decision', async () => {
    at('/console/reviews', {
      'GET /admin/reviews': { body: { ...none, items: [review] } },
      'GET /admin/orders/O1': { body: inReview },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Bỏ qua' }));
    const dialog = within(screen.getByRole('dialog'));

    expect(await dialog.findByText(/Hãy duyệt hoặc từ chối/)).toBeInTheDocument();
    expect(dialog.queryByLabelText('Ghi chú')).not.toBeInTheDocument();
  });
});

describe('a list', () => {
  it('is filtered by its address and goes on where a page ended', async () => {
    const asked = at('/console/orders?status=paid&q=O', {
      'GET /admin/orders': () => ({
        body: asked.some(({ path }) => path.includes('cursor=c2'))
          ? { items: [{ ...order, id: 'O2' }], nextCursor: null }
          : { items: [order], nextCursor: 'c2' },
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Xem thêm' }));

    expect(await screen.findByRole('link', { name: 'O2' })).toHaveAttribute(
      'href',
      '/console/orders/O2',
    );
    expect(asked.map(({ path }) => path)).toContain(
      '/admin/orders?limit=20&cursor=c2&status=paid&q=O',
    );
    expect(screen.queryByRole('button', { name: 'Xem thêm' })).not.toBeInTheDocument();
  });
});

/** Faults of this app or of the network between: nobody can do more about them than try again. */
const ours = new Set([
  'request.malformed',
  'request.uri_too_long',
  'request.headers_too_large',
  'request.timeout',
  'request.expectation_failed',
  'request.unsupported_media_type',
  'request.range_not_satisfiable',
  'route.not_found',
  'method.not_allowed',
  'image.pending',
  'image.cancelled',
  // The receipt's page has its own words.
  'order.not_paid',
  // So have the fields of a form that a refusal is about, and the pages of letters and of leaving.
  'auth.wrong_password',
  'auth.otp_required',
  'auth.otp_invalid',
  'auth.link_invalid',
  'account.payment_open',
  // The letter was answered in the meantime: the request for another one disappears.
  'account.already_verified',
  'server.internal',
]);

describe('the codes of the contract', () => {
  const contract = readFileSync(resolve(import.meta.dirname, '../../../api/openapi.yaml'), 'utf8');
  const listed = /^ {4}ErrorCode:[^]*?enum:\n((?: +- [\w.]+\n)+)/m.exec(contract)?.[1] ?? '';
  const codes = listed.match(/[\w.]+\.[\w.]+/g) as ProblemCode[];

  function Words() {
    const { t } = useLanguage();
    const say = useErrorWords();
    const sayOfSecurity = useSecurityWords();
    return codes
      .filter((code) => !ours.has(code))
      .map((code) => (
        <p key={code} data-testid={code}>
          {say(code) ?? sayOfSecurity(code) ?? codeText(t, code)}
        </p>
      ));
  }

  it.each(['vi', 'en'] as const)('have words of their own (%s)', (locale) => {
    show(<Words />, locale);
    expect(codes.length).toBeGreaterThan(40);
    const dull = screen
      .getAllByTestId(/\./)
      .filter(({ textContent }) => /Máy chủ gặp lỗi|had a fault|error\./.test(textContent));

    expect(dull.map(({ dataset }) => dataset['testid'])).toEqual([]);
  });
});
