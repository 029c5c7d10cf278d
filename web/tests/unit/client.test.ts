import { describe, expect, it, vi } from 'vitest';
import { call } from '@/api/client';
import { Problem } from '@/api/problem';
import { stubApi } from '../support';

describe('call', () => {
  it('marks requests that change something, and only those', async () => {
    const asked = stubApi({
      'GET /plans': { body: { items: [] } },
      'POST /auth/logout': { status: 204 },
    });

    await call('get', '/plans');
    await call('post', '/auth/logout');

    expect(asked[0]?.headers.has('X-Imagify')).toBe(false);
    expect(asked[1]?.headers.get('X-Imagify')).toBe('1');
  });

  it('fills in the path and leaves out what is undefined', async () => {
    const asked = stubApi({
      'GET /image/a%2Fb': {},
      'GET /image': { body: { items: [], nextCursor: null } },
    });

    await call('get', '/image/{id}', { path: { id: 'a/b' } });
    await call('get', '/image', { query: { status: 'ready', q: undefined, limit: 5 } });

    expect(asked.map(({ path }) => path)).toEqual(['/image/a%2Fb', '/image?status=ready&limit=5']);
  });

  it("passes VNPAY's query on byte for byte", async () => {
    const asked = vi.fn<typeof fetch>(() => Promise.resolve(new Response('{"status":"invalid"}')));
    vi.stubGlobal('fetch', asked);

    await call('get', '/user/vnpay-return', { rawQuery: 'vnp_OrderInfo=a+b%3a&vnp_SecureHash=F' });

    expect(asked.mock.calls[0]?.[0]).toBe(
      '/user/vnpay-return?vnp_OrderInfo=a+b%3a&vnp_SecureHash=F',
    );
  });

  it('throws the problem the server names', async () => {
    stubApi({
      'GET /plans': {
        status: 422,
        body: { code: 'validation.failed', requestId: 'r1', errors: { name: 'too_long' } },
      },
    });

    const error = await call('get', '/plans').catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({
      code: 'validation.failed',
      status: 422,
      requestId: 'r1',
      fields: { name: 'too_long' },
      passing: false,
    });
  });

  it('names an answer that is no problem+json, and no answer at all', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
    await expect(call('get', '/plans')).rejects.toMatchObject({
      code: 'server.internal',
      status: 502,
      passing: true,
    });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    await expect(call('get', '/plans')).rejects.toMatchObject({
      code: 'network.unreachable',
      status: 0,
      passing: true,
    });
  });
});
